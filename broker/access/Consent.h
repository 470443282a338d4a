#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

enum class ConsentDecision { AllowOnce, AllowSession, Allow, Deny };
[[nodiscard]] std::optional<ConsentDecision> consentDecision(std::string_view word); // "allow-once" ...
[[nodiscard]] std::string_view consentWord(ConsentDecision decision);

// How long a permission may last for what the kernel tells of a caller (the weaker the evidence, the
// shorter).
enum class ConsentSpan { Once, Session, ThirtyDays };

// Who asks, as a permission remembers it. A program is its executable; a script its interpreter and itself;
// our own command line is only a messenger, so the program that started it counts.
struct CallerKey {
    std::string executable;
    std::string script;
    std::string startedBy; // only for our own command line
    [[nodiscard]] bool operator==(const CallerKey&) const = default;
};
[[nodiscard]] CallerKey callerKey(const Caller& caller, const std::string& ownCommandLine);
[[nodiscard]] ConsentSpan longestSpan(const Caller& caller);

// What a permission is about: one stored sign-in and the scopes of its token.
struct ConsentSubject {
    std::string provider;
    std::string providerName;
    std::string accountLabel;
    std::string sessionId;
    std::vector<std::string> scopes;
};

// A permission that a person gave. Shared: the warm path counts its uses without asking the gate again.
struct Consent {
    std::string id;
    CallerKey caller;
    ConsentSubject subject;
    ConsentSpan span = ConsentSpan::Once;
    WallTime grantedAt{};
    WallTime expiresAt{};
    std::int64_t ownerPid = 0; // Session: the process that it ends with
    std::uint64_t ownerStartTime = 0;
    WallTime lastUsedAt{};
    std::int64_t uses = 0;
};

// Where permissions for thirty days are kept. Owned by the Broker; event loop thread.
class ConsentStore {
public:
    virtual ~ConsentStore() = default;
    [[nodiscard]] virtual Result<std::vector<Consent>> loadConsents() = 0;
    [[nodiscard]] virtual Result<void> putConsent(const Consent& consent) = 0;
    [[nodiscard]] virtual Result<void> removeConsent(const std::string& id) = 0;
};

} // namespace keybearer
