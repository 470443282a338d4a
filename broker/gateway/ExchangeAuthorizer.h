#pragma once

#include "broker/base/Secret.h"
#include "broker/gateway/CorePort.h"
#include "broker/gateway/EventTimers.h"
#include "broker/gateway/ExchangeTerms.h"
#include "broker/gateway/upstream/Authorizer.h"

#include <map>
#include <set>
#include <vector>

namespace keybearer {

// The authorization of one exchange: asks the broker for tokens (exchange.token), keeps them for as long as
// they live, gives each request its fields and turns a server's refusal into one question to the broker
// (mcp.md C1, C17, C18; RFC 6750, RFC 9449). Bounds a request to one repetition after a 401, two after a 403
// (T-31) and two for a DPoP nonce. What nobody waits for (handshakes, streams, notifications) asks with
// interactive: false, and a refused handshake leaves its challenge behind for the first call that somebody
// waits for. Tokens are sealed at rest and appear in no error. Owned by its exchange; event loop thread.
class ExchangeAuthorizer : public Authorizer {
public:
    ExchangeAuthorizer(const ExchangeTerms& terms, CorePort& core, EventTimers& timers);
    ~ExchangeAuthorizer() override;
    ExchangeAuthorizer(const ExchangeAuthorizer&) = delete;
    ExchangeAuthorizer& operator=(const ExchangeAuthorizer&) = delete;

    void authorize(const AuthorizationTarget& target, Completion<Fields> done) override;
    void challenged(const AuthorizationTarget& target, AuthorizationChallenge challenge,
                    Completion<void> done) override;

    // From now on somebody waits for the handshake: it may open the browser.
    void setSomebodyWaits(bool waits) { somebodyWaits_ = waits; }
    // exchange.stale: no token that is held or under way is used any more.
    void forget();
    // The request is over: what was counted for it goes.
    void requestEnded(const std::string& requestId) { counts_.erase(requestId); }
    // What the client calls itself; travels with every question.
    void setClient(std::string name, std::string version);

private:
    struct Token {
        Json serial;
        std::string scheme;
        std::string header;
        SealedSecret value;
        EventTimers::Instant until;
        Fields user; // x-user-* and x-auth-method, where the server is to have them
    };
    struct Count {
        int bare = 0; // a 401 to a request that carried no token is an invitation, no refusal
        int unauthorized = 0;
        int forbidden = 0;
        int nonces = 0;
        Json serial;                // of the token that was sent last
        EventTimers::Instant since; // of a stream: it lives longer than any bound means
    };
    using Waiter = Completion<void>;
    struct Fetch {
        std::vector<Waiter> waiters;
        Json params;
        std::uint64_t epoch = 0;
        int rounds = 0;
    };
    [[nodiscard]] std::string keyOf(const AuthorizationTarget& target) const;
    [[nodiscard]] Count& countOf(const AuthorizationTarget& target);
    [[nodiscard]] bool isQuiet(const AuthorizationTarget& target) const;
    [[nodiscard]] const Token* held(const std::string& key) const;
    [[nodiscard]] Json question(const AuthorizationTarget& target, const AuthorizationChallenge* challenge,
                                const Json& sent) const;
    void fetch(const std::string& key, Json params, Waiter done);
    void send(const std::string& slot, const std::string& key);
    void arrived(const std::string& slot, const std::string& key, Result<Json> answer);
    void apply(const AuthorizationTarget& target, Completion<Fields> done);
    void prove(const AuthorizationTarget& target, const Token& token, Completion<Fields> done);
    void refused(const AuthorizationTarget& target, const AuthorizationChallenge& challenge,
                 Completion<void> done);
    void later(std::function<void()> call);

    const ExchangeTerms& terms_;
    CorePort& core_;
    EventTimers& timers_;
    Json client_;
    std::map<std::string, Token> tokens_;  // by tool, if tokens go by tool; else one, under ""
    std::map<std::string, Fetch> fetches_; // by tool and by whether somebody waits
    std::map<std::string, Count> counts_;  // by request
    std::map<std::string, AuthorizationChallenge> pending_; // of a handshake that nobody waited for
    std::map<std::string, std::unique_ptr<EventTimer>> soon_;
    std::string nonce_;
    std::uint64_t epoch_ = 0;
    std::uint64_t lastSoon_ = 0;
    bool somebodyWaits_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
