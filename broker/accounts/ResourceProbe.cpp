#include "broker/accounts/ResourceProbe.h"

#include "broker/base/Json.h"
#include "broker/protocol/BearerChallenge.h"

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds probeDeadline{10'000};
constexpr std::size_t probeLimit = std::size_t{64} << 10; // the head says all; a stream is cut off here

std::string initializeRequest() {
    return dumpJson({{"jsonrpc", "2.0"},
                     {"id", 1},
                     {"method", "initialize"},
                     {"params",
                      {{"protocolVersion", "2025-11-25"},
                       {"capabilities", Json::object()},
                       {"clientInfo", {{"name", "keybearer"}, {"version", KEYBEARER_VERSION}}}}}});
}

} // namespace

HttpRequest probeRequest(const std::string& url) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = QUrl(QString::fromStdString(url), QUrl::StrictMode);
    request.headers = {{"Accept", "application/json, text/event-stream"}};
    request.contentType = "application/json";
    request.body = Secret::copyOf(initializeRequest());
    request.deadline = probeDeadline;
    request.responseLimit = probeLimit;
    return request;
}

ResourceChallenge demandOf(const HttpResponse& response) {
    ResourceChallenge demand;
    demand.status = response.status;
    std::vector<std::string> fields;
    for (const HttpHeader& header : response.headers) {
        if (QByteArray::fromStdString(header.name).toLower() == "www-authenticate")
            fields.push_back(header.value);
    }
    if (const std::optional<BearerChallenge> said = chosenChallenge(fields)) {
        demand.scheme = said->scheme == BearerChallenge::Scheme::Dpop ? "DPoP" : "Bearer";
        demand.scope = said->scope;
        demand.resourceMetadata = said->resourceMetadata;
    }
    return demand;
}

bool wasNotSent(const Error& error) {
    const ErrorDetail* sent = error.detail("sent");
    return sent != nullptr && std::holds_alternative<bool>(*sent) && !std::get<bool>(*sent);
}

} // namespace keybearer
