#pragma once

#include "tests/broker/http/TestCertificates.h"

#include <QList>
#include <QSslServer>
#include <QSslSocket>

namespace keybearer::test {

// An HTTPS server that answers everything with {} and keeps connections open; remembers what was asked and
// who the client said it was (common name of its certificate, empty without one).
class TlsServer {
public:
    explicit TlsServer(const QSslConfiguration& tls) {
        server_.setSslConfiguration(tls);
        server_.listen(QHostAddress::LocalHost);
        QObject::connect(&server_, &QTcpServer::pendingConnectionAvailable, &server_, [this] {
            while (auto* socket = qobject_cast<QSslSocket*>(server_.nextPendingConnection()))
                QObject::connect(socket, &QTcpSocket::readyRead, &server_,
                                 [this, socket] { answer(*socket); });
        });
    }
    [[nodiscard]] quint16 port() const { return server_.serverPort(); }
    [[nodiscard]] QUrl url(const QString& host) const {
        return QUrl(QStringLiteral("https://%1:%2/token").arg(host).arg(port()));
    }
    [[nodiscard]] const QList<QByteArray>& requests() const { return requests_; }
    [[nodiscard]] const QList<QString>& clients() const { return clients_; }

private:
    void answer(QSslSocket& socket) {
        const QByteArray all = socket.property("read").toByteArray() + socket.readAll();
        socket.setProperty("read", all);
        if (!all.contains("\r\n\r\n"))
            return;
        socket.setProperty("read", QByteArray());
        requests_.append(all);
        clients_.append(socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0));
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }
    QSslServer server_;
    QList<QByteArray> requests_;
    QList<QString> clients_;
};

} // namespace keybearer::test
