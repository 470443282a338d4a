#include "broker/oauth/TokenExchange.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/TokenRequest.h"
#include "broker/oauth/TokenResponse.h"

namespace keybearer {

TokenExchange::TokenExchange(HttpTransport& transport, const Clock& clock, Setup setup, Form form,
                             Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), form_(std::move(form)),
      done_(std::move(done)) {}

void TokenExchange::start() {
    Result<HttpRequest> request = tokenRequest(setup_.server.tokenEndpoint, setup_.client, std::move(form_));
    if (!request)
        return deliverLater<TokenSet>(this, std::move(done_), failure(std::move(request.error())));
    request->deadline = setup_.deadline;
    exchange_ = transport_.send(std::move(*request),
                                [this](Result<HttpResponse> response) { onResponse(std::move(response)); });
}

void TokenExchange::onResponse(Result<HttpResponse> response) {
    Result<TokenSet> result = response ? parseTokenResponse(*response, clock_.wall(), setup_.scopeSeparator)
                                       : failure(std::move(response.error()));
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
