#pragma once

#include "broker/oauth/AssertionFlow.h"

namespace keybearer {

// Enterprise-managed authorization: a person's sign-in at the identity provider becomes a token of another
// authorization server, and no browser goes there. Two questions: the identity provider exchanges the ID
// token for an Identity Assertion JWT Authorization Grant whose audience is that server (RFC 8693), and the
// server takes it for a grant (RFC 7523). Once each; a refusal of either ends the flow. The ID token goes to
// the identity provider alone. Owned and cancelled as all flows are; event loop thread.
//
// Failures as in TokenResponse.h; those of the identity provider have detail "at" = "identity_provider".
// NotConfigured when the server names no issuer, which the audience has to be.
class IdJagFlow final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Setup {
        MachineGrant::Setup grant; // at the server whose token is wanted
        AuthorizationServer identityProvider;
        ClientRegistration identityClient; // ours there
        Secret idToken;
    };
    IdJagFlow(HttpTransport& transport, const Clock& clock, Setup setup, Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(IdJagFlow)

    void start(); // once

private:
    void onAssertion(Result<TokenSet> exchanged);

    HttpTransport& transport_;
    const Clock& clock_;
    Setup setup_;
    Completion<TokenSet> done_;
    std::unique_ptr<TokenExchange> exchange_;
    std::unique_ptr<AssertionFlow> grant_;
};

} // namespace keybearer
