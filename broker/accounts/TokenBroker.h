#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/access/PolicyDecision.h"
#include "broker/access/RateLimiter.h"
#include "broker/accounts/TokenRefresher.h"
#include "broker/accounts/TokenWish.h"
#include "broker/audit/AuditBrake.h"
#include "broker/audit/AuditLog.h"
#include "broker/audit/Latency.h"

namespace keybearer {

// Under which circumstances a granted token may be handed out again without asking anybody.
struct WarmTerms {
    std::uint64_t epoch = 0; // of the TokenBroker
    BootTime until{};
    AuditTemplate audit;
    std::shared_ptr<Consent> consent;            // to count uses; null unless a person gave one
    std::shared_ptr<RateLimiter::Bucket> bucket; // null: no limit
    std::shared_ptr<const PeerProcess> process;  // null: what it showed counts, whatever it runs
    std::string sessionId;
    std::string caller;
    BootTime notedAt{};                // when the use was last noted and the process last looked at
    std::uint64_t* released = nullptr; // counter of the TokenBroker that wrote these terms
};

// What came of the requests for tokens since the start.
struct TokenCounters {
    struct Results {
        std::uint64_t released = 0;                                // warm ones included
        std::map<std::string, std::uint64_t, std::less<>> refused; // by the name of the error
    };
    std::map<std::string, Results, std::less<>> providers; // "": none that we know was asked for
    LatencyCounts latency; // of the requests that were not answered warm, released or not
};

// One token, released: its audit row is written.
struct TokenGrant {
    CredentialRecord record; // as of the release
    AccessToken accessToken;
    std::string tokenType;
    std::optional<WarmTerms> warm; // absent: for this answer only
};

// The heart: who may have which token, and is it still good? RateLimiter, AuthRules, AccountRegistry (which
// one), ConsentGate, PolicyDecision, AccountRegistry (its secrets), TokenRefresher and AuditLog in this
// order, one completion. Never hands out a refresh token. Owned by the Broker; event loop thread.
class TokenBroker : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        AccountRegistry& registry;
        TokenRefresher& refresher;
        ConsentGate& gate;
        AuditLog& audit;
        const ProviderCatalog& catalog;
        const Clock& clock;
        const AuthRules* rules = nullptr; // null: a program names what it wants
        RateLimiter* limiter = nullptr;   // null: no limit
        PolicyDecision* policy = nullptr; // null: the person's consent decides alone
        AuditBrake* brake = nullptr;      // for rows of refusals; null: each is written
        SharedAccounts* shared = nullptr; // null: no other broker uses the store
    };
    explicit TokenBroker(Rooms rooms);

    // Completes at once (from inside the call) when a fresh token and the permission are in memory. Dropped
    // silently when the connection closes before a person has answered.
    void request(std::uint64_t connection, const Caller& caller, TokenWish wish, Completion<TokenGrant> done);

    // The warm path: true when the terms still hold; then the audit row is staged and the use is counted. No
    // I/O.
    [[nodiscard]] bool renew(WarmTerms& terms);

    // From the next request on; null: none any more. It outlives this.
    void setPolicy(PolicyDecision* policy) { rooms_.policy = policy; }
    // A policy server decides too, and may look at the tool.
    [[nodiscard]] bool asksPolicy() const { return rooms_.policy != nullptr; }

    [[nodiscard]] std::uint64_t epoch() const { return rooms_.registry.epoch() + gateEpoch_; }
    [[nodiscard]] const TokenCounters& counters() const { return counters_; }

private:
    struct Run;
    [[nodiscard]] Completion<TokenGrant> counted(const TokenWish& wish, Completion<TokenGrant> done);
    [[nodiscard]] Result<const Credential*> select(const TokenWish& wish) const;
    void choose(const std::shared_ptr<Run>& run, const Result<const Credential*>& selected);
    void begin(const std::shared_ptr<Run>& run, const Credential& credential);
    void decide(const std::shared_ptr<Run>& run, const CredentialRecord& record);
    void onConsent(const std::shared_ptr<Run>& run, Result<ReleaseGrant> grant);
    void load(const std::shared_ptr<Run>& run);
    void onPolicy(const std::shared_ptr<Run>& run, const Result<PolicyVerdict>& verdict);
    void onLoaded(const std::shared_ptr<Run>& run, const Result<void>& loaded);
    void onRefreshed(const std::shared_ptr<Run>& run, const Result<void>& refreshed);
    void release(const std::shared_ptr<Run>& run);
    void refuse(const std::shared_ptr<Run>& run, const Error& error);
    void writeRefusal(const Run& run, const Error& error);
    [[nodiscard]] std::optional<WarmTerms> warmTerms(const Run& run, const Credential& credential,
                                                     const AuditEvent& event);

    Rooms rooms_;
    std::uint64_t gateEpoch_ = 0;
    TokenCounters counters_;
};

} // namespace keybearer
