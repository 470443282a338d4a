#include "broker/access/Consent.h"

#include <array>
#include <utility>

namespace keybearer {

namespace {

constexpr std::array<std::pair<std::string_view, ConsentDecision>, 4> words{{
    {"allow-once", ConsentDecision::AllowOnce},
    {"allow-session", ConsentDecision::AllowSession},
    {"allow", ConsentDecision::Allow},
    {"deny", ConsentDecision::Deny},
}};

} // namespace

std::optional<ConsentDecision> consentDecision(std::string_view word) {
    for (const auto& [name, decision] : words) {
        if (name == word)
            return decision;
    }
    return std::nullopt;
}

std::string_view consentWord(ConsentDecision decision) {
    for (const auto& [name, value] : words) {
        if (value == decision)
            return name;
    }
    return "deny";
}

CallerKey callerKey(const Caller& caller, const std::string& ownCommandLine) {
    CallerKey key{caller.executable, caller.script, {}};
    if (!ownCommandLine.empty() && caller.executable == ownCommandLine)
        key.startedBy = caller.startedBy;
    return key;
}

ConsentSpan longestSpan(const Caller& caller) {
    if (caller.executable.empty())
        return ConsentSpan::Once; // nothing that could be recognised next time
    if (caller.interpreter)
        return caller.script.empty() ? ConsentSpan::Once
                                     : ConsentSpan::Session; // never "any node", "any python"
    return ConsentSpan::ThirtyDays;
}

} // namespace keybearer
