#pragma once

#include "broker/access/Caller.h"

namespace keybearer {

// Measures the program at the other end of a connection (platform room). What cannot be read stays empty. Any
// thread.
[[nodiscard]] Caller describeCaller(const std::shared_ptr<const PeerProcess>& process);

} // namespace keybearer
