// The life of RedisRecords besides its calls: connection, news, health.
#include "broker/stores/redis/RedisRecords.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <QPointer>

#include <charconv>
#include <utility>

namespace keybearer {

void RedisRecords::onUp() {
    ready_ = false;
    shortOfReplicas_ = false;
    complaint_.reset();
    news_->follow(link_->host());
    for (const Handed& each : std::exchange(toGiveBack_, {}))
        sendBack(each);
    noteHealth();
}

void RedisRecords::onDown() {
    ready_ = false;
    news_->stop();
    poll_.stop();
    polled_.reset();
    deafness_.reset();
    noteHealth();
}

// Said only now: what is written from here on is heard, what was before can be compared.
void RedisRecords::onListening() {
    poll_.stop();
    polled_.reset();
    deafness_.reset();
    sayConnected();
}

void RedisRecords::sayConnected() {
    ready_ = true;
    const QPointer<RedisRecords> self(this);
    noteHealth();
    if (self)
        Q_EMIT connected();
}

void RedisRecords::onDeaf(const Error& why) {
    if (!link_->isUp())
        return;
    const bool isNew = !deafness_ || deafness_->message != why.message;
    deafness_ = why;
    if (isNew)
        qCWarning(logStore, "no news from Redis, so changes are looked for: %s", why.message.c_str());
    if (!poll_.isActive()) {
        poll_.start();
        poll();
    }
    noteHealth();
}

void RedisRecords::onHeard(const std::string& text) {
    std::uint64_t revision = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, revision);
    if (problem != std::errc() || stopped == end || *stopped != ' ')
        return; // not ours
    const std::string name(stopped + 1, end);
    if (isRecordName(name))
        Q_EMIT changed(name, revision);
}

void RedisRecords::poll() {
    if (std::exchange(polling_, true))
        return;
    list({}, [this](Result<std::vector<Listed>> now) { onPolled(std::move(now)); });
}

void RedisRecords::onPolled(Result<std::vector<Listed>> now) {
    polling_ = false;
    if (!now || !poll_.isActive())
        return;
    Revisions latest;
    for (const Listed& each : *now)
        latest[each.name] = each.revision;
    if (!polled_) { // from here on the difference is told
        polled_ = std::move(latest);
        return sayConnected();
    }
    const Revisions before = std::exchange(*polled_, latest);
    const QPointer<RedisRecords> self(this);
    for (const auto& [name, revision] : latest) {
        const auto known = before.find(name);
        if (known == before.end() || known->second != revision)
            Q_EMIT changed(name, revision);
        if (!self)
            return;
    }
    for (const auto& [name, revision] : before) {
        if (latest.find(name) == latest.end())
            Q_EMIT changed(name, 0);
        if (!self)
            return;
    }
}

void RedisRecords::complain(Call call, const Error& error) {
    complaint_.emplace(call, error);
    noteHealth();
}

CredentialStore::Health RedisRecords::health() const {
    using State = CredentialStore::Health::State;
    CredentialStore::Health health;
    health.backend = "redis";
    const auto say = [&](State state, const Error& error) {
        health.state = state;
        health.problem = error.message;
        health.action = error.action;
    };
    if (misconfigured_)
        say(State::Unavailable, *misconfigured_);
    else if (!link_->isUp() && link_->problem())
        say(State::Unavailable, *link_->problem());
    else if (!link_->isUp() || !ready_)
        health.state = State::Unknown;
    else if (complaint_)
        say(State::Unavailable, complaint_->second);
    else if (deafness_)
        say(State::Ready,
            Error(ErrorCode::StoreUnavailable,
                  std::string("changes by other brokers are seen late: ").append(deafness_->message),
                  deafness_->action));
    else if (untold_)
        say(State::Ready,
            Error(ErrorCode::StoreUnavailable,
                  "other brokers are not told of what this one writes: the user may not publish",
                  "Give the user the channel that docs/redis.md names: redis-cli ACL SETUSER."));
    else if (link_->role().replicas < place_->config.replicas)
        say(State::Ready, Error(ErrorCode::StoreUnavailable,
                                std::string("the Redis server has ")
                                    .append(std::to_string(link_->role().replicas))
                                    .append(" of ")
                                    .append(std::to_string(place_->config.replicas))
                                    .append(" replicas"),
                                "Start the replicas, or lower store.redis.replicas."));
    else
        health.state = State::Ready;
    return health;
}

void RedisRecords::noteHealth() {
    CredentialStore::Health now = health();
    if (now.state == noted_.state && now.problem == noted_.problem)
        return;
    noted_ = std::move(now);
    Q_EMIT healthChanged();
}

std::string RedisRecords::description() const {
    return std::string("redis at ")
        .append(place_ ? place_->address.text() : "an address that is none")
        .append(", prefix ")
        .append(prefix_);
}

} // namespace keybearer
