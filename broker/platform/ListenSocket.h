#pragma once

#include "broker/base/Result.h"
#include "broker/platform/HandedOver.h"

#include <cstdint>
#include <filesystem>

namespace keybearer {

// The broker's listening Unix-domain socket. Closes it at the end and removes the path, but only a path that
// it made itself and that still leads to its own socket. Keep it for as long as `fd` is in use.
struct ListenSocket {
    int fd = -1;            // listening, non-blocking, close-on-exec
    bool activated = false; // handed over by the service manager, whose path stays

    ListenSocket() = default;
    ListenSocket(int descriptor, bool fromManager) : fd(descriptor), activated(fromManager) {}
    ~ListenSocket() { close(); }
    ListenSocket(ListenSocket&& other) noexcept;
    ListenSocket& operator=(ListenSocket&& other) noexcept;
    ListenSocket(const ListenSocket&) = delete;
    ListenSocket& operator=(const ListenSocket&) = delete;
    void close() noexcept;
    // Gives the descriptor away, still listening; the path stays. For a successor.
    [[nodiscard]] int release() noexcept;

    std::filesystem::path made; // what to remove; empty if activated
    std::uint64_t device = 0, inode = 0;
};

// Binds `path` with mode 0600 in a directory that is made private. A stale socket of ours is replaced, so
// hold the lock of SingleInstance first. Anything else in the way is an error (StoreUnavailable) and is left
// alone.
[[nodiscard]] Result<ListenSocket> openListenSocket(const std::filesystem::path& path);
// Takes the socket that was handed over for it, if there is one; InvalidParams if that is no listening Unix
// stream socket.
[[nodiscard]] Result<ListenSocket> openListenSocket(const std::filesystem::path& path, HandedOver& handed);

} // namespace keybearer
