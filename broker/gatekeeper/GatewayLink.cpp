#include "broker/gatekeeper/GatewayLink.h"

#include "broker/protocol/Endpoint.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {

namespace {
constexpr std::size_t mostUnread = 4U << 20; // a gateway that works reads at once
constexpr std::size_t readSize = 65536;
} // namespace

GatewayLink::GatewayLink(int descriptor)
    : descriptor_(descriptor), framer_(limits::lineBytes), outbox_(mostUnread),
      readable_(descriptor, QSocketNotifier::Read), writable_(descriptor, QSocketNotifier::Write) {
    writable_.setEnabled(false);
    connect(&readable_, &QSocketNotifier::activated, this, &GatewayLink::onReadable);
    connect(&writable_, &QSocketNotifier::activated, this, &GatewayLink::onWritable);
}

GatewayLink::~GatewayLink() {
    readable_.setEnabled(false);
    writable_.setEnabled(false);
    ::close(descriptor_);
}

void GatewayLink::send(std::string_view line) {
    if (over_)
        return;
    if (!outbox_.append(line) || !outbox_.append("\n"))
        return breakOff("it does not read");
    onWritable();
}

void GatewayLink::onWritable() {
    while (!over_ && !outbox_.empty()) {
        const std::string_view text = outbox_.view();
        const ssize_t sent = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            outbox_.consume(static_cast<std::size_t>(sent));
        else if (sent < 0 && errno == EINTR)
            continue;
        else if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            return breakOff(std::strerror(errno));
        else
            break;
    }
    writable_.setEnabled(!over_ && !outbox_.empty());
}

void GatewayLink::onReadable() {
    std::array<char, readSize> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return;
    if (got <= 0)
        return breakOff("it has closed the connection");
    if (!framer_.append({bytes.data(), static_cast<std::size_t>(got)}))
        return breakOff("it sent a line that is too long");
    std::string_view line;
    while (!over_ && framer_.next(line))
        Q_EMIT received(std::string(line));
}

void GatewayLink::breakOff(const std::string& why) {
    if (over_)
        return;
    over_ = true;
    readable_.setEnabled(false);
    writable_.setEnabled(false);
    outbox_.clear();
    // Later: whoever sends is not done with us yet.
    QMetaObject::invokeMethod(
        this, [this, why] { Q_EMIT broken(why); }, Qt::QueuedConnection);
}

} // namespace keybearer
