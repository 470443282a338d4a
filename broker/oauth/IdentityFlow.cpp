#include "broker/oauth/IdentityFlow.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/DpopProof.h"
#include "broker/oauth/IdToken.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/TokenResponse.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds userinfoDeadline{10'000};
constexpr std::chrono::milliseconds keysDeadline{10'000};
constexpr std::size_t userinfoLimit = std::size_t{256} << 10;
constexpr std::chrono::hours keysLife{1}; // issuers announce a new key long before they use it

const std::vector<std::string> idTokenSubject{"sub"}; // whatever the provider's own documents call it

tl::unexpected<Error> refused(const char* why) {
    return failure(ErrorCode::ProviderError, std::string("The ID token is refused: ").append(why));
}

// An issuer that says how it signs is taken at its word. Types of other tokens end in +jwt (RFC 8725 section
// 3.11): one of those is not an ID token, even if everything else fits.
Result<void> checkHeader(const Jws& token, const AuthorizationServer& server) {
    const std::vector<std::string>& listed = server.idTokenAlgorithms;
    if (!listed.empty() && std::find(listed.begin(), listed.end(), token.algorithm) == listed.end())
        return refused("the issuer does not sign with its algorithm");
    constexpr std::string_view other = "+jwt";
    if (token.type.size() >= other.size() &&
        token.type.compare(token.type.size() - other.size(), other.size(), other) == 0)
        return refused("it is a token of another type");
    return {};
}

} // namespace

IdentityFlow::IdentityFlow(HttpTransport& transport, const Clock& clock, Setup setup, const TokenSet& tokens,
                           Completion<Identity> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)),
      accessToken_(tokens.accessToken.clone()), dpopKey_(tokens.dpopKey), idToken_(tokens.idToken.clone()),
      done_(std::move(done)) {
    if (!setup_.server.memory)
        setup_.server.memory = std::make_shared<ServerMemory>();
}

void IdentityFlow::start() {
    // Without an issuer there is nothing to hold an ID token against.
    if (!idToken_.empty() && !setup_.server.issuer.empty())
        return startFromIdToken();
    const QUrl url = setup_.url.value_or(setup_.server.userinfoEndpoint);
    if (url.isEmpty())
        return finishLater(failure(ErrorCode::NotFound, "The provider has no way to say who signed in"));
    ask(url);
}

void IdentityFlow::startFromIdToken() {
    if (setup_.server.jwksUri.isEmpty()) {
        const Result<Json> claims = idTokenClaims(
            idToken_.reveal(), {setup_.server.issuer, setup_.clientId, setup_.nonce, clock_.wall()});
        idToken_.clear();
        return claims ? onClaims(*claims) : finishLater(failure(claims.error()));
    }
    Result<Jws> token = readJws(idToken_.reveal());
    idToken_.clear();
    if (!token)
        return finishLater(failure(std::move(token.error())));
    if (Result<void> checked = checkHeader(*token, setup_.server); !checked)
        return finishLater(failure(std::move(checked.error())));
    signed_ = std::move(*token);
    const ServerMemory& memory = *setup_.server.memory;
    if (memory.keys && clock_.boot() - memory.keysReadAt < keysLife)
        return verify();
    fetchKeys();
}

void IdentityFlow::fetchKeys() {
    keysFetched_ = true;
    HttpRequest request;
    request.url = setup_.server.jwksUri;
    request.publicOnly = setup_.server.publicOnly;
    request.headers.push_back({"Accept", "application/jwk-set+json, application/json"});
    request.deadline = keysDeadline;
    request.responseLimit = jwkSetLimit;
    exchange_ = transport_.send(std::move(request),
                                [this](const Result<HttpResponse>& response) { onKeys(response); });
}

void IdentityFlow::onKeys(const Result<HttpResponse>& response) {
    Result<JwkSet> keys = response && response->status == 200 ? parseJwkSet(response->body.reveal())
                          : response                          ? failure(oauthError(*response, clock_.wall()))
                                                              : failure(response.error());
    ServerMemory& memory = *setup_.server.memory;
    if (keys) {
        memory.keys = std::move(*keys);
        memory.keysReadAt = clock_.boot();
    } else if (!memory.keys) {
        return finish(failure(std::move(keys.error())));
    }
    verify();
}

void IdentityFlow::verify() {
    switch (verifyJws(*signed_, *setup_.server.memory->keys)) {
    case JwsVerdict::NoKey:
        if (!keysFetched_)
            return fetchKeys();
        return finishLater(refused("the issuer has no key that it was signed with"));
    case JwsVerdict::Forged:
        return finishLater(refused("its signature is wrong"));
    case JwsVerdict::Verified:
        break;
    }
    const Json claims = std::move(signed_->claims);
    signed_.reset();
    if (Result<void> checked =
            checkIdTokenClaims(claims, {setup_.server.issuer, setup_.clientId, setup_.nonce, clock_.wall()});
        !checked)
        return finishLater(failure(std::move(checked.error())));
    onClaims(claims);
}

void IdentityFlow::onClaims(const Json& claims) {
    Result<Identity> identity = identityFrom(claims, idTokenSubject, setup_.labelKeys);
    if (identity && !firstOf(claims, setup_.labelKeys) && !setup_.server.userinfoEndpoint.isEmpty()) {
        proven_ = std::move(*identity);
        return ask(setup_.server.userinfoEndpoint);
    }
    finishLater(std::move(identity));
}

void IdentityFlow::ask(const QUrl& url) {
    asked_ = url;
    HttpRequest request;
    request.url = url;
    request.publicOnly = setup_.server.publicOnly;
    request.headers.push_back({"Accept", "application/json"});
    const std::string_view scheme = dpopKey_ ? "DPoP " : "Bearer ";
    std::string header;
    header.reserve(accessToken_.size() + scheme.size()); // growing would leave a copy; the transport wipes it
    header.append(scheme).append(accessToken_.reveal());
    request.headers.push_back({"Authorization", std::move(header)});
    if (dpopKey_) {
        Result<std::string> proof =
            dpopProof(*dpopKey_, {"GET", url, dpopNonce_, dpopTokenHash(accessToken_), clock_.wall()});
        if (!proof)
            return finishLater(failure(std::move(proof.error())));
        request.headers.push_back({"DPoP", std::move(*proof)});
    } else {
        accessToken_.clear();
    }
    request.deadline = userinfoDeadline;
    request.responseLimit = userinfoLimit;
    exchange_ = transport_.send(std::move(request),
                                [this](const Result<HttpResponse>& response) { onResponse(response); });
}

void IdentityFlow::onResponse(const Result<HttpResponse>& response) {
    if (askedForNonce(response))
        return ask(asked_);
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

// RFC 9449 section 9: the resource wants its own nonce in the proof. Once.
bool IdentityFlow::askedForNonce(const Result<HttpResponse>& response) {
    if (!dpopKey_ || !response || response->status != 401 || !dpopNonce_.empty())
        return false;
    dpopNonce_ = dpopNonceIn(*response);
    return !dpopNonce_.empty();
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

void IdentityFlow::finishLater(Result<Identity> result) {
    deliverLater<Identity>(this, std::move(done_), std::move(result));
}

void IdentityFlow::finish(Result<Identity> result) {
    const Completion<Identity> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
