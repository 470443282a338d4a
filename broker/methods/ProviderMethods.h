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
    using ReadCatalog = std::function<Result<ProviderCatalog>()>; // as the configuration is now
    ProviderMethods(ProviderCatalog& catalog, HttpTransport& http, const Clock& clock, ReadCatalog read)
        : catalog_(catalog), http_(http), clock_(clock), read_(std::move(read)) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    void show(const Json& params, const Reply& reply) const;
    void test(const Json& params, const Reply& reply);
    void reload(const Json& params, const Reply& reply);
    void onTested(std::uint64_t number, const std::string& provider, const Reply& reply,
                  const ProviderCheck::Findings& findings);

    ProviderCatalog& catalog_;
    HttpTransport& http_;
    const Clock& clock_;
    ReadCatalog read_;
    std::map<std::uint64_t, std::unique_ptr<ProviderCheck>> checks_;
    std::uint64_t lastCheck_ = 0;
};

} // namespace keybearer
