#pragma once

#include "broker/providers/ProviderCatalog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// provider.list. Owned by the Broker; event loop thread.
class ProviderMethods {
public:
    explicit ProviderMethods(const ProviderCatalog& catalog) : catalog_(catalog) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    const ProviderCatalog& catalog_;
};

} // namespace keybearer
