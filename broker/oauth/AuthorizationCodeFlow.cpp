#include "broker/oauth/AuthorizationCodeFlow.h"

#include "broker/base/Random.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/AuthorizationRequest.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/SigningKey.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t pastedLimit = std::size_t{16} << 10;
constexpr std::size_t nonceBytes = 32;
constexpr std::size_t stateBytes = 32; // 256 bits
constexpr std::string_view spaces = " \t\r\n";
constexpr std::string_view scheme = "http://";

// What identifies the server in the redirect path when it has no issuer.
std::string nameOf(const AuthorizationServer& server) {
    return server.issuer.empty() ? server.authorizationEndpoint.toEncoded().toStdString() : server.issuer;
}

RedirectListener::Place placeFor(const AuthorizationCodeFlow::Setup& setup) {
    const Dialect& dialect = setup.server.dialect;
    return {setup.redirectPath.empty() ? uniqueRedirectPath(nameOf(setup.server)) : setup.redirectPath,
            dialect.redirectHost, dialect.redirectPort, dialect.redirectPortMayDiffer, setup.next};
}

// The query of a pasted address, if the address is ours. Browsers hide "http://", so it may be missing.
std::optional<std::string_view> pastedQuery(std::string_view pasted, std::string_view redirectUri) {
    const std::size_t first = pasted.find_first_not_of(spaces);
    if (first == std::string_view::npos || pasted.size() > pastedLimit)
        return std::nullopt;
    pasted = pasted.substr(first, pasted.find_last_not_of(spaces) - first + 1);
    if (pasted.substr(0, scheme.size()) != scheme)
        redirectUri.remove_prefix(scheme.size());
    if (pasted.substr(0, redirectUri.size()) != redirectUri)
        return std::nullopt;
    pasted.remove_prefix(redirectUri.size());
    if (pasted.empty() || pasted.front() != '?')
        return std::nullopt;
    return pasted.substr(1, std::min(pasted.find('#'), pasted.size()) - 1);
}

RedirectPage pageFor(AuthorizationAnswer::Kind kind) {
    switch (kind) {
    case AuthorizationAnswer::Kind::Granted:
        return RedirectPage::Answered;
    case AuthorizationAnswer::Kind::Refused:
        return RedirectPage::NotSignedIn;
    case AuthorizationAnswer::Kind::NotOurs:
        break;
    }
    return RedirectPage::Neutral;
}

} // namespace

AuthorizationCodeFlow::AuthorizationCodeFlow(HttpTransport& transport, const Clock& clock, Setup setup,
                                             Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), done_(std::move(done)),
      pkce_(makePkce()), nonce_(setup_.openId ? randomToken(nonceBytes) : std::string()),
      listener_(placeFor(setup_), [this](const auto& parameters) { return pageFor(take(parameters)); }) {
    expected_.issuer = setup_.server.issuer;
    expected_.issParameterSupported = setup_.server.issParameterSupported;
    timeout_.setSingleShot(true);
    connect(&timeout_, &QTimer::timeout, this, &AuthorizationCodeFlow::onTimeout);
}

Result<void> AuthorizationCodeFlow::checkSetup() const {
    const std::vector<std::string>& methods = setup_.server.codeChallengeMethods;
    if (std::find(methods.begin(), methods.end(), "S256") == methods.end() && !setup_.pkceWithoutMetadata) {
        Error error(ErrorCode::ProviderError,
                    "The authorization server does not say that it supports PKCE (S256)",
                    "Ask whoever runs the server to switch PKCE on.");
        error.details.emplace_back("reason", "no_pkce");
        return failure(std::move(error));
    }
    if (setup_.client.clientId.empty())
        return failure(ErrorCode::NotConfigured, "There is no client id for this provider");
    if (!setup_.redirectPath.empty() && setup_.redirectPath.front() != '/')
        return failure(ErrorCode::InvalidParams, "A redirect path begins with a slash");
    return checkUrl(setup_.server.tokenEndpoint);
}

void AuthorizationCodeFlow::start(Completion<QUrl> ready) {
    if (phase_ != Phase::New)
        return deliverLater<QUrl>(this, std::move(ready),
                                  failure(ErrorCode::InternalError, "A sign-in starts once"));
    ready_ = std::move(ready);
    phase_ = Phase::Pushing;
    Result<QUrl> url = prepare();
    if (url && shallPush())
        return push(*url);
    openLater(std::move(url));
}

// The whole request as an address; the listener is open after that.
Result<QUrl> AuthorizationCodeFlow::prepare() {
    if (Result<void> checked = checkSetup(); !checked)
        return failure(std::move(checked.error()));
    if (Result<void> listening = listener_.listen(); !listening)
        return failure(std::move(listening.error()));
    redirectUri_ = listener_.redirectUri();
    AuthorizationRequestParams params;
    params.clientId = setup_.client.clientId;
    params.redirectUri = redirectUri_;
    params.state = randomToken(stateBytes);
    params.codeChallenge = pkce_.challenge;
    params.nonce = nonce_;
    params.scopes = setup_.scopes;
    params.scopeSeparator = setup_.scopeSeparator;
    params.resource = setup_.resource;
    params.extraParameters = setup_.extraParameters;
    if (setup_.dpopKey)
        params.dpopThumbprint = setup_.dpopKey->thumbprint();
    expected_.state = Secret::copyOf(params.state);
    return authorizationUrl(setup_.server, params);
}

