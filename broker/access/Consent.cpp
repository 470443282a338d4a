#include "broker/access/Consent.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keybearer {

namespace {

// 1Password's numbers: what a person does not use for ten minutes is over, and so is a working day.
constexpr std::chrono::minutes sessionIdle{10};
constexpr std::chrono::hours sessionCap{12};
constexpr std::chrono::days lastingIdle{90}; // "until revoked" means: as long as anybody uses it

template <typename Value, std::size_t Size>
using WordTable = std::array<std::pair<std::string_view, Value>, Size>;

constexpr WordTable<ConsentDecision, 4> decisionWords{{
    {"allow-once", ConsentDecision::AllowOnce},
    {"allow-session", ConsentDecision::AllowSession},
    {"allow", ConsentDecision::Allow},
    {"deny", ConsentDecision::Deny},
}};
constexpr WordTable<ConsentSpan, 5> spanWords{{
    {"never", ConsentSpan::Never},
    {"once", ConsentSpan::Once},
    {"session", ConsentSpan::Session},
    {"30 days", ConsentSpan::ThirtyDays},
    {"until revoked", ConsentSpan::UntilRevoked},
}};
constexpr WordTable<ConsentPurpose, 6> purposeWords{{
    {"access_token", ConsentPurpose::HandOut},
    {"proxy", ConsentPurpose::Proxy},
    {"sign", ConsentPurpose::Sign},
    {"start", ConsentPurpose::Start},
    {"sign_in", ConsentPurpose::SignIn},
    {"connect", ConsentPurpose::Connect},
}};

template <typename Value, std::size_t Size>
std::optional<Value> valueOf(const WordTable<Value, Size>& table, std::string_view word) {
    for (const auto& [name, value] : table) {
        if (name == word)
            return value;
    }
    return std::nullopt;
}

template <typename Value, std::size_t Size>
std::string_view wordOf(const WordTable<Value, Size>& table, Value wanted) {
    for (const auto& [name, value] : table) {
        if (value == wanted)
            return name;
    }
    return "";
}

bool containsAll(const std::vector<std::string>& granted, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
        return std::find(granted.begin(), granted.end(), scope) != granted.end();
    });
}

bool sameAccount(const ConsentSubject& a, const ConsentSubject& b) {
    return a.sessionId == b.sessionId && a.provider == b.provider && a.issuer == b.issuer &&
           a.resource == b.resource && a.purpose == b.purpose;
}

} // namespace

std::optional<ConsentDecision> consentDecision(std::string_view word) {
    return valueOf(decisionWords, word);
}

std::string_view consentWord(ConsentDecision decision) {
    return wordOf(decisionWords, decision);
}

std::string_view spanWord(ConsentSpan span) {
    return wordOf(spanWords, span);
}

std::string_view purposeWord(ConsentPurpose purpose) {
    return wordOf(purposeWords, purpose);
}

std::optional<ConsentPurpose> purposeFrom(std::string_view word) {
    return valueOf(purposeWords, word);
}

ConsentSpan longestSpan(const Caller& caller, const std::string& ownCommandLine) {
    // Whoever can put another program into the place of our command line can do so with the broker, too;
    // what counts is the process that started it, and that ends.
    const bool messenger = !ownCommandLine.empty() && caller.executable == ownCommandLine;
    if (!caller.localClient.empty())
        return ConsentSpan::UntilRevoked; // it holds a secret of ours, not a place in the file system
    switch (caller.identity) {
    case IdentityClass::Remote:
        return ConsentSpan::Never;
    case IdentityClass::Capability: // a command that is about to be started, asked for by its run profile
        return ConsentSpan::ThirtyDays;
    case IdentityClass::Sandboxed:
        return ConsentSpan::UntilRevoked;
    case IdentityClass::Native:
        return messenger ? ConsentSpan::Session : ConsentSpan::ThirtyDays;
    case IdentityClass::Script:
        return ConsentSpan::Session; // never "any node", "any python"
    case IdentityClass::Unknown:
        break;
    }
    return messenger ? ConsentSpan::Session : ConsentSpan::Once;
}

std::vector<ConsentDecision> choices(ConsentSpan longest) {
    std::vector<ConsentDecision> out;
    if (longest >= ConsentSpan::Once)
        out.push_back(ConsentDecision::AllowOnce);
    if (longest >= ConsentSpan::Session)
        out.push_back(ConsentDecision::AllowSession);
    if (longest >= ConsentSpan::ThirtyDays)
        out.push_back(ConsentDecision::Allow);
    out.push_back(ConsentDecision::Deny);
    return out;
}

ConsentSpan spanOf(ConsentDecision decision, ConsentSpan longest) {
    const std::vector<ConsentDecision> offered = choices(longest);
    if (std::find(offered.begin(), offered.end(), decision) == offered.end())
        return ConsentSpan::Never;
    switch (decision) {
    case ConsentDecision::AllowOnce:
        return ConsentSpan::Once;
    case ConsentDecision::AllowSession:
        return ConsentSpan::Session;
    case ConsentDecision::Allow:
        return longest;
    case ConsentDecision::Deny:
        break;
    }
    return ConsentSpan::Never;
}

bool covers(const ConsentSubject& granted, const ConsentSubject& wanted) {
    // No scopes at all means: whatever the provider gives. That is more than any list of them.
    return sameAccount(granted, wanted) && wanted.scopes.empty() == granted.scopes.empty() &&
           containsAll(granted.scopes, wanted.scopes);
}

bool sameSubject(const ConsentSubject& a, const ConsentSubject& b) {
    return sameAccount(a, b) && a.scopes.size() == b.scopes.size() && containsAll(a.scopes, b.scopes);
}

ConsentOwner ownerOf(const Caller& caller, const Evidence& evidence) {
    if (!evidence.startedBy.empty())
        return {caller.parentPid, caller.parentStartTime};
    return {caller.pid, caller.startTime, caller.process == nullptr ? 0 : caller.process->mark.stack};
}

WallTime Consent::endsAt(WallTime wall, BootTime boot) const {
    const auto rounded = [](BootTime left) { return std::chrono::floor<std::chrono::milliseconds>(left); };
    if (span == ConsentSpan::Session) {
        // The clock that counts sleep and that nobody can set; the answer is in terms of the other one.
        const BootTime idleEnd = std::max(grantedBoot, lastUsedBoot) + sessionIdle;
        const WallTime cap = wall + rounded(grantedBoot + sessionCap - boot);
        // What was started for this very purpose may be idle for as long as it runs.
        // A client that comes through the network comes when its token has ended, and not before.
        const bool idles = evidence.identity != IdentityClass::Capability && evidence.client.empty();
        return idles ? std::min(cap, wall + rounded(idleEnd - boot)) : cap;
    }
    if (span == ConsentSpan::UntilRevoked)
        return std::max(grantedAt, lastUsedAt) + lastingIdle;
    return expiresAt;
}

} // namespace keybearer
