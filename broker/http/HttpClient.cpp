#include "broker/http/HttpClient.h"

#include "broker/http/NetworkExchange.h"
#include "broker/http/RequestRules.h"

#include <QNetworkAccessManager>

namespace keybearer {

HttpClient::HttpClient() = default;
HttpClient::~HttpClient() = default;

std::unique_ptr<HttpExchange> HttpClient::send(HttpRequest request, Completion<HttpResponse> done) {
    auto exchange = std::make_unique<NetworkExchange>(request.responseLimit, std::move(done));
    if (Result<void> checked = checkRequest(request); !checked) {
        exchange->failLater(std::move(checked.error()));
        return exchange;
    }
    if (!manager_)
        manager_ = std::make_unique<QNetworkAccessManager>();
    exchange->start(*manager_, std::move(request));
    return exchange;
}

} // namespace keybearer
