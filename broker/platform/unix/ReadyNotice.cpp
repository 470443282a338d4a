#include "broker/platform/ReadyNotice.h"

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::int64_t shortestWatchdog = 10'000; // microseconds; below it nothing but pings would be sent

// The protocol is one datagram to a socket named in the environment; '@' stands for an abstract name.
void tellServiceManager(std::string_view state) {
    const char* name = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    const std::size_t length = name == nullptr ? 0 : std::strlen(name);
    if (length < 2 || length >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@'))
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name, length);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (fd < 0)
        return;
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    while (::sendto(fd, state.data(), state.size(), 0, reinterpret_cast<const sockaddr*>(&address), size) <
               0 &&
           errno == EINTR) {
    }
    ::close(fd);
}

} // namespace

void notifyReady(int readyFd) {
    constexpr std::string_view line = "READY=1\n";
    if (readyFd >= 0) {
        while (::write(readyFd, line.data(), line.size()) < 0 && errno == EINTR) {
        }
        ::close(readyFd);
    }
    tellServiceManager("READY=1");
}

void notifyStopping() {
    tellServiceManager("STOPPING=1");
}

void notifyAlive() {
    tellServiceManager("WATCHDOG=1");
}

std::optional<std::chrono::milliseconds> watchdogLimit() {
    const auto number = [](const char* name) {
        const char* text = std::getenv(name);
        std::int64_t value = 0;
        if (text != nullptr)
            std::from_chars(text, text + std::strlen(text), value);
        return value;
    };
    const std::int64_t microseconds = number("WATCHDOG_USEC");
    const std::int64_t process = number("WATCHDOG_PID");
    if (microseconds < shortestWatchdog || (process != 0 && process != ::getpid()))
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds(microseconds));
}

} // namespace keybearer
