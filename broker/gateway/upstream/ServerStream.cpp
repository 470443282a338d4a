#include "broker/gateway/upstream/ServerStream.h"

#include "broker/base/Text.h"
#include "broker/gateway/upstream/UpstreamErrors.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestMessage = 64 * 1024 * 1024;
constexpr std::size_t longestIgnored = 64 * 1024; // of a body that says nothing; the connection goes with it

// Between the tokens of JSON a line's end is a blank like any other, and inside a text it cannot stand.
void putOnOneLine(std::string& text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

} // namespace

ServerStream::ServerStream(ConnectionSetup& setup, RequestPlan plan, bool expectsMessages, Listener& listener)
    : listener_(listener), request_(setup, std::move(plan), *this), expectsMessages_(expectsMessages) {}

ServerStream::~ServerStream() {
    *alive_ = false;
}

void ServerStream::onRequestSent() {
    listener_.onStreamSent(*this);
}

void ServerStream::onAnswer(const UpstreamHead& head) {
    const std::string type = head.mediaType();
    status_ = head.status;
    kind_ = type == "text/event-stream"  ? Kind::Events
            : type == "application/json" ? Kind::Json
                                         : Kind::Ignored;
    if (!expectsMessages_)
        kind_ = Kind::Ignored;
    else if (kind_ == Kind::Ignored)
        return fail(badAnswer(host(), type.empty() ? std::string("no answer to the message")
                                                   : displaySafe(type) + " where an answer belongs"));
    listener_.onStreamOpened(*this, head);
}

bool ServerStream::onBytes(std::string_view bytes) {
    if (kind_ == Kind::Events)
        reader_.append(bytes);
    else if (kind_ == Kind::Json) {
        if (json_.size() + bytes.size() > longestMessage) {
            fail(badAnswer(host(), "a message of more than 64 MiB"));
            return false;
        }
        json_.append(bytes);
        return true;
    } else {
        ignored_ += bytes.size();
        if (ignored_ > longestIgnored && !end_ && !done_) {
            end_.emplace(); // it was accepted, and more there is not to know
            tell();
        }
        return true;
    }
    const auto alive = alive_;
    tell();
    return *alive && listener_.takesMessages();
}

void ServerStream::onRequestEnd(RequestEnd end) {
    if (end_ || done_)
        return;
    end_ = std::move(end);
    tell();
}

void ServerStream::resume() {
    const auto alive = alive_;
    tell();
    if (*alive && listener_.takesMessages())
        request_.resume();
}

bool ServerStream::next(SseEvent& event) {
    if (kind_ == Kind::Events) {
        const SseReader::Found found = reader_.next(event);
        if (found == SseReader::Found::TooLong) {
            RequestEnd end;
            end.failure =
                ServerFailure{badAnswer(host(), "an event or a line that is too long"), status_, {}};
            end_ = std::move(end);
        }
        return found == SseReader::Found::Event;
    }
    if (kind_ != Kind::Json || !end_ || end_->failure || json_.empty())
        return false;
    event.data = std::exchange(json_, {});
    return true;
}

void ServerStream::tell() {
    const auto alive = alive_;
    SseEvent event;
    while (!done_ && listener_.takesMessages()) {
        if (!next(event)) {
            if (!end_)
                return;
            done_ = true;
            const RequestEnd end = std::move(*end_);
            return listener_.onStreamEnded(*this, end); // the last thing: it may have destroyed this
        }
        putOnOneLine(event.data);
        if (event.data.empty() && event.type.empty())
            continue;
        listener_.onStreamEvent(*this, std::exchange(event, {}));
        if (!*alive)
            return;
    }
}

void ServerStream::fail(Error error) {
    RequestEnd end;
    end.failure = ServerFailure{std::move(error), status_, {}};
    end_ = std::move(end);
    tell();
}

} // namespace keybearer
