#include "broker/daemon/Broker.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/CallerEvent.h"

// The part of Broker that looks after started programs: what they hold ends with them, and the audit log says
// so.
namespace keybearer {

namespace {

AuditEvent capabilityEvent(const char* kind, const Capability& capability) {
    AuditEvent event = callerEvent(kind, capability.holder);
    event.why = "run:" + capability.profile;
    event.detail = capability.id;
    return event;
}

} // namespace

void Broker::watchCapabilities() {
    connect(&server_, &RpcServer::connectionClosed, this,
            [this](quint64 connection) { capabilities_.connectionClosed(connection); });
    connect(&capabilities_, &Capabilities::issued, this, [this](const Capability& capability) {
        AuditEvent event = capabilityEvent("capability.issued", capability);
        event.scopes = join(capability.holder.prior->allowed, " ");
        event.detail += capability.inEnvironment ? ", in the environment" : ", as a connection";
        if (capability.until)
            event.detail += ", until " + toRfc3339(*capability.until);
        record(event);
    });
    connect(&capabilities_, &Capabilities::refused, this,
            [this](const Caller& caller, const std::string& why) {
                AuditEvent event = callerEvent("capability.refused", caller);
                event.why = why;
                brake_.append(std::move(event));
            });
    connect(&capabilities_, &Capabilities::expired, this, [this](const Capability& capability) {
        gate_.priorGrantsChanged();
        AuditEvent event = capabilityEvent("capability.ended", capability);
        event.detail += ": it has expired";
        record(event);
    });
    connect(&capabilities_, &Capabilities::ended, this,
            [this](const Capability& capability, const std::string& why,
                   const std::vector<std::uint64_t>& connections) {
                for (const std::uint64_t connection : connections)
                    server_.end(connection);
                gate_.priorGrantsChanged();
                AuditEvent event = capabilityEvent("capability.ended", capability);
                event.detail += ": " + why;
                record(event);
            });
}

} // namespace keybearer
