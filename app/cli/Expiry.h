#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <string>

namespace keybearer {

// "2027-01-31" (to its end), "2027-01-31T09:30:00Z", "90d" or "12h" from now; as RFC 3339. InvalidParams.
// Pure.
[[nodiscard]] Result<std::string> expiryFrom(const std::string& text, WallTime now);

} // namespace keybearer
