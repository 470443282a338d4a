#pragma once

#include "broker/stores/redis/RedisLink.h"

namespace keybearer {

// Hears what is published of the records of one deployment, on a connection of its own (a subscribed one can
// do nothing else), to the server that it is told. Tries again for as long as it follows. Owned by
// RedisRecords; event loop thread.
class RedisNews final : public QObject {
    Q_OBJECT
public:
    explicit RedisNews(const RedisPlace& place);
    ~RedisNews() override;
    Q_DISABLE_COPY_MOVE(RedisNews)

    void follow(const RedisAddress::Host& host); // anew
    void stop();
    [[nodiscard]] bool isListening() const { return listening_; }

    [[nodiscard]] static std::string channelOf(const std::string& prefix) { return prefix + ":changed"; }

Q_SIGNALS:
    void listening();            // nothing is missed from now on
    void deaf(const Error& why); // not, or not any more; it goes on trying
    // The text as it was published: revision, space, name. Anybody with the right can publish.
    void heard(const std::string& text);

private:
    void open();
    void onOpened();
    void onGreeted(const Result<RedisRole>& role);
    void onSubscribed(const Result<RedisReply>& reply);
    void onEnded(const Error& why);
    void askForLife();
    void drop();

    const RedisPlace& place_;
    std::unique_ptr<RedisConnection> connection_;
    RedisAddress::Host host_;
    int failures_ = 0;
    bool listening_ = false;
    bool pingDue_ = false;
    QTimer retry_;
    QTimer keepAlive_;
};

} // namespace keybearer
