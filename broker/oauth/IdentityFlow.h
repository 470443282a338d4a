#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"
#include "broker/oauth/Jws.h"

#include <QObject>

#include <optional>

namespace keybearer {

// Finds out who signed in: from the ID token when there is one (and from the userinfo endpoint too when the
// token names no e-mail or user name), else from a given address or the userinfo endpoint with the access
// token (OpenID Connect Core 5.3), as bearer or with a DPoP proof as the token wants.
//
// An ID token is believed when its signature verifies with a key of the issuer's jwks_uri and its claims hold
// (OpenID Connect Core 3.1.3.7). The keys are remembered with the server for an hour and read once more when
// they do not have the token's; while the issuer does not answer, older ones stay good. A provider that
// publishes no keys is believed because the token came from its token endpoint over TLS (item 6).
//
// Failures: NotFound (there is nowhere to ask: the caller decides what the account is called), ProviderError
// (an ID token or answer that must not be believed), ProviderUnavailable.
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
    void fetchKeys();
    void onKeys(const Result<HttpResponse>& response);
    void verify();
    void onClaims(const Json& claims);
    void ask(const QUrl& url);
    void onResponse(const Result<HttpResponse>& response);
    [[nodiscard]] bool askedForNonce(const Result<HttpResponse>& response);
    [[nodiscard]] Result<Identity> read(const HttpResponse& response) const;
    void finishLater(Result<Identity> result);
    void finish(Result<Identity> result);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    AccessToken accessToken_;
    std::shared_ptr<const SigningKey> dpopKey_; // of the access token; null: bearer
    std::string dpopNonce_;                     // of the resource, not of the token endpoint
    Secret idToken_;
    std::optional<Jws> signed_;      // the ID token while its signature is not verified
    bool keysFetched_ = false;       // in this flow
    std::optional<Identity> proven_; // from the ID token, still without a friendly label
    QUrl asked_;
    Completion<Identity> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
