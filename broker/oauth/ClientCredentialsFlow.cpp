#include "broker/oauth/ClientCredentialsFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"

namespace keybearer {

ClientCredentialsFlow::ClientCredentialsFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                                             Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {}

void ClientCredentialsFlow::start() {
    if (setup_.client.method == ClientAuthMethod::None)
        return deliverLater<TokenSet>(
            this, std::move(done_),
            failure(ErrorCode::NotConfigured,
                    "A sign-in without a person needs a client that can prove itself",
                    "Give the provider a client_secret or client_auth in config.yaml."));
    Form form;
    form.add("grant_type", "client_credentials");
    if (!setup_.scopes.empty())
        form.add("scope", join(setup_.scopes, setup_.scopeSeparator));
    if (setup_.resource)
        form.add("resource", *setup_.resource);
    exchange_ = std::make_unique<TokenExchange>(
        transport_, clock_,
        TokenExchange::Setup{setup_.server, setup_.client, setup_.scopeSeparator, setup_.deadline,
                             setup_.dpopKey, setup_.dpopOnDemand},
        std::move(form), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    exchange_->start();
}

void ClientCredentialsFlow::onTokens(Result<TokenSet> tokens) {
    if (tokens)
        tokens->refreshToken.clear();
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(tokens)); // may destroy this
}

} // namespace keybearer
