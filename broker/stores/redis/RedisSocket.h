#pragma once

#include "broker/base/Result.h"
#include "broker/stores/redis/RedisAddress.h"

#include <QAbstractSocket>
#include <QLocalSocket>
#include <QObject>
#include <QSslConfiguration>

#include <optional>
#include <string>

namespace keybearer {

// The bytes between us and one Redis server: TLS, or in clear within this machine. Never falls from TLS to
// clear, and writes nothing before the other side is known. Owned by a RedisConnection; event loop thread.
class RedisSocket final : public QObject {
    Q_OBJECT
public:
    RedisSocket();
    ~RedisSocket() override;
    Q_DISABLE_COPY_MOVE(RedisSocket)

    // Once. Without `tls` in clear, which ends at once if the host turns out to be another machine.
    void open(const RedisAddress::Host& host, const std::optional<QSslConfiguration>& tls);
    void write(const std::string& bytes);
    [[nodiscard]] QByteArray read();
    [[nodiscard]] qint64 unwritten() const;

Q_SIGNALS:
    void opened(); // and, with TLS, verified
    void readable();
    void ended(const Error& why); // once, whether it was opened or not; not for our own destruction

private:
    void openLocal();
    void openTls(const QSslConfiguration& tls);
    void openPlain();
    void watch(QAbstractSocket* socket);
    void onConnectedInClear();
    void onNetworkError(QAbstractSocket::SocketError problem);
    void onLocalError(QLocalSocket::LocalSocketError problem);
    void end(const std::string& what, std::string action);
    void endWith(const Error& why);

    RedisAddress::Host host_;
    QIODevice* device_ = nullptr; // ours until it is released to the event loop
    bool opened_ = false;
    bool ended_ = false;
};

} // namespace keybearer
