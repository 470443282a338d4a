#include "broker/platform/ListenSocket.h"

#include "broker/platform/unix/PrivatePlace.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr int firstHandedOver = 3; // SD_LISTEN_FDS_START
constexpr int backlog = 512;       // a build that starts hundreds of tools at once must not see ECONNREFUSED

std::int64_t numberInEnvironment(const char* name) {
    const char* text = std::getenv(name);
    std::int64_t value = -1;
    if (text != nullptr)
        std::from_chars(text, text + std::strlen(text), value);
    return value;
}

// Whether the service manager handed sockets to this very process; the variables are for one reading only.
std::int64_t takeHandedOver() {
    const bool forUs = numberInEnvironment("LISTEN_PID") == ::getpid();
    const std::int64_t count = numberInEnvironment("LISTEN_FDS");
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name);
    return forUs ? count : 0;
}

void makeQuiet(int fd) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

Result<ListenSocket> adopt(std::int64_t count) {
    int type = 0;
    sockaddr_storage address{};
    socklen_t typeSize = sizeof type;
    socklen_t addressSize = sizeof address;
    if (count != 1)
        return failure(ErrorCode::InvalidParams, "the service manager handed over " + std::to_string(count) +
                                                     " sockets; the broker has one");
    if (::getsockopt(firstHandedOver, SOL_SOCKET, SO_TYPE, &type, &typeSize) != 0 || type != SOCK_STREAM ||
        ::getsockname(firstHandedOver, reinterpret_cast<sockaddr*>(&address), &addressSize) != 0 ||
        address.ss_family != AF_UNIX)
        return failure(ErrorCode::InvalidParams,
                       "the service manager handed over something else than a Unix stream socket",
                       "Use ListenStream= with a path in the socket unit.");
    makeQuiet(firstHandedOver);
    return ListenSocket(firstHandedOver, true);
}

Result<void> clearTheWay(const std::filesystem::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return errno == ENOENT ? Result<void>() : systemError("cannot look at", path);
    if (!S_ISSOCK(status.st_mode) || status.st_uid != ::geteuid())
        return failure(ErrorCode::StoreUnavailable,
                       path.string() + (S_ISSOCK(status.st_mode) ? " belongs to another user"
                                                                 : " is in the way and is not a socket"),
                       "Remove it or name another place with KEYBEARER_SOCKET.");
    if (::unlink(path.c_str()) != 0)
        return systemError("cannot remove the stale socket", path);
    return {};
}

Result<void> bindPrivately(ListenSocket& socket, const sockaddr_un& address,
                           const std::filesystem::path& path) {
    ::fchmod(socket.fd,
             0600); // Linux makes the file with this mode; elsewhere the directory guards until chmod
    if (::bind(socket.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return systemError("cannot make the socket", path);
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return systemError("cannot look at", path);
    socket.made = path;
    socket.device = static_cast<std::uint64_t>(status.st_dev);
    socket.inode = static_cast<std::uint64_t>(status.st_ino);
    if (::chmod(path.c_str(), 0600) != 0)
        return systemError("cannot close to others", path);
    if (::listen(socket.fd, backlog) != 0)
        return systemError("cannot listen at", path);
    return {};
}

} // namespace

ListenSocket::ListenSocket(ListenSocket&& other) noexcept {
    *this = std::move(other);
}

ListenSocket& ListenSocket::operator=(ListenSocket&& other) noexcept {
    if (this != &other) {
        close();
        fd = std::exchange(other.fd, -1);
        activated = other.activated;
        made = std::exchange(other.made, {});
        device = other.device;
        inode = other.inode;
    }
    return *this;
}

void ListenSocket::close() noexcept {
    struct stat status {};
    if (!made.empty() && ::lstat(made.c_str(), &status) == 0 &&
        static_cast<std::uint64_t>(status.st_dev) == device &&
        static_cast<std::uint64_t>(status.st_ino) == inode)
        ::unlink(made.c_str());
    made.clear();
    if (fd >= 0)
        ::close(fd);
    fd = -1;
}

Result<ListenSocket> openListenSocket(const std::filesystem::path& path) {
    if (const std::int64_t count = takeHandedOver(); count > 0)
        return adopt(count);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return failure(ErrorCode::InvalidParams,
                       "the socket path " + path.string() + " is longer than " +
                           std::to_string(sizeof address.sun_path - 1) + " bytes",
                       "Name a shorter one with KEYBEARER_SOCKET.");
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    if (Result<void> place = makePlaceFor(path); !place)
        return failure(place.error());
    if (Result<void> way = clearTheWay(path); !way)
        return failure(way.error());
    ListenSocket socket(::socket(AF_UNIX, SOCK_STREAM, 0), false);
    if (socket.fd < 0)
        return systemError("cannot make a socket for", path);
    makeQuiet(socket.fd);
    if (Result<void> bound = bindPrivately(socket, address, path); !bound)
        return failure(bound.error());
    return socket;
}

} // namespace keybearer
