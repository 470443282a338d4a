#include "broker/accounts/SignIn.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"
#include "broker/oauth/AuthorizationCodeFlow.h"
#include "broker/oauth/IdentityFlow.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes patience{5}; // how long the browser may take (SEC-C-04)

bool contains(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

} // namespace

std::string_view signInWord(SignInState state) {
    switch (state) {
    case SignInState::Starting:
    case SignInState::Waiting:
        return "waiting";
    case SignInState::Exchanging:
        return "exchanging";
    case SignInState::SignedIn:
        return "signed_in";
    case SignInState::Failed:
        return "failed";
    case SignInState::Cancelled:
        return "cancelled";
    }
    return "failed";
}

SignIn::SignIn(std::string id, Wish wish, const ProviderCatalog& catalog, ServerDirectory& directory,
               AccountRegistry& registry, HttpTransport& http, const Clock& clock)
    : id_(std::move(id)), wish_(std::move(wish)), catalog_(catalog), directory_(directory),
      registry_(registry), http_(http), clock_(clock), expiresAt_(clock.wall() + patience) {}

SignIn::~SignIn() = default;

void SignIn::start(Completion<QUrl> ready) {
    ready_ = std::move(ready);
    // First make sure that what comes back can be stored: a refresh token that is lost at once helps nobody.
    registry_.open([this, alive = QPointer<SignIn>(this)](const Result<void>& opened) {
        if (alive)
            onStoreOpen(opened);
    });
}

void SignIn::onStoreOpen(const Result<void>& opened) {
    if (!opened)
        return fail(opened.error());
    directory_.resolve(wish_.provider, [this, alive = QPointer<SignIn>(this)](Result<ServerAccess> access) {
        if (alive && !ended())
            onServer(std::move(access));
    });
}

void SignIn::onServer(Result<ServerAccess> access) {
    if (!access)
        return fail(access.error());
    access_ = std::move(*access);
    const Provider& provider = *catalog_.find(wish_.provider);
    scopes_ = wish_.scopes.empty() ? provider.scopes : wish_.scopes;
    AuthorizationCodeFlow::Setup setup;
    setup.server = access_->server;
    setup.client = access_->client;
    setup.scopes = scopes_;
    setup.scopeSeparator = access_->scopeSeparator;
    setup.extraParameters = provider.quirks.authorizationParameters;
    if (wish_.accountHint)
        setup.extraParameters["login_hint"] = *wish_.accountHint;
    // OpenID Connect Core section 11: no refresh token without consent having been asked for, unless told
    // otherwise.
    if (contains(scopes_, "offline_access") && !setup.extraParameters.contains("prompt"))
        setup.extraParameters["prompt"] = "consent";
    setup.redirectPath = provider.quirks.redirectPath;
    setup.openId = contains(scopes_, "openid");
    setup.pkceWithoutMetadata = provider.quirks.pkceWithoutMetadata || provider.endpoints.has_value();
    setup.timeout = patience;
    setup.onExchanging = [this] { enter(SignInState::Exchanging); };
    flow_ = std::make_unique<AuthorizationCodeFlow>(
        http_, clock_, std::move(setup), [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    Result<QUrl> url = flow_->start();
    if (!url)
        return fail(url.error());
    nonce_ = flow_->nonce();
    enter(SignInState::Waiting);
    if (const Completion<QUrl> ready = std::exchange(ready_, nullptr))
        ready(*url);
}

Result<void> SignIn::complete(const std::string& redirectUrl) {
    if (flow_ == nullptr || state_ != SignInState::Waiting)
        return failure(ErrorCode::InvalidRequest, "this sign-in does not wait for a redirect",
                       "Start a new one with: keybearer login " + wish_.provider);
    return flow_->complete(redirectUrl);
}

void SignIn::cancel() {
    if (ended())
        return;
    flow_.reset();
    identityFlow_.reset();
    error_ = Error(ErrorCode::Cancelled, "the sign-in was cancelled");
    enter(SignInState::Cancelled);
    if (const Completion<QUrl> ready = std::exchange(ready_, nullptr))
        ready(failure(*error_));
}

void SignIn::onTokens(Result<TokenSet> tokens) {
    if (!tokens)
        return fail(tokens.error());
    tokens_ = std::move(*tokens);
    const Provider& provider = *catalog_.find(wish_.provider);
    IdentityFlow::Setup setup;
    setup.server = access_->server;
    setup.clientId = access_->client.clientId;
    setup.nonce = nonce_;
    const Provider::IdentitySource source = provider.identity.value_or(Provider::IdentitySource{});
    if (!source.url.isEmpty())
        setup.url = source.url;
    setup.subjectKeys = source.subject;
    setup.labelKeys = source.label;
    auto flow = std::make_unique<IdentityFlow>(http_, clock_, std::move(setup), *tokens_,
                                               [this](Result<Identity> who) { onIdentity(std::move(who)); });
    IdentityFlow& started = *flow;
    identityFlow_ = std::move(flow);
    started.start();
}

void SignIn::onIdentity(Result<Identity> identity) {
    const Provider& provider = *catalog_.find(wish_.provider);
    if (!identity) {
        // A provider that tells nobody who signed in has one account here. Any other failure is one.
        if (identity.error().code != ErrorCode::NotFound)
            return fail(identity.error());
        identity = Identity{"default", provider.displayName};
    }
    AccountRegistry::SignedIn who;
    who.provider = provider.name;
    who.providerName = provider.displayName;
    who.issuer = access_->issuerKey();
    who.account = {identity->subject, identity->label};
    who.askedScopes = scopes_;
    Result<std::string> stored = registry_.adopt(std::move(who), std::move(*tokens_));
    tokens_.reset();
    if (!stored)
        return fail(stored.error());
    sessionId_ = *stored;
    qCInfo(logAccounts).noquote() << "signed in to" << QString::fromStdString(provider.name);
    enter(SignInState::SignedIn);
}

void SignIn::fail(const Error& error) {
    if (ended())
        return;
    error_ = error;
    enter(error.code == ErrorCode::Cancelled ? SignInState::Cancelled : SignInState::Failed);
    if (const Completion<QUrl> ready = std::exchange(ready_, nullptr))
        ready(failure(error));
}

void SignIn::enter(SignInState state) {
    state_ = state;
    if (ended())
        endedAt_ = clock_.wall();
    Q_EMIT progressed();
}

} // namespace keybearer
