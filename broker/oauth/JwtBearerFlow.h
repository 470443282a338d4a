#pragma once

#include "broker/oauth/ServiceAccountKey.h"
#include "broker/oauth/TokenExchange.h"

namespace keybearer {

// A token for a service account, without any person: its key signs an assertion, and the token endpoint
// takes that for a grant (RFC 7523 section 2.1). One POST. The endpoint is the key file's token_uri where it
// has one, else the server's. Failures as in TokenResponse.h; NotConfigured when neither names an endpoint.
// Never delivers a refresh token: whoever has the key has no use for one.
class JwtBearerFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client; // may be without an id (RFC 7521 section 4.1)
        std::shared_ptr<const ServiceAccountKey> key;
        std::string subject; // whom it acts for; empty: itself
        std::vector<std::string> scopes;
        std::string scopeSeparator = " ";
        std::chrono::milliseconds deadline{30'000};
        std::shared_ptr<const SigningKey> dpopKey{}; // as in TokenExchange
        bool dpopOnDemand = false;
    };

    JwtBearerFlow(HttpTransport& transport, const Clock& clock, Setup setup, Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(JwtBearerFlow)

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
