#include "broker/gateway/local/LogLevels.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {
constexpr std::array<std::string_view, 8> names{"debug", "info",     "notice", "warning",
                                                "error", "critical", "alert",  "emergency"};
} // namespace

std::optional<int> logLevelOf(std::string_view name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<int>(found - names.begin());
}

std::string_view logLevelName(int level) {
    return names.at(static_cast<std::size_t>(std::clamp(level, 0, 7)));
}

} // namespace keybearer
