#include "broker/gateway/upstream/UpstreamTransfer.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/gateway/upstream/CurlLoop.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/gateway/upstream/UpstreamErrors.h"
#include "broker/gateway/upstream/WebAddress.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds longestSilence{30'000};          // inside a body that is no event stream
constexpr std::uint64_t slowestBytesPerSecond = 4096;   // of such a body, after the first silence
constexpr std::size_t longestHead = 64 * 1024;          // of all heads and trailers of one answer
constexpr std::size_t mostFields = 1000;                // the same
constexpr std::size_t mostWaiting = 1024 * 1024;        // of body that the listener has not taken
constexpr std::uint64_t unpackedFree = 4 * 1024 * 1024; // below this nobody looks at the ratio
constexpr std::uint64_t steepestRatio = 100;            // of unpacked to packed; text seldom passes 20

// libcurl takes "1x" for 1. Where an answer ends must not be a matter of opinion (RFC 9112 section 6.3).
bool saysItsLengthPlainly(const UpstreamHead& head) {
    std::string_view first;
    for (const auto& [name, value] : head.fields) {
        if (name != "content-length")
            continue;
        if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos ||
            (!first.empty() && value != first))
            return false;
        first = value;
    }
    return true;
}

} // namespace

UpstreamTransfer::UpstreamTransfer(CurlLoop& curl, UpstreamRequest request, UpstreamListener& listener)
    : curl_(curl), request_(std::move(request)), listener_(listener), deadline_(curl.loop()) {
    begin();
}

UpstreamTransfer::~UpstreamTransfer() {
    *alive_ = false;
    if (added_)
        curl_.remove(easy_);
    if (easy_ != nullptr)
        curl_easy_cleanup(easy_);
    curl_slist_free_all(fields_);
    if (queued_)
        curl_.forget(*this);
}

void UpstreamTransfer::refuse(Error error) {
    end_ = UpstreamEnd{std::move(error), false};
    queue();
}

void UpstreamTransfer::feed(std::string_view bytes) {
    if (!added_ || abort_)
        return;
    fed_.append(bytes);
    unsent_ = fed_.size() - readAt_;
    lastByte_ = steady_clock::now();
    wake();
}

void UpstreamTransfer::feedEnd() {
    fedAll_ = true;
    lastByte_ = steady_clock::now();
    if (added_ && !abort_)
        wake();
}

void UpstreamTransfer::wake() {
    if (!std::exchange(starved_, false))
        return;
    curl_easy_pause(easy_, held_ ? CURLPAUSE_RECV : CURLPAUSE_CONT);
}

void UpstreamTransfer::resume() {
    if (!paused_)
        return;
    paused_ = false;
    lastByte_ = steady_clock::now();
    queue();
}

void UpstreamTransfer::queue() {
    if (queued_)
        return;
    queued_ = true;
    curl_.ready(*this);
}

std::size_t UpstreamTransfer::abort(Error error) {
    if (!abort_)
        abort_ = std::move(error);
    return 0;
}

// --- libcurl's callbacks ---

// libcurl repeats a request by itself when a kept connection dies without an answer; the server may have
// acted on it.
int UpstreamTransfer::onConnected() {
    if (++connections_ > 1 && !request_.repeatable) {
        static_cast<void>(abort(connectionLost(host_)));
        return CURL_PREREQFUNC_ABORT;
    }
    readAt_ = 0;
    if (unsent_ <= longestAtOnce && !request_.streamed)
        sent(0);
    return CURL_PREREQFUNC_OK;
}

std::size_t UpstreamTransfer::onRead(char* buffer, std::size_t room) {
    if (request_.streamed)
        return onReadFed(buffer, room);
    const std::size_t count = std::min(room, request_.body->size() - readAt_);
    std::memcpy(buffer, request_.body->data() + readAt_, count);
    readAt_ += count;
    sent(request_.body->size() - readAt_);
    return count;
}

std::size_t UpstreamTransfer::onReadFed(char* buffer, std::size_t room) {
    if (readAt_ == fed_.size() && !fedAll_) {
        starved_ = true;
        return CURL_READFUNC_PAUSE;
    }
    const std::size_t count = std::min(room, fed_.size() - readAt_);
    std::memcpy(buffer, fed_.data() + readAt_, count);
    readAt_ += count;
    if (readAt_ >= longestAtOnce || readAt_ == fed_.size()) {
        fed_.erase(0, readAt_);
        readAt_ = 0;
    }
    sent(fed_.size() - readAt_);
    return count;
}

void UpstreamTransfer::sent(std::size_t unsent) {
    lastByte_ = steady_clock::now();
    if (unsent == unsent_)
        return;
    unsent_ = unsent;
    sentToTell_ = true;
    queue();
}

