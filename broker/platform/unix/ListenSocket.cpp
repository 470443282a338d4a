#include "broker/platform/ListenSocket.h"

#include "broker/platform/unix/PrivatePlace.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr int backlog = 512; // a build that starts hundreds of tools at once must not see ECONNREFUSED

void makeQuiet(int fd) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

// Its path is ours to remove only if a predecessor of ours made it and it still is that one.
void claim(ListenSocket& socket, const std::filesystem::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    socket.made = path;
    socket.device = static_cast<std::uint64_t>(status.st_dev);
    socket.inode = static_cast<std::uint64_t>(status.st_ino);
}

Result<ListenSocket> adopt(const HandedOver::Socket& handed, const std::filesystem::path& path) {
    ListenSocket socket(handed.fd, !handed.own);
    int type = 0;
    int listens = 0;
    sockaddr_storage address{};
    socklen_t typeSize = sizeof type;
    socklen_t listensSize = sizeof listens;
    socklen_t addressSize = sizeof address;
    if (::getsockopt(handed.fd, SOL_SOCKET, SO_TYPE, &type, &typeSize) != 0 || type != SOCK_STREAM ||
        ::getsockopt(handed.fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &listensSize) != 0 || listens == 0 ||
        ::getsockname(handed.fd, reinterpret_cast<sockaddr*>(&address), &addressSize) != 0 ||
        address.ss_family != AF_UNIX)
        return failure(ErrorCode::InvalidParams,
                       "the service manager handed over something else than a listening Unix stream socket",
                       "Use ListenStream= with a path and Accept=no in the socket unit.");
    makeQuiet(handed.fd);
    if (handed.own)
        claim(socket, path);
    return socket;
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

int ListenSocket::release() noexcept {
    made.clear();
    return std::exchange(fd, -1);
}

Result<ListenSocket> openListenSocket(const std::filesystem::path& path) {
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

Result<ListenSocket> openListenSocket(const std::filesystem::path& path, HandedOver& handed) {
    const HandedOver::Socket socket = handed.socketFor(path);
    return socket.fd >= 0 ? adopt(socket, path) : openListenSocket(path);
}

} // namespace keybearer
