#pragma once

#include "broker/access/Caller.h"
#include "broker/audit/AuditLog.h"
#include "broker/base/Text.h"

namespace keybearer {

// An audit row of what a caller did or wanted, with who it was.
[[nodiscard]] inline AuditEvent callerEvent(std::string kind, const Caller& caller) {
    AuditEvent event;
    event.kind = std::move(kind);
    event.caller = displaySafe(caller.executable, 512);
    event.callerClass = identityLetter(caller.identity);
    event.client = caller.clientId.empty() ? caller.localClient : caller.clientId;
    event.pid = caller.pid;
    return event;
}

} // namespace keybearer
