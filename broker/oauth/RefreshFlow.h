#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/TokenExchange.h"

#include <QObject>

#include <optional>

namespace keybearer {

// One refresh (RFC 6749 section 6): one POST to the token endpoint and nothing else; whoever wants a second
// attempt makes a second flow (SEC-C-27). Scopes may only narrow what was granted (SEC-C-30), which the
// caller sees to. Failures as in TokenResponse.h: isInvalidGrant() is the only one that ends a session.
class RefreshFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::vector<std::string> scopes; // empty: as granted
        std::string scopeSeparator = " ";
        std::optional<std::string> resource; // RFC 8707
        std::chrono::milliseconds deadline{30'000};
        std::shared_ptr<const SigningKey> dpopKey{}; // that the tokens are bound to (RFC 9449); null: bearer
    };

    RefreshFlow(HttpTransport& transport, const Clock& clock, Setup setup, RefreshToken refreshToken,
                Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(RefreshFlow)

    void start(); // once; the refresh token leaves this object with the request

private:
    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    RefreshToken refreshToken_;
    Completion<TokenSet> done_;
    std::unique_ptr<TokenExchange> exchange_;
};

} // namespace keybearer
