// The answer's side of an HttpConnection: what its answerer calls.
#include "broker/gateway/door/CrossOrigin.h"
#include "broker/gateway/door/HttpConnection.h"

#include <algorithm>

namespace keybearer {

namespace {

// What a client may leave unread before its answerer has to wait, and when that goes on.
constexpr std::size_t highOutput = std::size_t{128} << 10;
constexpr std::size_t lowOutput = std::size_t{32} << 10;

bool isEventStream(const AnswerHead& head) {
    return std::any_of(head.fields.begin(), head.fields.end(), [](const HttpField& field) {
        return field.first == "content-type" && field.second.starts_with("text/event-stream");
    });
}

} // namespace

void HttpConnection::readBody(std::function<void(Result<std::string_view>)> done) {
    bodyDone_ = std::move(done);
    since_ = parts_.timers.now();
    if (std::exchange(expects_, false) && !begun_ && in_.empty())
        out_.append("HTTP/1.1 100 Continue\r\n\r\n");
    if (!offering_)
        later(&HttpConnection::offerBody);
}

void HttpConnection::begin(AnswerHead head) {
    if (begun_ || ended_ || state_ == State::Over)
        return;
    begun_ = true;
    silent_ = head_.method == "HEAD" || head.status == 204 || head.status == 304;
    chunks_ = !silent_ && !head.bodyLength;
    owed_ = silent_ ? 0 : head.bodyLength.value_or(0);
    closing_ = closing_ || expects_;
    parts_.counts.unauthorized += head.status == 401 ? 1 : 0;
    parts_.counts.streams += isEventStream(head) ? 1 : 0;
    const auto framing = silent_   ? AnswerText::Framing::NoBody
                         : chunks_ ? AnswerText::Framing::Chunks
                                   : AnswerText::Framing::Sized;
    const std::vector<HttpField> more =
        listedOrigin_.empty() ? std::vector<HttpField>() : readableFor(listedOrigin_);
    out_.append(parts_.text.head(head, framing, closing_, more));
}

bool HttpConnection::write(std::string_view bytes) {
    if (!begun_ || ended_ || silent_ || state_ == State::Over || bytes.empty())
        return !full_;
    if (chunks_) {
        out_.append(chunkSizeLine(bytes.size()), bytes, "\r\n");
    } else {
        const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(owed_, bytes.size()));
        out_.append(bytes.substr(0, size));
        owed_ -= size;
    }
    full_ = full_ || out_.pending() > highOutput;
    return !full_;
}

void HttpConnection::end() {
    if (ended_ || state_ == State::Over)
        return;
    if (!begun_ || owed_ > 0)
        return abort();
    if (chunks_)
        out_.append("0\r\n\r\n");
    ended_ = true;
    if (!out_.isAboutToMove()) // else moved() finishes it
        later(&HttpConnection::finish);
}

void HttpConnection::abort() {
    if (ended_ || state_ == State::Over)
        return;
    ended_ = true;
    closing_ = true;
    later(&HttpConnection::finish);
}

void HttpConnection::finish() {
    if (state_ != State::Serving)
        return;
    answerer_.reset();
    bodyDone_ = nullptr;
    state_ = State::Ending;
    since_ = parts_.timers.now();
    settle();
}

void HttpConnection::moved() {
    if (state_ == State::Ending)
        return settle();
    if (ended_)
        return finish();
    if (state_ != State::Serving || !full_ || out_.pending() > lowOutput)
        return;
    full_ = false;
    if (answerer_ && !ended_)
        answerer_->onDrained();
}

} // namespace keybearer
