#include "broker/gateway/upstream/LegacyConnection.h"

#include "broker/gateway/upstream/ConnectionFields.h"
#include "broker/gateway/upstream/HttpSseConnection.h"
#include "broker/gateway/upstream/MessageLook.h"
#include "broker/gateway/upstream/SessionFarewell.h"
#include "broker/gateway/upstream/UpstreamErrors.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

// After its answer a stream is left to end by itself, so that the connection can be used again.
constexpr std::chrono::seconds longestLinger{5};
constexpr std::chrono::milliseconds longestOpening{100}; // of the GET stream, while requests wait for it
constexpr std::size_t longestSessionId = 4096;

bool isSessionId(std::string_view id) {
    return id.size() <= longestSessionId &&
           std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

} // namespace

std::unique_ptr<ServerConnection> connectLegacy(ConnectionSetup setup, bool sseFallback) {
    return std::make_unique<LegacyConnection>(std::move(setup), sseFallback);
}

LegacyConnection::LegacyConnection(ConnectionSetup setup, bool sseFallback)
    : setup_(std::move(setup)), sseFallback_(sseFallback) {}

LegacyConnection::~LegacyConnection() {
    *alive_ = false;
}

// --- on the way to the server ---

void LegacyConnection::send(ClientMessage message) {
    if (older_)
        return older_->send(std::move(message));
    waiting_.push_back(std::move(message));
    sendWaiting();
}

void LegacyConnection::sendWaiting() {
    while (!waiting_.empty() && mayGo(waiting_.front())) {
        ClientMessage message = std::move(waiting_.front());
        waiting_.pop_front();
        start(std::move(message));
    }
}

bool LegacyConnection::mayGo(const ClientMessage& message) const {
    using Kind = ClientMessage::Kind;
    if (opening_ && message.kind == Kind::Request)
        return false;
    return std::none_of(calls_.begin(), calls_.end(), [&](const auto& entry) {
        const Call& call = entry.second;
        switch (call.message.kind) {
        case Kind::Request:
            if (call.message.method == "initialize" && !call.answered)
                return true;
            return message.kind == Kind::Notification && !call.sent;
        case Kind::Notification:
            return !call.accepted;
        case Kind::Response:
            return false;
        }
        return false;
    });
}

void LegacyConnection::start(ClientMessage message) {
    const bool request = message.kind == ClientMessage::Kind::Request;
    if (request && message.method == "initialize") {
        listening_.reset();
        opening_.reset();
        wantsListening_ = false;
        session_ = {};
    }
    if (!message.protocolVersion.empty())
        session_.protocolVersion = message.protocolVersion;
    RequestPlan plan = planOf(message, setup_.address.url);
    session_.addTo(plan);
    auto stream = std::make_unique<ResumableStream>(setup_, session_, ResumableStream::Kind::Answer, *this);
    ResumableStream& started = *stream;
    Call& call = calls_[stream.get()];
    if (request && sseFallback_)
        call.body = plan.body;
    call.message = std::move(message);
    call.stream = std::move(stream);
    started.post(std::move(plan), request);
    call.sent = started.unsentBytes() == 0; // over a kept connection it may have gone at once
}

void LegacyConnection::cancel(const std::string& requestId) {
    if (older_)
        return older_->cancel(requestId);
    const auto isIt = [&](const ClientMessage& message) {
        return message.kind == ClientMessage::Kind::Request && message.id == requestId;
    };
    std::erase_if(waiting_, isIt);
    std::erase_if(calls_, [&](const auto& entry) {
        return isIt(entry.second.message) && !entry.second.answered &&
               entry.second.message.method != "initialize";
    });
    boost::asio::post(setup_.pool.loop(), [this, alive = alive_] {
        if (*alive)
            sendWaiting(); // what waited for it may go
    });
}

std::size_t LegacyConnection::unsentBytes() const {
    if (older_)
        return older_->unsentBytes();
    std::size_t sum = 0;
    for (const auto& [stream, call] : calls_)
        sum += call.stream->unsentBytes();
    for (const ClientMessage& message : waiting_)
        sum += message.text.size();
    return sum;
}

void LegacyConnection::resume() {
    if (older_)
        return older_->resume();
    if (!std::exchange(paused_, false))
        return;
    boost::asio::post(setup_.pool.loop(), [this, alive = alive_] {
        if (*alive)
            goOn();
    });
}

void LegacyConnection::goOn() {
    const auto alive = alive_;
    if (listening_)
        listening_->resume();
    if (!*alive || paused_)
        return;
    std::vector<const ResumableStream*> streams;
    for (const auto& [stream, call] : calls_)
        streams.push_back(stream);
    for (const ResumableStream* stream : streams) {
        const auto found = calls_.find(stream);
        if (found != calls_.end())
            found->second.stream->resume();
        if (!*alive || paused_)
            return;
    }
}

void LegacyConnection::close(Completion<void> done) {
    if (older_)
        return older_->close(std::move(done));
    waiting_.clear();
    calls_.clear();
    listening_.reset();
    farewell_ = std::make_unique<SessionFarewell>(setup_, session_, std::move(done));
}

// --- on the way back ---

