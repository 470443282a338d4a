#pragma once

#include <filesystem>
#include <vector>

namespace keybearer {

// What the process was started with besides its standard streams: listening sockets of the service manager
// (sd_listen_fds(3), on macOS launch_activate_socket(3)), or the sockets and the lock of the broker that ran
// in this very process before (Successor). Closes what nobody took. Owned by whoever opens the broker's
// ground.
struct HandedOver {
    struct Socket {
        int fd = -1;
        bool own = false; // a predecessor of ours made its path, and it is ours to remove
    };
    std::vector<Socket> sockets;
    int lock = -1;    // the lock of SingleInstance, still held
    int starter = -1; // the socket of the predecessor's starter: it was confined, and so are we

    HandedOver() = default;
    ~HandedOver();
    HandedOver(HandedOver&& other) noexcept;
    HandedOver& operator=(HandedOver&&) = delete;
    HandedOver(const HandedOver&) = delete;
    HandedOver& operator=(const HandedOver&) = delete;

    // For one reading: the variables are unset, so that no child takes them for its own.
    [[nodiscard]] static HandedOver take();
    // The socket that is bound to the path, or else the only one there is. fd -1: none.
    [[nodiscard]] Socket socketFor(const std::filesystem::path& path);
    [[nodiscard]] int takeLock();
    [[nodiscard]] int takeStarter();
};

// The names of what a broker hands to its successor, in LISTEN_FDNAMES.
namespace handed {
inline constexpr const char* ownSocket = "keybearer.own";
inline constexpr const char* activatedSocket = "keybearer.activated";
inline constexpr const char* lock = "keybearer.lock";
inline constexpr const char* starter = "keybearer.starter";
} // namespace handed

} // namespace keybearer
