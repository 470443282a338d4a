#pragma once

#include "broker/http/NetworkExchange.h"
#include "broker/http/PublicAddress.h"

#include <functional>

namespace keybearer {

// A request to an address that the network gave us (SEC-C-22, T-20): looks the name up once, refuses it
// if any of its addresses is not public, and connects to the addresses that were checked, so that a second
// look-up has nothing to say. Of several it takes the next (IPv4 first, three at most) while the request has
// certainly not been sent. Made by HttpClient, owned by whoever sent the request; one deadline for all of it.
class PublicExchange final : public QObject, public HttpExchange {
    Q_OBJECT

public:
    // The net as it looks from here; a test puts its own in the place.
    struct Net {
        using Found = std::function<void(QList<QHostAddress>)>;
        // Calls back later, from the event loop, unless the receiver is gone; empty: no such name.
        std::function<void(const QString& name, QObject* receiver, Found found)> lookUp = systemLookUp;
        bool (*isPublic)(const QHostAddress&) = isPublicAddress;

        static void systemLookUp(const QString& name, QObject* receiver, Found found);
    };

    PublicExchange(Net net, NetworkExchange::Line line, Completion<HttpResponse> done);
    Q_DISABLE_COPY_MOVE(PublicExchange)

    void start(HttpRequest request); // already checked by RequestRules

private:
    void onFound(QList<QHostAddress> addresses);
    void tryNext();
    void onEnd(Result<HttpResponse> result);
    void finish(Result<HttpResponse> result);
    [[nodiscard]] std::string host() const;

    Net net_;
    NetworkExchange::Line line_;
    Completion<HttpResponse> done_;
    HttpRequest request_;
    QList<QHostAddress> left_; // checked, still to be tried
    QTimer deadline_;
    std::unique_ptr<NetworkExchange> exchange_;
};

} // namespace keybearer
