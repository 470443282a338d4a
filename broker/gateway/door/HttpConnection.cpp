#include "broker/gateway/door/HttpConnection.h"

#include "broker/gateway/door/Answers.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace keybearer {

namespace {

// docs/gateway-http.md
constexpr std::chrono::seconds headPatience{10};
constexpr std::chrono::seconds idlePatience{60};
constexpr std::chrono::seconds bodyPatience{30};
constexpr std::chrono::seconds slowReader{60};    // takes nothing of an answer for so long
constexpr std::chrono::seconds lingerPatience{2}; // so that an answer is read before the connection is reset
constexpr std::size_t readAhead = longestRequestHead + 1;
constexpr std::size_t longestPiece = std::size_t{64} << 10;
constexpr std::size_t mostSkipped = std::size_t{256} << 10; // cheaper than a new connection up to here
constexpr std::size_t keptCapacity = std::size_t{8} << 10;

} // namespace

HttpConnection::HttpConnection(const Parts& parts, Socket socket, std::shared_ptr<const Entrance> entrance,
                               std::int64_t peerPid, std::function<void()> gone)
    : parts_(parts), socket_(std::move(socket)), entrance_(std::move(entrance)), peerPid_(peerPid),
      gone_(std::move(gone)),
      out_(parts.loop, parts.timers, socket_, {[this] { moved(); }, [this] { lost(); }}),
      since_(parts.timers.now()), headBegan_(since_), served_(since_) {}

HttpConnection::~HttpConnection() {
    *alive_ = false;
}

void HttpConnection::start() {
    read();
}

void HttpConnection::later(void (HttpConnection::*step)()) {
    boost::asio::post(parts_.loop, [this, step, alive = alive_] {
        if (*alive)
            (this->*step)();
    });
}

void HttpConnection::read() {
    if (reading_ || inputOver_ || state_ == State::Over ||
        (in_.size() >= readAhead && state_ != State::Lingering))
        return;
    reading_ = true;
    socket_.async_wait(Socket::wait_read, [this, alive = alive_](const boost::system::error_code& error) {
        if (!*alive)
            return;
        reading_ = false;
        if (error)
            return lost();
        takeIn();
        if (*alive)
            read();
    });
}

void HttpConnection::takeIn() {
    const std::size_t room = state_ == State::Lingering ? parts_.scratch.size() : readAhead - in_.size();
    boost::system::error_code error;
    const std::size_t size = socket_.read_some(
        boost::asio::buffer(parts_.scratch.data(), std::min(room, parts_.scratch.size())), error);
    if (error == boost::asio::error::would_block)
        return;
    if (error == boost::asio::error::eof && (state_ == State::Ending || ended_)) {
        inputOver_ = closing_ = true; // its answer is complete and on its way
        return;
    }
    if (error)
        return lost();
    if (state_ == State::Lingering) {
        skipped_ += size;
        if (skipped_ > 4 * mostSkipped)
            lost();
        return;
    }
    if (state_ == State::Head && in_.empty())
        headBegan_ = parts_.timers.now();
    if (state_ == State::Serving)
        since_ = parts_.timers.now();
    in_.append(parts_.scratch.data(), size);
    const std::shared_ptr<bool> alive = alive_;
    parts_.core.catchUp();
    if (*alive)
        advance();
}

void HttpConnection::advance() {
    if (state_ == State::Head)
        takeHead();
    else if (state_ == State::Serving)
        offerBody();
    else if (state_ == State::Ending)
        settle();
}

void HttpConnection::takeHead() {
    const HeadEnd found = headEnd(in_, seen_);
    seen_ = in_.size();
    if (found.refusal)
        return refuse(*found.refusal);
    if (found.size == 0)
        return;
    const std::string_view text = std::string_view(in_).substr(0, found.size);
    std::string target;
    std::optional<Refusal> refusal = checkFraming(text);
    if (!refusal)
        refusal = reader_.readHead(text, head_, target);
    in_.erase(0, found.size);
    seen_ = 0;
    if (refusal)
        return refuse(*refusal);
    serve(target);
}

void HttpConnection::serve(const std::string& target) {
    state_ = State::Serving;
    since_ = served_ = parts_.timers.now();
    ++parts_.counts.requests;
    head_.overSocket = entrance_->kind == "socket";
    head_.peerPid = peerPid_;
    closing_ = retiring_ || !reader_.keepsAlive();
    expects_ = !head_.field("expect").empty() && !reader_.isOver();
    Judgement judgement = judge(head_, target, *entrance_, parts_.terms, parts_.routes);
    listedOrigin_ = std::move(judgement.listedOrigin);
    if (judgement.refusal)
        return refuse(*judgement.refusal, std::move(judgement.fields));
    if (judgement.preflight)
        return answerWhole(*this, 204, {}, {}, std::move(judgement.fields));
    rules_ = &judgement.entry->rules;
    offering_ = true;
    answerer_ = judgement.entry->route->serve(*this);
    offering_ = false;
    offerBody();
}

void HttpConnection::refuse(const Refusal& refusal, std::vector<HttpField> fields) {
    ++parts_.counts.refused;
    state_ = State::Serving;
    closing_ = closing_ || refusal.close;
    answerRefusal(*this, refusal, std::move(fields));
}

