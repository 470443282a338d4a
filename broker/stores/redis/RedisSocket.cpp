#include "broker/stores/redis/RedisSocket.h"

#include "broker/base/Text.h"
#include "broker/stores/redis/RedisTls.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslSocket>

namespace keybearer {

namespace {

// What is read from the kernel ahead of us; an answer may be longer, the rest stays there meanwhile.
constexpr qint64 readAhead = qint64{1} << 20;
constexpr const char* checkUrl = "Correct store.redis.url.";

} // namespace

RedisSocket::RedisSocket() = default;

RedisSocket::~RedisSocket() {
    if (device_ == nullptr)
        return;
    device_->disconnect(this);
    device_->setParent(nullptr);
    device_->close();
    device_->deleteLater(); // we may be inside one of its signals
}

void RedisSocket::open(const RedisAddress::Host& host, const std::optional<QSslConfiguration>& tls) {
    host_ = host;
    if (host_.isSocketFile())
        openLocal();
    else if (tls)
        openTls(*tls);
    else
        openPlain();
}

void RedisSocket::openLocal() {
    auto* socket = new QLocalSocket(this);
    device_ = socket;
    socket->setReadBufferSize(readAhead);
    connect(socket, &QLocalSocket::connected, this, [this] {
        opened_ = true;
        Q_EMIT opened();
    });
    connect(socket, &QLocalSocket::readyRead, this, &RedisSocket::readable);
    connect(socket, &QLocalSocket::errorOccurred, this, &RedisSocket::onLocalError);
    connect(socket, &QLocalSocket::disconnected, this,
            [this] { end("has closed the connection", "Look into the log of the Redis server."); });
    // The absolute path; QLocalSocket takes a name with '/' in it as it is.
    socket->connectToServer(QString::fromStdString(host_.name));
}

void RedisSocket::watch(QAbstractSocket* socket) {
    device_ = socket;
    socket->setReadBufferSize(readAhead);
    socket->setProxy(QNetworkProxy::NoProxy); // those are for the web
    connect(socket, &QAbstractSocket::readyRead, this, &RedisSocket::readable);
    connect(socket, &QAbstractSocket::errorOccurred, this, &RedisSocket::onNetworkError);
    connect(socket, &QAbstractSocket::disconnected, this,
            [this] { end("has closed the connection", "Look into the log of the Redis server."); });
}

void RedisSocket::openTls(const QSslConfiguration& tls) {
    auto* socket = new QSslSocket(this);
    watch(socket);
    socket->setSslConfiguration(tls);
    connect(socket, &QSslSocket::encrypted, this, [this] {
        opened_ = true;
        Q_EMIT opened();
    });
    connect(socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        endWith(redisTlsError(errors, host_.text())); // nothing is ever ignored
    });
    socket->connectToHostEncrypted(QString::fromStdString(host_.name), host_.port);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void RedisSocket::openPlain() {
    auto* socket = new QTcpSocket(this);
    watch(socket);
    connect(socket, &QAbstractSocket::connected, this, &RedisSocket::onConnectedInClear);
    socket->connectToHost(QString::fromStdString(host_.name), host_.port);
}

void RedisSocket::onConnectedInClear() {
    auto* socket = qobject_cast<QAbstractSocket*>(device_);
    if (!socket->peerAddress().isLoopback())
        return end("is on another machine, and the connection would be in clear",
                   "Write rediss:// (TLS); redis:// is for this machine alone.");
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    opened_ = true;
    Q_EMIT opened();
}

void RedisSocket::write(const std::string& bytes) {
    if (device_ != nullptr && !ended_)
        device_->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

QByteArray RedisSocket::read() {
    return device_ == nullptr || ended_ ? QByteArray() : device_->readAll();
}

qint64 RedisSocket::unwritten() const {
    return device_ == nullptr ? 0 : device_->bytesToWrite();
}

void RedisSocket::onNetworkError(QAbstractSocket::SocketError problem) {
    const auto* socket = qobject_cast<QAbstractSocket*>(device_);
    const std::string detail = displaySafe(socket->errorString().toStdString(), 120);
    switch (problem) {
    case QAbstractSocket::ConnectionRefusedError:
        return end("refuses the connection", "Start the Redis server, or correct store.redis.url.");
    case QAbstractSocket::HostNotFoundError:
        return end("is not known: there is no such name", checkUrl);
    case QAbstractSocket::RemoteHostClosedError:
        return opened_ ? end("has closed the connection", "Look into the log of the Redis server.")
                       : end("has closed the connection before it stood",
                             "Check that the server has TLS at this port if the url says rediss://, and "
                             "look into its log.");
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return end(std::string("does not agree with us on TLS: ").append(detail),
                   "Check that the server has TLS at this port, and whether it wants to see a certificate "
                   "(store.redis.certificate).");
    default:
        return end(std::string("cannot be reached: ").append(detail),
                   "Check the network, and that the Redis server runs.");
    }
}

void RedisSocket::onLocalError(QLocalSocket::LocalSocketError problem) {
    const auto* socket = qobject_cast<QLocalSocket*>(device_);
    switch (problem) {
    case QLocalSocket::ServerNotFoundError:
        return end("does not exist", "Start the Redis server, or correct store.redis.url.");
    case QLocalSocket::ConnectionRefusedError:
        return end("refuses the connection", "Start the Redis server, or correct store.redis.url.");
    case QLocalSocket::SocketAccessError:
        return end("may not be used by this user", "Let this user into the group of the socket file.");
    case QLocalSocket::PeerClosedError:
        return end("has closed the connection", "Look into the log of the Redis server.");
    default:
        return end(
            std::string("cannot be used: ").append(displaySafe(socket->errorString().toStdString(), 120)),
            "Check that the Redis server runs.");
    }
}

void RedisSocket::end(const std::string& what, std::string action) {
    endWith({ErrorCode::StoreUnavailable,
             std::string("Redis: ").append(displaySafe(host_.text())).append(" ").append(what),
             std::move(action)});
}

void RedisSocket::endWith(const Error& why) {
    if (ended_)
        return;
    ended_ = true;
    Q_EMIT ended(why);
}

} // namespace keybearer
