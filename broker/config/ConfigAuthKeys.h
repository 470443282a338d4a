#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the sections auth, rate_limits and policy, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> authKeys();
[[nodiscard]] std::vector<KeyRule> limitKeys();
[[nodiscard]] std::vector<KeyRule> policyKeys();

} // namespace keybearer
