#pragma once

#include "broker/access/Evidence.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

enum class ConsentDecision { AllowOnce, AllowSession, Allow, Deny };
[[nodiscard]] std::optional<ConsentDecision> consentDecision(std::string_view word); // "allow-once" ...
[[nodiscard]] std::string_view consentWord(ConsentDecision decision);

// How long a permission may last: the weaker what the kernel tells of a caller, the shorter.
enum class ConsentSpan { Never, Once, Session, ThirtyDays, UntilRevoked };
[[nodiscard]] std::string_view spanWord(ConsentSpan span); // "once", "session", "30 days", "until revoked"
[[nodiscard]] ConsentSpan longestSpan(const Caller& caller, const std::string& ownCommandLine);
// The decisions that a person may be offered, and that are taken: never one beyond the longest span.
[[nodiscard]] std::vector<ConsentDecision> choices(ConsentSpan longest);
// How long the decision lasts where `longest` is possible; Never where it is not among the choices.
[[nodiscard]] ConsentSpan spanOf(ConsentDecision decision, ConsentSpan longest);

// What a program may do with the credential. A permission for one is none for another.
enum class ConsentPurpose {
    HandOut, // have the access token itself
    Proxy,   // have requests sent with it
    Sign,    // have something signed
    Start,   // be started by `keybearer run` with what a profile lists
    SignIn,  // have the person sign in, and then requests sent with what comes of it
    Connect, // have tokens of the gateway's own authorization server for one service
};
[[nodiscard]] std::string_view
purposeWord(ConsentPurpose purpose); // "access_token", "proxy", "sign", "start", "sign_in", "connect"
[[nodiscard]] std::optional<ConsentPurpose> purposeFrom(std::string_view word);

// What a permission is about: one stored sign-in, the scopes of its token, and what for.
struct ConsentSubject {
    std::string provider;
    std::string providerName;
    std::string accountLabel;
    std::string sessionId;
    std::vector<std::string> scopes;
    std::string issuer{};
    std::string resource{};
    ConsentPurpose purpose = ConsentPurpose::HandOut;
    std::map<std::string, std::string>
        scopeWords{};       // what scopes mean, for people; no part of the permission
    std::string redirect{}; // of Connect: the host, or scheme, that the answer goes to
};
// A permission for `granted` is one for `wanted`: the same account, issuer, resource and purpose, and no
// scope more.
[[nodiscard]] bool covers(const ConsentSubject& granted, const ConsentSubject& wanted);
[[nodiscard]] bool sameSubject(const ConsentSubject& a, const ConsentSubject& b);

// The process that a permission for the session ends with.
struct ConsentOwner {
    std::int64_t pid = 0;
    std::uint64_t startTime = 0;
    std::uint64_t stack = 0; // of the program that it ran: executing anything, itself too, changes it; 0: any
    [[nodiscard]] bool operator==(const ConsentOwner&) const = default;
};
// The shell behind our own command line, else the caller itself.
[[nodiscard]] ConsentOwner ownerOf(const Caller& caller, const Evidence& evidence);

// A permission that a person gave (R9). Shared: the warm path counts its uses without asking the gate again.
struct Consent {
    std::string id;
    Evidence evidence;
    ConsentSubject subject;
    ConsentSpan span = ConsentSpan::Once;
    WallTime grantedAt{};
    WallTime expiresAt{}; // ThirtyDays: the end of them
    BootTime grantedBoot{};
    ConsentOwner owner; // Session: the process that it ends with
    std::uint64_t conversation =
        0; // Once: the conversation that it is good for, and ends with; 0: one answer
    WallTime lastUsedAt{};
    BootTime lastUsedBoot{};
    std::int64_t uses = 0;
    std::string promptHash;            // of the question that the person answered
    std::string policyVersion;         // of the configuration that was in force
    std::optional<WallTime> updatedAt; // when the program was last replaced by the system

    void noteUse(WallTime wall, BootTime boot) {
        lastUsedAt = wall;
        lastUsedBoot = boot;
    }
    [[nodiscard]] bool isLasting() const { return span >= ConsentSpan::ThirtyDays; }
    // When it ends if nobody uses it meanwhile.
    [[nodiscard]] WallTime endsAt(WallTime wall, BootTime boot) const;
};

// Where lasting permissions are kept. A row that was changed outside of the broker is not returned. Owned by
// the Broker; event loop thread.
class ConsentStore {
public:
    virtual ~ConsentStore() = default;
    struct Loaded {
        std::vector<Consent> consents;
        std::vector<std::string> refused; // ids of rows that do not fit their seal
    };
    [[nodiscard]] virtual Result<Loaded> loadConsents() = 0;
    [[nodiscard]] virtual Result<void> putConsent(const Consent& consent) = 0;
    [[nodiscard]] virtual Result<void> removeConsent(const std::string& id) = 0;
};

} // namespace keybearer
