#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/SignIn.h"
#include "broker/rpc/CallerWire.h"
#include "broker/rpc/MethodTable.h"

// How the core's values look on the wire (broker/protocol/PROTOCOL.md). Pure functions.
namespace keybearer {

[[nodiscard]] Json sessionToWire(const Credential& credential);
[[nodiscard]] Json signInToWire(const SignIn& signIn, const AccountRegistry& registry);
[[nodiscard]] Json toWire(const PendingConsent& question);
[[nodiscard]] Json toWire(const Consent& consent);
[[nodiscard]] Json timeOrNull(const std::optional<WallTime>& time);

// Parses the parameters of a method, or answers with what is wrong with them.
template <typename Params>
[[nodiscard]] std::optional<Params> paramsOrAnswer(const Json& params, const Reply& reply) {
    Result<Params> parsed = Params::from(params);
    if (parsed)
        return std::move(*parsed);
    reply.error(parsed.error());
    return std::nullopt;
}

} // namespace keybearer
