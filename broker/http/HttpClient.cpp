#include "broker/http/HttpClient.h"

#include "broker/http/ClientCertificate.h"
#include "broker/http/NetworkExchange.h"
#include "broker/http/RequestRules.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>

namespace keybearer {

namespace {

// Asked by Qt for each request.
class RouteProxies final : public QNetworkProxyFactory {
public:
    explicit RouteProxies(const NetworkRoute& route) : route_(route) {}
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override {
        return {route_.proxyFor(query.url())};
    }

private:
    const NetworkRoute& route_;
};

} // namespace

HttpClient::HttpClient(NetworkRoute route, PublicExchange::Net net)
    : route_(std::move(route)), net_(std::move(net)) {}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpExchange> HttpClient::send(HttpRequest request, Completion<HttpResponse> done) {
    if (Result<void> checked = checkRequest(request); !checked) {
        auto refused = std::make_unique<NetworkExchange>(request.responseLimit, std::move(done));
        refused->failLater(std::move(checked.error()));
        return refused;
    }
    const NetworkExchange::Line line{
        managerFor(request.certificate), tls(), route_.proxyName(request.url), {}};
    if (request.publicOnly) {
        auto exchange = std::make_unique<PublicExchange>(net_, line, std::move(done));
        exchange->start(std::move(request));
        return exchange;
    }
    auto exchange = std::make_unique<NetworkExchange>(request.responseLimit, std::move(done));
    exchange->start(line, std::move(request));
    return exchange;
}

QNetworkAccessManager& HttpClient::managerFor(const std::shared_ptr<const ClientCertificate>& who) {
    // A certificate that nobody else holds was replaced, or its last request has ended.
    std::erase_if(managers_,
                  [](const auto& entry) { return entry.first != nullptr && entry.first.use_count() == 1; });
    std::unique_ptr<QNetworkAccessManager>& manager = managers_[who];
    if (!manager) {
        manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxyFactory(new RouteProxies(route_)); // the manager's from here on
    }
    return *manager;
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
