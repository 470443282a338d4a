#pragma once

#include "broker/base/Clock.h"

#include <optional>

// When to refresh, as pure arithmetic: no clock, no randomness, no I/O. `random` is a number in [0, 1).
namespace keybearer {

struct RefreshPlan {
    std::chrono::seconds threshold{300};  // refresh.threshold_seconds
    std::chrono::seconds maxBackoff{900}; // refresh.max_backoff_seconds
};

// The earlier of 75 % of the life and `threshold` before the end, less up to 5 % of the life as jitter, never
// before half of it.
[[nodiscard]] WallTime refreshTime(const RefreshPlan& plan, WallTime issued, WallTime expires, double random);

// Full jitter (1 s doubled a failure, at most maxBackoff); a Retry-After of the provider is the least.
[[nodiscard]] std::chrono::milliseconds
backoff(const RefreshPlan& plan, int failures, std::optional<std::chrono::seconds> retryAfter, double random);

// Whether a token may be handed out now to somebody who wants it to last `minValid`. A small margin covers
// the way to the resource server and clocks that differ.
[[nodiscard]] bool isFresh(WallTime now, std::optional<WallTime> issued, std::optional<WallTime> expires,
                           std::chrono::seconds minValid);
// Whether it is of any use at all: what is handed out when a refresh fails for the moment.
[[nodiscard]] bool isUsable(WallTime now, std::optional<WallTime> expires);
// Until when isFresh() will hold for minValid.
[[nodiscard]] std::optional<WallTime>
freshUntil(std::optional<WallTime> issued, std::optional<WallTime> expires, std::chrono::seconds minValid);

// When to tell the person that a refresh token or an API key will end: three days ahead, or in the last
// quarter of a shorter life, so that one which each refresh prolongs is never announced.
[[nodiscard]] WallTime announceAt(WallTime issued, WallTime expires);

} // namespace keybearer
