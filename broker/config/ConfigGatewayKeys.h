#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the section gateway, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> gatewayKeys();

// off, warn, hold.
[[nodiscard]] ToolPins toolPinsOf(const std::string& word);

} // namespace keybearer
