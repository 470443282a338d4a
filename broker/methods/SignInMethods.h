#pragma once

#include "broker/accounts/SignInDesk.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// signin.start, .status, .complete, .cancel. Owned by the Broker; event loop thread.
class SignInMethods {
public:
    SignInMethods(SignInDesk& desk, const AccountRegistry& registry, const ProviderCatalog& catalog)
        : desk_(desk), registry_(registry), catalog_(catalog) {}
    void addTo(MethodTable& table);

private:
    void start(const Json& params, const Reply& reply);
    void complete(const Json& params, const Reply& reply);
    void withSignIn(const Json& params, const Reply& reply, void (*act)(SignIn&));
    [[nodiscard]] Result<std::string> providerOf(const struct SignInStartParams& start) const;

    SignInDesk& desk_;
    const AccountRegistry& registry_;
    const ProviderCatalog& catalog_;
};

} // namespace keybearer
