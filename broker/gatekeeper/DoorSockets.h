#pragma once

#include "broker/platform/ListenSocket.h"
#include "broker/platform/LoopbackSockets.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// The listening sockets of one door of the gateway: a port of this machine's own addresses, a socket in the
// runtime directory, or both. They stay here, open, while gateway processes come and go. Owned by HttpDoors;
// event loop thread.
class DoorSockets {
public:
    struct Memory { // what ports were chosen, over restarts
        std::function<std::optional<std::uint16_t>(const std::string& name)> recall;
        std::function<void(const std::string& name, std::uint16_t port)> remember;
    };
    // `name`: under which the port is remembered.
    DoorSockets(std::string name, Memory memory) : name_(std::move(name)), memory_(std::move(memory)) {}

    // The port, or with 0 the one that was chosen before, or a new one. What openListenSocket and
    // LoopbackSockets say; never another port than the one that is meant.
    [[nodiscard]] Result<void> openPort(std::uint16_t port);
    [[nodiscard]] Result<void> openSocket(const std::filesystem::path& path);
    void close();

    [[nodiscard]] bool isOpen() const { return tcp_.isOpen() || local_.fd >= 0; }
    [[nodiscard]] const LoopbackSockets& tcp() const { return tcp_; }
    [[nodiscard]] int localSocket() const { return local_.fd; } // -1: none
    // The port that was remembered when the last one was opened, if it was another one.
    [[nodiscard]] std::optional<std::uint16_t> portBefore() const { return before_; }
    // By which names clients may call the port: "127.0.0.1:4180" and, where nobody else has the port there,
    // "localhost:4180" and "[::1]:4180".
    [[nodiscard]] std::vector<std::string> hosts() const;

private:
    std::string name_;
    Memory memory_;
    LoopbackSockets tcp_;
    ListenSocket local_;
    std::optional<std::uint16_t> before_;
};

} // namespace keybearer
