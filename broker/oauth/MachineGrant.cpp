#include "broker/oauth/MachineGrant.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"

namespace keybearer {

MachineGrant::MachineGrant(HttpTransport& transport, const Clock& clock, Setup setup,
                           Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {}

std::string MachineGrant::scope() const {
    return join(setup_.scopes, setup_.scopeSeparator);
}

void MachineGrant::start() {
    Result<Form> grant = form();
    if (!grant)
        return deliverLater<TokenSet>(this, std::move(done_), failure(std::move(grant.error())));
    if (!setup_.scopes.empty() && !scopeElsewhere_)
        grant->add("scope", scope());
    if (setup_.resource)
        grant->add("resource", *setup_.resource);
    exchange_ = std::make_unique<TokenExchange>(
        transport_, clock_,
        TokenExchange::Setup{setup_.server, setup_.client, setup_.scopeSeparator, setup_.deadline,
                             setup_.dpopKey, setup_.dpopOnDemand},
        std::move(*grant), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    exchange_->start();
}

void MachineGrant::onTokens(Result<TokenSet> tokens) {
    if (tokens)
        tokens->refreshToken.clear();
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(tokens)); // may destroy this
}

} // namespace keybearer
