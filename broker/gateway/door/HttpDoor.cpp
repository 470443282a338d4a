#include "broker/gateway/door/HttpDoor.h"

#include "broker/gateway/GatewayLog.h"
#include "broker/gateway/SocketPeer.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace keybearer {

namespace {

constexpr std::size_t mostConnections = 1024;
constexpr std::size_t mostStrangers = 64; // whose token has not been recognised
constexpr int acceptedAtOnce = 16;        // so that those that are open come to their turn
// A client sends its head with its connection; who has not after this long makes room for others.
constexpr std::chrono::milliseconds graceOfNewcomers{100};
// Strangers who all wait for us, in pages that wait for a person: the first of them makes room after this
// long.
constexpr std::chrono::milliseconds graceOfWaiting{2000};
constexpr std::chrono::milliseconds restWhenFull{20}; // what knocks meanwhile waits in the kernel
constexpr std::chrono::seconds lastRequests{5};
constexpr std::size_t scratchBytes = std::size_t{64} << 10;

int acceptFrom(int listening) {
#if defined(__linux__)
    return ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    const int descriptor = ::accept(listening, nullptr, nullptr);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    }
    return descriptor;
#endif
}

int familyOf(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return AF_UNSPEC;
    return address.ss_family;
}

} // namespace

HttpDoor::HttpDoor(boost::asio::io_context& loop, EventTimers& timers, CorePort& core,
                   const RouteTable& routes, const DoorTerms& terms, DoorCounts& counts)
    : loop_(loop), timers_(timers),
      scratch_(scratchBytes), parts_{loop, timers, core, routes, terms, counts, text_, scratch_} {}

HttpDoor::~HttpDoor() {
    *alive_ = false;
}

void HttpDoor::open(Entrance entrance, std::vector<OwnedDescriptor> listening) {
    std::erase_if(listeners_, [&](const auto& one) { return one->entrance->kind == entrance.kind; });
    const auto shared = std::make_shared<const Entrance>(std::move(entrance));
    for (OwnedDescriptor& descriptor : listening) {
        const int flags = ::fcntl(descriptor.get(), F_GETFL);
        if (flags < 0 || ::fcntl(descriptor.get(), F_SETFL, flags | O_NONBLOCK) != 0)
            continue;
        listeners_.push_back(std::make_shared<Listener>(loop_, descriptor.release(), shared));
        wait(listeners_.back());
    }
}

void HttpDoor::close(const std::string& kind) {
    std::erase_if(listeners_, [&](const auto& one) { return one->entrance->kind == kind; });
    for (const auto& connection : connections_) {
        if (connection->entrance().kind == kind)
            connection->retire();
    }
    std::erase_if(closings_, [&](const auto& one) { return one.first == kind; });
    closings_.emplace_back(kind, timers_.after(lastRequests, [this, kind] {
        for (const auto& connection : connections_) {
            if (connection->entrance().kind == kind && connection->isRetired())
                connection->drop();
        }
    }));
}

void HttpDoor::wait(const std::shared_ptr<Listener>& listener) {
    listener->socket.async_wait(
        boost::asio::posix::stream_descriptor::wait_read,
        [this, weak = std::weak_ptr(listener), alive = alive_](const boost::system::error_code& error) {
            const std::shared_ptr<Listener> open = weak.lock();
            if (*alive && open && !error)
                accept(open);
        });
}

void HttpDoor::accept(const std::shared_ptr<Listener>& listener) {
    for (int i = 0; i < acceptedAtOnce; ++i) {
        if (!makeRoom())
            return rest(listener);
        const int descriptor = acceptFrom(listener->socket.native_handle());
        if (descriptor >= 0) {
            admit(descriptor, listener->entrance);
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            break;
        if (errno != EINTR && errno != ECONNABORTED)
            return rest(listener); // no descriptors are left
    }
    wait(listener);
}

void HttpDoor::rest(const std::shared_ptr<Listener>& listener) {
    listener->pause = timers_.after(restWhenFull, [this, weak = std::weak_ptr(listener)] {
        if (const std::shared_ptr<Listener> open = weak.lock())
            wait(open);
    });
}

void HttpDoor::admit(int descriptor, const std::shared_ptr<const Entrance>& entrance) {
    OwnedDescriptor owned(descriptor);
    const int family = familyOf(descriptor);
    std::int64_t pid = 0;
    if (family == AF_UNIX) {
        const std::optional<std::int64_t> peer = ownPeer(descriptor);
        if (!peer)
            return; // another user's
        pid = *peer;
    } else {
        const int on = 1;
        static_cast<void>(::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)));
    }
    HttpConnection::Socket socket(loop_);
    boost::system::error_code error;
    socket.assign(boost::asio::generic::stream_protocol(family, 0), descriptor, error);
    if (error)
        return;
    static_cast<void>(owned.release());
    socket.native_non_blocking(true, error);
    socket.non_blocking(true, error);
    ++parts_.counts.connections;
    const auto place = connections_.emplace(connections_.end());
    *place = std::make_unique<HttpConnection>(parts_, std::move(socket), entrance, pid,
                                              [this, place] { connections_.erase(place); });
    (*place)->start();
    if (!ticker_)
        tick();
}

// True: one more can come in.
bool HttpDoor::makeRoom() {
    const bool manyStrangers = connections_.size() >= mostStrangers && strangers() >= mostStrangers;
    if (!manyStrangers && connections_.size() < mostConnections)
        return true;
    const EventTimers::Instant now = timers_.now();
    HttpConnection* goes = longestIdle(manyStrangers);
    if (goes != nullptr && now - *goes->idleSince() < graceOfNewcomers)
        return false;
    if (goes == nullptr && manyStrangers)
        goes = longestServed();
    if (goes == nullptr || (!goes->idleSince() && now - *goes->servingSince() < graceOfWaiting))
        return false;
    ++parts_.counts.refused;
    goes->drop();
    return true;
}

std::size_t HttpDoor::strangers() const {
    return static_cast<std::size_t>(std::count_if(connections_.begin(), connections_.end(),
                                                  [](const auto& one) { return one->isStranger(); }));
}

HttpConnection* HttpDoor::longestIdle(bool strangersOnly) const {
    HttpConnection* best = nullptr;
    for (const auto& connection : connections_) {
        if ((strangersOnly && !connection->isStranger()) || !connection->idleSince())
            continue;
        if (best == nullptr || *connection->idleSince() < *best->idleSince())
            best = connection.get();
    }
    return best;
}

// Of strangers alone.
HttpConnection* HttpDoor::longestServed() const {
    HttpConnection* best = nullptr;
    for (const auto& connection : connections_) {
        if (!connection->isStranger() || !connection->servingSince())
            continue;
        if (best == nullptr || *connection->servingSince() < *best->servingSince())
            best = connection.get();
    }
    return best;
}

void HttpDoor::tick() {
    for (const auto& connection : connections_)
        connection->tick();
    ticker_ = connections_.empty() ? nullptr : timers_.after(std::chrono::seconds(1), [this] { tick(); });
}

} // namespace keybearer
