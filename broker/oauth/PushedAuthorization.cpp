#include "broker/oauth/PushedAuthorization.h"

#include "broker/base/Json.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/TokenRequest.h"
#include "broker/oauth/TokenResponse.h"

#include <QUrlQuery>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds pushDeadline{15'000}; // somebody waits for the browser
constexpr std::size_t answerLimit = std::size_t{64} << 10;
constexpr std::size_t requestUriLimit = 2048; // has to fit into an address beside the rest

} // namespace

PushedAuthorization::PushedAuthorization(HttpTransport& transport, const Clock& clock,
                                         AuthorizationServer server, ClientRegistration client,
                                         std::map<std::string, std::string> parameters,
                                         Completion<std::string> done)
    : transport_(transport), clock_(clock), server_(std::move(server)), client_(std::move(client)),
      parameters_(std::move(parameters)), done_(std::move(done)) {}

void PushedAuthorization::start() {
    if (server_.pushedAuthorizationEndpoint.isEmpty())
        return deliverLater<std::string>(
            this, std::move(done_),
            failure(ErrorCode::NotFound, "The authorization server takes no pushed authorization requests",
                    "Set par of this provider to auto."));
    Form form;
    for (const auto& [name, value] : parameters_) {
        // The authentication names the client, except in the header; here it is a parameter of its own right.
        if (name != "client_id" || client_.method == ClientAuthMethod::ClientSecretBasic)
            form.add(name, value);
    }
    Result<HttpRequest> request =
        tokenRequest(server_.pushedAuthorizationEndpoint, server_, client_, std::move(form), clock_.wall());
    if (!request)
        return deliverLater<std::string>(this, std::move(done_), failure(std::move(request.error())));
    request->deadline = pushDeadline;
    request->responseLimit = answerLimit;
    exchange_ = transport_.send(std::move(*request),
                                [this](const Result<HttpResponse>& response) { onResponse(response); });
}

void PushedAuthorization::onResponse(const Result<HttpResponse>& response) {
    Result<std::string> uri = response ? read(*response) : failure(response.error());
    const Completion<std::string> done = std::move(done_);
    done(std::move(uri)); // may destroy this
}

// RFC 9126 section 2.2: status 201, but some servers say 200.
Result<std::string> PushedAuthorization::read(const HttpResponse& response) const {
    if (response.status != 201 && response.status != 200)
        return failure(oauthError(response, clock_.wall()));
    const Result<Json> document = parseJson(response.body.reveal());
    const auto uri =
        document && document->is_object() ? stringAt(*document, "request_uri") : std::optional<std::string>();
    if (!uri || uri->empty() || uri->size() > requestUriLimit || !isVisibleAscii(*uri))
        return failure(ErrorCode::ProviderError,
                       "The answer to the pushed authorization request has no request_uri");
    return *uri;
}

bool isPushRefusal(const Error& error) {
    return error.code == ErrorCode::ProviderError && error.detail("error") != nullptr;
}

Result<QUrl> pushedAuthorizationUrl(const AuthorizationServer& server, const std::string& clientId,
                                    const std::string& requestUri) {
    QUrl url = server.authorizationEndpoint;
    QUrlQuery query(url); // RFC 6749 section 3.1: the endpoint's own query stays
    const auto add = [&](const char* name, const std::string& value) {
        const QByteArray encoded = QUrl::toPercentEncoding(QString::fromStdString(value));
        query.addQueryItem(QString::fromLatin1(name), QString::fromLatin1(encoded));
    };
    add("client_id", clientId);
    add("request_uri", requestUri);
    url.setQuery(query);
    if (Result<void> checked = checkUrl(url); !checked)
        return failure(std::move(checked.error()));
    return url;
}

} // namespace keybearer
