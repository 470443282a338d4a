#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/http/NetworkRoute.h"
#include "broker/http/PublicExchange.h"

#include <QSslConfiguration>

#include <map>

class QNetworkAccessManager;

namespace keybearer {

// HttpTransport over QNetworkAccessManager with every convenience of it that is unsafe for credentials turned
// off: redirects, cookies, cache, stored passwords, HTTP/2, decompression and the silent second POST. TLS 1.2
// or later against the system's certificate authorities and those of the route; there is no switch that
// ignores a TLS error. A network manager for each client certificate, since Qt's connection pool does not
// look at the certificate and would hand one identity's connection to another.
//
// One instance, owned by the Broker; event loop thread; must outlive the exchanges it gave out. The network
// machinery is made at the first request, so a daemon that only serves warm tokens never pays for it.
class HttpClient final : public HttpTransport {
public:
    explicit HttpClient(NetworkRoute route = {}, PublicExchange::Net net = {});
    ~HttpClient() override;
    Q_DISABLE_COPY_MOVE(HttpClient)

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override;

private:
    [[nodiscard]] QNetworkAccessManager& managerFor(const std::shared_ptr<const ClientCertificate>& who);
    [[nodiscard]] const QSslConfiguration& tls();

    NetworkRoute route_;
    PublicExchange::Net net_;
    std::optional<QSslConfiguration> tls_; // made at the first request: reading authorities takes a while
    std::map<std::shared_ptr<const ClientCertificate>, std::unique_ptr<QNetworkAccessManager>> managers_;
};

} // namespace keybearer
