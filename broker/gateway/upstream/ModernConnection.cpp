#include "broker/gateway/upstream/ModernConnection.h"

#include "broker/gateway/upstream/ConnectionFields.h"
#include "broker/gateway/upstream/MessageLook.h"
#include "broker/gateway/upstream/UpstreamErrors.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

// After its answer a stream is left to end by itself, so that the connection can be used again.
constexpr std::chrono::seconds longestLinger{5};

} // namespace

std::unique_ptr<ServerConnection> connectModern(ConnectionSetup setup) {
    return std::make_unique<ModernConnection>(std::move(setup));
}

ModernConnection::ModernConnection(ConnectionSetup setup) : setup_(std::move(setup)) {}

ModernConnection::~ModernConnection() {
    *alive_ = false;
}

void ModernConnection::send(ClientMessage message) {
    if (message.kind == ClientMessage::Kind::Response) {
        // 2026-07-28 has no requests of servers that there could be an answer to.
        return boost::asio::post(setup_.pool.loop(), [this, alive = alive_, message = std::move(message)] {
            if (*alive)
                fail(message, {{ErrorCode::InvalidRequest, "This server has not asked for anything"}, 0, {}});
        });
    }
    RequestPlan plan = planOf(message, setup_.address.url);
    addRequestMetadata(plan, message);
    const bool request = message.kind == ClientMessage::Kind::Request;
    auto stream = std::make_unique<ServerStream>(setup_, std::move(plan), request, *this);
    ServerStream& started = *stream;
    Call& call = calls_[stream.get()];
    call.message = std::move(message);
    call.stream = std::move(stream);
    started.start();
}

void ModernConnection::cancel(const std::string& requestId) {
    std::erase_if(calls_, [&](const auto& entry) {
        return entry.second.message.kind == ClientMessage::Kind::Request &&
               entry.second.message.id == requestId && !entry.second.answered;
    });
}

void ModernConnection::resume() {
    if (!std::exchange(paused_, false))
        return;
    boost::asio::post(setup_.pool.loop(), [this, alive = alive_] {
        if (*alive)
            goOn();
    });
}

void ModernConnection::goOn() {
    std::vector<const ServerStream*> waiting;
    for (const auto& [stream, call] : calls_)
        waiting.push_back(stream);
    const auto alive = alive_;
    for (const ServerStream* stream : waiting) {
        const auto found = calls_.find(stream);
        if (found != calls_.end())
            found->second.stream->resume();
        if (!*alive || paused_)
            return;
    }
}

std::size_t ModernConnection::unsentBytes() const {
    std::size_t sum = 0;
    for (const auto& [stream, call] : calls_)
        sum += call.stream->unsentBytes();
    return sum;
}

void ModernConnection::close(Completion<void> done) {
    calls_.clear();
    boost::asio::post(setup_.pool.loop(), [alive = alive_, done = std::move(done)] {
        if (*alive)
            done({});
    });
}

void ModernConnection::onStreamSent(ServerStream&) {
    setup_.listener.onSent();
}

void ModernConnection::onStreamOpened(ServerStream&, const UpstreamHead&) {}

void ModernConnection::onStreamEvent(ServerStream& stream, SseEvent event) {
    if (!event.type.empty() && event.type != "message")
        return;
    Call& call = calls_.at(&stream);
    const std::string id = call.message.id;
    if (!call.answered && answers(event.data, id))
        answered(call, stream);
    const auto alive = alive_;
    const bool more = setup_.listener.onServerMessage(event.data, id);
    if (*alive)
        paused_ = paused_ || !more;
}

void ModernConnection::answered(Call& call, const ServerStream& stream) {
    call.answered = true;
    call.lingering = std::make_unique<boost::asio::steady_timer>(setup_.pool.loop(), longestLinger);
    call.lingering->async_wait([this, alive = alive_, key = &stream](const boost::system::error_code& error) {
        if (error || !*alive)
            return;
        const auto found = calls_.find(key);
        if (found != calls_.end() && found->second.answered)
            calls_.erase(found);
    });
}

void ModernConnection::onStreamEnded(ServerStream& stream, RequestEnd end) {
    const auto found = calls_.find(&stream);
    const bool isRequest = found->second.message.kind == ClientMessage::Kind::Request;
    if (!found->second.answered && isRequest && !end.failure)
        end.failure = ServerFailure{connectionLost(stream.host()), 0, {}};
    const bool answered = found->second.answered;
    ClientMessage message = std::move(found->second.message);
    calls_.erase(found);
    if (!answered && end.failure)
        fail(message, std::move(*end.failure));
}

void ModernConnection::fail(const ClientMessage& message, ServerFailure failure) {
    if (message.kind == ClientMessage::Kind::Request)
        setup_.listener.onRequestFailed(message.id, std::move(failure));
    else
        setup_.listener.onDeliveryFailed(message, std::move(failure));
}

} // namespace keybearer
