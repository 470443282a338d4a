#pragma once

#include "broker/config/ConfigGateway.h"
#include "broker/gatekeeper/Tickets.h"

namespace keybearer {

// One service as the HTTP door offers it: http://127.0.0.1:PORT/NAME/mcp. A value.
struct RouteService {
    McpTarget target;
    std::string title; // for people
    bool local = false; // a program of this machine
    bool userHeaders = false;
    ToolPins pins = ToolPins::Warn;
};

// off, warn, hold.
[[nodiscard]] constexpr const char* pinsWord(ToolPins pins) {
    return pins == ToolPins::Off ? "off" : pins == ToolPins::Hold ? "hold" : "warn";
}

} // namespace keybearer
