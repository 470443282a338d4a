#pragma once

#include "broker/http/HttpTransport.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace keybearer {

// One request and its answer on a QNetworkAccessManager; made by HttpClient, owned by whoever sent the
// request. Reads the body as it comes, so that a limit stops the transfer instead of being noticed after it.
class NetworkExchange final : public QObject, public HttpExchange {
    Q_OBJECT

public:
    NetworkExchange(std::size_t responseLimit, Completion<HttpResponse> done);
    ~NetworkExchange() override;
    Q_DISABLE_COPY_MOVE(NetworkExchange)

    void start(QNetworkAccessManager& manager, HttpRequest request); // already checked by RequestRules
    void failLater(Error error);

private:
    void onMetaDataChanged();
    void onReadyRead();
    void onFinished();
    void onDeadline();

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
    QTimer deadline_;
};

} // namespace keybearer