void LegacyConnection::onSent(ResumableStream& stream) {
    const auto found = calls_.find(&stream);
    if (found == calls_.end())
        return;
    found->second.sent = stream.unsentBytes() == 0;
    sendWaiting();
    setup_.listener.onSent();
}

void LegacyConnection::onOpened(ResumableStream& stream, const UpstreamHead& head) {
    if (&stream == listening_.get())
        return listened();
    const auto found = calls_.find(&stream);
    if (found == calls_.end())
        return;
    Call& call = found->second;
    call.sent = call.accepted = true;
    if (call.message.kind == ClientMessage::Kind::Request && call.message.method == "initialize")
        takeSession(head);
    else if (call.message.kind == ClientMessage::Kind::Request && std::exchange(wantsListening_, false))
        listen();
    if (call.message.kind == ClientMessage::Kind::Notification &&
        call.message.method == "notifications/initialized")
        listen();
    sendWaiting();
}

void LegacyConnection::takeSession(const UpstreamHead& head) {
    const std::string id(head.field("mcp-session-id"));
    if (isSessionId(id))
        session_.id = id;
}

// What the server asks while it works on a request may go by the GET stream, and is lost where there is none
// yet: the GET comes over a connection of its own, which a request over another one overtakes. Some servers
// answer it only when they have something to say, so that nobody waits for that.
void LegacyConnection::listen() {
    opening_ = std::make_unique<boost::asio::steady_timer>(setup_.pool.loop(), longestOpening);
    opening_->async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            listened();
    });
    listening_ = std::make_unique<ResumableStream>(setup_, session_, ResumableStream::Kind::Standing, *this);
    listening_->listen();
}

void LegacyConnection::listened() {
    opening_.reset();
    sendWaiting();
}

void LegacyConnection::onMessage(ResumableStream& stream, const std::string& text) {
    const auto found = calls_.find(&stream);
    const std::string id = found == calls_.end() ? std::string() : found->second.message.id;
    const auto alive = alive_;
    markAnswered(text);
    const bool more = setup_.listener.onServerMessage(text, id);
    if (!*alive)
        return;
    paused_ = paused_ || !more;
    sendWaiting();
}

// The answer may come on another stream than that of its request, after a resumption.
void LegacyConnection::markAnswered(const std::string& text) {
    for (auto& [stream, call] : calls_) {
        if (call.message.kind != ClientMessage::Kind::Request || call.answered ||
            !answers(text, call.message.id))
            continue;
        call.answered = true;
        call.stream->answered();
        linger(call);
    }
}

void LegacyConnection::linger(Call& call) {
    call.lingering = std::make_unique<boost::asio::steady_timer>(setup_.pool.loop(), longestLinger);
    const ResumableStream* const key = call.stream.get();
    call.lingering->async_wait([this, alive = alive_, key](const boost::system::error_code& error) {
        if (error || !*alive)
            return;
        const auto found = calls_.find(key);
        if (found != calls_.end() && found->second.answered)
            calls_.erase(found);
    });
}

void LegacyConnection::onEnded(ResumableStream& stream, RequestEnd end) {
    if (&stream == listening_.get()) {
        const int status = end.failure ? end.failure->status : -1;
        wantsListening_ = status == 0 || status == 401 || status == 403;
        listening_.reset();
        return listened();
    }
    const auto found = calls_.find(&stream);
    if (found == calls_.end())
        return;
    Call call = std::move(found->second);
    calls_.erase(found);
    // The stream ends with this function, which is its last statement.
    if (end.failure && isOlder(call, end)) {
        call.message.text = *call.body;
        return handOver(std::move(call.message), std::move(*end.failure));
    }
    const bool request = call.message.kind == ClientMessage::Kind::Request;
    if (request && !call.answered && !end.failure)
        end.failure = ServerFailure{connectionLost("the server"), 0, {}};
    const auto alive = alive_;
    if (end.failure && !call.answered)
        fail(call.message, std::move(*end.failure));
    if (*alive)
        sendWaiting();
}

void LegacyConnection::fail(const ClientMessage& message, ServerFailure failure) {
    if (message.kind == ClientMessage::Kind::Request)
        setup_.listener.onRequestFailed(message.id, std::move(failure));
    else
        setup_.listener.onDeliveryFailed(message, std::move(failure));
}

// --- servers of 2024-11-05 ---

bool LegacyConnection::isOlder(const Call& call, const RequestEnd& end) const {
    const int status = end.failure->status;
    if (!sseFallback_ || !call.body || call.message.method != "initialize" || !session_.id.empty())
        return false;
    if (status != 400 && status != 404 && status != 405)
        return false;
    const int code = errorCodeOf(end.failure->body);
    constexpr int methodNotFound = -32601;
    constexpr int newestCode = -32020; // -32020 to -32099 are the specification's own since 2026-07-28
    constexpr int lastCode = -32099;
    return code != methodNotFound && !(code <= newestCode && code >= lastCode);
}

void LegacyConnection::handOver(ClientMessage message, ServerFailure refusal) {
    older_ = std::make_unique<HttpSseConnection>(setup_, std::move(refusal));
    older_->send(std::move(message));
    while (!waiting_.empty()) {
        older_->send(std::move(waiting_.front()));
        waiting_.pop_front();
    }
}

} // namespace keybearer
