#include "broker/gatekeeper/GatewayLink.h"

#include "broker/protocol/Endpoint.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 // macOS: the broker ignores SIGPIPE
#endif

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
    for (Parcel& parcel : parcels_)
        drop(parcel);
    ::close(descriptor_);
}

void GatewayLink::send(std::string_view line) {
    send(line, {});
}

void GatewayLink::send(std::string_view line, const std::vector<int>& descriptors) {
    if (over_)
        return;
    if (!descriptors.empty()) {
        Parcel parcel{sent_ + outbox_.view().size(), {}};
        for (const int descriptor : descriptors)
            parcel.copies.push_back(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
        const bool whole = std::find(parcel.copies.begin(), parcel.copies.end(), -1) == parcel.copies.end();
        parcels_.push_back(std::move(parcel));
        if (!whole || descriptors.size() > mostDescriptors)
            return breakOff("its descriptors cannot be copied");
    }
    if (!outbox_.append(line) || !outbox_.append("\n"))
        return breakOff("it does not read");
    onWritable();
}

void GatewayLink::onWritable() {
    while (!over_ && !outbox_.empty()) {
        const std::int64_t sent = write(outbox_.view());
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

// Up to where the next descriptors travel, which go with the first byte of what follows.
std::int64_t GatewayLink::write(std::string_view text) {
    const bool carries = !parcels_.empty() && parcels_.front().at == sent_;
    const std::size_t next = carries ? 1U : 0U;
    if (parcels_.size() > next)
        text = text.substr(0, static_cast<std::size_t>(parcels_[next].at - sent_));
    iovec part{const_cast<char*>(text.data()), text.size()}; // NOLINT: sendmsg() does not change it
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * mostDescriptors)> control{};
    if (carries) {
        const std::vector<int>& copies = parcels_.front().copies;
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(sizeof(int) * copies.size());
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * copies.size());
        std::memcpy(CMSG_DATA(header), copies.data(), sizeof(int) * copies.size());
    }
    const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0)
        return sent;
    sent_ += static_cast<std::uint64_t>(sent);
    if (carries) {
        drop(parcels_.front());
        parcels_.pop_front();
    }
    return sent;
}

void GatewayLink::drop(Parcel& parcel) {
    for (const int copy : std::exchange(parcel.copies, {})) {
        if (copy >= 0)
            ::close(copy);
    }
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
