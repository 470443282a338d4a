#pragma once

#include "broker/protocol/Endpoint.h"

#include <chrono>
#include <cstddef>

namespace keybearer {

// What one client, one program and all of them together may cost the broker. A client that keeps to the
// protocol meets none of these.
struct RpcLimits {
    std::size_t lineBytes = limits::lineBytes; // one request, LF included
    std::size_t unreadBytes =
        limits::writeBufferBytes;           // answers that a client has not read; past that it is dropped
    std::size_t connections = 4096;         // all in all: leaves descriptors for files and providers
    std::size_t connectionsPerProcess = 64; // of one process, once connections get scarce ...
    std::size_t crowdedAt = 512;            // ... which is from here on; below it a process may have more
    std::size_t unanswered = 64;            // requests of one connection that wait for their answer
    std::size_t linesPerTurn = 32;          // lines of one client before the next client's turn

    std::chrono::milliseconds hello{30'000};    // from connecting to hello
    std::chrono::milliseconds halfLine{10'000}; // from the first byte of a request to its LF
    std::chrono::milliseconds unread{60'000};   // answers lie there and the client takes not a byte
    std::chrono::milliseconds closing{2'000};   // for answers still to be written when the broker stops
    // How long a run of requests may keep timers and provider answers waiting: far below what a person or a
    // token's life notices, and long enough that the event loop's own cost is shared by many requests.
    std::chrono::milliseconds run{2};
};

} // namespace keybearer
