#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the section services, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> serviceKeys();

} // namespace keybearer
