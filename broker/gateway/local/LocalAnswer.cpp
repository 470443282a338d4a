#include "broker/gateway/local/LocalAnswer.h"

#include "broker/gateway/Revisions.h"
#include "broker/gateway/local/HttpConversation.h"
#include "broker/gateway/local/HttpMessage.h"
#include "broker/gateway/local/LocalEndpoint.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestMessage = 64U << 20; // of the protocol: docs/gateway.md
// A client should see before long that somebody works on it.
constexpr std::chrono::seconds streamPatience{5};
constexpr int tooLarge = 413;
constexpr int invalidRequest = -32600;
constexpr int good = 200;

} // namespace

LocalAnswer::LocalAnswer(LocalEndpoint& endpoint, EventTimers& timers, ServedRequest& request,
                         std::shared_ptr<AdmittedExchange> exchange)
    : endpoint_(endpoint), timers_(timers), request_(request), exchange_(std::move(exchange)) {}

LocalAnswer::~LocalAnswer() {
    *alive_ = false;
    if (conversation_ != nullptr)
        conversation_->gone(*this);
}

void LocalAnswer::start() {
    const std::string& method = request_.head().method;
    if (method == "GET")
        return endpoint_.listen(*this);
    if (method == "DELETE")
        return endpoint_.end(*this);
    read();
}

void LocalAnswer::read() {
    request_.readBody([this, alive = alive_](Result<std::string_view> piece) {
        if (!*alive || !piece)
            return; // what broke a rule is the door's to say
        if (piece->empty())
            return endpoint_.take(*this, std::move(body_));
        if (body_.size() + piece->size() > longestMessage)
            return finish(errorText("null", invalidRequest, "the message is longer than 64 MiB"), tooLarge);
        body_.append(*piece);
        read();
    });
}

void LocalAnswer::await() {
    if (canStream())
        patience_ = timers_.after(streamPatience, [this] { beginStream(); });
}

bool LocalAnswer::canStream() const {
    return !over_ && (streams_ || takesStreams(request_.head()));
}

void LocalAnswer::begin(int status, const char* type, std::optional<std::uint64_t> length) {
    AnswerHead head;
    head.status = status;
    head.bodyLength = length;
    if (*type != '\0')
        head.fields.emplace_back("Content-Type", type);
    head.fields.emplace_back("Cache-Control", "no-store");
    if (!session_.empty())
        head.fields.emplace_back("Mcp-Session-Id", session_);
    request_.begin(std::move(head));
}

void LocalAnswer::beginStream() {
    if (over_ || streams_)
        return;
    patience_.reset();
    streams_ = true;
    begin(good, "text/event-stream", std::nullopt);
}

void LocalAnswer::say(std::string_view message) {
    if (!canStream())
        return;
    beginStream();
    std::string event = "event: message\ndata: ";
    event.append(message);
    // Between tokens these are blanks, and in strings they are escaped.
    std::replace_if(
        event.begin() + 21, event.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    write(std::move(event.append("\n\n")));
}

void LocalAnswer::finish(std::string_view message, int status) {
    if (over_)
        return;
    if (streams_ || (!takesJson(request_.head()) && status == good)) {
        say(message);
        return endStream();
    }
    begin(status, "application/json", message.size());
    write(std::string(message));
    close();
}

void LocalAnswer::finishEmpty(int status) {
    if (over_)
        return;
    begin(status, "", 0);
    close();
}

void LocalAnswer::endStream() {
    if (over_)
        return;
    beginStream();
    close();
}

void LocalAnswer::close() {
    over_ = true;
    patience_.reset();
    if (pending_.empty() && !std::exchange(ended_, true))
        request_.end();
}

void LocalAnswer::write(std::string bytes) {
    if (!full_) {
        full_ = !request_.write(bytes);
        return;
    }
    pendingBytes_ += bytes.size();
    pending_.push_back(std::move(bytes));
}

void LocalAnswer::onDrained() {
    full_ = false;
    while (!pending_.empty() && !full_) {
        const std::string bytes = std::move(pending_.front());
        pending_.pop_front();
        pendingBytes_ -= bytes.size();
        full_ = !request_.write(bytes);
    }
    if (over_ && pending_.empty() && !std::exchange(ended_, true))
        return request_.end();
    if (pending_.empty() && conversation_ != nullptr)
        conversation_->drained();
}

} // namespace keybearer