std::size_t UpstreamTransfer::onHeader(std::string_view line) {
    headBytes_ += line.size();
    if (headBytes_ > longestHead || ++headFields_ > mostFields)
        return abort(badAnswer(host_, "a head without end"));
    if (headComplete_)
        return line.size(); // a trailer
    const std::string_view text = trimmed(line.substr(0, std::min(line.find_first_of("\r\n"), line.size())));
    if (line.starts_with("HTTP/")) {
        head_ = {};
        const std::size_t space = text.find(' ');
        if (space != std::string_view::npos)
            std::from_chars(text.data() + space + 1, text.data() + text.size(), head_.status);
    } else if (text.empty()) {
        if (!saysItsLengthPlainly(head_))
            return abort(badAnswer(host_, "a length that is no number"));
        headEnded();
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos && colon > 0) {
        head_.fields.emplace_back(lowered(text.substr(0, colon)), trimmed(text.substr(colon + 1)));
    }
    return line.size();
}

void UpstreamTransfer::headEnded() {
    if (head_.status < 200)
        return;
    headComplete_ = true;
    eventStream_ = head_.mediaType() == "text/event-stream";
    compressed_ = !request_.verbatim && !head_.field("content-encoding").empty();
    lastByte_ = bodyBegan_ = steady_clock::now();
    if (unsent_ > 0)
        sent(0); // the server does not want the rest
    queue();
}

std::size_t UpstreamTransfer::onBytes(std::string_view bytes) {
    if (abort_)
        return 0;
    if (body_.size() >= mostWaiting) {
        held_ = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    unpacked_ += bytes.size();
    if (compressed_ && unpacked_ > unpackedFree) {
        curl_off_t packed = 0;
        curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &packed);
        if (unpacked_ > steepestRatio * (static_cast<std::uint64_t>(packed) + longestAtOnce))
            return abort(badAnswer(host_, "a body that unpacks without end"));
    }
    lastByte_ = steady_clock::now();
    body_.append(bytes);
    queue();
    return bytes.size();
}

// --- the event loop's side ---

void UpstreamTransfer::ended(int code) {
    curl_.remove(easy_);
    added_ = false;
    end_ = endOf(code);
    unsent_ = 0;
    queue();
}

UpstreamEnd UpstreamTransfer::endOf(int code) {
    UpstreamEnd end;
    end.timedOut = code == CURLE_OPERATION_TIMEDOUT;
    end.notAccepted = code == CURLE_COULDNT_CONNECT && connections_ == 0 && !abort_;
    if (abort_)
        end.error = std::move(abort_);
    else if (code != CURLE_OK) {
        long proxyStatus = 0;
        curl_easy_getinfo(easy_, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
        end.error = networkError(static_cast<CURLcode>(code), host_, errorText_, proxyStatus);
    } else if (!headComplete_)
        end.error = connectionLost(host_);
    return end;
}

void UpstreamTransfer::tell() {
    queued_ = false;
    const auto alive = alive_;
    if (sentToTell_) {
        sentToTell_ = false;
        listener_.onSent();
        if (!*alive)
            return;
    }
    if (headComplete_ && !headTold_) {
        headTold_ = true;
        if (!eventStream_ && !end_)
            await(longestSilence);
        else
            deadline_.cancel();
        listener_.onHead(head_);
        if (!*alive)
            return;
    }
    if (!tellBody(alive))
        return;
    if (end_ && body_.empty()) {
        deadline_.cancel();
        const UpstreamEnd end = *std::exchange(end_, std::nullopt);
        listener_.onEnd(end); // the last thing: it may have destroyed this
    }
}

// False: destroyed, or paused.
bool UpstreamTransfer::tellBody(const std::shared_ptr<bool>& alive) {
    // What libcurl holds back goes on also where the listener paused with the last that was there.
    while (!body_.empty() || (held_ && added_ && !paused_)) {
        if (paused_)
            return false;
        if (!body_.empty()) {
            const std::string bytes = std::exchange(body_, {});
            const bool more = listener_.onBody(bytes);
            if (!*alive)
                return false;
            paused_ = !more;
        }
        if (held_ && added_ && !paused_) {
            held_ = false;
            curl_easy_pause(easy_, CURLPAUSE_CONT); // fills body_ again
        }
    }
    return true;
}

void UpstreamTransfer::await(milliseconds time) {
    deadline_.expires_after(time);
    deadline_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            onDeadline();
    });
}

// A long body may take longer to go out than its answer may take to come; it is given up when nothing moves.
bool UpstreamTransfer::stillSending() {
    return !headComplete_ && connections_ > 0 && steady_clock::now() - lastByte_ < request_.headTimeout;
}

void UpstreamTransfer::onDeadline() {
    if (end_)
        return;
    if (stillSending())
        return await(std::chrono::ceil<milliseconds>(lastByte_ + request_.headTimeout - steady_clock::now()));
    if (headComplete_ && paused_)
        return await(longestSilence); // it is we who do not read
    const auto now = steady_clock::now();
    if (headComplete_) {
        const auto allowed = longestSilence + std::chrono::seconds(unpacked_ / slowestBytesPerSecond);
        const bool slow = !request_.verbatim && now - bodyBegan_ > allowed;
        if (!slow && now - lastByte_ < longestSilence)
            return await(
                std::max(std::chrono::ceil<milliseconds>(lastByte_ + longestSilence - now), milliseconds(1)));
    }
    abort_ =
        headComplete_ ? noAnswerInTime(host_, longestSilence) : noAnswerInTime(host_, request_.headTimeout);
    ended(CURLE_OPERATION_TIMEDOUT);
}

} // namespace keybearer
