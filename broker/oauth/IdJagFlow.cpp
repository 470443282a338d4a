#include "broker/oauth/IdJagFlow.h"

#include "broker/base/Text.h"
#include "broker/oauth/DeliverLater.h"

namespace keybearer {

namespace {
constexpr std::string_view exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
constexpr std::string_view idTokenType = "urn:ietf:params:oauth:token-type:id_token";
} // namespace

IdJagFlow::IdJagFlow(HttpTransport& transport, const Clock& clock, Setup setup, Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)) {}

void IdJagFlow::start() {
    const MachineGrant::Setup& grant = setup_.grant;
    if (grant.server.issuer.empty())
        return deliverLater<TokenSet>(
            this, std::move(done_),
            failure(ErrorCode::NotConfigured,
                    "The authorization server names no issuer, so no assertion can be made for it",
                    "Sign in with another flow."));
    Form form;
    form.add("grant_type", exchangeGrant)
        .add("requested_token_type", idJagTokenType)
        .add("audience", grant.server.issuer)
        .add("subject_token", setup_.idToken)
        .add("subject_token_type", idTokenType);
    setup_.idToken.clear();
    if (grant.resource)
        form.add("resource", *grant.resource);
    if (!grant.scopes.empty())
        form.add("scope", join(grant.scopes, " "));
    TokenExchange::Setup asked{setup_.identityProvider, setup_.identityClient, " ", grant.deadline};
    asked.expected = TokenKind::IdJag;
    exchange_ = std::make_unique<TokenExchange>(
        transport_, clock_, std::move(asked), std::move(form),
        [this](Result<TokenSet> exchanged) { onAssertion(std::move(exchanged)); });
    exchange_->start();
}

void IdJagFlow::onAssertion(Result<TokenSet> exchanged) {
    if (!exchanged) {
        const Completion<TokenSet> done = std::move(done_);
        Error error = std::move(exchanged.error());
        error.details.emplace_back("at", std::string("identity_provider"));
        return done(failure(std::move(error))); // may destroy this
    }
    grant_ = std::make_unique<AssertionFlow>(transport_, clock_, std::move(setup_.grant),
                                             Secret(std::move(exchanged->accessToken)), std::move(done_));
    grant_->start();
}

} // namespace keybearer
