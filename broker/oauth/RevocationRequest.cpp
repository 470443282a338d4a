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

void RevocationRequest::start() {
    if (server_.revocationEndpoint.isEmpty())
        return deliverLater<void>(this, std::move(done_),
                                  failure(ErrorCode::NotFound, "This provider has no way to revoke a token"));
    Form form;
    form.add("token", token_);
    token_.clear();
    if (!hint_.empty())
        form.add("token_type_hint", hint_);
    Result<HttpRequest> request =
        tokenRequest(server_.revocationEndpoint, server_, client_, std::move(form), SystemClock().wall());
    if (!request)
        return deliverLater<void>(this, std::move(done_), failure(std::move(request.error())));
    request->deadline = revocationDeadline;
    exchange_ = transport_.send(std::move(*request),
                                [this](const Result<HttpResponse>& response) { onResponse(response); });
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
