#include "broker/accounts/SignIn.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"
#include "broker/oauth/IdentityFlow.h"
#include "broker/oauth/TokenResponse.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes patience{5}; // how long the browser may take (SEC-C-04)

std::vector<std::string> usualScopes(const Provider& provider, SignInFlow flow) {
    return needsNobody(flow) ? scopesWithoutAPerson(provider.scopes) : provider.scopes;
}

// Where the platform speaks for this machine, no client id has to.
ServerDirectory::Client clientNeededBy(const Provider* provider) {
    const std::vector<std::string> machine{std::string(flowWord(SignInFlow::Workload))};
    return provider != nullptr && provider->flows == machine ? ServerDirectory::Client::Optional
                                                             : ServerDirectory::Client::Needed;
}

// A server that never says in its metadata what it can may know PKCE all the same; only a person can tell.
Error withRemedy(Error error, const Provider* provider) {
    const ErrorDetail* reason = error.detail("reason");
    const bool isPkce = reason != nullptr && std::holds_alternative<std::string>(*reason) &&
                        std::get<std::string>(*reason) == "no_pkce";
    if (!isPkce || provider == nullptr || !provider->resource)
        return error;
    const std::string name =
        provider->resource->config ? provider->resource->config->name : std::string("NAME");
    error.action = "Ask whoever runs it; if it knows PKCE all the same, write into config.yaml: services: {" +
                   name + ": {url: \"" + displaySafe(provider->resource->server) +
                   "\", pkce_without_metadata: true}}";
    return error;
}

