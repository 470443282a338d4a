#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// consent.pending, .answer, .list, .revoke. Owned by the Broker; event loop thread.
class ConsentMethods {
public:
    explicit ConsentMethods(ConsentGate& gate) : gate_(gate) {}
    void addTo(MethodTable& table);

private:
    void pending(const Json& params, const Reply& reply) const;
    void answer(const Json& params, const Reply& reply);
    void list(const Json& params, const Reply& reply) const;
    void revoke(const Json& params, const Reply& reply);

    ConsentGate& gate_;
};

} // namespace keybearer
