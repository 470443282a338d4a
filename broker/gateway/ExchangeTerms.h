#pragma once

#include "broker/base/Json.h"

#include <chrono>
#include <optional>
#include <string>

namespace keybearer {

// What becomes of tools whose definition nobody has approved.
enum class PinMode { Off, Warn, Hold };

// What the broker said of an exchange when its ticket was redeemed (exchange.open of docs/gateway.md).
struct ExchangeTerms {
    std::string exchange; // its name at the core link
    std::string service;
    std::string url;
    bool authorized = false;  // a token is there to ask for before the first request
    bool toolRules = false;   // tokens go by tool
    bool userHeaders = false; // the server learns who its account belongs to (route.admit)
    bool local = false;       // a program of this machine; no tokens go to it
    PinMode pins = PinMode::Off;
    std::chrono::seconds timeout{30};
    std::chrono::seconds wait{45}; // for how long a call waits for a sign-in
    std::string proxy;
    std::string noProxy;
    std::string caFile;

    // Nothing if the answer lacks what an exchange needs.
    [[nodiscard]] static std::optional<ExchangeTerms> from(const Json& opened);
};

} // namespace keybearer
