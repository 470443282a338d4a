#pragma once

#include "broker/stores/redis/RedisReplies.h"
#include "broker/stores/redis/RedisSocket.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace keybearer {

// A conversation with one Redis server: commands go out at once, answers come back in order. Knows nothing of
// what they mean. It ends once, with everything that was not answered. Event loop thread.
class RedisConnection final : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(Result<RedisReply>)>;

    struct Patience {
        std::chrono::milliseconds opening; // until the connection stands, TLS included
        // Without a sign of life for this long while an answer is due, it is taken for dead, however open it
        // looks.
        std::chrono::milliseconds answer;
        std::chrono::milliseconds longest; // an answer is never waited for longer
    };
    explicit RedisConnection(const Patience& patience);
    ~RedisConnection() override;
    Q_DISABLE_COPY_MOVE(RedisConnection)

    void open(const RedisAddress::Host& host, const std::optional<QSslConfiguration>& tls);
    // Once opened() was there. `done` is called from the event loop, and not if this was destroyed before.
    // An error of the server is an answer like others; failures are those of the connection.
    void call(const std::vector<std::string>& words, Answer done);
    // From now on arrays that begin with "message" are no answers, but message().
    void listen() { listening_ = true; }
    // Nothing more is wanted of it: ended(why), later.
    void close(Error why);
    [[nodiscard]] bool isOpen() const { return state_ == State::Open; }

Q_SIGNALS:
    void opened();
    void message(const std::string& channel, const std::string& text);
    // After every answer that was missing has failed with `why`.
    void ended(const Error& why);

private:
    enum class State { New, Opening, Open, Ended };
    using Moment = std::chrono::steady_clock::time_point;
    struct Waiting {
        Answer done;
        Moment since;
    };
    void onOpened();
    void onReadable();
    void onSilence();
    void deliver(std::vector<RedisReply> replies);
    void rearm();
    void end(const Error& why);

    const Patience patience_;
    RedisSocket socket_;
    RedisReplyReader reader_;
    std::deque<Waiting> waiting_;
    QTimer silence_;
    Moment alive_;         // the last sign of life
    qint64 unwritten_ = 0; // at the last look
    std::string host_;
    State state_ = State::New;
    bool listening_ = false;
};

} // namespace keybearer
