#pragma once

#include "broker/access/AuthRules.h"
#include "broker/accounts/AccountRegistry.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// auth.explain: which credential a tool gets, by which rule, and which others there are. Owned by the Broker;
// event loop thread.
class AuthMethods {
public:
    AuthMethods(const AuthRules& rules, const AccountRegistry& registry)
        : rules_(rules), registry_(registry) {}
    void addTo(MethodTable& table);

    // API keys that a rule names and nobody has stored: one sentence each.
    [[nodiscard]] std::vector<std::string> missingKeys() const;

private:
    void explain(const Json& params, bool wholeList, const Reply& reply) const;
    [[nodiscard]] std::string remark(const AuthRule& rule) const;

    const AuthRules& rules_;
    const AccountRegistry& registry_;
};

} // namespace keybearer
