#include "broker/access/PriorGrant.h"

#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

bool includes(const PriorGrant& prior, const std::string& provider, const std::string& account) {
    return std::any_of(prior.allowed.begin(), prior.allowed.end(), [&](const std::string& entry) {
        return entry == provider || entry == provider + ":" + account;
    });
}

Error notIncluded(const PriorGrant& prior) {
    return {ErrorCode::PolicyDenied, prior.why + " does not include what was asked for",
            "Add it to what the client, the run profile or the agent socket may have."};
}

std::optional<Error> outsidePriorGrant(const Caller& caller, const std::optional<std::string>& provider) {
    if (!caller.prior || !provider)
        return std::nullopt;
    return outsidePriorGrant(*caller.prior, *provider);
}

std::optional<Error> outsidePriorGrant(const PriorGrant& prior, const std::string& provider) {
    const bool named = std::any_of(prior.allowed.begin(), prior.allowed.end(), [&](const std::string& entry) {
        return entry == provider || entry.rfind(provider + ":", 0) == 0;
    });
    if (named)
        return std::nullopt;
    return Error(ErrorCode::PolicyDenied, prior.why + " does not include " + displaySafe(provider, 64),
                 "Add it to what the client, the run profile or the agent socket may have.");
}

} // namespace keybearer
