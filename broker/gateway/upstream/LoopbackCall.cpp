#include "broker/gateway/upstream/LoopbackCall.h"

#include "broker/base/Secret.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/gateway/upstream/UpstreamErrors.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstring>

namespace keybearer {

namespace {

namespace asio = boost::asio;
using namespace std::string_view_literals;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds connectPatience{10'000};
constexpr milliseconds longestSilence{30'000};                // inside a body that is no event stream
constexpr std::uint64_t slowestBytesPerSecond = 4096;         // of such a body, after the first silence
constexpr std::size_t usualBuffer = std::size_t{16} << 10U;   // most answers fit; gigabytes pass as well
constexpr std::size_t longestBuffer = std::size_t{72} << 10U; // a head of 64 KiB and more
constexpr std::size_t compactAt = std::size_t{64} << 10U;     // of what has been sent

std::size_t sizeOf(const std::vector<HttpField>& fields) {
    std::size_t size = 0;
    for (const auto& [name, value] : fields)
        size += name.size() + value.size() + 4;
    return size;
}

} // namespace

LoopbackCall::LoopbackCall(LoopbackConnections& pool, UpstreamRequest request, UpstreamListener& listener)
    : pool_(pool), request_(std::move(request)), listener_(listener), target_(pool.target(request_.url)),
      lastByte_(steady_clock::now()) {
    begin();
}

void LoopbackCall::begin() {
    if (!target_)
        return failLater({ErrorCode::InvalidParams, "http is spoken to this machine alone",
                          "Use the server's https address."});
    if (!composeHead())
        return failLater({ErrorCode::InternalError, "A header field holds what no header may hold"});
    pool_.watch(*this);
    connection_ = pool_.take(*target_);
    if (connection_)
        connected();
    else
        connect(0);
}

LoopbackCall::~LoopbackCall() {
    *alive_ = false;
    pool_.forget(*this);
    forgetFields();
    if (headHeld_)
        wipe(out_);
}

bool LoopbackCall::composeHead() {
    const bool body = request_.body != nullptr || request_.streamed;
    std::size_t size = 256 + target_->path.size() + target_->host.size() + sizeOf(request_.fields);
    if (request_.common)
        size += sizeOf(*request_.common);
    out_.reserve(size + (request_.body ? request_.body->size() : 0)); // growing would leave the token behind
    headHeld_ = true;
    out_.append(request_.method).append(" "sv).append(target_->path).append(" HTTP/1.1\r\nHost: "sv);
    out_.append(target_->host).append("\r\n"sv);
    if ((request_.common && !composeFields(*request_.common)) || !composeFields(request_.fields))
        return false;
    if (!request_.verbatim) // what is packed is not unpacked here
        out_.append("User-Agent: keybearer/" KEYBEARER_VERSION "\r\nAccept-Encoding: identity\r\n"sv);
    if (!request_.repeatable)
        forgetFields();
    fedAll_ = !request_.streamed;
    if (request_.streamed && !request_.length)
        out_.append("Transfer-Encoding: chunked\r\n"sv);
    else if (body)
        out_.append("Content-Length: "sv)
            .append(std::to_string(request_.streamed ? *request_.length : request_.body->size()))
            .append("\r\n"sv);
    out_.append("\r\n"sv);
    if (request_.body)
        append(*request_.body);
    return true;
}

bool LoopbackCall::composeFields(const std::vector<HttpField>& fields) {
    for (const auto& [name, value] : fields) {
        if (!isFieldName(name) || !isFieldValue(value))
            return false;
        out_.append(name).append(": "sv).append(value).append("\r\n"sv);
    }
    return true;
}

// The token among them goes no further than into what is sent, and stays no longer.
void LoopbackCall::forgetFields() {
    for (auto& [name, value] : request_.fields)
        wipe(value);
    request_.fields.clear();
}

void LoopbackCall::append(std::string_view bytes) {
    if (bytes.empty())
        return;
    if (!request_.streamed || request_.length) {
        out_.append(bytes);
        return;
    }
    char size[24];
    const int count = std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    out_.append(size, static_cast<std::size_t>(count)).append(bytes).append("\r\n");
}

// --- towards the server ---

void LoopbackCall::connect(std::size_t endpoint) {
    connection_ = std::make_unique<LoopbackConnection>(pool_.loop());
    connection_->socket.async_connect(
        target_->endpoints[endpoint], [this, alive = alive_, endpoint](const error_code& error) {
            if (!*alive || over_)
                return;
            if (!error) {
                connected();
                if (out_.empty())
                    listener_.onSent(); // the last thing: it may have destroyed this
                return;
            }
            if (endpoint + 1 < target_->endpoints.size())
                return connect(endpoint + 1);
            UpstreamEnd end;
            end.error = networkError(CURLE_COULDNT_CONNECT, target_->shownHost, {}, 0);
            end.notAccepted = true;
            over_ = true;
            listener_.onEnd(std::move(end));
        });
}

void LoopbackCall::connected() {
    error_code ignored;
    if (!connection_->reused) {
        connection_->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        connection_->socket.non_blocking(true, ignored);
        connection_->buffer.resize(usualBuffer);
    }
    parser_.reset(request_.method == "HEAD");
    lastByte_ = steady_clock::now();
    write();
    read();
}

void LoopbackCall::write() {
    if (writing_ || deaf_ || !connection_ || outAt_ == out_.size())
        return;
    error_code error;
    outAt_ += connection_->socket.write_some(asio::buffer(out_.data() + outAt_, out_.size() - outAt_), error);
    if (error && error != asio::error::would_block && error != asio::error::try_again) {
        deaf_ = true;
        return;
    }
    if (outAt_ == out_.size()) {
        if (std::exchange(headHeld_, false))
            wipe(out_);
        out_.clear();
        outAt_ = 0;
        return;
    }
    writing_ = true;
    connection_->socket.async_wait(asio::ip::tcp::socket::wait_write,
                                   [this, alive = alive_](const error_code& failed) {
                                       if (*alive && !over_)
                                           wrote(failed, 0);
                                   });
}

void LoopbackCall::wrote(const error_code& error, std::size_t) {
    writing_ = false;
    lastByte_ = steady_clock::now();
    if (error) {
        deaf_ = true;
        return;
    }
    if (outAt_ >= compactAt) {
        out_.erase(0, outAt_);
        outAt_ = 0;
    }
    const auto alive = alive_;
    write();
    listener_.onSent();
}

void LoopbackCall::feed(std::string_view bytes) {
    if (over_ || deaf_)
        return;
    append(bytes);
    lastByte_ = steady_clock::now();
    write();
}

void LoopbackCall::feedEnd() {
    fedAll_ = true;
    if (over_ || deaf_)
        return;
    if (!request_.length)
        out_.append("0\r\n\r\n");
    lastByte_ = steady_clock::now();
    write();
}

// --- from the server ---

void LoopbackCall::read() {
    if (reading_ || paused_ || over_)
        return;
    reading_ = true;
    connection_->socket.async_read_some(
        asio::buffer(connection_->buffer.data() + held_, connection_->buffer.size() - held_),
        [this, alive = alive_](const error_code& error, std::size_t count) {
            if (*alive && !over_)
                arrived(error, count);
        });
}

void LoopbackCall::arrived(const error_code& error, std::size_t count) {
    reading_ = false;
    if (error)
        return connectionEnded();
    anyByte_ = true;
    held_ += count;
    if (parser_.headDone())
        lastByte_ = steady_clock::now();
    understand();
}

void LoopbackCall::understand() {
    std::vector<char>& buffer = connection_->buffer;
    const std::optional<std::size_t> used = parser_.put({buffer.data(), held_});
    if (!used)
        return fail(badAnswer(target_->shownHost, "what is no HTTP, or a head without end"));
    const std::size_t rest = held_ - *used;
    if (!tell())
        return; // destroyed
    if (over_)
        return;
    if (rest > 0 && *used > 0)
        std::memmove(buffer.data(), buffer.data() + *used, rest);
    held_ = rest;
    if (parser_.done())
        return complete();
    if (held_ == buffer.size()) {
        if (buffer.size() >= longestBuffer)
            return fail(badAnswer(target_->shownHost, "a head without end"));
        buffer.resize(longestBuffer);
    }
    read();
}

// Hands over what the parser has found. False: this is destroyed.
bool LoopbackCall::tell() {
    const auto alive = alive_;
    if (parser_.headDone() && !std::exchange(headTold_, true)) {
        lastByte_ = bodyBegan_ = steady_clock::now();
        eventStream_ = parser_.head().mediaType() == "text/event-stream";
        const std::string_view coding = parser_.head().field("content-encoding");
        if (!request_.verbatim && !coding.empty() && coding != "identity") {
            fail(badAnswer(target_->shownHost, "a body that is packed, which nobody asked for"));
            return *alive;
        }
        listener_.onHead(parser_.head());
        if (!*alive)
            return false;
    }
    if (!parser_.body().empty()) {
        bodyBytes_ += parser_.body().size();
        const bool more = listener_.onBody(parser_.body());
        if (!*alive)
            return false;
        paused_ = paused_ || !more;
    }
    return true;
}

void LoopbackCall::resume() {
    if (!std::exchange(paused_, false) || over_)
        return;
    lastByte_ = steady_clock::now();
    if (connection_)
        read();
}

void LoopbackCall::connectionEnded() {
    if (parser_.putEnd())
        return complete();
    if (!anyByte_ && connection_->reused && request_.repeatable) { // the server had closed what was kept
        request_.repeatable = false;
        out_.clear();
        outAt_ = 0;
        deaf_ = writing_ = false;
        static_cast<void>(composeHead());
        return connect(0);
    }
    fail(connectionLost(target_->shownHost));
}

void LoopbackCall::complete() {
    over_ = true;
    pool_.forget(*this);
    const bool whole = fedAll_ && out_.empty() && !deaf_ && !writing_;
    if (whole && held_ == 0 && !reading_ && parser_.keepsAlive()) {
        if (connection_->buffer.size() > usualBuffer) {
            connection_->buffer.resize(usualBuffer);
            connection_->buffer.shrink_to_fit();
        }
        pool_.keep(*target_, std::move(connection_));
    }
    listener_.onEnd({}); // the last thing: it may have destroyed this
}

void LoopbackCall::fail(Error error) {
    over_ = true;
    pool_.forget(*this);
    UpstreamEnd end;
    end.error = std::move(error);
    listener_.onEnd(std::move(end));
}

void LoopbackCall::failLater(Error error) {
    asio::post(pool_.loop(), [this, alive = alive_, error = std::move(error)] {
        if (*alive && !over_)
            fail(error);
    });
}

// A body that drips; one that passes on to a client may be as slow as that.
bool LoopbackCall::isTooSlow(steady_clock::time_point now) const {
    const auto allowed = longestSilence + std::chrono::seconds(bodyBytes_ / slowestBytesPerSecond);
    return headTold_ && !request_.verbatim && now - bodyBegan_ > allowed;
}

void LoopbackCall::look(steady_clock::time_point now) {
    if (over_ || paused_)
        return;
    const auto silence = now - lastByte_;
    const bool connecting = connection_ && !reading_ && !headTold_;
    milliseconds allowed =
        connecting ? std::min(connectPatience, request_.headTimeout) : request_.headTimeout;
    if (headTold_) {
        if (eventStream_)
            return;
        allowed = longestSilence;
    }
    if (silence < allowed && !isTooSlow(now))
        return;
    over_ = true;
    pool_.forget(*this);
    UpstreamEnd end;
    end.error = noAnswerInTime(target_->shownHost, allowed);
    end.timedOut = true;
    listener_.onEnd(std::move(end));
}

} // namespace keybearer
