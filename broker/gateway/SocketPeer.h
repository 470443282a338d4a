#pragma once

#include <cstdint>
#include <optional>

namespace keybearer {

// Who is at the other end of a connected Unix socket: the process id, 0 where the system does not tell it;
// nothing if the process is not this user's.
[[nodiscard]] std::optional<std::int64_t> ownPeer(int descriptor);

} // namespace keybearer
