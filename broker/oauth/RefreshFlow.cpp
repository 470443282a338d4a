#include "broker/oauth/RefreshFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/Form.h"

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
    exchange_ = std::make_unique<TokenExchange>(transport_, clock_,
                                                TokenExchange::Setup{setup_.server, setup_.client,
                                                                     setup_.scopeSeparator, setup_.deadline,
                                                                     setup_.dpopKey},
                                                std::move(form), std::move(done_));
    exchange_->start();
}

} // namespace keybearer
