#pragma once

#include "broker/base/Clock.h"
#include "broker/config/ConfigStore.h"
#include "broker/stores/redis/RedisConnection.h"
#include "broker/stores/redis/RedisGreeting.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// How long things may take, and how long is waited before the next attempt.
struct RedisPauses {
    RedisConnection::Patience patience{std::chrono::seconds(5), std::chrono::milliseconds(3300),
                                       std::chrono::seconds(15)};
    std::chrono::milliseconds keepAlive{1500}; // with patience.answer below 5 s
    std::chrono::milliseconds firstRetry{200};
    std::chrono::milliseconds longestRetry{10'000};
    std::chrono::milliseconds poll{5000}; // where the server may not tell us of changes
};

// What both connections to a deployment's server need.
struct RedisPlace {
    RedisConfig config;
    RedisAddress address;
    std::string prefix;
    const Clock& clock;
    RedisPauses pauses;

    // Opens `connection`. Failure, at once: a file of the configuration is not as it should be.
    [[nodiscard]] Result<void> open(RedisConnection& connection, const RedisAddress::Host& host) const;
    // Once it is open.
    void greet(RedisConnection& connection, bool forNews, Completion<RedisRole> done) const;
    // Before the next attempt after so many that failed; never the same for all brokers.
    [[nodiscard]] std::chrono::milliseconds pauseAfter(int failures) const;
};

// Always one connection to the master among the hosts, as far as there is one: finds it, asks it regularly
// what it is, and looks for another if it falls silent, ends or turns into a replica. Owned by RedisRecords;
// event loop thread.
class RedisLink final : public QObject {
    Q_OBJECT
public:
    explicit RedisLink(const RedisPlace& place);
    ~RedisLink() override;
    Q_DISABLE_COPY_MOVE(RedisLink)

    void start();
    // Sent in the order of calls. While the first attempt after a loss is made it waits for its end; fails at
    // once, later, while there is known to be no server.
    void call(std::vector<std::string> words, RedisConnection::Answer done);
    // The server has said that nothing is to be had from it.
    void giveUp(const Error& why);

    [[nodiscard]] bool isUp() const { return up_; }
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; } // while it is not up
    [[nodiscard]] const RedisAddress::Host& host() const { return place_.address.hosts[host_]; }
    [[nodiscard]] const RedisRole& role() const { return role_; }

Q_SIGNALS:
    void up();
    void down(); // or another problem than before
    void roleChanged();

private:
    struct Waiting {
        std::vector<std::string> words;
        RedisConnection::Answer done;
    };
    void beginRound();
    void tryHost();
    void onOpened();
    void onGreeted(Result<RedisRole> role);
    void onEnded(const Error& why);
    void onHostFailed(const Error& why);
    void endRound();
    void askRole();
    void onRole(const Result<RedisReply>& reply);
    void failWaiting(const Error& why);
    void failLater(RedisConnection::Answer done, const Error& why);
    void drop();

    const RedisPlace& place_;
    std::unique_ptr<RedisConnection> connection_;
    std::size_t host_ = 0;
    std::size_t tried_ = 0; // hosts of this round
    std::vector<Error> roundErrors_;
    int failures_ = 0; // rounds, or connections that did not last
    bool up_ = false;
    bool failedOnce_ = false; // since it was last up
    bool roleDue_ = false;
    RedisRole role_;
    std::optional<Error> problem_;
    std::deque<Waiting> waiting_;
    QTimer retry_;
    QTimer keepAlive_;
    QTimer waitingEnds_;
};

} // namespace keybearer
