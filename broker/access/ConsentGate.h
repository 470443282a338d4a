#pragma once

#include "broker/access/ConsentPrompts.h"
#include "broker/platform/ProcessWatch.h"

#include <map>

namespace keybearer {

enum class AccessPolicy { Ask, Trusting, Locked };

// A program that the configuration allows in advance.
struct AllowedCaller {
    std::string executable;
    std::vector<std::string> providers;
};

// Why a token may leave, and for how long that holds.
struct ReleaseGrant {
    std::string why;               // "trusting", "callers", "client:NAME", "run:PROFILE", or a consent's id
    std::optional<WallTime> until; // absent: as long as the gate's epoch does not change
    bool once = false;             // good for this one answer only
    std::shared_ptr<Consent> consent; // to count uses; null unless a person gave it
};

// Decides whether a caller may have the token of one stored sign-in: default deny (R1). Owned by the Broker;
// event loop thread. It never learns a token.
class ConsentGate : public QObject {
    Q_OBJECT
public:
    struct Setup {
        AccessPolicy policy = AccessPolicy::Ask;
        std::vector<AllowedCaller> allowed;
        std::string ownCommandLine;            // absolute path of `keybearer`, see callerKey()
        std::function<bool()> somebodyListens; // is there a tray or a terminal that can put the question?
    };
    ConsentGate(Setup setup, ConsentStore& store, const Clock& clock);
    ~ConsentGate() override;

    [[nodiscard]] Result<void> load();

    // Completes at once (from inside this call) when the answer is known, else when a person has answered.
    // ConsentUnavailable, ConsentDenied, ConsentRequired (nobody answered in time), RateLimited.
    void decide(std::uint64_t connection, const Caller& caller, const ConsentSubject& subject,
                const std::string& reason, const Completion<ReleaseGrant>& done);

    [[nodiscard]] Result<void> answer(const std::string& id, ConsentDecision decision);
    [[nodiscard]] Result<void> revoke(const std::string& id);
    // Every consent for a stored sign-in ends with it.
    void sessionRemoved(const std::string& sessionId);
    void connectionClosed(std::uint64_t connection);
    void listenersChanged();
    // What callers hold beside consents came or went (a client's key, a capability): nothing that was
    // prepared before is good any more.
    void priorGrantsChanged() { Q_EMIT changed(); }

    [[nodiscard]] std::vector<PendingConsent> pending() const { return prompts_.pending(); }
    [[nodiscard]] std::vector<std::shared_ptr<Consent>> consents() const;
    [[nodiscard]] const std::vector<AllowedCaller>& allowed() const { return setup_.allowed; }
    [[nodiscard]] AccessPolicy policy() const { return setup_.policy; }
    [[nodiscard]] ConsentPrompts& prompts() { return prompts_; }

    // Writes use counts of lasting consents to the store; cheap when nothing changed.
    void saveUses();

Q_SIGNALS:
    // A permission came or went: whatever was prepared under the old ones is void.
    void changed();
    void granted(const keybearer::Consent& consent);
    void denied(const keybearer::Caller& caller, const keybearer::ConsentSubject& subject);
    void revoked(const keybearer::Consent& consent);

private:
    [[nodiscard]] std::shared_ptr<Consent> find(const Caller& caller, const ConsentSubject& subject);
    [[nodiscard]] bool allowedInAdvance(const Caller& caller, const std::string& provider) const;
    [[nodiscard]] Result<ReleaseGrant> grant(const Caller& caller, const ConsentSubject& subject,
                                             ConsentDecision decision);
    [[nodiscard]] Result<ReleaseGrant> priorGrant(const PriorGrant& prior,
                                                  const ConsentSubject& subject) const;
    void watchOwner(const std::shared_ptr<Consent>& consent);
    void drop(const std::string& id);

    Setup setup_;
    ConsentStore& store_;
    const Clock& clock_;
    ConsentPrompts prompts_;
    std::map<std::string, std::shared_ptr<Consent>> consents_;     // by id
    std::map<std::string, std::unique_ptr<ProcessWatch>> watches_; // by consent id
    std::map<std::string, std::int64_t> savedUses_;                // by consent id
};

} // namespace keybearer
