#include "broker/oauth/JwtBearerFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"

namespace keybearer {

namespace {
constexpr std::string_view jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
}

JwtBearerFlow::JwtBearerFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                             Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {
    if (!setup_.key->tokenUri().isEmpty())
        setup_.server.tokenEndpoint = setup_.key->tokenUri();
    // The assertion says who asks; a client id is a courtesy.
    setup_.client.unnamed = setup_.client.clientId.empty();
}

void JwtBearerFlow::start() {
    const QUrl& endpoint = setup_.server.tokenEndpoint;
    const std::string scope = join(setup_.scopes, setup_.scopeSeparator);
    Result<Secret> assertion =
        endpoint.isEmpty() ? failure(ErrorCode::NotConfigured,
                                     "Neither the key file nor the provider names a token endpoint",
                                     "Add token_uri to the key file.")
                           : setup_.key->assertion(endpoint.toString(QUrl::FullyEncoded).toStdString(),
                                                   setup_.subject, scope, clock_.wall());
    if (!assertion)
        return deliverLater<TokenSet>(this, std::move(done_), failure(std::move(assertion.error())));
    Form form;
    form.add("grant_type", jwtGrant).add("assertion", *assertion);
    if (!scope.empty() && !setup_.key->scopesInside())
        form.add("scope", scope);
    exchange_ = std::make_unique<TokenExchange>(
        transport_, clock_,
        TokenExchange::Setup{setup_.server, setup_.client, setup_.scopeSeparator, setup_.deadline,
                             setup_.dpopKey, setup_.dpopOnDemand},
        std::move(form), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    exchange_->start();
}

void JwtBearerFlow::onTokens(Result<TokenSet> tokens) {
    if (tokens)
        tokens->refreshToken.clear();
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(tokens)); // may destroy this
}

} // namespace keybearer
