// How a client waits, writes and reads: a stream socket.
#include "app/client/LineClient.h"

#include "broker/base/Secret.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 // macOS: openSocket() sets SO_NOSIGPIPE instead
#endif

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::size_t mostWatched = 4; // the terminal and a signal pipe are two

tl::unexpected<Error> unreachable(std::string what, std::string action) {
    return failure(ErrorCode::BrokerUnreachable, std::move(what), std::move(action));
}

} // namespace

Result<int> LineClient::wait(Deadline deadline, std::span<const int> watched) {
    std::array<pollfd, mostWatched + 1> set{};
    const std::size_t count = std::min(watched.size(), mostWatched);
    set[0] = {descriptor_, static_cast<short>(outbox_.empty() ? POLLIN : POLLIN | POLLOUT), 0};
    for (std::size_t i = 0; i < count; ++i)
        set[i + 1] = {watched[i], POLLIN, 0};
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now());
        const int ready = ::poll(set.data(), static_cast<nfds_t>(count + 1),
                                 static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000)));
        if (ready == 0)
            return -1;
        if (ready < 0) {
            if (errno == EINTR)
                continue;
            return unreachable(std::string("cannot wait for the broker: ") + std::strerror(errno), "");
        }
        for (std::size_t i = 1; i <= count; ++i) {
            if (set[i].revents != 0)
                return set[i].fd;
        }
        return descriptor_;
    }
}

Result<void> LineClient::flush() {
    while (!outbox_.empty()) {
        const ssize_t sent = ::send(descriptor_, outbox_.data(), outbox_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return {};
        if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
            return {}; // what the broker said before it closed is still to be read
        if (sent < 0)
            return unreachable(std::string("cannot write to the broker: ") + std::strerror(errno), "");
        if (static_cast<std::size_t>(sent) == outbox_.size())
            wipe(outbox_);
        else
            outbox_.erase(0, static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::size_t> LineClient::fetch() {
    const ssize_t got = ::recv(descriptor_, inbox_.data(), inbox_.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    if (got < 0 && errno != ECONNRESET)
        return unreachable(std::string("cannot read from the broker: ") + std::strerror(errno), "");
    if (got <= 0)
        return unreachable("the broker closed the connection", "Try again; if it stays so: keybearer doctor");
    return static_cast<std::size_t>(got);
}

} // namespace keybearer
