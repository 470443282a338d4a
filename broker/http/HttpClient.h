#pragma once

#include "broker/http/HttpTransport.h"

class QNetworkAccessManager;

namespace keybearer {

// HttpTransport over QNetworkAccessManager with every convenience of it that is unsafe for credentials turned
// off: redirects, cookies, cache, stored passwords, HTTP/2, decompression and the silent second POST. TLS 1.2
// or later against the system's certificate authorities; there is no switch that ignores a TLS error.
//
// One instance, owned by the Broker; event loop thread; must outlive the exchanges it gave out. The network
// machinery is made at the first request, so a daemon that only serves warm tokens never pays for it.
class HttpClient final : public HttpTransport {
public:
    HttpClient();
    ~HttpClient() override;
    Q_DISABLE_COPY_MOVE(HttpClient)

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override;

private:
    std::unique_ptr<QNetworkAccessManager> manager_;
};

} // namespace keybearer
