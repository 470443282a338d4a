#include "broker/access/StandingAccess.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t versionLength = 16;

std::string versionOf(AccessPolicy policy, const std::vector<AllowedCaller>& allowed) {
    std::string text = std::to_string(static_cast<int>(policy));
    for (const AllowedCaller& rule : allowed) {
        text.append("\n").append(rule.executable);
        for (const std::string& provider : rule.providers)
            text.append("\t").append(provider);
    }
    return hex(sha256(text)).substr(0, versionLength);
}

} // namespace

StandingAccess::StandingAccess(AccessPolicy policy, std::vector<AllowedCaller> allowed)
    : policy_(policy), allowed_(std::move(allowed)), version_(versionOf(policy_, allowed_)) {}

// What speaks through a forwarded socket or out of a container is no program of this user's machine.
bool StandingAccess::trusts(const Caller& caller) const {
    return policy_ == AccessPolicy::Trusting && caller.door == Door::Broker &&
           caller.identity != IdentityClass::Remote;
}

bool StandingAccess::allows(const Caller& caller, const std::string& provider) const {
    return !caller.executable.empty() &&
           std::any_of(allowed_.begin(), allowed_.end(), [&](const AllowedCaller& rule) {
               return rule.executable == caller.executable &&
                      std::find(rule.providers.begin(), rule.providers.end(), provider) !=
                          rule.providers.end();
           });
}

} // namespace keybearer
