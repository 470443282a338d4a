#include "broker/gateway/CoreLink.h"

#include "broker/base/Secret.h"
#include "broker/protocol/Endpoint.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace keybearer {

namespace {

constexpr std::size_t mostWaitingDescriptors = 64; // doors have two each, programs two
constexpr std::size_t mostDescriptorsAtOnce = 16;

Error unreachable() {
    return Error(ErrorCode::BrokerUnreachable, "the broker has gone away");
}

} // namespace

CoreLink::CoreLink(boost::asio::io_context& loop, EventTimers& timers, int descriptor)
    : timers_(timers), socket_(loop, boost::asio::local::stream_protocol(), descriptor),
      framer_(limits::lineBytes) {}

CoreLink::~CoreLink() {
    *alive_ = false;
    wipe(waiting_);
    wipe(writing_);
}

void CoreLink::start(Notified notified, std::function<void()> ended) {
    notified_ = std::move(notified);
    ended_ = std::move(ended);
    read();
}

void CoreLink::request(const std::string& method, Json params, std::chrono::milliseconds patience,
                       Completion<Json> done) {
    requestDescribed(method, std::move(params), patience,
                     [done = std::move(done)](Result<Json> result, const std::vector<OwnedDescriptor>&) {
                         done(std::move(result));
                     });
}

void CoreLink::requestDescribed(const std::string& method, Json params, std::chrono::milliseconds patience,
                                Described done) {
    const std::int64_t id = ++last_;
    Open& open = open_[id];
    open.done = std::move(done);
    if (over_) {
        open.deadline = timers_.soon([this, id] { answer(id, failure(unreachable())); });
        return;
    }
    open.deadline = timers_.after(patience, [this, id, method] {
        answer(id, failure(ErrorCode::TimedOut, "the broker did not answer " + method + " in time"));
    });
    write(requestLine(id, method, params));
}

void CoreLink::notify(const std::string& method, Json params) {
    write(notificationLine(method, params));
}

void CoreLink::read() {
    socket_.async_wait(boost::asio::local::stream_protocol::socket::wait_read,
                       [this, alive = alive_](const boost::system::error_code& error) {
                           if (!*alive)
                               return;
                           if (error)
                               return end();
                           static_cast<void>(receive());
                           if (*alive && !over_)
                               read();
                       });
}

void CoreLink::catchUp() {
    const std::shared_ptr<bool> alive = alive_;
    while (*alive && !over_ && receive()) {
    }
}

// One recvmsg: the kernel never joins the bytes behind descriptors to those of others. False: nothing was
// there.
bool CoreLink::receive() {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * mostDescriptorsAtOnce)> control{};
    iovec into{input_.data(), input_.size()};
    msghdr message{};
    message.msg_iov = &into;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t bytes = ::recvmsg(socket_.native_handle(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return false;
    if (bytes <= 0) {
        end();
        return false;
    }
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
            descriptors_.emplace_back(descriptor);
        }
    }
    if ((message.msg_flags & MSG_CTRUNC) != 0 || descriptors_.size() > mostWaitingDescriptors) {
        end();
        return false;
    }
    take(std::string_view(input_.data(), static_cast<std::size_t>(bytes)));
    return true;
}

void CoreLink::take(std::string_view bytes) {
    const std::shared_ptr<bool> alive = alive_;
    if (!framer_.append(bytes))
        return end();
    for (std::string_view line; *alive && !over_ && framer_.next(line);) {
        if (!message(line) && *alive)
            return end();
    }
}

bool CoreLink::message(std::string_view line) {
    Result<Json> document = parseJson(line);
    if (!document || !document->is_object())
        return false;
    std::vector<OwnedDescriptor> along;
    if (const std::optional<std::string> method = stringAt(*document, "method")) {
        const auto found = document->find("params");
        const Json params = found == document->end() ? Json::object() : *found;
        if (!takeDescriptors(params, along))
            return false;
        notified_(*method, params, std::move(along));
        return true;
    }
    const std::optional<std::int64_t> id = integerAt(*document, "id");
    if (!id)
        return false;
    if (const auto result = document->find("result"); result != document->end()) {
        if (!takeDescriptors(*result, along))
            return false;
        answer(*id, std::move(*result), std::move(along));
    } else if (const auto error = document->find("error"); error != document->end() && error->is_object())
        answer(*id, failure(fromRpcError(*error)));
    else
        return false;
    return true;
}

// As many as the message says are its own; false if there are not that many.
bool CoreLink::takeDescriptors(const Json& carrier, std::vector<OwnedDescriptor>& out) {
    const std::int64_t count = carrier.is_object() ? integerAt(carrier, "descriptors").value_or(0) : 0;
    if (count < 0 || static_cast<std::uint64_t>(count) > descriptors_.size())
        return false;
    for (std::int64_t i = 0; i < count; ++i) {
        out.push_back(std::move(descriptors_.front()));
        descriptors_.pop_front();
    }
    return true;
}

void CoreLink::answer(std::int64_t id, Result<Json> result, std::vector<OwnedDescriptor> descriptors) {
    const auto found = open_.find(id);
    if (found == open_.end())
        return; // its deadline was sooner
    const Described done = std::move(found->second.done);
    open_.erase(found);
    done(std::move(result), std::move(descriptors));
}

void CoreLink::write(std::string line) {
    if (over_)
        return;
    line.push_back('\n');
    waiting_.append(line);
    if (writing_.empty())
        pump();
}

void CoreLink::pump() {
    writing_.swap(waiting_);
    boost::asio::async_write(socket_, boost::asio::buffer(writing_),
                             [this, alive = alive_](const boost::system::error_code& error, std::size_t) {
                                 if (!*alive)
                                     return;
                                 wipe(writing_);
                                 if (error)
                                     return end();
                                 if (!waiting_.empty())
                                     pump();
                             });
}

void CoreLink::end() {
    if (over_)
        return;
    over_ = true;
    const std::shared_ptr<bool> alive = alive_;
    while (*alive && !open_.empty())
        answer(open_.begin()->first, failure(unreachable()));
    if (*alive && ended_)
        ended_();
}

} // namespace keybearer
