#include "broker/http/HttpClient.h"

#include "broker/http/NetworkExchange.h"
#include "broker/http/RequestRules.h"

namespace keybearer {

HttpClient::HttpClient(NetworkRoute route, PublicExchange::Net net)
    : route_(std::move(route)), net_(std::move(net)) {}

HttpClient::~HttpClient() = default;

void HttpClient::setRoute(NetworkRoute route) {
    route_ = std::move(route);
    tls_.reset(); // it may trust others
}

std::unique_ptr<HttpExchange> HttpClient::send(HttpRequest request, Completion<HttpResponse> done) {
    if (Result<void> checked = checkRequest(request); !checked) {
        auto refused = std::make_unique<NetworkExchange>(request.responseLimit, std::move(done));
        refused->failLater(std::move(checked.error()));
        return refused;
    }
    const NetworkExchange::Line line{turns_,
                                     request.url.scheme() == QStringLiteral("https") ? tls()
                                                                                     : QSslConfiguration(),
                                     route_.proxyFor(request.url),
                                     route_.proxyName(request.url),
                                     {}};
    if (request.publicOnly) {
        auto exchange = std::make_unique<PublicExchange>(net_, line, std::move(done));
        exchange->start(std::move(request));
        return exchange;
    }
    auto exchange = std::make_unique<NetworkExchange>(request.responseLimit, std::move(done));
    exchange->start(line, std::move(request));
    return exchange;
}

const QSslConfiguration& HttpClient::tls() {
    if (!tls_) {
        tls_ = QSslConfiguration::defaultConfiguration();
        tls_->setProtocol(QSsl::TlsV1_2OrLater);
        tls_->setPeerVerifyMode(QSslSocket::VerifyPeer);
        if (!route_.extraAuthorities().isEmpty())
            tls_->setCaCertificates(QSslConfiguration::systemCaCertificates() + route_.extraAuthorities());
    }
    return *tls_;
}

} // namespace keybearer
