#pragma once

#include "broker/base/Secret.h"

#include <chrono>
#include <string>
#include <string_view>

namespace keybearer {

// requestState of the input_required results that the gateway makes itself (2026-07-28, multi round trips):
// a time under a keyed hash over it, the exchange and the request, under a key that lives as long as the
// process. Says nothing and is good for nothing but one repetition of the same request in the same exchange
// within ten minutes. One a process.
class StateSeal {
public:
    using Instant = std::chrono::steady_clock::time_point;
    StateSeal() : key_(Secret::random(32)) {}

    [[nodiscard]] std::string seal(std::string_view exchange, std::string_view request, Instant now) const;
    [[nodiscard]] bool opens(std::string_view state, std::string_view exchange, std::string_view request,
                             Instant now) const;
    // It looks like one of ours: whether it is, opens() says.
    [[nodiscard]] static bool isOurs(std::string_view state);

private:
    [[nodiscard]] std::string tag(std::string_view time, std::string_view exchange,
                                  std::string_view request) const;
    Secret key_;
};

} // namespace keybearer
