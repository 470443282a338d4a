#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/AuthorizationAnswer.h"
#include "broker/oauth/Pkce.h"
#include "broker/oauth/PushedAuthorization.h"
#include "broker/oauth/RedirectListener.h"
#include "broker/oauth/TokenExchange.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>

namespace keybearer {

// One sign-in through the person's browser: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636),
// answered to a loopback address (RFC 8252) or pasted by the person. The caller opens the address that
// start() returns.
//
// Failures: Cancelled (declined at the provider), ProviderError (an OAuth error, or an answer that must not
// be believed), ProviderUnavailable (the token endpoint could not be asked; the person has to start again,
// for a code works once), TimedOut. Never speaks to a server other than setup.server; never follows an answer
// with a foreign state; no code leaves before "iss" was checked.
class AuthorizationCodeFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::vector<std::string> scopes;
        std::string scopeSeparator = " ";
        std::optional<std::string> resource;                // RFC 8707
        std::map<std::string, std::string> extraParameters; // of the authorization request
        std::string redirectPath; // "/callback"; empty: one of our own, unique to this flow
        std::string next{};       // where the browser goes on after the answer, see RedirectListener::Place
        bool openId = false;      // send a nonce
        bool pkceWithoutMetadata =
            false; // the server is known to do S256 though its metadata does not say so
        std::chrono::milliseconds timeout = std::chrono::minutes(5); // until the answer has come
        std::chrono::milliseconds deadline{30'000};                  // of a question to the token endpoint
        // The tokens shall be bound to this key (RFC 9449); null: bearer, unless dpopOnDemand.
        std::shared_ptr<const SigningKey> dpopKey{};
        bool dpopOnDemand = false;                 // make a key when the token endpoint demands one
        PushedRequests par = PushedRequests::Auto; // RFC 9126
        // The answer has come and the token request starts. Must not destroy the flow.
        std::function<void()> onExchanging;
    };

    AuthorizationCodeFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                          Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(AuthorizationCodeFlow)

    // Opens the redirect address, pushes the request where it shall be pushed, and hands over what the
    // browser shall open. Once a flow. When that fails (ProviderError: the server does not say S256, or
    // refused the pushed request; ProviderUnavailable; InvalidParams; NotConfigured), `ready` tells and the
    // flow's own completion is not called.
    void start(Completion<QUrl> ready);

    // The person pastes what stands in the browser's address bar. Failure (InvalidParams) means: not an
    // answer to this flow, which goes on; otherwise the completion tells the rest.
    [[nodiscard]] Result<void> complete(const std::string& redirectUrl);

    [[nodiscard]] const std::string& nonce() const { return nonce_; }             // empty without openId
    [[nodiscard]] const std::string& redirectUri() const { return redirectUri_; } // after start()

private:
    enum class Phase { New, Pushing, Waiting, Exchanging, Finished };

    [[nodiscard]] Result<void> checkSetup() const;
    [[nodiscard]] Result<QUrl> prepare();
    [[nodiscard]] bool shallPush() const;
    void push(const QUrl& plain);
    void onPushed(const QUrl& plain, const Result<std::string>& requestUri);
    void openLater(Result<QUrl> url);
    void open(Result<QUrl> url);
    [[nodiscard]] AuthorizationAnswer::Kind take(const std::map<std::string, std::string>& parameters);
    void exchangeCode(const Secret& code);
    void onTokens(Result<TokenSet> tokens);
    void onTimeout();
    void stopWaiting(Phase next);
    void finishLater(Error error);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<TokenSet> done_;
    Pkce pkce_;
    AuthorizationExpectation expected_;
    std::string nonce_;
    std::string redirectUri_;
    RedirectListener listener_;
    QTimer timeout_;
    Completion<QUrl> ready_;
    std::unique_ptr<PushedAuthorization> push_;
    std::unique_ptr<TokenExchange> exchange_;
    Phase phase_ = Phase::New;
};

} // namespace keybearer
