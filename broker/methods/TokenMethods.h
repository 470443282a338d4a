#pragma once

#include "broker/accounts/ResourceProof.h"
#include "broker/accounts/TokenBroker.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// token.get and token.proof. Owned by the Broker; event loop thread.
class TokenMethods {
public:
    TokenMethods(TokenBroker& broker, ResourceProof proof) : broker_(broker), proof_(proof) {}
    void addTo(MethodTable& table);

private:
    void tokenGet(const CallContext& context, const Json& params, const Reply& reply);
    void tokenProof(const CallContext& context, const Json& params, const Reply& reply);

    TokenBroker& broker_;
    ResourceProof proof_;
};

} // namespace keybearer
