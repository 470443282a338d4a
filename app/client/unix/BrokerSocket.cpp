#include "app/client/BrokerSocket.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds crowdedPause{
    5}; // between two attempts while the broker's queue of connections is full

tl::unexpected<Error> unreachable(std::string what, std::string action) {
    return failure(ErrorCode::BrokerUnreachable, std::move(what), std::move(action));
}

Result<void> checkDirectory(const std::filesystem::path& socket) {
    const std::filesystem::path directory = socket.parent_path();
    struct stat status {};
    if (::lstat(directory.c_str(), &status) != 0) {
        Error error(ErrorCode::BrokerUnreachable,
                    "the broker is not running (there is no directory " + directory.string() + ")");
        return failure(std::move(error).with("absent", errno == ENOENT));
    }
    if (!S_ISDIR(status.st_mode))
        return unreachable(directory.string() + " is not a directory",
                           "Remove it: a link or a file there can lead to somebody else's program.");
    if (status.st_uid != ::geteuid())
        return unreachable(directory.string() + " belongs to another user",
                           "Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    // A directory for everybody, like /tmp, is not to be closed.
    if ((status.st_mode & S_ISVTX) != 0 && (status.st_mode & S_IWOTH) != 0)
        return unreachable(directory.string() + " is a directory for everybody",
                           "Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return unreachable("others may write to " + directory.string(),
                           "Close it with: chmod 700 " + directory.string());
    return {};
}

Result<void> checkPeer(int descriptor) {
    uid_t peer = 0;
#ifdef SO_PEERCRED
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return unreachable(
            std::string("cannot tell who listens on the broker's socket: ") + std::strerror(errno), "");
    peer = credentials.uid;
#else
    gid_t group = 0;
    if (::getpeereid(descriptor, &peer, &group) != 0)
        return unreachable(
            std::string("cannot tell who listens on the broker's socket: ") + std::strerror(errno), "");
#endif
    if (peer != ::geteuid())
        return unreachable("a program of another user (uid " + std::to_string(peer) +
                               ") listens on the broker's socket",
                           "Do not go on; find out who put it there.");
    return {};
}

int openSocket() {
#ifdef SO_NOSIGPIPE
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const int on = 1;
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
        ::setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
    }
    return descriptor;
#else
    return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
#endif
}

// A full queue of connections answers EAGAIN, and there is nothing to poll for: try again until the deadline.
int connectUntil(int descriptor, const sockaddr_un& address, Steady::time_point deadline) {
    for (;;) {
        if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return 0;
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN || Steady::now() >= deadline)
            return errno;
        const timespec pause{0, std::chrono::nanoseconds(crowdedPause).count()};
        ::nanosleep(&pause, nullptr);
    }
}

Error connectError(int code, const std::filesystem::path& socket) {
    if (code == ENOENT || code == ECONNREFUSED)
        return Error(ErrorCode::BrokerUnreachable,
                     "the broker is not running (nobody listens on " + socket.string() + ")")
            .with("absent", true);
    if (code == EAGAIN)
        return {ErrorCode::TimedOut, "the broker does not take new connections",
                "Try again; if it stays so, stop the broker and start it again."};
    return {ErrorCode::BrokerUnreachable, "cannot connect to " + socket.string() + ": " + std::strerror(code),
            "See what is wrong with: keybearer doctor"};
}

} // namespace

Result<int> connectToBroker(const std::filesystem::path& socket, milliseconds timeout) {
    if (const Result<void> safe = checkDirectory(socket); !safe)
        return tl::unexpected(safe.error());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& path = socket.native();
    if (path.size() >= sizeof address.sun_path)
        return unreachable("the socket path " + path + " is too long",
                           "Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    std::memcpy(address.sun_path, path.data(), path.size());
    const int descriptor = openSocket();
    if (descriptor < 0)
        return unreachable(std::string("cannot make a socket: ") + std::strerror(errno), "");
    if (const int code = connectUntil(descriptor, address, Steady::now() + timeout); code != 0) {
        ::close(descriptor);
        return failure(connectError(code, socket));
    }
    if (const Result<void> trusted = checkPeer(descriptor); !trusted) {
        ::close(descriptor);
        return tl::unexpected(trusted.error());
    }
    return descriptor;
}

Result<int> adoptConnection(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
        address.ss_family != AF_UNIX)
        return unreachable("KEYBEARER_FD names descriptor " + std::to_string(descriptor) +
                               ", which is no connection to the broker here",
                           "Let the program that started this one pass the descriptor on (in Python "
                           "pass_fds), or unset KEYBEARER_FD.");
    if (const Result<void> trusted = checkPeer(descriptor); !trusted)
        return tl::unexpected(trusted.error());
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return unreachable(std::string("cannot use KEYBEARER_FD: ") + std::strerror(errno), "");
    return copy;
}

} // namespace keybearer
