#pragma once

#include <cstdint>

namespace keybearer {

// Totals since the process began (door.count). One instance, owned by the GatewayRoom; whoever sees one of
// these happen adds to it. Event loop thread.
struct DoorCounts {
    std::uint64_t connections = 0;  // accepted
    std::uint64_t requests = 0;     // whose head was whole
    std::uint64_t unauthorized = 0; // answered with 401
    std::uint64_t refused = 0;      // by the checks and bounds of the door
    std::uint64_t streams = 0;      // event streams begun
    std::uint64_t upstreamErrors = 0;
    std::uint64_t recovered = 0;

    [[nodiscard]] bool operator==(const DoorCounts&) const = default;
};

} // namespace keybearer
