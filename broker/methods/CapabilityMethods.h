#pragma once

#include "broker/access/Capabilities.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// capability.open, .list. Owned by the Broker; event loop thread. A connection for which capability.open
// succeeded is the capability from then on.
class CapabilityMethods {
public:
    CapabilityMethods(Capabilities& capabilities, ConnectionDesk& desk)
        : capabilities_(capabilities), desk_(desk) {}
    void addTo(MethodTable& table);

private:
    void open(const CallContext& context, const Json& params, const Reply& reply);
    void opened(std::uint64_t connection, Capabilities::Opened opened, const Reply& reply);
    void list(const Json& params, const Reply& reply) const;

    Capabilities& capabilities_;
    ConnectionDesk& desk_;
};

} // namespace keybearer
