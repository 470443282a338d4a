#include "broker/gateway/upstream/ResumableStream.h"

#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/gateway/upstream/UpstreamErrors.h"

#include <algorithm>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestDelay{100};      // whatever the server says: it is no busy loop
constexpr milliseconds longestDelay{3'600'000}; // a server that wants more is not waited for
constexpr milliseconds firstDelay{1'000};       // where the server says nothing; doubled each time
constexpr milliseconds longestBackoff{60'000};
constexpr std::chrono::seconds lasting{5};          // a connection that was of use, even if silent
constexpr std::chrono::hours longestBeforeFirst{1}; // some servers send no head before their first event
constexpr unsigned mostFruitless = 5;               // connections without anything new, for one answer

} // namespace

void LegacySession::addTo(RequestPlan& plan) const {
    if (!id.empty())
        plan.fields.emplace_back("Mcp-Session-Id", id);
    const bool there = std::any_of(plan.fields.begin(), plan.fields.end(), [](const HttpField& field) {
        return field.first == "MCP-Protocol-Version";
    });
    if (!there && !protocolVersion.empty())
        plan.fields.emplace_back("MCP-Protocol-Version", protocolVersion);
}

ResumableStream::ResumableStream(ConnectionSetup& setup, const LegacySession& session, Kind kind,
                                 Listener& listener)
    : setup_(setup), session_(session), listener_(listener), kind_(kind), pause_(setup.pool.loop()) {}

ResumableStream::~ResumableStream() {
    *alive_ = false;
}

void ResumableStream::post(RequestPlan plan, bool expectsMessages) {
    open(std::move(plan), expectsMessages);
}

void ResumableStream::listen() {
    RequestPlan plan;
    plan.target.method = "GET";
    plan.target.url = setup_.address.url;
    plan.target.operation = "stream";
    plan.fields = {{"Accept", "text/event-stream"}};
    plan.repeatable = true;
    if (kind_ == Kind::Standing)
        plan.headTimeout = longestBeforeFirst;
    session_.addTo(plan);
    if (!cursor_.empty())
        plan.fields.emplace_back("Last-Event-ID", cursor_);
    open(std::move(plan), true);
}

void ResumableStream::open(RequestPlan plan, bool expectsMessages) {
    stream_ = std::make_unique<ServerStream>(setup_, std::move(plan), expectsMessages, *this);
    stream_->start();
}

void ResumableStream::resume() {
    if (stream_)
        stream_->resume();
}

void ResumableStream::onStreamSent(ServerStream&) {
    listener_.onSent(*this);
}

void ResumableStream::onStreamOpened(ServerStream&, const UpstreamHead& head) {
    opened_ = std::chrono::steady_clock::now();
    listener_.onOpened(*this, head);
}

void ResumableStream::onStreamEvent(ServerStream& stream, SseEvent event) {
    remember(stream);
    if (!event.data.empty() && (event.type.empty() || event.type == "message"))
        listener_.onMessage(*this, event.data);
}

void ResumableStream::remember(const ServerStream& stream) {
    const std::string& id = stream.events().lastEventId();
    if (!id.empty() && id != cursor_ && isFieldValue(id)) {
        cursor_ = id;
        fruitless_ = 0;
    }
    if (stream.events().retry())
        retry_ = std::clamp(*stream.events().retry(), shortestDelay, longestDelay);
}

void ResumableStream::onStreamEnded(ServerStream& stream, RequestEnd end) {
    remember(stream);
    if (goesOn(end))
        return takeUpLater();
    if (!answered_ && kind_ == Kind::Answer && !end.failure && stream.isEventStream())
        end.failure = ServerFailure{connectionLost(stream.host()), 0, {}};
    if (answered_)
        end.failure.reset();
    listener_.onEnded(*this, std::move(end));
}

bool ResumableStream::goesOn(const RequestEnd& end) {
    if (answered_)
        return false;
    const int status = end.failure ? end.failure->status : 0;
    const bool mayPass = status == 0 || status == 408 || status == 429 || status >= 500;
    if (!mayPass || (end.failure && end.failure->error.code != ErrorCode::ProviderUnavailable))
        return false;
    if (opened_ && std::chrono::steady_clock::now() - *opened_ > lasting)
        fruitless_ = 0;
    opened_.reset();
    if (kind_ == Kind::Answer && (cursor_.empty() || fruitless_ >= mostFruitless))
        return false;
    ++fruitless_;
    return true;
}

milliseconds ResumableStream::delay() const {
    milliseconds backoff = firstDelay;
    for (unsigned i = 1; i < fruitless_ && backoff < longestBackoff; ++i)
        backoff *= 2;
    backoff = std::min(backoff, longestBackoff);
    if (!retry_)
        return backoff;
    return fruitless_ <= 1 ? *retry_ : std::max(*retry_, backoff);
}

void ResumableStream::takeUpLater() {
    pause_.expires_after(delay());
    pause_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            listen();
    });
    stream_.reset(); // it is its last statement that we are in
}

} // namespace keybearer