bool AuthorizationCodeFlow::shallPush() const {
    const bool offered = !setup_.server.pushedAuthorizationEndpoint.isEmpty();
    return setup_.par == PushedRequests::Required || (setup_.par == PushedRequests::Auto && offered);
}

// What would go through the browser goes to the server; the endpoint's own query is none of it.
void AuthorizationCodeFlow::push(const QUrl& plain) {
    AuthorizationServer bare = setup_.server;
    auto parameters = decodeForm(plain.query(QUrl::FullyEncoded).toStdString());
    const auto own = decodeForm(bare.authorizationEndpoint.query(QUrl::FullyEncoded).toStdString());
    if (!parameters || !own)
        return openLater(failure(ErrorCode::InvalidParams, "The authorization request cannot be pushed"));
    for (const auto& [name, value] : *own)
        parameters->erase(name);
    push_ = std::make_unique<PushedAuthorization>(
        transport_, clock_, std::move(bare), setup_.client, std::move(*parameters),
        [this, plain](const Result<std::string>& requestUri) { onPushed(plain, requestUri); });
    push_->start();
}

void AuthorizationCodeFlow::onPushed(const QUrl& plain, const Result<std::string>& requestUri) {
    if (requestUri)
        return open(pushedAuthorizationUrl(setup_.server, setup_.client.clientId, *requestUri));
    const bool needed = setup_.par == PushedRequests::Required || setup_.server.requiresPushedAuthorization;
    if (needed || isPushRefusal(requestUri.error()))
        return open(failure(requestUri.error()));
    open(plain);
}

void AuthorizationCodeFlow::openLater(Result<QUrl> url) {
    auto later = [this, url = std::move(url)]() mutable { open(std::move(url)); };
    QMetaObject::invokeMethod(this, std::move(later), Qt::QueuedConnection);
}

void AuthorizationCodeFlow::open(Result<QUrl> url) {
    if (url) {
        phase_ = Phase::Waiting;
        timeout_.start(setup_.timeout);
    } else {
        stopWaiting(Phase::Finished);
    }
    const Completion<QUrl> ready = std::move(ready_);
    ready(std::move(url)); // may destroy this
}

Result<void> AuthorizationCodeFlow::complete(const std::string& redirectUrl) {
    if (phase_ != Phase::Waiting)
        return failure(ErrorCode::InvalidParams, "This sign-in does not wait for an answer");
    const std::optional<std::string_view> query = pastedQuery(redirectUrl, redirectUri_);
    const auto parameters = query ? decodeForm(*query) : std::nullopt;
    if (!parameters || take(*parameters) == AuthorizationAnswer::Kind::NotOurs)
        return failure(ErrorCode::InvalidParams, "This address is not the answer to this sign-in",
                       "Paste the whole address that the browser shows after you signed in.");
    return {};
}

AuthorizationAnswer::Kind AuthorizationCodeFlow::take(const std::map<std::string, std::string>& parameters) {
    if (phase_ != Phase::Waiting)
        return AuthorizationAnswer::Kind::NotOurs; // a replay
    AuthorizationAnswer answer = judgeAnswer(parameters, expected_);
    switch (answer.kind) {
    case AuthorizationAnswer::Kind::NotOurs:
        break;
    case AuthorizationAnswer::Kind::Refused:
        finishLater(std::move(answer.error));
        break;
    case AuthorizationAnswer::Kind::Granted:
        exchangeCode(answer.code);
        break;
    }
    return answer.kind;
}

void AuthorizationCodeFlow::exchangeCode(const Secret& code) {
    stopWaiting(Phase::Exchanging);
    Form form;
    form.add("grant_type", "authorization_code").add("code", code).add("redirect_uri", redirectUri_);
    form.add("code_verifier", pkce_.verifier);
    if (setup_.resource)
        form.add("resource", *setup_.resource);
    pkce_.verifier.clear();
    exchange_ = std::make_unique<TokenExchange>(
        transport_, clock_,
        TokenExchange::Setup{setup_.server, setup_.client, setup_.scopeSeparator, setup_.deadline,
                             setup_.dpopKey, setup_.dpopOnDemand},
        std::move(form), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    exchange_->start();
    if (setup_.onExchanging)
        setup_.onExchanging();
}

void AuthorizationCodeFlow::onTokens(Result<TokenSet> tokens) {
    phase_ = Phase::Finished;
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(tokens)); // may destroy this
}

void AuthorizationCodeFlow::onTimeout() {
    finishLater(Error(ErrorCode::TimedOut, "Nobody finished the sign-in in time"));
}

// The state works once: after this nothing matches it.
void AuthorizationCodeFlow::stopWaiting(Phase next) {
    phase_ = next;
    timeout_.stop();
    listener_.close();
    expected_.state.clear();
}

// Later, because an answer is taken inside complete() and inside the listener, and whoever gets the result
// may destroy this flow.
void AuthorizationCodeFlow::finishLater(Error error) {
    stopWaiting(Phase::Finished);
    deliverLater<TokenSet>(this, std::move(done_), failure(std::move(error)));
}

} // namespace keybearer