// What has come of the body, for as long as somebody asks for it: not a turn of the loop a piece.
void HttpConnection::offerBody() {
    offering_ = true;
    while (offerPiece()) {
    }
    offering_ = false;
}

// True: told something.
bool HttpConnection::offerPiece() {
    if (!bodyDone_ || state_ != State::Serving || ended_)
        return false;
    piece_.clear();
    std::string_view bytes = in_;
    const RequestReader::Body body = reader_.readBody(bytes, piece_, longestPiece);
    in_.erase(0, in_.size() - bytes.size());
    bodyBytes_ += piece_.size();
    if (rules_ != nullptr && rules_->longestBody && bodyBytes_ > *rules_->longestBody) {
        breakBody({413, "content_too_large", "the body of the request is longer than 64 KiB", true});
    } else if (!piece_.empty() || body == RequestReader::Body::Over) {
        tellBody(std::string_view(piece_));
        return true;
    } else if (body == RequestReader::Body::Bad || in_.size() >= readAhead) {
        breakBody({400, "invalid_request", "the body of the request is not framed as it has to be", true});
    } else {
        read();
    }
    return false;
}

void HttpConnection::tellBody(Result<std::string_view> piece) {
    const auto done = std::exchange(bodyDone_, nullptr);
    done(std::move(piece));
    read(); // what was taken out has made room
}

void HttpConnection::breakBody(const Refusal& refusal) {
    closing_ = true;
    tellBody(failure(ErrorCode::InvalidRequest, refusal.text));
    if (ended_)
        return;
    if (begun_)
        return abort();
    answerer_.reset();
    refuse(refusal);
}

void HttpConnection::tick() {
    const EventTimers::Instant now = parts_.timers.now();
    if (out_.pending() > 0 && now - out_.lastMoved() > slowReader)
        return lost();
    if (state_ == State::Head) {
        if (in_.empty() ? now - since_ > idlePatience : now - headBegan_ > headPatience) {
            if (in_.empty())
                return lost();
            refuse({408, "request_timeout", "the head of the request took longer than 10 s", true});
        }
    } else if (state_ == State::Serving && bodyDone_ && now - since_ > bodyPatience) {
        breakBody({408, "request_timeout", "no byte of the body came for 30 s", true});
    } else if ((state_ == State::Ending && out_.pending() == 0 && now - since_ > headPatience) ||
               (state_ == State::Lingering && now - since_ > lingerPatience)) {
        lost();
    }
}

std::optional<EventTimers::Instant> HttpConnection::idleSince() const {
    if (state_ == State::Over || (state_ == State::Serving && (!bodyDone_ || recognised_)))
        return {};
    return state_ == State::Serving ? served_ : since_;
}

std::optional<EventTimers::Instant> HttpConnection::servingSince() const {
    return state_ == State::Serving ? std::optional(served_) : std::nullopt;
}

void HttpConnection::retire() {
    retiring_ = true;
    closing_ = true;
    if (state_ == State::Head && in_.empty())
        later(&HttpConnection::lost);
}

void HttpConnection::drop() {
    lost();
}

// The client is gone, or has to be.
void HttpConnection::lost() {
    if (state_ == State::Over)
        return;
    state_ = State::Over;
    answerer_.reset();
    bodyDone_ = nullptr;
    boost::system::error_code ignored;
    socket_.close(ignored);
    boost::asio::post(parts_.loop, [alive = alive_, gone = gone_] {
        if (*alive)
            gone();
    });
}

// Behind an answer: what is left of the request's body is read and dropped, where it is little.
void HttpConnection::settle() {
    if (state_ != State::Ending || out_.pending() > 0)
        return;
    if (closing_ || expects_)
        return linger();
    if (!skipBody())
        return linger();
    if (reader_.isOver())
        next();
    else
        read();
}

bool HttpConnection::skipBody() {
    while (!reader_.isOver() && !in_.empty()) {
        piece_.clear();
        std::string_view bytes = in_;
        const std::size_t before = bytes.size();
        const RequestReader::Body body = reader_.readBody(bytes, piece_, longestPiece);
        in_.erase(0, before - bytes.size());
        skipped_ += before - bytes.size();
        if (body == RequestReader::Body::Bad || skipped_ > mostSkipped || in_.size() >= readAhead)
            return false;
        if (before == bytes.size())
            break;
    }
    return true;
}

void HttpConnection::next() {
    state_ = State::Head;
    since_ = headBegan_ = parts_.timers.now();
    head_ = RequestHead();
    rules_ = nullptr;
    listedOrigin_.clear();
    bodyBytes_ = 0;
    skipped_ = 0;
    expects_ = begun_ = ended_ = silent_ = chunks_ = full_ = false;
    owed_ = 0;
    for (std::string* text : {&in_, &piece_}) {
        if (text->capacity() > keptCapacity && text->size() < keptCapacity)
            text->shrink_to_fit();
    }
    if (retiring_)
        return lost();
    if (!in_.empty())
        takeHead();
    read();
}

// Says that nothing more comes, and waits a moment for the client to do the same: closing while its bytes are
// still arriving would take the answer away from it.
void HttpConnection::linger() {
    state_ = State::Lingering;
    since_ = parts_.timers.now();
    skipped_ = 0;
    in_.clear();
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    if (inputOver_)
        return lost();
    read();
}

} // namespace keybearer
