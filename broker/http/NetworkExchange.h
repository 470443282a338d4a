#pragma once

#include "broker/http/OriginTurns.h"
#include "broker/http/ResponseReader.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QObject>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

namespace keybearer {

// One request and its answer on a connection of its own: connect, TLS, write once, read until the answer is
// whole, close. That it is written once is plain to see here, which is why no HTTP client with a connection
// pool, redirects and second attempts of its own stands in this place (SEC-C-27). Made by HttpClient, owned
// by whoever sent the request; event loop thread.
class NetworkExchange final : public QObject, public HttpExchange {
    Q_OBJECT

public:
    struct Line { // what the request travels on
        OriginTurns& turns;
        QSslConfiguration tls;
        QNetworkProxy proxy;   // NoProxy: straight
        std::string proxyName; // for people; empty: straight
        QHostAddress address;  // connect there instead of looking the name up; null: look it up
    };

    NetworkExchange(std::size_t responseLimit, Completion<HttpResponse> done);
    ~NetworkExchange() override;
    Q_DISABLE_COPY_MOVE(NetworkExchange)

    void start(const Line& line, HttpRequest request); // already checked by RequestRules
    void failLater(Error error);

private:
    void connectNow();
    void prepare(QTcpSocket* socket);
    void onReady(); // the connection stands, TLS included
    void onBytes();
    void onClosed();
    void onDeadline();

    [[nodiscard]] Error noAnswer() const;
    [[nodiscard]] Result<void> checkHead() const;
    [[nodiscard]] HttpResponse takeResponse();
    void drop();
    void finish(Result<HttpResponse> result);

    Completion<HttpResponse> done_;
    std::size_t limit_;
    ResponseReader reader_;
    HttpRequest request_;
    QSslConfiguration tls_;
    QNetworkProxy proxy_;
    std::string proxyName_;
    QHostAddress address_;
    std::unique_ptr<OriginTurns::Turn> turn_;
    QTcpSocket* socket_ = nullptr; // ours until drop(), then the event loop's
    bool connected_ = false;       // to the server, through the proxy if there is one
    bool written_ = false;         // the request may be on its way
    bool headSeen_ = false;
    bool peerIsPublic_ = false;
    QTimer deadline_;
};

} // namespace keybearer
