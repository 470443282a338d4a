#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What becomes of tools whose definition differs from the one that was approved.
enum class ToolPins {
    Off,
    Warn, // an alert
    Hold, // and they are hidden until somebody approves them
};

// The section `gateway`: the door over HTTP on this machine (docs/gateway-http.md).
struct GatewayConfig {
    bool enabled = false;                    // opened when the broker starts
    std::uint16_t port = 0;                  // 0: chosen once, and kept
    bool unixSocket = true;                  // gateway.sock as well
    std::vector<std::string> allowedOrigins; // of web pages that may speak to it
    bool clientIdMetadata = false;           // clients may name themselves by the address of a document
    std::chrono::seconds tokenLife{900};
    ToolPins pins = ToolPins::Warn;           // where a service says nothing of its own
    std::optional<std::uint16_t> metricsPort; // 0: chosen once, and kept
    bool metricsSocket = false;
};

} // namespace keybearer
