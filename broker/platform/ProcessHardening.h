#pragma once

#include "broker/base/Result.h"

namespace keybearer {

// Closes this process to its neighbours before it touches a secret: no core dumps, memory and environment
// unreadable for other processes of the same user, files made for us alone, no privilege gained by executing
// something. The last two and the core limit pass on to child processes. Call once at the start of main,
// before any thread.
[[nodiscard]] Result<void> hardenProcess();

} // namespace keybearer
