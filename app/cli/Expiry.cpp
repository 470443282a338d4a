#include "app/cli/Expiry.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <charconv>

namespace keybearer {

namespace {
constexpr std::int64_t longestSpan = 3650; // a typing mistake beyond that
}

Result<std::string> expiryFrom(const std::string& text, WallTime now) {
    if (fromRfc3339(text))
        return text;
    if (std::string end = text + "T23:59:59Z"; fromRfc3339(end))
        return end;
    std::int64_t count = 0;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
    if (problem == std::errc() && count > 0 && count <= longestSpan && (unit == "d" || unit == "h"))
        return toRfc3339(now + std::chrono::hours(unit == "d" ? 24 * count : count));
    return failure(ErrorCode::InvalidParams, "--expires does not take \"" + displaySafe(text, 40) + "\"",
                   "Give a date like 2027-01-31, or a span like 90d.");
}

} // namespace keybearer
