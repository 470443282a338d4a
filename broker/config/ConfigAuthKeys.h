#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the sections auth, services, rate_limits and policy, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> authKeys();
[[nodiscard]] std::vector<KeyRule> serviceKeys();
[[nodiscard]] std::vector<KeyRule> limitKeys();
[[nodiscard]] std::vector<KeyRule> policyKeys();

} // namespace keybearer
