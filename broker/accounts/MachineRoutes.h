#pragma once

#include "broker/accounts/SignInRoute.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

// The ways to sign in that need nobody (needsNobody): our client for itself, or somebody else's word. What
// the setup refers to outlives the route. Never null.
[[nodiscard]] std::unique_ptr<SignInRoute> makeMachineRoute(SignInFlow flow, const SignInRoute::Setup& setup,
                                                            Completion<TokenSet> done);

// Tokens bound to a key (RFC 9449): always, or only when the server demands it, since not every program that
// gets a token from here can send proofs along.
template <typename FlowSetup>
void setDpop(FlowSetup& setup, const Provider& provider) {
    if (provider.dpop == Provider::Demand::Required)
        setup.dpopKey = SigningKey::generate();
    setup.dpopOnDemand = provider.dpop == Provider::Demand::Auto;
}

} // namespace keybearer
