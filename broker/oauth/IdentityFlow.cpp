#include "broker/oauth/IdentityFlow.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/IdToken.h"
#include "broker/oauth/TokenResponse.h"

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds userinfoDeadline{10'000};
constexpr std::size_t userinfoLimit = std::size_t{256} << 10;

const std::vector<std::string> idTokenSubject{"sub"}; // whatever the provider's own documents call it

} // namespace

IdentityFlow::IdentityFlow(HttpTransport& transport, const Clock& clock, Setup setup, const TokenSet& tokens,
                           Completion<Identity> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)),
      accessToken_(tokens.accessToken.clone()), idToken_(tokens.idToken.clone()), done_(std::move(done)) {}

void IdentityFlow::start() {
    // Without an issuer there is nothing to hold an ID token against.
    if (!idToken_.empty() && !setup_.server.issuer.empty())
        return startFromIdToken();
    const QUrl url = setup_.url.value_or(setup_.server.userinfoEndpoint);
    if (url.isEmpty())
        return deliverLater<Identity>(
            this, std::move(done_),
            failure(ErrorCode::NotFound, "The provider has no way to say who signed in"));
    ask(url);
}

void IdentityFlow::startFromIdToken() {
    const Result<Json> claims = idTokenClaims(
        idToken_.reveal(), {setup_.server.issuer, setup_.clientId, setup_.nonce, clock_.wall()});
    idToken_.clear();
    Result<Identity> identity =
        claims ? identityFrom(*claims, idTokenSubject, setup_.labelKeys) : failure(claims.error());
    if (identity && !firstOf(*claims, setup_.labelKeys) && !setup_.server.userinfoEndpoint.isEmpty()) {
        proven_ = std::move(*identity);
        return ask(setup_.server.userinfoEndpoint);
    }
    deliverLater<Identity>(this, std::move(done_), std::move(identity));
}

void IdentityFlow::ask(const QUrl& url) {
    HttpRequest request;
    request.url = url;
    request.headers.push_back({"Accept", "application/json"});
    std::string bearer;
    bearer.reserve(accessToken_.size() + 8); // so that growing leaves no copy behind; the transport wipes it
    bearer.append("Bearer ").append(accessToken_.reveal());
    request.headers.push_back({"Authorization", std::move(bearer)});
    accessToken_.clear();
    request.deadline = userinfoDeadline;
    request.responseLimit = userinfoLimit;
    exchange_ = transport_.send(std::move(request),
                                [this](const Result<HttpResponse>& response) { onResponse(response); });
}

void IdentityFlow::onResponse(const Result<HttpResponse>& response) {
    Result<Identity> identity = response ? read(*response) : failure(response.error());
    if (!proven_)
        return finish(std::move(identity));
    // The ID token has settled who it is; userinfo only adds a name, and only for the same subject
    // (OpenID Connect Core 5.3.2).
    if (!identity)
        return finish(std::move(*proven_));
    if (identity->subject != proven_->subject)
        return finish(
            failure(ErrorCode::ProviderError, "The provider describes somebody else than who signed in"));
    finish(std::move(identity));
}

Result<Identity> IdentityFlow::read(const HttpResponse& response) const {
    if (response.status != 200)
        return failure(oauthError(response, clock_.wall()));
    const Result<Json> document = parseJson(response.body.reveal());
    if (!document || !document->is_object())
        return failure(ErrorCode::ProviderUnavailable,
                       "The provider's answer about who signed in is not readable");
    return identityFrom(*document, proven_ ? idTokenSubject : setup_.subjectKeys, setup_.labelKeys);
}

void IdentityFlow::finish(Result<Identity> result) {
    const Completion<Identity> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