// A browser that never came back may have been shown that the server no longer knows our client: such an
// error is for the person's eyes alone (RFC 6749 section 4.1.2.1). Where no session depends on the client, a
// new one at the next sign-in costs nothing and heals it.
void doubtClient(ServerDirectory& directory, const AccountRegistry& registry, const std::string& provider,
                 SignInFlow flow, const std::string& issuer) {
    if ((flow != SignInFlow::Browser && flow != SignInFlow::Paste) || !directory.isRegisteredByUs(provider))
        return;
    const std::vector<const Credential*> all = registry.all();
    const bool isUsed = std::any_of(all.begin(), all.end(), [&](const Credential* credential) {
        return credential->record.issuer == issuer && !credential->record.needsSignIn;
    });
    if (!isUsed)
        directory.refuseClient(provider);
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

std::string_view stepWord(SignInStep step) {
    switch (step) {
    case SignInStep::Discovering:
        return "discovering";
    case SignInStep::Registering:
        return "registering";
    case SignInStep::Waiting:
        return "waiting";
    case SignInStep::Exchanging:
        return "exchanging";
    case SignInStep::Identifying:
        return "identifying";
    }
    return "discovering";
}

SignIn::SignIn(std::string id, Wish wish, const ProviderCatalog& catalog, ServerDirectory& directory,
               AccountRegistry& registry, HttpTransport& http, const Clock& clock,
               ResourceDirectory* resources)
    : id_(std::move(id)), wish_(std::move(wish)), catalog_(catalog), directory_(directory),
      registry_(registry), http_(http), clock_(clock), resources_(resources),
      expiresAt_(clock.wall() + patience) {}

SignIn::~SignIn() = default;

void SignIn::start(Completion<SignInInvitation> ready) {
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
    enterStep(SignInStep::Discovering);
    if (resources_ == nullptr || !wish_.service)
        return findServer();
    connect(resources_, &ResourceDirectory::registering, this, &SignIn::onRegistering);
    resources_->prepare(*wish_.service, wish_.challenge,
                        [this, alive = QPointer<SignIn>(this)](Result<std::string> provider) {
                            if (!alive || ended())
                                return;
                            if (!provider)
                                return fail(provider.error());
                            wish_.provider = std::move(*provider);
                            findServer();
                        });
}

void SignIn::onRegistering(const std::string& server) {
    if (step_ == SignInStep::Discovering && !ended() && wish_.service && wish_.service->url == server)
        enterStep(SignInStep::Registering);
}

void SignIn::findServer() {
    directory_.resolve(
        wish_.provider,
        [this, alive = QPointer<SignIn>(this)](Result<ServerAccess> access) {
            if (alive && !ended())
                onServer(std::move(access));
        },
        clientNeededBy(catalog_.find(wish_.provider)));
}

void SignIn::onServer(Result<ServerAccess> access) {
    if (!access)
        return fail(access.error());
    const Provider* known = catalog_.find(wish_.provider);
    if (known == nullptr)
        return fail(catalog_.unknownProvider(wish_.provider));
    access_ = std::move(*access);
    provider_ = *known;
    const Provider& provider = *provider_;
    const Result<SignInFlow> flow = chooseFlow(wish_.flow, provider, *access_, wish_.deviceFirst);
    if (!flow)
        return fail(flow.error());
    flow_ = *flow;
    scopes_ = scopesToAsk(provider);
    // What the tokens are for (RFC 8707): nothing in particular, or one MCP server.
    std::optional<std::string> resource;
    if (provider.resource && !provider.quirks.rejectsResource)
        resource = provider.resource->identifier;
    route_ = SignInRoute::make(flow_,
                               {provider, *access_, scopes_, wish_.accountHint, patience, http_, clock_,
                                [this] { enter(SignInState::Exchanging); }, std::move(resource), &registry_,
                                &directory_, renew_, wish_.next},
                               [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    route_->start([this](Result<SignInInvitation> invitation) { onInvitation(std::move(invitation)); });
}

std::vector<std::string> SignIn::scopesToAsk(const Provider& provider) const {
    std::vector<std::string> scopes = wish_.scopes.empty() ? usualScopes(provider, flow_) : wish_.scopes;
    if (wish_.addScopes.empty())
        return scopes;
    const auto add = [&scopes](const std::vector<std::string>& more) {
        for (const std::string& scope : more) {
            if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end())
                scopes.push_back(scope);
        }
    };
    CredentialSelector selector;
    selector.provider = provider.name;
    selector.account = wish_.accountHint;
    if (const Result<const Credential*> session = registry_.select(selector))
        add((*session)->record.scopes);
    add(wish_.addScopes);
    return scopes;
}

void SignIn::onInvitation(Result<SignInInvitation> invitation) {
    if (!invitation)
        return fail(withRemedy(std::move(invitation.error()), catalog_.find(wish_.provider)));
    if (invitation->device)
        expiresAt_ = invitation->device->expiresAt;
    enter(SignInState::Waiting);
    if (const Completion<SignInInvitation> ready = std::exchange(ready_, nullptr))
        ready(std::move(*invitation));
}

Result<void> SignIn::complete(const std::string& redirectUrl) {
    if (route_ == nullptr || state_ != SignInState::Waiting)
        return failure(ErrorCode::InvalidRequest, "this sign-in does not wait for a redirect",
                       "Start a new one with: keybearer login " + wish_.provider);
    return route_->complete(redirectUrl);
}

void SignIn::cancel() {
    if (ended())
        return;
    if (state_ == SignInState::Waiting)
        doubtClient(directory_, registry_, wish_.provider, flow_, access_ ? access_->issuerKey() : "");
    route_.reset();
    identityFlow_.reset();
    fail(Error(ErrorCode::Cancelled, "the sign-in was cancelled"));
}

void SignIn::onTokens(Result<TokenSet> tokens) {
    if (!tokens) {
        if (isInvalidClient(tokens.error()))
            directory_.refuseClient(wish_.provider);
        else if (tokens.error().code == ErrorCode::TimedOut && state_ == SignInState::Waiting)
            doubtClient(directory_, registry_, wish_.provider, flow_, access_->issuerKey());
        return fail(tokens.error());
    }
    tokens_ = std::move(*tokens);
    if (std::optional<Account> machine = route_->knownAccount())
        return adopt(std::move(*machine));
    // A token for a resource goes nowhere else (SEC-C-19), so only an ID token can tell who it is.
    const Provider& provider = *provider_;
    if (provider.resource && tokens_->idToken.empty())
        return adopt({"default", provider.displayName});
    askWho();
}

void SignIn::askWho() {
    enterStep(SignInStep::Identifying);
    const Provider& provider = *provider_;
    IdentityFlow::Setup setup;
    setup.server = access_->server;
    if (provider.resource)
        setup.server.userinfoEndpoint.clear();
    setup.clientId = access_->client.clientId;
    setup.nonce = route_->nonce();
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
    if (identity)
        return adopt({identity->subject, identity->label});
    // A provider that tells nobody who signed in has one account here. Any other failure is one.
    if (identity.error().code != ErrorCode::NotFound)
        return fail(identity.error());
    adopt({"default", provider_->displayName});
}

void SignIn::adopt(Account account) {
    const Provider& provider = *provider_;
    AccountRegistry::SignedIn who;
    who.provider = provider.name;
    who.providerName = provider.displayName;
    who.issuer = access_->issuerKey();
    if (provider.resource)
        who.resource = provider.resource->identifier;
    who.account = std::move(account);
    who.askedScopes = scopes_;
    who.kind = kindOf(flow_);
    Result<std::string> stored = registry_.adopt(std::move(who), std::move(*tokens_));
    tokens_.reset();
    if (!stored)
        return fail(stored.error());
    sessionId_ = *stored;
    qCInfo(logAccounts).noquote() << "signed in to" << QString::fromStdString(provider.name);
    enter(SignInState::SignedIn);
    if (const Completion<SignInInvitation> ready = std::exchange(ready_, nullptr))
        ready(SignInInvitation{flow_, {}, std::nullopt});
}

void SignIn::fail(const Error& error) {
    if (ended())
        return;
    error_ = error;
    enter(error.code == ErrorCode::Cancelled ? SignInState::Cancelled : SignInState::Failed);
    if (const Completion<SignInInvitation> ready = std::exchange(ready_, nullptr))
        ready(failure(error));
}

void SignIn::enterStep(SignInStep step) {
    step_ = step;
    Q_EMIT progressed();
}

void SignIn::enter(SignInState state) {
    state_ = state;
    if (state == SignInState::Waiting)
        step_ = SignInStep::Waiting;
    else if (state == SignInState::Exchanging)
        step_ = SignInStep::Exchanging;
    if (ended())
        endedAt_ = clock_.wall();
    Q_EMIT progressed();
}

} // namespace keybearer
