#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace keybearer::test {

// A TCP server that knows just enough HTTP to count whole requests (head plus Content-Length) and lets the
// test write whatever bytes it likes as an answer.
class RawServer {
public:
    using Answer = std::function<void(QTcpSocket&, const QByteArray& request)>;

    explicit RawServer(Answer answer) : answer_(std::move(answer)) {
        server_.listen(QHostAddress::LocalHost);
        QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] { accept(); });
    }

    [[nodiscard]] QUrl url(const QString& path = QStringLiteral("/token")) const {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(server_.serverPort()).arg(path));
    }
    [[nodiscard]] const QList<QByteArray>& requests() const { return requests_; }
    [[nodiscard]] int connections() const { return connections_; }

private:
    void accept() {
        while (QTcpSocket* socket = server_.nextPendingConnection()) {
            ++connections_;
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(*socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }
    void read(QTcpSocket& socket) {
        QByteArray all = socket.property("head").toByteArray() + socket.readAll();
        const qsizetype end = all.indexOf("\r\n\r\n");
        if (end >= 0 && all.size() >= end + 4 + bodyLength(all.left(end))) {
            requests_.append(all);
            socket.setProperty("head", QByteArray());
            answer_(socket, all);
            return;
        }
        socket.setProperty("head", all);
    }
    static qsizetype bodyLength(const QByteArray& head) {
        const qsizetype at = head.toLower().indexOf("content-length:");
        if (at < 0)
            return 0;
        const qsizetype end = head.indexOf("\r\n", at);
        return head.mid(at + 15, end < 0 ? -1 : end - at - 15).trimmed().toLongLong();
    }

    Answer answer_;
    QTcpServer server_;
    QList<QByteArray> requests_;
    int connections_ = 0;
};

} // namespace keybearer::test
