#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Json.h"

namespace keybearer {

// A caller as it is shown to people and programs: what it claims, what was measured, and what weakens that.
// Every text in it is safe to print. Pure function.
[[nodiscard]] Json toWire(const Caller& caller);

} // namespace keybearer
