#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"

#include <QObject>

#include <optional>

namespace keybearer {

// Finds out who signed in: from the ID token when there is one (and from the userinfo endpoint too when the
// token names no e-mail or user name), else from a given address or the userinfo endpoint with the access
// token (OpenID Connect Core 5.3). Failures: NotFound (there is nowhere to ask: the caller decides what the
// account is called), ProviderError (an ID token or answer that must not be believed), ProviderUnavailable.
class IdentityFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        std::string clientId;
        std::string nonce;       // as sent with the authorization request; empty: none
        std::optional<QUrl> url; // instead of the userinfo endpoint
        std::vector<std::string> subjectKeys{"sub"};
        std::vector<std::string> labelKeys{"email", "preferred_username", "name"};
    };

    // Copies out of the token set what it needs.
    IdentityFlow(HttpTransport& transport, const Clock& clock, Setup setup, const TokenSet& tokens,
                 Completion<Identity> done);
    Q_DISABLE_COPY_MOVE(IdentityFlow)

    void start(); // once

private:
    void startFromIdToken();
    void ask(const QUrl& url);
    void onResponse(const Result<HttpResponse>& response);
    [[nodiscard]] Result<Identity> read(const HttpResponse& response) const;
    void finish(Result<Identity> result);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    AccessToken accessToken_;
    Secret idToken_;
    std::optional<Identity> proven_; // from the ID token, still without a friendly label
    Completion<Identity> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
