#pragma once

#include "broker/audit/Alerts.h"
#include "broker/audit/AuditDesk.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// audit.query, audit.summary, audit.verify, audit.alerts. Owned by the Broker; event loop thread.
class AuditMethods {
public:
    AuditMethods(AuditDesk& desk, Alerts& alerts, const Clock& clock)
        : desk_(desk), alerts_(alerts), clock_(clock) {}
    void addTo(MethodTable& table);

private:
    void query(const Json& params, const Reply& reply);
    void summarise(const Json& params, const Reply& reply);
    void verify(const Json& params, const Reply& reply);
    AuditDesk& desk_;
    Alerts& alerts_;
    const Clock& clock_;
};

[[nodiscard]] Json toWire(const AuditLog::Row& row);
[[nodiscard]] Json toWire(const AuditSummary& summary);
[[nodiscard]] Json toWire(const AuditLog::Verdict& verdict);
[[nodiscard]] Json toWire(const Alert& alert);
[[nodiscard]] Json toWire(const std::deque<Alert>& alerts); // the newest first

} // namespace keybearer
