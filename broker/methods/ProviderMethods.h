#pragma once

#include "broker/accounts/ProviderCheck.h"
#include "broker/providers/ProviderCatalog.h"
#include "broker/rpc/MethodTable.h"

#include <functional>
#include <map>
#include <memory>

namespace keybearer {

// provider.list, .show, .test, .reload. Owned by the Broker; event loop thread.
class ProviderMethods {
public:
    using Reload = std::function<Result<void>()>; // the whole configuration, as config.reload does
    ProviderMethods(const ProviderCatalog& catalog, HttpTransport& http, const Clock& clock, Reload reload)
        : catalog_(catalog), http_(http), clock_(clock), reload_(std::move(reload)) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void test(const Json& params, const Reply& reply);
    void reload(const Json& params, const Reply& reply);
    void onTested(std::uint64_t number, const std::string& provider, const Reply& reply,
                  const ProviderCheck::Findings& findings);

    const ProviderCatalog& catalog_;
    HttpTransport& http_;
    const Clock& clock_;
    Reload reload_;
    std::map<std::uint64_t, std::unique_ptr<ProviderCheck>> checks_;
    std::uint64_t lastCheck_ = 0;
};

} // namespace keybearer
