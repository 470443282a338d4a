#pragma once

#include "broker/audit/AuditLog.h"

#include <map>

namespace keybearer {

// Keeps a flood of refusals from becoming a flood of rows: of events that are alike in kind, program, client
// and reason one row in ten seconds is written; the next one, or tell(), says how many were left out. For
// rows on which no release depends. Owned by the Broker; event loop thread.
class AuditBrake {
public:
    AuditBrake(AuditLog& log, const Clock& clock) : log_(log), clock_(clock) {}

    // A log that cannot be written shows itself when a token is asked for.
    void append(AuditEvent event);
    // Writes what was left out by floods that are over. To be called now and then, and at the end.
    void tell();

private:
    struct Run {
        AuditEvent last;
        BootTime since{};
        std::int64_t leftOut = 0;
    };
    void write(Run& run);

    AuditLog& log_;
    const Clock& clock_;
    std::map<std::string, Run> runs_;
};

} // namespace keybearer
