#pragma once

#include "broker/access/Caller.h"
#include "broker/access/RunCommand.h"

namespace keybearer {

// The waiting process that `opener` has started, as the program that it is going to be.
[[nodiscard]] Caller programOf(const Caller& opener, const RunCommand& command);

// The program itself, or one that it started, however indirectly. A process whose parent has gone is nobody's
// child any more.
[[nodiscard]] bool isFamily(const Caller& holder, const Caller& caller);

} // namespace keybearer
