#pragma once

#include "broker/platform/ProcessStart.h"

#include <optional>

namespace keybearer {

// As newProcess(), made by the starter; nothing if there is none.
[[nodiscard]] std::optional<StartedProcess> startByStarter(const ProcessPlan& plan);

} // namespace keybearer
