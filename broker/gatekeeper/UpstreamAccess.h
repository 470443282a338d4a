#pragma once

#include "broker/accounts/TokenBroker.h"
#include "broker/base/Json.h"
#include "broker/gatekeeper/NeededSignIns.h"
#include "broker/gatekeeper/ServerRefusals.h"

#include <set>

namespace keybearer {

// What goes out with a request to the server.
struct UpstreamToken {
    std::string serial;          // tells this token from the next one; of none: "none"
    std::string scheme = "none"; // Bearer, DPoP, header, none
    std::string header;          // of scheme header: its name
    Secret value;                // of scheme header: the whole value
    std::chrono::seconds validFor{300};
};

// A token for an exchange, whatever it takes: which sign-in, the person's permission, a refresh, a sign-in,
// more scopes. Owned by the Broker; event loop thread.
class UpstreamAccess : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        TokenBroker& broker;
        AccountRegistry& registry;
        TokenRefresher& refresher;
        const AuthRules& rules;
        NeededSignIns& signIns;
        const Clock& clock;
        std::chrono::seconds wait{45}; // how long a call waits for a person
        // Is what the program showed at hello still good?
        std::function<Result<void>(const Caller&)> confirm;
        // RFC 9449: a proof for the token of a stored sign-in.
        std::function<Result<std::string>(const std::string& session, const ProofNeed&)> prove;
        // Looks again which authorization server the server trusts, and retires sign-ins at others.
        std::function<void(const McpTarget&, const TokenNeed&, Completion<std::string>)> recheck;
    };
    explicit UpstreamAccess(Rooms rooms);
    ~UpstreamAccess() override;

    // How long calls from now on wait for a person.
    void setWait(std::chrono::seconds wait) { rooms_.wait = wait; }

    // Completes at once (from inside the call) where the token is at hand, and within the time to wait
    // otherwise. Every error says what can be done.
    void token(Exchange& exchange, const TokenNeed& need, Completion<UpstreamToken> done);
    // NotFound: this exchange has no such token; InvalidRequest: it is bound to no key.
    [[nodiscard]] Result<std::string> proof(const Exchange& exchange, const ProofNeed& need) const;
    // Whose sign-in a token of this exchange came from: {id?, email?, name?, provider?, method}. `method` is
    // oauth, api_key, service_account, enterprise, workload or none.
    [[nodiscard]] Json personOf(const Exchange& exchange, const std::string& serial) const;
    // There is a sign-in to use for it.
    [[nodiscard]] bool isSignedIn(const Exchange& exchange) const;
    // A rule speaks of tools of this server: each has a token of its own.
    [[nodiscard]] bool hasToolRules(const Exchange& exchange) const;
    // The same, or a policy server decides as well and may look at the tool: a token is asked for by tool.
    [[nodiscard]] bool tokensGoByTool(const Exchange& exchange) const;
    void exchangeClosed(const Exchange& exchange);

private:
    struct Call;
    using CallPtr = std::shared_ptr<Call>;

    [[nodiscard]] CredentialSelector selectorOf(const Exchange& exchange) const;
    void challenged(const CallPtr& call);
    void release(const CallPtr& call);
    void onGrant(const CallPtr& call, const Result<TokenGrant>& grant);
    void recheck(const CallPtr& call, const Credential& credential);
    void renew(const CallPtr& call, const Credential& credential);
    void retire(const std::string& session);
    void stepUp(const CallPtr& call, const Credential& credential);
    [[nodiscard]] bool signsInByItself(const Exchange& exchange) const;
    void signIn(const CallPtr& call, std::vector<std::string> scopes);
    void onSignedIn(const CallPtr& call, const Result<std::string>& session);
    void onTimeout(const CallPtr& call);
    void finish(const CallPtr& call, Result<UpstreamToken> outcome);

    Rooms rooms_;
    ServerRefusals refusals_;
    std::set<CallPtr> calls_; // those that wait
};

} // namespace keybearer
