#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/http/NetworkRoute.h"
#include "broker/http/PublicExchange.h"

#include <QSslConfiguration>

namespace keybearer {

// HttpTransport over one connection a request. There is no redirect, cookie, cache, compression or second
// attempt to be switched off, because there is none. TLS 1.2 or later against the system's certificate
// authorities and those of the route; there is no switch that ignores a TLS error.
//
// One instance, owned by the Broker; event loop thread; must outlive the exchanges it gave out. The TLS
// machinery is made at the first request, so a daemon that only serves warm tokens never pays for it.
class HttpClient final : public HttpTransport {
public:
    explicit HttpClient(NetworkRoute route = {}, PublicExchange::Net net = {});
    ~HttpClient() override;
    Q_DISABLE_COPY_MOVE(HttpClient)

    // Of requests from now on.
    void setRoute(NetworkRoute route);

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override;

private:
    [[nodiscard]] const QSslConfiguration& tls();

    NetworkRoute route_;
    PublicExchange::Net net_;
    std::optional<QSslConfiguration> tls_; // made at the first request: reading authorities takes a while
    OriginTurns turns_;
};

} // namespace keybearer
