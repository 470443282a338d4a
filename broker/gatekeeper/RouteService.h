#pragma once

#include "broker/gatekeeper/Tickets.h"

namespace keybearer {

// One service as the HTTP door offers it: http://127.0.0.1:PORT/NAME/mcp. A value.
struct RouteService {
    McpTarget target;
    std::string title;  // for people
    bool local = false; // a program of this machine
    bool userHeaders = false;
};

} // namespace keybearer
