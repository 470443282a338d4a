#pragma once

#include "broker/accounts/SignInDesk.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// signin.start, .status, .complete, .cancel. Owned by the Broker; event loop thread.
class SignInMethods {
public:
    SignInMethods(SignInDesk& desk, const AccountRegistry& registry) : desk_(desk), registry_(registry) {}
    void addTo(MethodTable& table);

private:
    void start(const Json& params, const Reply& reply);
    void complete(const Json& params, const Reply& reply);
    void withSignIn(const Json& params, const Reply& reply, void (*act)(SignIn&));

    SignInDesk& desk_;
    const AccountRegistry& registry_;
};

} // namespace keybearer
