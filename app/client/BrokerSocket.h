#pragma once

#include "broker/base/Result.h"

#include <chrono>
#include <filesystem>

namespace keybearer {

// A connected, non-blocking stream socket to the broker; the caller closes it. Refuses a directory that is a
// link, another user's, or open to the writing of others, and a peer of another user: whoever can put a
// socket there could play the broker. Errors: BrokerUnreachable, with detail "absent" true when nobody
// listens; TimedOut when the broker takes no connections.
[[nodiscard]] Result<int> connectToBroker(const std::filesystem::path& socket,
                                          std::chrono::milliseconds timeout);

} // namespace keybearer
