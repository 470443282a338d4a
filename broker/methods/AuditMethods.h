#pragma once

#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// audit.query, audit.verify. Owned by the Broker; event loop thread.
class AuditMethods {
public:
    explicit AuditMethods(AuditLog& log) : log_(log) {}
    void addTo(MethodTable& table);

private:
    void query(const Json& params, const Reply& reply);
    void verify(const Json& params, const Reply& reply);
    AuditLog& log_;
};

} // namespace keybearer
