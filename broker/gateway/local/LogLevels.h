#pragma once

#include <optional>
#include <string_view>

// The levels of the protocol's log (RFC 5424), most talkative first. Pure.
namespace keybearer {

[[nodiscard]] std::optional<int> logLevelOf(std::string_view name); // "debug" is 0, "emergency" 7
[[nodiscard]] std::string_view logLevelName(int level);

} // namespace keybearer
