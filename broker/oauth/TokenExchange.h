#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"
#include "broker/oauth/Form.h"

#include <QObject>

namespace keybearer {

// One question to a token endpoint and its answer (RFC 6749 sections 3.2 and 5): adds the client's
// authentication to the form, sends one POST and reads the token response. Every grant goes through here; a
// flow knows its grant, this knows the endpoint. Failures as in TokenResponse.h, and NotConfigured when the
// client has nothing to authenticate itself with.
class TokenExchange final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::string scopeSeparator = " ";
        std::chrono::milliseconds deadline{30'000}; // of the whole question (rotation protocol, 4)
    };

    TokenExchange(HttpTransport& transport, const Clock& clock, Setup setup, Form form,
                  Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(TokenExchange)

    void start(); // once; the form leaves this object with the request

private:
    void onResponse(Result<HttpResponse> response);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Form form_;
    Completion<TokenSet> done_;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
