#include "broker/platform/LoopbackSockets.h"

#include "broker/base/Text.h"
#include "broker/platform/PortOwner.h"

#include <QRandomGenerator>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr int backlog = 512;
// Below what systems give to outgoing connections (Linux: 32768 and up), so that none of those has it when we
// start anew.
constexpr std::uint16_t firstChosen = 24000;
constexpr std::uint16_t lastChosen = 31999;
constexpr int mostTries = 64;
constexpr std::uint16_t highestPort = 65535;

int boundSocket(int family, std::uint16_t port) {
    const int fd = ::socket(family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    // Connections of an earlier run that linger do not count as somebody who has the port.
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int code = -1;
    if (family == AF_INET) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        code = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    } else {
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(port);
        address.sin6_addr = in6addr_loopback;
        code = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    if (code == 0 && ::listen(fd, backlog) == 0)
        return fd;
    const int problem = errno;
    ::close(fd);
    errno = problem;
    return -1;
}

// The next one that is free on both addresses.
std::uint16_t nextFree(std::uint16_t port) {
    for (int tried = 0; tried < mostTries && port < highestPort; ++tried) {
        ++port;
        const int v4 = boundSocket(AF_INET, port);
        const int v6 = v4 < 0 ? -1 : boundSocket(AF_INET6, port);
        const bool good = v4 >= 0 && (v6 >= 0 || errno != EADDRINUSE);
        for (const int fd : {v4, v6}) {
            if (fd >= 0)
                ::close(fd);
        }
        if (good)
            return port;
    }
    return 0;
}

Error taken(std::uint16_t port) {
    const std::string number = std::to_string(port);
    const std::optional<PortOwner> owner = ownerOfPort(port);
    std::string who = "another program";
    if (owner && !owner->executable.empty())
        who = displaySafe(owner->executable, 256) + " (process " + std::to_string(owner->pid) + ")";
    else if (owner && owner->uid >= 0 && owner->uid != static_cast<std::int64_t>(::getuid()))
        who = "a program of user " + std::to_string(owner->uid);
    const std::uint16_t next = nextFree(port);
    Error error(ErrorCode::InvalidRequest, "port " + number + " is taken by " + who,
                next == 0 ? "End that program, or choose another port."
                          : "End that program, or choose a free port, for example: keybearer gateway start "
                            "--port " +
                                std::to_string(next));
    error.details.emplace_back("reason", std::string("port_taken"));
    error.details.emplace_back("port", static_cast<std::int64_t>(port));
    if (next != 0)
        error.details.emplace_back("next_free", static_cast<std::int64_t>(next));
    if (owner && !owner->executable.empty()) {
        error.details.emplace_back("program", displaySafe(owner->executable, 256));
        error.details.emplace_back("pid", owner->pid);
    }
    return error;
}

} // namespace

LoopbackSockets::LoopbackSockets(LoopbackSockets&& other) noexcept {
    *this = std::move(other);
}

LoopbackSockets& LoopbackSockets::operator=(LoopbackSockets&& other) noexcept {
    if (this != &other) {
        close();
        port_ = std::exchange(other.port_, std::uint16_t{0});
        v4_ = std::exchange(other.v4_, -1);
        v6_ = std::exchange(other.v6_, -1);
        twinTaken_ = std::exchange(other.twinTaken_, false);
    }
    return *this;
}

void LoopbackSockets::close() noexcept {
    for (int* fd : {&v4_, &v6_}) {
        if (*fd < 0)
            continue;
        ::shutdown(*fd, SHUT_RDWR); // copies that were handed out listen no longer either
        ::close(*fd);
        *fd = -1;
    }
    port_ = 0;
    twinTaken_ = false;
}

std::vector<int> LoopbackSockets::descriptors() const {
    std::vector<int> out;
    for (const int fd : {v4_, v6_}) {
        if (fd >= 0)
            out.push_back(fd);
    }
    return out;
}

Result<LoopbackSockets> LoopbackSockets::open(std::uint16_t port) {
    LoopbackSockets sockets;
    sockets.v4_ = boundSocket(AF_INET, port);
    if (sockets.v4_ < 0 && errno == EADDRINUSE)
        return failure(taken(port));
    if (sockets.v4_ < 0)
        return failure(ErrorCode::InvalidRequest,
                       "port " + std::to_string(port) + " cannot be opened: " + std::strerror(errno),
                       "Choose a port from 1024 on.");
    sockets.port_ = port;
    sockets.v6_ = boundSocket(AF_INET6, port);
    sockets.twinTaken_ = sockets.v6_ < 0 && errno == EADDRINUSE;
    return sockets;
}

Result<LoopbackSockets> LoopbackSockets::openAny() {
    for (int tried = 0; tried < mostTries; ++tried) {
        const int port = QRandomGenerator::system()->bounded(int{firstChosen}, int{lastChosen} + 1);
        LoopbackSockets sockets;
        sockets.port_ = static_cast<std::uint16_t>(port);
        sockets.v4_ = boundSocket(AF_INET, sockets.port_);
        if (sockets.v4_ < 0)
            continue;
        sockets.v6_ = boundSocket(AF_INET6, sockets.port_);
        if (sockets.v6_ >= 0 || errno != EADDRINUSE)
            return sockets;
    }
    return failure(ErrorCode::InvalidRequest, "no free port was found on this machine",
                   "Choose one with: keybearer gateway start --port N");
}

} // namespace keybearer
