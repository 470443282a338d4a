#pragma once

#include "broker/platform/ProcessStart.h"

#include <sys/types.h>

namespace keybearer {

// As fork(2): the way to another process.
using MakeProcess = pid_t (*)();

// One process that becomes the program of the plan, or ends. `parent`: whose child it is to be. Where it did
// not become it, pid and code are both set, and the parent has to wait for it.
[[nodiscard]] StartedProcess newProcess(const ProcessPlan& plan, MakeProcess make, pid_t parent);

} // namespace keybearer
