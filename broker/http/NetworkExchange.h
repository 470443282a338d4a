#pragma once

#include "broker/http/HttpTransport.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace keybearer {

// One request and its answer on a QNetworkAccessManager; made by HttpClient, owned by whoever sent the
// request. Reads the body as it comes, so that a limit stops the transfer instead of being noticed after it.
class NetworkExchange final : public QObject, public HttpExchange {
    Q_OBJECT

public:
    struct Line { // what the request travels on
        QNetworkAccessManager& manager;
        QSslConfiguration tls;
        std::string proxy;    // its name for people; empty: straight
        QHostAddress address; // connect there instead of looking the name up; null: look it up
    };

    NetworkExchange(std::size_t responseLimit, Completion<HttpResponse> done);
    ~NetworkExchange() override;
    Q_DISABLE_COPY_MOVE(NetworkExchange)

    void start(const Line& line, HttpRequest request); // already checked by RequestRules
    void failLater(Error error);

private:
    void onMetaDataChanged();
    void onReadyRead();
    void onFinished();
    void onDeadline();

    [[nodiscard]] bool diedInTheTunnel() const; // the proxy was the end of it; no byte of the request left
    [[nodiscard]] Error noAnswer() const;
    [[nodiscard]] Result<void> checkHead() const;
    [[nodiscard]] bool drain();
    void makeRoom(std::size_t size);
    [[nodiscard]] HttpResponse takeResponse();
    void drop();
    void finish(Result<HttpResponse> result);

    Completion<HttpResponse> done_;
    std::size_t limit_;
    std::string body_; // grows by hand, so that what it leaves behind is wiped
    QPointer<QNetworkReply> reply_;
    std::string host_;  // as it was asked for, which is not always where we connect
    std::string proxy_; // on the way; empty: none
    std::shared_ptr<const ClientCertificate> certificate_; // kept while its connection is in use
    bool begun_ = false; // the request is being written
    QTimer deadline_;
    QTimer headDeadline_;
};

} // namespace keybearer
