#include "broker/stores/redis/RedisLink.h"

#include "broker/log/Log.h"
#include "broker/stores/redis/RedisProblem.h"
#include "broker/stores/redis/RedisTls.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t mostWaiting = 20'000;
// So that it is the attempt's own end, and its reason, that calls waiting for it see.
constexpr std::chrono::milliseconds afterAttempt{300};
constexpr int mostDoublings = 6; // 0.2 s x 2^6 is over the longest pause

// Several hosts, each with a reason of its own.
Error together(const std::vector<Error>& errors) {
    if (errors.size() == 1)
        return errors.front();
    Error error(ErrorCode::StoreUnavailable, "", errors.front().action);
    for (const Error& each : errors) {
        const bool said = error.message.find(each.message) != std::string::npos;
        if (!said)
            error.message.append(error.message.empty() ? "" : "; ").append(each.message);
    }
    return error;
}

} // namespace

Result<void> RedisPlace::open(RedisConnection& connection, const RedisAddress::Host& host) const {
    if (!address.tls) {
        connection.open(host, std::nullopt);
        return {};
    }
    Result<QSslConfiguration> tls = redisTls(config, clock.wall());
    if (!tls)
        return failure(std::move(tls.error()));
    connection.open(host, *tls);
    return {};
}

void RedisPlace::greet(RedisConnection& connection, bool forNews, Completion<RedisRole> done) const {
    const Result<Secret> password = redisPassword(config);
    if (!password)
        return connection.close(password.error());
    greetRedis(connection, {config.username, prefix, address.database, forNews}, *password, std::move(done));
}

std::chrono::milliseconds RedisPlace::pauseAfter(int failures) const {
    const int doublings = std::clamp(failures - 1, 0, mostDoublings);
    const auto pause = std::min(pauses.firstRetry * (1 << doublings), pauses.longestRetry);
    return pause / 2 + std::chrono::milliseconds(
                           QRandomGenerator::global()->bounded(static_cast<int>(pause.count() / 2) + 1));
}

RedisLink::RedisLink(const RedisPlace& place) : place_(place) {
    retry_.setSingleShot(true);
    waitingEnds_.setSingleShot(true);
    waitingEnds_.setTimerType(Qt::PreciseTimer);
    connect(&retry_, &QTimer::timeout, this, &RedisLink::beginRound);
    connect(&keepAlive_, &QTimer::timeout, this, &RedisLink::askRole);
    connect(&waitingEnds_, &QTimer::timeout, this, [this] {
        failWaiting(problem_.value_or(Error(ErrorCode::StoreUnavailable, "Redis: no server has answered yet",
                                            "Check the network, and store.redis.url.")));
    });
}

RedisLink::~RedisLink() = default;

void RedisLink::start() {
    beginRound();
}

void RedisLink::beginRound() {
    tried_ = 0;
    roundErrors_.clear();
    tryHost();
}

void RedisLink::tryHost() {
    drop();
    connection_ = std::make_unique<RedisConnection>(place_.pauses.patience);
    connect(connection_.get(), &RedisConnection::opened, this, &RedisLink::onOpened);
    connect(connection_.get(), &RedisConnection::ended, this, &RedisLink::onEnded);
    if (Result<void> opened = place_.open(*connection_, host()); !opened)
        connection_->close(std::move(opened.error()));
}

void RedisLink::onOpened() {
    place_.greet(*connection_, false, [this](Result<RedisRole> role) { onGreeted(std::move(role)); });
}

void RedisLink::onGreeted(Result<RedisRole> role) {
    if (!role)
        return connection_->close(std::move(role.error()));
    role_ = *role;
    up_ = true;
    failedOnce_ = false;
    problem_.reset();
    roleDue_ = false;
    keepAlive_.start(place_.pauses.keepAlive);
    waitingEnds_.stop();
    qCInfo(logStore, "connected to Redis at %s", host().text().c_str());
    for (Waiting& each : std::exchange(waiting_, {}))
        connection_->call(each.words, std::move(each.done));
    Q_EMIT up();
}

void RedisLink::onEnded(const Error& why) {
    drop();
    keepAlive_.stop();
    if (!std::exchange(up_, false))
        return onHostFailed(why);
    qCWarning(logStore, "%s", why.message.c_str());
    problem_ = why;
    ++failures_;
    retry_.start(failures_ == 1 ? std::chrono::milliseconds(0) : place_.pauseAfter(failures_));
    Q_EMIT down();
}

void RedisLink::onHostFailed(const Error& why) {
    roundErrors_.push_back(why);
    host_ = (host_ + 1) % place_.address.hosts.size();
    if (++tried_ < place_.address.hosts.size())
        return tryHost();
    endRound();
}

void RedisLink::endRound() {
    const Error why = together(roundErrors_);
    const bool isNews = !failedOnce_ || !problem_ || problem_->message != why.message;
    if (isNews)
        qCWarning(logStore, "%s", why.message.c_str());
    failedOnce_ = true;
    problem_ = why;
    ++failures_;
    retry_.start(place_.pauseAfter(failures_));
    const QPointer<RedisLink> self(this);
    failWaiting(why);
    if (self && isNews)
        Q_EMIT down();
}

void RedisLink::askRole() {
    if (!up_ || std::exchange(roleDue_, true))
        return; // the answer before is still due, and its patience runs
    connection_->call({"ROLE"}, [this](const Result<RedisReply>& reply) { onRole(reply); });
}

void RedisLink::onRole(const Result<RedisReply>& reply) {
    if (!reply)
        return; // ended() follows
    roleDue_ = false;
    failures_ = 0;
    const Result<RedisRole> role = redisRole(*reply);
    if (!role)
        return giveUp(role.error());
    const bool changed = role->replicas != role_.replicas;
    role_ = *role;
    if (changed)
        Q_EMIT roleChanged();
}

void RedisLink::giveUp(const Error& why) {
    if (up_)
        connection_->close(why);
}

void RedisLink::call(std::vector<std::string> words, RedisConnection::Answer done) {
    if (up_ && connection_->isOpen())
        return connection_->call(words, std::move(done));
    if (failedOnce_ || waiting_.size() >= mostWaiting)
        return failLater(std::move(done), problem_.value_or(Error(ErrorCode::StoreUnavailable,
                                                                  "Redis: too much waits for the server")));
    waiting_.push_back({std::move(words), std::move(done)});
    if (!waitingEnds_.isActive())
        waitingEnds_.start(place_.pauses.patience.opening + afterAttempt);
}

void RedisLink::failWaiting(const Error& why) {
    waitingEnds_.stop();
    const QPointer<RedisLink> self(this);
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): its owner may go with us
    const Error reason = why;
    std::deque<Waiting> missing = std::exchange(waiting_, {});
    for (const Waiting& each : missing) {
        each.done(failure(reason));
        if (!self)
            return;
    }
}

void RedisLink::failLater(RedisConnection::Answer done, const Error& why) {
    QMetaObject::invokeMethod(
        this, [done = std::move(done), why] { done(failure(why)); }, Qt::QueuedConnection);
}

void RedisLink::drop() {
    if (!connection_)
        return;
    connection_->disconnect(this);
    connection_.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace keybearer
