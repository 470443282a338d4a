#include "broker/oauth/RefreshFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/TokenRequest.h"
#include "broker/oauth/TokenResponse.h"

namespace keybearer {

RefreshFlow::RefreshFlow(HttpTransport& transport, const Clock& clock, Setup setup, RefreshToken refreshToken,
                         Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), refreshToken_(std::move(refreshToken)),
      done_(std::move(done)) {}

void RefreshFlow::start() {
    Form form;
    form.add("grant_type", "refresh_token").add("refresh_token", refreshToken_);
    refreshToken_.clear();
    if (!setup_.scopes.empty())
        form.add("scope", join(setup_.scopes, setup_.scopeSeparator));
    if (setup_.resource)
        form.add("resource", *setup_.resource);
    Result<HttpRequest> request = tokenRequest(setup_.server.tokenEndpoint, setup_.client, std::move(form));
    if (!request)
        return deliverLater<TokenSet>(this, std::move(done_), failure(std::move(request.error())));
    exchange_ = transport_.send(std::move(*request),
                                [this](Result<HttpResponse> response) { onResponse(std::move(response)); });
}

void RefreshFlow::onResponse(Result<HttpResponse> response) {
    Result<TokenSet> result = response ? parseTokenResponse(*response, clock_.wall(), setup_.scopeSeparator)
                                       : failure(std::move(response.error()));
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
