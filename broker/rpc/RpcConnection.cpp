#include "broker/rpc/RpcConnection.h"

#include "broker/base/Json.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {

namespace {
constexpr std::string_view head = R"({"jsonrpc":"2.0","id":)";
constexpr std::string_view tail = "}\n";
#ifdef MSG_NOSIGNAL
constexpr int quietly = MSG_NOSIGNAL;
#else
constexpr int quietly = 0; // the listener sets SO_NOSIGPIPE
#endif
} // namespace

RpcConnection::RpcConnection(int fd, std::uint64_t id, std::shared_ptr<const PeerProcess> process,
                             Owner& owner, const RpcLimits& limits, SteadyTime now)
    : fd_(fd), id_(id), process_(std::move(process)), owner_(owner), limits_(limits), in_(limits.lineBytes),
      out_(limits.unreadBytes), helloUntil_(now + limits.hello) {}

RpcConnection::~RpcConnection() {
    ::close(fd_);
}

bool RpcConnection::take(char* scratch, std::size_t size, std::size_t& used) {
    if (backlog_) {
        rest_ = in_.view();
        restIsInside_ = true;
        return true;
    }
    if (!readsMore())
        return false;
    const std::size_t room = std::min(size, in_.limit() - in_.size());
    const ssize_t got = ::recv(fd_, scratch, room, MSG_DONTWAIT);
    if (got > 0) {
        rest_ = std::string_view(scratch, static_cast<std::size_t>(got));
        used = std::max(used, rest_.size());
        restIsInside_ = !in_.empty();
        if (restIsInside_) {
            if (!in_.append(rest_))
                return false;
            rest_ = in_.view();
        }
        return true;
    }
    if (got == 0) {
        sawEnd_ = true;
        callForAttention();
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        drop();
    }
    return false;
}

bool RpcConnection::nextLine(std::string_view& line) {
    if (dead_ || closing_ || held_)
        return false;
    const std::size_t from = restIsInside_ ? scanned_ : 0;
    const void* found =
        from < rest_.size() ? std::memchr(rest_.data() + from, '\n', rest_.size() - from) : nullptr;
    if (found == nullptr)
        return false;
    const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - rest_.data());
    line = rest_.substr(0, length);
    rest_.remove_prefix(length + 1);
    scanned_ = 0;
    return true;
}

void RpcConnection::unhold() {
    if (!std::exchange(held_, false))
        return;
    if (backlog_)
        owner_.hasLinesAgain(*this);
    callForAttention(); // reads again
}

void RpcConnection::keepRest(SteadyTime now) {
    if (restIsInside_)
        in_.consume(in_.size() - rest_.size());
    else if (!rest_.empty() && !in_.append(rest_))
        lineTooLong_ = true;
    rest_ = {};
    if (in_.empty()) {
        backlog_ = false;
        scanned_ = 0;
        lineUntil_ = {};
        return;
    }
    backlog_ = std::memchr(in_.view().data() + scanned_, '\n', in_.size() - scanned_) != nullptr;
    if (backlog_) {
        lineUntil_ = {};
        return;
    }
    scanned_ = in_.size();
    lineTooLong_ = in_.size() >= in_.limit();
    if (lineUntil_ == SteadyTime())
        lineUntil_ = now + limits_.halfLine;
}

void RpcConnection::answer(std::string_view id, std::string_view member, std::string_view json) {
    if (dead_)
        return;
    const std::string_view shown = id.empty() ? "null" : id;
    if (!out_.reserve(head.size() + shown.size() + member.size() + json.size() + tail.size()))
        return drop();
    out_.put(head);
    out_.put(shown);
    out_.put(member);
    out_.put(json);
    out_.put(tail);
    callForAttention();
}

void RpcConnection::answerError(std::string_view id, const Error& error) {
    answer(id, R"(,"error":)", dumpJson(toRpcError(error)));
}

void RpcConnection::queueLine(std::string_view line) {
    if (dead_)
        return;
    if (!out_.reserve(line.size() + 1))
        return drop();
    out_.put(line);
    out_.put('\n');
    callForAttention();
}

void RpcConnection::send(std::string_view bytes, SteadyTime now) {
    if (dead_)
        return;
    if (out_.empty()) {
        const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | quietly);
        if (sent == static_cast<ssize_t>(bytes.size()))
            return;
        if (sent > 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return drop();
        readUntil_ = now + limits_.unread;
    }
    if (!out_.append(bytes))
        return drop();
    callForAttention();
}

void RpcConnection::flush(SteadyTime now) {
    bool progress = false;
    while (!dead_ && !out_.empty()) {
        const ssize_t sent = ::send(fd_, out_.view().data(), out_.size(), MSG_DONTWAIT | quietly);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                drop();
            break;
        }
        out_.consume(static_cast<std::size_t>(sent));
        progress = true;
    }
    if (out_.empty())
        readUntil_ = {};
    else if (progress || readUntil_ == SteadyTime())
        readUntil_ = now + limits_.unread;
}

void RpcConnection::paid() {
    --owed_;
    ++answers_;
    if (sawEnd_)
        callForAttention();
}

void RpcConnection::remember(const void* reply, std::shared_ptr<WarmAnswer> answer) {
    if (asking_.reply != reply)
        return; // answered later: its line is gone
    std::optional<RequestShape> shape = RequestShape::of(asking_.line, asking_.id);
    if (!shape)
        return;
    warm_[nextWarm_] = Warm{std::move(shape), std::move(answer)};
    nextWarm_ = (nextWarm_ + 1) % warm_.size();
}

WarmAnswer* RpcConnection::warmAnswer(std::string_view line, std::string_view& id) {
    for (Warm& warm : warm_) {
        if (!warm.shape)
            continue;
        id = warm.shape->idIn(line);
        if (id.empty())
            continue;
        if (warm.answer->release())
            return warm.answer.get();
        warm = Warm();
        return nullptr;
    }
    return nullptr;
}

void RpcConnection::closeAfterFlush() {
    closing_ = true;
    backlog_ = false;
    callForAttention();
}

void RpcConnection::drop() {
    if (dead_)
        return;
    dead_ = true;
    backlog_ = false;
    callForAttention();
}

bool RpcConnection::finished() const {
    if (dead_)
        return true;
    if (!out_.empty())
        return false;
    return closing_ || (sawEnd_ && !backlog_ && owed_ == 0);
}

SteadyTime RpcConnection::deadline() const {
    SteadyTime first{};
    for (const SteadyTime time : {caller ? SteadyTime() : helloUntil_, lineUntil_, readUntil_}) {
        if (time != SteadyTime() && (first == SteadyTime() || time < first))
            first = time;
    }
    return first;
}

bool RpcConnection::overdue(SteadyTime now) const {
    const SteadyTime until = deadline();
    return until != SteadyTime() && until <= now;
}

void RpcConnection::callForAttention() {
    if (attention_)
        return;
    attention_ = true;
    owner_.needsAttention(*this);
}

} // namespace keybearer
