#pragma once

#include "app/cli/Findings.h"

#include <vector>

namespace keybearer {

class Invocation;

// Everything that keybearer doctor finds out, in its order.
[[nodiscard]] std::vector<Finding> doctorFindings(Invocation& invocation, bool askProviders);

} // namespace keybearer
