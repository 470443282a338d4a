#include "broker/rpc/Doorkeeper.h"

#include "broker/platform/PeerCredentials.h"
#include "broker/protocol/RpcMessage.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {

namespace {

int acceptClosedOnExec(int listener) {
#ifdef __linux__
    return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    const int fd = ::accept(listener, nullptr, nullptr);
    if (fd >= 0) {
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
        const int on = 1;
        ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    }
    return fd;
#endif
}

// Best effort: the client is new, so its buffer has room for one line.
void sayTooMany(int fd) {
    const std::string line = errorLine({}, Error(ErrorCode::RateLimited, "too many connections",
                                                 "Close connections that you do not use.")
                                               .retry(std::chrono::seconds(1))) +
                             '\n';
#ifdef MSG_NOSIGNAL
    (void)::send(fd, line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
#else
    (void)::send(fd, line.data(), line.size(), MSG_DONTWAIT);
#endif
}

} // namespace

Doorkeeper::Doorkeeper(int listener, std::int64_t user, const ConnectionQuota& quota)
    : listener_(listener), user_(user), quota_(quota) {
    openSpare();
}

Doorkeeper::~Doorkeeper() {
    if (spare_ >= 0)
        ::close(spare_);
}

void Doorkeeper::openSpare() {
    spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

Doorkeeper::Outcome Doorkeeper::next(Arrival& arrival) {
    const int fd = acceptClosedOnExec(listener_);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return shed();
        return errno == EINTR || errno == ECONNABORTED ? Outcome::Refused : Outcome::Nobody;
    }
    const Result<PeerCredentials> peer = peerOf(fd);
    // Another user learns nothing, not even why (T-10). That includes the superuser, who has better means.
    const bool known = peer && peer->uid == user_;
    if (known && quota_.allows(peer->pid)) {
        // Of a process that is gone nothing can be said any more, whoever else holds its connection (T-03).
        arrival.fd = fd;
        if (measure(arrival, *peer))
            return Outcome::Arrived;
    } else if (known) {
        sayTooMany(fd);
    }
    ::close(fd);
    return Outcome::Refused;
}

// In full, although it has not said hello: mostly it is about to, and one look costs less than two.
bool Doorkeeper::measure(Arrival& arrival, const PeerCredentials& peer) {
    if (peer.pid <= 0) { // of another process namespace: nothing to hold on to, and nothing to measure
        arrival.process = std::make_shared<const PeerProcess>(PeerProcess{peer, nullptr, {}});
        return true;
    }
    // A pin that has not ended was never anybody else's: its number cannot have been given away meanwhile.
    std::shared_ptr<const ProcessPin> pin = pins_[peer.pid].lock();
    if (!pin || pin->ended()) {
        pin = ProcessPin::ofPeer(arrival.fd, peer.pid);
        std::erase_if(pins_, [](const auto& each) { return each.second.expired(); });
        if (!pin)
            return false;
        pins_[peer.pid] = pin;
    }
    arrival.measured = measureProgram(peer.pid);
    arrival.process =
        std::make_shared<const PeerProcess>(PeerProcess{peer, std::move(pin), arrival.measured->mark});
    return true;
}

Doorkeeper::Outcome Doorkeeper::shed() {
    if (spare_ < 0)
        openSpare();
    if (spare_ < 0)
        return Outcome::Stuck;
    ::close(spare_);
    spare_ = -1;
    const int fd = acceptClosedOnExec(listener_);
    const bool none = fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (fd >= 0)
        ::close(fd);
    openSpare();
    if (none)
        return Outcome::Nobody;
    return fd >= 0 ? Outcome::Refused : Outcome::Stuck;
}

} // namespace keybearer
