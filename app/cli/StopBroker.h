#pragma once

#include "broker/base/Result.h"

namespace keybearer {

class Invocation;

// Ends the broker in order and waits for it. True: it ran and has ended. False: none ran.
[[nodiscard]] Result<bool> stopBroker(Invocation& invocation);

} // namespace keybearer
