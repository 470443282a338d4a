#pragma once

#include <cstdint>

namespace keybearer {

// The life of the starter (broker/platform/Starter.h): answers until its socket is closed, or until what
// comes is nothing that the broker says. `daemon` becomes the parent of what it starts.
[[noreturn]] void serveStarts(int socket, std::int64_t daemon);

} // namespace keybearer
