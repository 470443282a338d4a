#include "broker/stores/redis/RedisNews.h"

#include "broker/stores/redis/RedisProblem.h"

#include <utility>

namespace keybearer {

RedisNews::RedisNews(const RedisPlace& place) : place_(place) {
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &RedisNews::open);
    connect(&keepAlive_, &QTimer::timeout, this, &RedisNews::askForLife);
}

RedisNews::~RedisNews() = default;

void RedisNews::follow(const RedisAddress::Host& host) {
    stop();
    host_ = host;
    failures_ = 0;
    open();
}

void RedisNews::stop() {
    drop();
    retry_.stop();
    keepAlive_.stop();
    listening_ = false;
}

void RedisNews::open() {
    drop();
    pingDue_ = false;
    connection_ = std::make_unique<RedisConnection>(place_.pauses.patience);
    connect(connection_.get(), &RedisConnection::opened, this, &RedisNews::onOpened);
    connect(connection_.get(), &RedisConnection::ended, this, &RedisNews::onEnded);
    connect(connection_.get(), &RedisConnection::message, this,
            [this](const std::string&, const std::string& text) { Q_EMIT heard(text); });
    if (Result<void> opened = place_.open(*connection_, host_); !opened)
        connection_->close(std::move(opened.error()));
}

void RedisNews::onOpened() {
    place_.greet(*connection_, true, [this](const Result<RedisRole>& role) { onGreeted(role); });
}

void RedisNews::onGreeted(const Result<RedisRole>& role) {
    if (!role)
        return connection_->close(role.error());
    connection_->listen();
    connection_->call({"SUBSCRIBE", channelOf(place_.prefix)},
                      [this](const Result<RedisReply>& reply) { onSubscribed(reply); });
}

void RedisNews::onSubscribed(const Result<RedisReply>& reply) {
    if (!reply)
        return; // ended() follows
    if (reply->isError())
        return connection_->close(redisProblem(reply->text, {}).error);
    listening_ = true;
    keepAlive_.start(place_.pauses.keepAlive);
    Q_EMIT listening();
}

void RedisNews::askForLife() {
    if (!listening_ || std::exchange(pingDue_, true))
        return;
    connection_->call({"PING"}, [this](const Result<RedisReply>& reply) {
        if (!reply)
            return; // ended() follows
        pingDue_ = false;
        failures_ = 0;
    });
}

void RedisNews::onEnded(const Error& why) {
    drop();
    keepAlive_.stop();
    listening_ = false;
    retry_.start(place_.pauseAfter(++failures_));
    Q_EMIT deaf(why);
}

void RedisNews::drop() {
    if (!connection_)
        return;
    connection_->disconnect(this);
    connection_.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace keybearer
