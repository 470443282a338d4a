#pragma once

#include "broker/base/Result.h"

#include <filesystem>

namespace keybearer {

// Where everything lies. Read from the environment once: KEYBEARER_HOME puts all of it below one directory,
// KEYBEARER_CONFIG and KEYBEARER_SOCKET name one thing alone, otherwise the XDG base directories (Windows:
// the directory of local applications). Qt-free.
struct Places {
    std::filesystem::path config;  // config.yaml
    std::filesystem::path state;   // directory: databases, audit
    std::filesystem::path runtime; // directory: socket, lock, pid
    std::filesystem::path socket;  // broker.sock; Windows: the name of a pipe

    [[nodiscard]] std::filesystem::path lock() const { return runtime / "broker.lock"; }
    [[nodiscard]] std::filesystem::path pid() const { return runtime / "broker.pid"; }
};

// Fails (InvalidParams, with an action) when neither KEYBEARER_HOME nor HOME tells, or when the socket path
// is longer than what a Unix socket may have (Linux: 107 bytes), or no name of a pipe.
[[nodiscard]] Result<Places> findPlaces();

// Limits of the wire, both sides.
namespace limits {
inline constexpr std::size_t lineBytes = 1U << 20; // one message, LF included
inline constexpr std::size_t writeBufferBytes = 3U
                                                << 20; // unread answers; past that the connection is dropped
inline constexpr int protocolVersion = 1;
} // namespace limits

} // namespace keybearer
