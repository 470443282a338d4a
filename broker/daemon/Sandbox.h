#pragma once

#include "broker/base/Json.h"
#include "broker/config/Config.h"
#include "broker/confinement/Confinement.h"
#include "broker/protocol/Endpoint.h"

namespace keybearer {

// What keybearerd gives away for good before its first thread (docs/threat-model.md): it writes only where
// its own files lie, and the system calls that nothing of it needs are refused. What it starts does not
// inherit that, as the starter does the starting (broker/platform/Starter.h).
struct Sandbox {
    bool wanted = true; // sandbox: of the configuration
    bool entered = false;
    Confined parts; // what the system could do

    // In the form that health.get has.
    [[nodiscard]] Json findings() const;
};

// Once, with the starter forked and one thread. `handedOver`: a predecessor in this very process has entered
// it, which cannot be taken back and need not be done again. The log says what is lacking.
[[nodiscard]] Sandbox enterSandbox(const Places& places, const Config& config, bool handedOver);

} // namespace keybearer
