#include "broker/stores/redis/RedisConnection.h"

#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostWaiting = 20'000;        // answers
constexpr qint64 mostUnwritten = qint64{64} << 20; // bytes that the server does not take
constexpr const char* overloaded = "Look whether the Redis server is overloaded, or far away.";

} // namespace

RedisConnection::RedisConnection(const Patience& patience) : patience_(patience) {
    silence_.setSingleShot(true);
    silence_.setTimerType(Qt::PreciseTimer);
    connect(&silence_, &QTimer::timeout, this, &RedisConnection::onSilence);
    connect(&socket_, &RedisSocket::opened, this, &RedisConnection::onOpened);
    connect(&socket_, &RedisSocket::readable, this, &RedisConnection::onReadable);
    connect(&socket_, &RedisSocket::ended, this, &RedisConnection::end);
}

RedisConnection::~RedisConnection() = default;

void RedisConnection::open(const RedisAddress::Host& host, const std::optional<QSslConfiguration>& tls) {
    state_ = State::Opening;
    host_ = displaySafe(host.text());
    silence_.start(patience_.opening);
    socket_.open(host, tls);
}

void RedisConnection::onOpened() {
    if (state_ != State::Opening)
        return;
    state_ = State::Open;
    rearm();
    Q_EMIT opened();
}

void RedisConnection::call(const std::vector<std::string>& words, Answer done) {
    if (state_ != State::Open || waiting_.size() >= mostWaiting || socket_.unwritten() > mostUnwritten) {
        const Error why(ErrorCode::StoreUnavailable,
                        state_ == State::Open
                            ? std::string("Redis: too much waits for ").append(host_)
                            : std::string("Redis: there is no connection to ").append(host_),
                        overloaded);
        QMetaObject::invokeMethod(
            this, [done = std::move(done), why] { done(failure(why)); }, Qt::QueuedConnection);
        return;
    }
    waiting_.push_back({std::move(done), std::chrono::steady_clock::now()});
    std::string command = redisCommand(words);
    socket_.write(command);
    if (words.front() == "AUTH")
        wipe(command);
    if (waiting_.size() == 1)
        rearm();
}

void RedisConnection::rearm() {
    if (waiting_.empty() || state_ != State::Open)
        return silence_.stop();
    const Moment since = waiting_.front().since;
    const Moment until = std::min(std::max(since, alive_) + patience_.answer, since + patience_.longest);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    unwritten_ = socket_.unwritten();
    silence_.start(std::max(left, std::chrono::milliseconds(0)));
}

void RedisConnection::onReadable() {
    const QByteArray bytes = socket_.read();
    alive_ = std::chrono::steady_clock::now();
    Result<std::vector<RedisReply>> replies =
        reader_.take({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!replies)
        return end(replies.error());
    deliver(std::move(*replies));
}

void RedisConnection::deliver(std::vector<RedisReply> replies) {
    const QPointer<RedisConnection> self(this); // whoever is told may destroy us
    for (RedisReply& reply : replies) {
        if (listening_ && reply.isArray(3) && reply.textAt(0) == "message") {
            Q_EMIT message(reply.elements[1].text, reply.elements[2].text);
        } else if (waiting_.empty()) {
            // What a server says unasked is why it does not want us: too many clients, protected mode.
            return end({ErrorCode::StoreUnavailable,
                        std::string("Redis: ").append(host_).append(
                            reply.isError() ? std::string(" says: ").append(displaySafe(reply.text))
                                            : std::string(" answers what nobody has asked")),
                        "Look into the log of the Redis server."});
        } else {
            const Answer done = std::move(waiting_.front().done);
            waiting_.pop_front();
            done(std::move(reply));
        }
        if (!self || state_ == State::Ended)
            return;
    }
    rearm();
}

void RedisConnection::onSilence() {
    const Moment now = std::chrono::steady_clock::now();
    const qint64 left = socket_.unwritten();
    const bool takes = state_ == State::Open && left > 0 && left < unwritten_;
    if (takes && !waiting_.empty() && now < waiting_.front().since + patience_.longest) {
        alive_ = now; // slow, but it goes on
        return rearm();
    }
    end({ErrorCode::StoreUnavailable,
         std::string("Redis: ").append(host_).append(state_ == State::Opening ? " does not answer"
                                                                              : " has stopped answering"),
         "Check the network, and whether the Redis server hangs."});
}

void RedisConnection::close(Error why) {
    QMetaObject::invokeMethod(
        this, [this, why = std::move(why)] { end(why); }, Qt::QueuedConnection);
}

void RedisConnection::end(const Error& why) {
    if (state_ == State::Ended)
        return;
    state_ = State::Ended;
    silence_.stop();
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): its owner may go with us
    const Error reason = why;
    const QPointer<RedisConnection> self(this);
    std::deque<Waiting> missing = std::move(waiting_);
    waiting_.clear();
    for (const Waiting& each : missing) {
        each.done(failure(reason));
        if (!self)
            return;
    }
    Q_EMIT ended(reason);
}

} // namespace keybearer
