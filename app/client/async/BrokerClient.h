#pragma once

#include "app/client/async/Backoff.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"
#include "broker/protocol/MessageFramer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <memory>

class QLocalSocket;

namespace keybearer {

// The tray's line to the broker: JSON-RPC 2.0 over the broker's socket, without ever blocking. Says hello,
// checks that the far end runs as the same user, and comes back by itself after the broker went away. Owned
// by the tray application; GUI thread only. Errors: those of the broker, BrokerUnreachable while there is no
// connection, TimedOut when an answer is late. It never asks for a token, and never re-sends a request.
class BrokerClient final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString socket; // path of the broker's socket
        QString name;   // what hello claims
        std::function<void()>
            launch; // starts a broker; called when none answers, at most once in `relaunchAfter`
        std::chrono::milliseconds firstDelay{200};
        std::chrono::milliseconds lastDelay{5000};
        std::chrono::milliseconds relaunchAfter{5000};
        std::chrono::milliseconds helloDeadline{5000};
    };
    using Answer = std::function<void(Result<Json>)>;

    explicit BrokerClient(Options options, QObject* parent = nullptr);
    ~BrokerClient() override;
    Q_DISABLE_COPY_MOVE(BrokerClient)

    // Connects, and goes on connecting for ever. While it waits between two attempts: tries at once.
    void start();
    // Ends the connection and stays away until start(). Open calls are answered with BrokerUnreachable.
    void stop();
    // True between connected() and disconnected().
    [[nodiscard]] bool isConnected() const { return welcomed_; }

    // `answer` is called once, from the event loop, unless `context` is gone by then.
    void call(const char* method, const Json& params, QObject* context, Answer answer,
              std::chrono::milliseconds deadline = std::chrono::seconds(30));

Q_SIGNALS:
    void connected(const keybearer::Json& hello);
    // Once for every connected(), and once for every attempt that failed.
    void disconnected(const keybearer::Error& why);
    // A notification of events.subscribe; `params` is the whole object, topic included.
    void event(const QString& topic, const keybearer::Json& params);

private:
    struct PendingCall {
        QPointer<QObject> context;
        Answer answer;
        std::unique_ptr<QTimer> deadline;
    };

    void attempt();
    void onSocketConnected();
    void onReadyRead();
    void onHello(Result<Json> hello);
    void onLate(std::int64_t id);
    void handle(const Json& message);
    void settle(std::int64_t id, Result<Json> result);
    void send(const char* method, const Json& params, QObject* context, Answer answer,
              std::chrono::milliseconds deadline);
    void lose(const Error& why);
    void dropSocket();
    void orphan(const Error& why);

    Options options_;
    Backoff backoff_;
    QTimer retry_;
    QElapsedTimer sinceLaunch_;
    std::unique_ptr<QLocalSocket> socket_;
    std::unique_ptr<MessageFramer> framer_;
    std::map<std::int64_t, PendingCall> calls_;
    std::int64_t nextId_ = 1;
    bool welcomed_ = false;
};

} // namespace keybearer
