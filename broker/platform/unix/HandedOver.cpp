#include "broker/platform/HandedOver.h"

#include "broker/platform/unix/LauncherSockets.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr int firstHandedOver = 3;          // SD_LISTEN_FDS_START
constexpr std::int64_t mostHandedOver = 16; // three sockets and a lock are all that is ever needed

std::int64_t numberInEnvironment(const char* name) {
    const char* text = std::getenv(name);
    std::int64_t value = -1;
    if (text != nullptr)
        std::from_chars(text, text + std::strlen(text), value);
    return value;
}

// The part before the next colon, which is taken away.
std::string_view nextName(std::string_view& names) {
    const std::size_t colon = names.find(':');
    const std::string_view name = names.substr(0, colon);
    names.remove_prefix(colon == std::string_view::npos ? names.size() : colon + 1);
    return name;
}

bool leadsTo(int fd, const std::filesystem::path& path) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 || address.sun_family != AF_UNIX)
        return false;
    const std::string_view bound(address.sun_path, ::strnlen(address.sun_path, sizeof address.sun_path));
    return bound == path.native();
}

} // namespace

HandedOver::HandedOver(HandedOver&& other) noexcept
    : sockets(std::exchange(other.sockets, {})), lock(std::exchange(other.lock, -1)),
      starter(std::exchange(other.starter, -1)) {}

HandedOver::~HandedOver() {
    for (const Socket& socket : sockets)
        ::close(socket.fd);
    for (const int fd : {lock, starter}) {
        if (fd >= 0)
            ::close(fd);
    }
}

HandedOver HandedOver::take() {
    const bool forUs = numberInEnvironment("LISTEN_PID") == ::getpid();
    const std::int64_t count = forUs ? numberInEnvironment("LISTEN_FDS") : 0;
    const char* named = std::getenv("LISTEN_FDNAMES");
    const std::string kept(named == nullptr ? "" : named);
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name);
    HandedOver out;
    std::string_view names = kept;
    for (int i = 0; i < std::min(count, mostHandedOver); ++i) {
        const int fd = firstHandedOver + i;
        const std::string_view name = nextName(names);
        if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
            continue;
        if (name == handed::lock)
            out.lock = fd;
        else if (name == handed::starter)
            out.starter = fd;
        else
            out.sockets.push_back({fd, name == handed::ownSocket});
    }
    for (const int fd : launcherSockets())
        out.sockets.push_back({fd, false});
    return out;
}

HandedOver::Socket HandedOver::socketFor(const std::filesystem::path& path) {
    for (auto each = sockets.begin(); each != sockets.end(); ++each) {
        if (!leadsTo(each->fd, path) && sockets.size() != 1)
            continue;
        const Socket found = *each;
        sockets.erase(each);
        return found;
    }
    return {};
}

int HandedOver::takeLock() {
    return std::exchange(lock, -1);
}

int HandedOver::takeStarter() {
    return std::exchange(starter, -1);
}

} // namespace keybearer
