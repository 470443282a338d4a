#include "broker/gateway/upstream/HttpSseConnection.h"

#include "broker/gateway/upstream/ConnectionFields.h"
#include "broker/gateway/upstream/MessageLook.h"
#include "broker/gateway/upstream/UpstreamErrors.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

constexpr int sessionIsOver = 404; // as Streamable HTTP says it: the exchange begins another

} // namespace

HttpSseConnection::HttpSseConnection(ConnectionSetup setup, ServerFailure refusal)
    : setup_(std::move(setup)), refusal_(std::move(refusal)), deadline_(setup_.pool.loop()) {
    open();
}

HttpSseConnection::~HttpSseConnection() {
    *alive_ = false;
}

void HttpSseConnection::open() {
    over_ = false;
    posting_.reset();
    endpoint_.clear();
    RequestPlan plan;
    plan.target.method = "GET";
    plan.target.url = setup_.address.url;
    plan.target.operation = "stream";
    plan.fields = {{"Accept", "text/event-stream"}};
    plan.repeatable = true;
    events_ = std::make_unique<ServerStream>(setup_, std::move(plan), true, *this);
    events_->start();
    deadline_.expires_after(setup_.address.timeout);
    deadline_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive && endpoint_.empty() && events_)
            over({noAnswerInTime(events_->host(), setup_.address.timeout), 0, {}});
    });
}

void HttpSseConnection::send(ClientMessage message) {
    const bool request = message.kind == ClientMessage::Kind::Request;
    if (request && message.method == "initialize" && std::exchange(begun_, true))
        open();
    if (request)
        open_.insert(message.id);
    waiting_.push_back(std::move(message));
    if (over_)
        return overLater({connectionLost("the server"), sessionIsOver, {}});
    sendNext();
}

void HttpSseConnection::sendNext() {
    if (endpoint_.empty() || posting_ || waiting_.empty())
        return;
    RequestPlan plan = planOf(waiting_.front(), endpoint_);
    posting_ = std::make_unique<ServerStream>(setup_, std::move(plan), false, *this);
    posting_->start();
}

void HttpSseConnection::cancel(const std::string& requestId) {
    open_.erase(requestId);
    const auto first = waiting_.begin() + (posting_ ? 1 : 0);
    waiting_.erase(std::remove_if(first, waiting_.end(),
                                  [&](const ClientMessage& message) {
                                      return message.kind == ClientMessage::Kind::Request &&
                                             message.id == requestId;
                                  }),
                   waiting_.end());
}

void HttpSseConnection::resume() {
    if (!std::exchange(paused_, false))
        return;
    boost::asio::post(setup_.pool.loop(), [this, alive = alive_] {
        if (!*alive)
            return;
        if (posting_)
            posting_->resume();
        if (*alive && events_)
            events_->resume();
    });
}

std::size_t HttpSseConnection::unsentBytes() const {
    std::size_t sum = posting_ ? posting_->unsentBytes() : 0;
    for (const ClientMessage& message : waiting_)
        sum += message.text.size();
    return sum;
}

void HttpSseConnection::close(Completion<void> done) {
    posting_.reset();
    events_.reset();
    waiting_.clear();
    open_.clear();
    boost::asio::post(setup_.pool.loop(), [alive = alive_, done = std::move(done)] {
        if (*alive)
            done({});
    });
}

void HttpSseConnection::onStreamSent(ServerStream&) {
    setup_.listener.onSent();
}

void HttpSseConnection::onStreamOpened(ServerStream&, const UpstreamHead&) {}

void HttpSseConnection::onStreamEvent(ServerStream&, SseEvent event) {
    if (event.type == "endpoint")
        return takeEndpoint(event.data);
    if (event.data.empty() || (!event.type.empty() && event.type != "message"))
        return;
    open_.erase(answeredId(event.data));
    const auto alive = alive_;
    const bool more = setup_.listener.onServerMessage(event.data, {});
    if (*alive)
        paused_ = paused_ || !more;
}

void HttpSseConnection::takeEndpoint(const std::string& reference) {
    if (!endpoint_.empty())
        return;
    const auto here = parseWebAddress(setup_.address.url);
    const auto there = resolveWebAddress(setup_.address.url, reference);
    if (!here || !there || !here->sameOrigin(*there))
        return over({badAnswer(events_->host(), "messages to another place than its own"), 0, {}});
    endpoint_ = there->text;
    refusal_.reset();
    deadline_.cancel();
    sendNext();
}

void HttpSseConnection::onStreamEnded(ServerStream& stream, RequestEnd end) {
    if (&stream == events_.get()) {
        ServerFailure lost{connectionLost(stream.host()), 0, {}};
        return over(end.failure ? std::move(*end.failure) : std::move(lost));
    }
    const ClientMessage message = std::move(waiting_.front());
    waiting_.pop_front();
    posting_.reset();
    const auto alive = alive_;
    if (end.failure)
        failOne(message, std::move(*end.failure));
    if (*alive)
        sendNext();
}

void HttpSseConnection::failOne(const ClientMessage& message, ServerFailure failure) {
    if (message.kind != ClientMessage::Kind::Request)
        return setup_.listener.onDeliveryFailed(message, std::move(failure));
    if (open_.erase(message.id) > 0)
        setup_.listener.onRequestFailed(message.id, std::move(failure));
}

void HttpSseConnection::overLater(ServerFailure failure) {
    boost::asio::post(setup_.pool.loop(), [this, alive = alive_, failure = std::move(failure)] {
        if (*alive && over_)
            over(failure);
    });
}

// The stream has ended, or never was: nothing that is open will be answered.
void HttpSseConnection::over(ServerFailure failure) {
    over_ = true;
    if (refusal_)
        failure = *refusal_;
    posting_.reset();
    deadline_.cancel();
    const std::unique_ptr<ServerStream> ended = std::move(events_); // we may be in its last statement
    const auto alive = alive_;
    for (ClientMessage& message : std::exchange(waiting_, {})) {
        failOne(message, failure);
        if (!*alive)
            return;
    }
    for (const std::string& id : std::exchange(open_, {})) {
        setup_.listener.onRequestFailed(id, failure);
        if (!*alive)
            return;
    }
}

} // namespace keybearer
