#pragma once

#include "broker/base/Clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// RFC 3339 in UTC with whole seconds: 2026-05-01T09:30:00Z. Times on every interface have this form.
[[nodiscard]] std::string toRfc3339(WallTime time);
[[nodiscard]] std::optional<WallTime> fromRfc3339(std::string_view text);

// An HTTP date (RFC 9110 section 5.6.7, IMF-fixdate only), as in Date and Retry-After.
[[nodiscard]] std::optional<WallTime> fromHttpDate(std::string_view text);

[[nodiscard]] inline std::int64_t toUnixSeconds(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}
[[nodiscard]] inline WallTime fromUnixSeconds(std::int64_t seconds) {
    return WallTime(std::chrono::seconds(seconds));
}

} // namespace keybearer
