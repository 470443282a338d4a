#pragma once

#include "broker/accounts/ProviderCheck.h"
#include "broker/providers/ProviderCatalog.h"
#include "broker/rpc/MethodTable.h"

#include <map>
#include <memory>

namespace keybearer {

// provider.list, .show, .test. Owned by the Broker; event loop thread.
class ProviderMethods {
public:
    ProviderMethods(const ProviderCatalog& catalog, HttpTransport& http, const Clock& clock)
        : catalog_(catalog), http_(http), clock_(clock) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void test(const Json& params, const Reply& reply);
    void onTested(std::uint64_t number, const std::string& provider, const Reply& reply,
                  const ProviderCheck::Findings& findings);

    const ProviderCatalog& catalog_;
    HttpTransport& http_;
    const Clock& clock_;
    std::map<std::uint64_t, std::unique_ptr<ProviderCheck>> checks_;
    std::uint64_t lastCheck_ = 0;
};

} // namespace keybearer
