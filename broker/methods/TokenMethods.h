#pragma once

#include "broker/accounts/TokenBroker.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// token.get. Owned by the Broker; event loop thread.
class TokenMethods {
public:
    explicit TokenMethods(TokenBroker& broker) : broker_(broker) {}
    void addTo(MethodTable& table);

private:
    void tokenGet(const CallContext& context, const Json& params, const Reply& reply);
    TokenBroker& broker_;
};

} // namespace keybearer
