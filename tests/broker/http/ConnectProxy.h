#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

#include <string>

namespace keybearer::test {

// A CONNECT proxy (RFC 9110 section 9.3.6) that carries every tunnel to one port of this machine, whatever
// host was asked for. With a password it wants Basic authentication; it can refuse all tunnels.
class ConnectProxy {
public:
    explicit ConnectProxy(quint16 target) : target_(target) {
        server_.listen(QHostAddress::LocalHost);
        QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] {
            while (QTcpSocket* client = server_.nextPendingConnection())
                serve(*client);
        });
    }
    [[nodiscard]] std::string address(const std::string& user = {}) const {
        return "http://" + user + (user.empty() ? "" : "@") +
               "127.0.0.1:" + std::to_string(server_.serverPort());
    }
    [[nodiscard]] const QList<QByteArray>& heads() const { return heads_; }
    void demand(const QByteArray& userAndPassword) { wanted_ = "Basic " + userAndPassword.toBase64(); }
    void refuse(const QByteArray& statusLine) { refusal_ = statusLine; }

private:
    void serve(QTcpSocket& client) {
        QObject::connect(&client, &QTcpSocket::disconnected, &client, &QObject::deleteLater);
        QObject::connect(&client, &QTcpSocket::readyRead, &client, [this, &client] { onHead(client); });
    }
    void onHead(QTcpSocket& client) {
        if (client.property("tunnel").toBool())
            return;
        const QByteArray head = client.property("head").toByteArray() + client.readAll();
        client.setProperty("head", head);
        if (!head.contains("\r\n\r\n"))
            return;
        client.setProperty("head", QByteArray());
        heads_.append(head);
        if (!refusal_.isEmpty())
            return void(client.write("HTTP/1.1 " + refusal_ + "\r\nContent-Length: 0\r\n\r\n"));
        if (!wanted_.isEmpty() && !head.contains("Proxy-Authorization: " + wanted_ + "\r\n"))
            return void(client.write("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                     "Content-Length: 0\r\n\r\n"));
        openTunnel(client);
    }
    void openTunnel(QTcpSocket& client) {
        client.setProperty("tunnel", true);
        auto* server = new QTcpSocket(&client);
        server->connectToHost(QHostAddress::LocalHost, target_);
        QObject::connect(server, &QTcpSocket::connected, &client,
                         [&client] { client.write("HTTP/1.1 200 Here you are\r\n\r\n"); });
        QObject::connect(server, &QTcpSocket::readyRead, &client,
                         [&client, server] { client.write(server->readAll()); });
        QObject::connect(&client, &QTcpSocket::readyRead, server,
                         [&client, server] { server->write(client.readAll()); });
        QObject::connect(server, &QTcpSocket::disconnected, &client, &QTcpSocket::disconnectFromHost);
    }

    quint16 target_;
    QTcpServer server_;
    QList<QByteArray> heads_;
    QByteArray wanted_, refusal_;
};

} // namespace keybearer::test
