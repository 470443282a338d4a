#pragma once

#include "broker/authserver/LocalAuthorizationServer.h"
#include "broker/oauth/SigningKey.h"

#include <deque>
#include <map>

namespace keybearer {

// A provider to try things out with: an OpenID Connect issuer at /as/demo of the gateway with one made-up
// account, for the one client that is this broker itself. A person presses a button instead of typing a
// password. Everything of it is in memory; what it gives away opens nothing. Owned by the Broker; event loop
// thread.
class DemoProvider final : public LocalAuthorizationServer::Endpoints {
public:
    static constexpr const char* name = "demo"; // of the provider, and in the address of its issuer
    static constexpr const char* subject = "demo-user";
    static constexpr const char* email = "demo@example.com";
    static constexpr std::chrono::seconds tokenLife{300};
    static constexpr std::chrono::seconds stepLife{600}; // between the page and its button
    static constexpr std::chrono::seconds codeLife{60};
    static constexpr std::chrono::seconds grace{30}; // in which a refresh token still gets its successor
    static constexpr std::size_t mostSteps = 64;     // pages, codes: the oldest goes
    static constexpr std::size_t mostSessions = 64;

    explicit DemoProvider(const Clock& clock) : clock_(clock) {}

    // A new key and a new client; what was given away before is good for nothing. `base`:
    // "http://127.0.0.1:PORT".
    void start(const std::string& base);
    void stop();
    [[nodiscard]] bool running() const { return key_ != nullptr; }
    [[nodiscard]] std::string issuer() const { return base_ + "/as/" + name; }
    [[nodiscard]] const std::string& clientId() const { return clientId_; }
    [[nodiscard]] Json jwks() const; // while it runs

    [[nodiscard]] bool serves(const std::string& service) const override;
    void request(const AsRequest& request, Completion<AsAnswer> done) override;

private:
    struct Step { // an authorization request whose page is shown, or whose code is on its way
        std::string redirectUri;
        std::string state;
        std::string challenge;
        std::string nonce;
        std::string csrf;
        std::string scope;
        BootTime at{};
        bool code = false;
    };
    struct Session { // one sign-in; its refresh tokens are kept as hashes
        std::string current;
        std::string previous;
        SealedSecret successor; // the text of `current`, for a client that asks twice
        std::string scope;
        BootTime rotatedAt{};
    };

    [[nodiscard]] AsAnswer authorize(const AsRequest& request);
    [[nodiscard]] AsAnswer pressed(const AsRequest& request);
    [[nodiscard]] AsAnswer token(const AsRequest& request);
    [[nodiscard]] AsAnswer fromCode(const AsRequest& request);
    [[nodiscard]] AsAnswer fromRefreshToken(const AsRequest& request);
    [[nodiscard]] AsAnswer revoke(const AsRequest& request);
    [[nodiscard]] AsAnswer issue(Session& session, const std::string& nonce, bool again);
    [[nodiscard]] std::string keep(Step step);
    [[nodiscard]] Json claims(const std::string& audience) const;

    const Clock& clock_;
    std::string base_;
    std::string clientId_;
    std::shared_ptr<const SigningKey> key_; // null: it does not run
    std::map<std::string, Step> steps_;     // by SHA-256 of the page's or the code's handle
    std::deque<Session> sessions_;          // oldest first
};

} // namespace keybearer
