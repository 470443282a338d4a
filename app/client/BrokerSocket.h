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

// The same for a connection that was handed over as an open descriptor (keybearer run --profile): a copy of
// it, which the caller closes. BrokerUnreachable if it is not open here or is no connection to a program of
// ours.
[[nodiscard]] Result<int> adoptConnection(int descriptor);

} // namespace keybearer
