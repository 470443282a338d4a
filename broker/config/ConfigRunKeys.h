#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the sections profiles and agent, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> profileKeys();
[[nodiscard]] std::vector<KeyRule> agentKeys();

} // namespace keybearer
