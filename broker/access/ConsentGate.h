#pragma once

#include "broker/access/Attention.h"
#include "broker/access/ConsentPrompts.h"
#include "broker/access/ConsentRecords.h"
#include "broker/access/StandingAccess.h"

#include <QTimer>

namespace keybearer {

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
        std::string ownCommandLine;            // absolute path of `keybearer`, see evidenceOf()
        std::function<bool()> somebodyListens; // is there a tray or a terminal that can put the question?
        // Is the process still the program that was measured? Asked before a person is, and again before what
        // they said counts. Null: nobody can tell, so yes.
        std::function<bool(const Caller&)> stillTheSame{};
        // Why nobody gets anything at the moment; null: there never is a reason.
        std::function<std::optional<Error>()> withheld{};
        // A tray that died comes back, and finds its questions as they were; zero: they are withdrawn at
        // once.
        std::chrono::milliseconds listenerReturn{8'000};
        ConsentRecords::WatchOwner watchOwner{}; // null: the process that has this number and start time
    };
    ConsentGate(Setup setup, ConsentStore& store, const Clock& clock);
    ~ConsentGate() override;

    [[nodiscard]] Result<void> load() { return records_.load(); }
    // What the configuration says from now on. Consents stay; what was prepared before is not good any more,
    // and with Locked nobody is asked, so open questions are over.
    void configure(AccessPolicy policy, std::vector<AllowedCaller> allowed);

    // Completes at once (from inside this call) when the answer is known, else when a person has answered.
    // ConsentUnavailable, ConsentDenied (retryAfter: the program is in quarantine), ConsentRequired (nobody
    // answered in time), RateLimited, PolicyDenied.
    // `mayAsk` false: ConsentRequired where a person would have to be asked.
    void decide(std::uint64_t connection, const Caller& caller, const ConsentSubject& subject,
                const std::string& reason, const Completion<ReleaseGrant>& done, bool mayAsk = true);

    // The connections with this bit are conversations: what is allowed "once" there, for requests to be sent,
    // is good until connectionClosed().
    static constexpr std::uint64_t conversationBit = std::uint64_t{1} << 63U;
    // A person agreed to a sign-in (ConsentPurpose::SignIn) and the use of what comes of it: this is what
    // came, for as long as they said. Nothing happens if `id` is no such consent, or is over.
    void passOn(const std::string& id, std::uint64_t conversation, const ConsentSubject& subject);

    // Why nobody gets anything at the moment, whatever they were allowed.
    [[nodiscard]] std::optional<Error> withheld() const;
    // Why a program that was allowed may not have it any more: the process runs something else by now.
    // Nothing for those whose permission does not hang on the program.
    [[nodiscard]] std::optional<Error> becameAnother(const Caller& caller) const;

    // A client asks a person again each time, whatever it was allowed before (SEC-S-09): decide() with
    // ConsentPurpose::Connect never finds an old permission, and what it grants always is a Consent.
    // It is over before a person said so; nothing happens if there is none.
    void endConnection(const std::string& id, const std::string& why) { records_.end(id, why); }

    // NotFound: there is no such question any more. InvalidParams: longer than this program may be allowed;
    // the question stays open. ConsentDenied: the program is not the one that asked. StoreUnavailable: it
    // could not be kept.
    [[nodiscard]] Result<void> answer(const std::string& id, ConsentDecision decision);
    [[nodiscard]] Result<void> revoke(const std::string& id) { return records_.revoke(id); }
    // Every consent for a stored sign-in ends with it.
    void sessionRemoved(const std::string& sessionId) { records_.accountRemoved(sessionId); }
    // The screen or the store was locked: what was allowed for a session is over, and so are open questions
    // when the store cannot be read.
    void screenLocked() { records_.endSessions("the screen was locked"); }
    void storeLocked();
    // Sharing was paused or goes on: open questions are over in the first case, and nothing that was prepared
    // before is good any more in both.
    void withheldChanged();
    void connectionClosed(std::uint64_t connection);
    // When the last one has gone, open questions wait a while for it to come back; new ones do not.
    void listenersChanged();
    // What callers hold beside consents came or went (a client's key, a capability): nothing that was
    // prepared before is good any more.
    void priorGrantsChanged() { Q_EMIT changed(); }
    // Ends what has expired, and writes use counts of lasting consents; cheap when there is nothing to do.
    void onMinute();
    void saveUses() { records_.saveUses(); }

    [[nodiscard]] std::vector<PendingConsent> pending() const { return prompts_.pending(); }
    [[nodiscard]] std::vector<std::shared_ptr<Consent>> consents() const { return records_.all(); }
    [[nodiscard]] const std::vector<AllowedCaller>& allowed() const { return standing_.allowed(); }
    [[nodiscard]] AccessPolicy policy() const { return standing_.policy(); }
    [[nodiscard]] const std::string& policyVersion() const { return standing_.version(); }
    [[nodiscard]] ConsentPrompts& prompts() { return prompts_; }
    [[nodiscard]] ConsentRecords& records() { return records_; }

    struct Counters {
        std::uint64_t questions = 0;
        std::uint64_t granted = 0;
        std::uint64_t denied = 0;
        std::uint64_t unanswered = 0;
        std::uint64_t abandoned = 0;
        std::uint64_t unavailable = 0; // nobody could be asked
        std::uint64_t rateLimited = 0;
        std::uint64_t quarantines = 0;
        std::uint64_t revoked = 0;
        std::uint64_t ended = 0;
        std::uint64_t updated = 0;
        std::uint64_t refusedRows = 0; // did not fit their seal
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }

Q_SIGNALS:
    // A permission came or went: whatever was prepared under the old ones is void.
    void changed();
    void granted(const keybearer::Consent& consent);
    // A person said no, or what they said could not count; `why` is empty in the first case.
    void denied(const keybearer::PendingConsent& question, const std::string& why);
    void quarantined(const keybearer::PendingConsent& question, std::chrono::seconds length);

private:
    struct Ask;
    void consider(const std::shared_ptr<Ask>& ask);
    void question(const std::shared_ptr<Ask>& ask, const Evidence& evidence, const ConsentOwner& owner);
    void onAnswered(const std::shared_ptr<Ask>& ask, const Result<std::shared_ptr<Consent>>& outcome);
    [[nodiscard]] std::optional<Error> refusal(const Ask& ask) const;
    [[nodiscard]] std::optional<Error> whyNotAsked(const Ask& ask, const Evidence& evidence);
    [[nodiscard]] bool isStillTheSame(const Caller& caller) const;
    [[nodiscard]] Result<ReleaseGrant> priorGrant(const PriorGrant& prior,
                                                  const ConsentSubject& subject) const;
    [[nodiscard]] ReleaseGrant grantFrom(const std::shared_ptr<Consent>& consent) const;
    [[nodiscard]] std::shared_ptr<Consent> forConversation(const Ask& ask,
                                                           const std::shared_ptr<Consent>& consent);
    void deny(const PendingConsent& question);
    [[nodiscard]] Result<void> allow(const PendingConsent& question, ConsentSpan span);
    void connectUnasked(const Ask& ask);
    void count();
    void withdrawUnheard();

    StandingAccess standing_;
    std::string ownCommandLine_;
    std::function<bool()> somebodyListens_;
    std::function<bool(const Caller&)> stillTheSame_;
    std::function<std::optional<Error>()> withheld_;
    std::chrono::milliseconds listenerReturn_;
    const Clock& clock_;
    ConsentRecords records_;
    ConsentPrompts prompts_;
    Attention attention_;
    QTimer returning_; // runs while listeners may still come back
    Counters counters_;
};

} // namespace keybearer
