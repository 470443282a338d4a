#pragma once

#include "broker/access/SharingPause.h"
#include "broker/audit/AuditLog.h"
#include "broker/rpc/MethodTable.h"

namespace keybearer {

// {"paused", "until"?}
[[nodiscard]] Json toWire(const SharingPause& pause);

// sharing.pause, sharing.resume, and broker.stop: what a person does to the broker as a whole. For operator
// programs alone; each leaves a row in the audit log. Owned by the Broker; event loop thread.
class SharingMethods {
public:
    // `stop` ends the broker in order, from the event loop; the answer has gone by then. `restart` hands over
    // to a new process and completes when it is sure that there will be one, before this one ends.
    SharingMethods(SharingPause& pause, AuditLog& audit, std::function<void()> stop,
                   std::function<void(Completion<void>)> restart)
        : pause_(pause), audit_(audit), stop_(std::move(stop)), restart_(std::move(restart)) {}
    void addTo(MethodTable& table);

private:
    void pause(const CallContext& context, const Json& params, const Reply& reply);
    void resume(const CallContext& context, const Json& params, const Reply& reply);
    void stop(const CallContext& context, const Json& params, const Reply& reply);
    void record(AuditEvent event, std::string detail = {});

    SharingPause& pause_;
    AuditLog& audit_;
    std::function<void()> stop_;
    std::function<void(Completion<void>)> restart_;
};

} // namespace keybearer
