#pragma once

#include "broker/oauth/TokenExchange.h"

#include <optional>

namespace keybearer {

// A token for our client itself, without any person (RFC 6749 section 4.4): one POST. Only for a client that
// can prove itself; NotConfigured otherwise. Failures as in TokenResponse.h. Never delivers a refresh token,
// even if the server sends one (section 4.4.3).
class ClientCredentialsFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::vector<std::string> scopes;
        std::string scopeSeparator = " ";
        std::optional<std::string> resource; // RFC 8707
        std::chrono::milliseconds deadline{30'000};
        std::shared_ptr<const SigningKey> dpopKey{}; // as in TokenExchange
        bool dpopOnDemand = false;
    };

    ClientCredentialsFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                          Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(ClientCredentialsFlow)

    void start(); // once

private:
    void onTokens(Result<TokenSet> tokens);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<TokenSet> done_;
    std::unique_ptr<TokenExchange> exchange_;
};

} // namespace keybearer
