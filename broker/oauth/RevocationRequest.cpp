#include "broker/oauth/RevocationRequest.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/TokenRequest.h"
#include "broker/oauth/TokenResponse.h"

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds revocationDeadline{10'000}; // somebody waits for the logout

} // namespace

RevocationRequest::RevocationRequest(HttpTransport& transport, AuthorizationServer server,
                                     ClientRegistration client, Secret token, std::string hint,
                                     Completion<void> done)
    : transport_(transport), server_(std::move(server)), client_(std::move(client)), token_(std::move(token)),
      hint_(std::move(hint)), done_(std::move(done)) {}

bool canRevoke(const AuthorizationServer& server, const ClientRegistration& client) {
    if (server.dialect.githubRevocation)
        return client.clientSecret != nullptr;
    return server.dialect.revokes && !server.revocationEndpoint.isEmpty();
}

void RevocationRequest::start() {
    if (!canRevoke(server_, client_))
        return deliverLater<void>(this, std::move(done_),
                                  failure(ErrorCode::NotFound, "This provider has no way to revoke a token"));
    Result<HttpRequest> request = server_.dialect.githubRevocation ? githubRequest() : standardRequest();
    token_.clear();
    if (!request)
        return deliverLater<void>(this, std::move(done_), failure(std::move(request.error())));
    request->deadline = revocationDeadline;
    exchange_ = transport_.send(std::move(*request),
                                [this](const Result<HttpResponse>& response) { onResponse(response); });
}

Result<HttpRequest> RevocationRequest::standardRequest() {
    Form form;
    form.add("token", token_);
    if (!hint_.empty())
        form.add("token_type_hint", hint_);
    return tokenRequest(server_.revocationEndpoint, server_, client_, std::move(form), SystemClock().wall());
}

// Ends all of an application's access to one account, refresh tokens included.
Result<HttpRequest> RevocationRequest::githubRequest() {
    const QUrl endpoint(
        QStringLiteral("https://api.github.com/applications/%1/grant")
            .arg(QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(client_.clientId)))));
    AuthorizationServer server = server_;
    server.dialect.jsonBody = true;
    ClientRegistration client = client_;
    client.method = ClientAuthMethod::ClientSecretBasic;
    Form form;
    form.add("access_token", token_);
    Result<HttpRequest> request =
        tokenRequest(endpoint, server, client, std::move(form), SystemClock().wall());
    if (request)
        request->method = HttpRequest::Method::Delete;
    return request;
}

void RevocationRequest::onResponse(const Result<HttpResponse>& response) {
    Result<void> result;
    if (!response)
        result = failure(response.error());
    else if (response->status != 200 && response->status != 204)
        result = failure(oauthError(*response, SystemClock().wall()));
    const Completion<void> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
