#pragma once

#include "broker/accounts/TokenBroker.h"
#include "broker/gatekeeper/Exchanges.h"

namespace keybearer {

// What the gateway needs a token for, as exchange.token says it. Words of servers are cut, nothing more.
struct TokenNeed {
    std::string tool;
    std::string operation;   // "tools/call add_numbers"
    std::string sent;        // serial of the token that the server refused; empty: none was sent
    bool challenged = false; // the server refused; what follows is its challenge
    int status = 0;
    std::string error;
    std::string scope;
    std::string resourceMetadata;
    bool interactive = true; // somebody waits for it: a person may be asked
};

// What goes out with a request to the server.
struct UpstreamToken {
    std::string serial;          // tells this token from the next one; of none: "none"
    std::string scheme = "none"; // Bearer, DPoP, header, none
    std::string header;          // of scheme header: its name
    Secret value;                // of scheme header: the whole value
    std::chrono::seconds validFor{300};
};

struct ProofNeed {
    std::string serial;
    std::string method;
    std::string url;
    std::string nonce;
};

// A token for an exchange, whatever it takes: which sign-in, the person's permission, a refresh, a sign-in.
// Owned by the Gatekeeper; event loop thread.
class UpstreamAccess : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        TokenBroker& broker;
        AccountRegistry& registry;
        const AuthRules& rules;
        const Clock& clock;
        // Is what the program showed at hello still good?
        std::function<Result<void>(const Caller&)> confirm;
    };
    explicit UpstreamAccess(Rooms rooms) : rooms_(std::move(rooms)) {}

    // Completes at once (from inside the call) where the token is at hand. Every error says what can be done.
    void token(Exchange& exchange, const TokenNeed& need, const Completion<UpstreamToken>& done);
    // RFC 9449 section 4.2. NotFound: no token with that serial is bound to a key.
    [[nodiscard]] Result<std::string> proof(const Exchange& exchange, const ProofNeed& need) const;
    // There is a sign-in to use for it.
    [[nodiscard]] bool isSignedIn(const Exchange& exchange) const;
    // A rule speaks of tools of this server: each has a token of its own.
    [[nodiscard]] bool hasToolRules(const Exchange& exchange) const;

private:
    [[nodiscard]] CredentialSelector selectorOf(const Exchange& exchange) const;

    Rooms rooms_;
};

} // namespace keybearer
