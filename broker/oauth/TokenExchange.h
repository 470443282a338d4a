#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/TokenResponse.h"

#include <QObject>

namespace keybearer {

// One question to a token endpoint and its answer (RFC 6749 sections 3.2 and 5): adds the client's
// authentication and, if wanted, a DPoP proof to the form, sends one POST and reads the token response. Every
// grant goes through here; a flow knows its grant, this knows the endpoint. Failures as in TokenResponse.h,
// NotConfigured when the client has nothing to authenticate itself with, ProviderError when the server does
// not take the algorithm of the DPoP key.
//
// Asks again only after a refusal that says nothing was consumed, with a new proof and a new assertion: once
// with the nonce that the server wants in the proof (RFC 9449 section 8), and once with a proof at all if it
// asks for one and setup.dpopOnDemand allows it. All of it within the one deadline.
class TokenExchange final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        AuthorizationServer server;
        ClientRegistration client;
        std::string scopeSeparator = " ";
        std::chrono::milliseconds deadline{30'000}; // of the whole question (rotation protocol, 4)
        // The tokens shall be bound to this key (RFC 9449), and any that are not are refused. Null: bearer.
        std::shared_ptr<const SigningKey> dpopKey{};
        bool dpopOnDemand = false;              // without a key: make one when the server demands it
        TokenKind expected = TokenKind::Bearer; // IdJag, if that is what the form asks for
    };

    TokenExchange(HttpTransport& transport, const Clock& clock, Setup setup, Form form,
                  Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(TokenExchange)

    void start(); // once

private:
    [[nodiscard]] Result<void> send();
    void onResponse(Result<HttpResponse> response);
    [[nodiscard]] bool mayAskAgain(const Error& error, const HttpResponse& response);
    [[nodiscard]] std::string nonce() const;
    void remember(const std::string& nonce);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Form form_;
    Completion<TokenSet> done_;
    BootTime begun_{};
    std::string nonce_; // where the server has no memory
    bool nonceTried_ = false;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
