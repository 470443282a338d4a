#include "broker/accounts/EnterpriseGrant.h"

#include "broker/base/Text.h"
#include "broker/oauth/ClientAuthentication.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/TokenResponse.h"
#include "broker/providers/AssertionFile.h"

#include <QPointer>

namespace keybearer {

namespace {

constexpr std::chrono::seconds wayThere{10}; // an ID token with less left would be too old on arrival

Error unusable(std::string what, std::string action) {
    return Error(ErrorCode::NotConfigured, std::move(what), std::move(action));
}

bool saysIdentityProvider(const Error& error) {
    return error.detail("at") != nullptr;
}

} // namespace

EnterpriseGrant::EnterpriseGrant(Rooms rooms, Wish wish, Completion<TokenSet> done)
    : rooms_(std::move(rooms)), wish_(std::move(wish)), done_(std::move(done)) {}

void EnterpriseGrant::start() {
    if (wish_.source.provider.empty())
        return fromFile();
    fromSession();
}

void EnterpriseGrant::fromFile() {
    const ServerAccess::Enterprise& source = wish_.source;
    Result<Secret> idToken = readAssertionFile(source.idTokenFile);
    if (!idToken)
        return fail(std::move(idToken.error()));
    if (Result<void> accepted = accept(std::move(*idToken)); !accepted)
        return fail(std::move(accepted.error()));
    AuthorizationServer server;
    server.issuer = source.issuer;
    server.tokenEndpoint = source.tokenEndpoint;
    ClientRegistration client;
    client.clientId = source.clientId;
    client.unnamed = client.clientId.empty();
    client.clientSecret = source.clientSecret;
    client.method = chooseAuthMethod(std::nullopt, {}, proofsOf(client));
    exchange(std::move(server), std::move(client));
}

void EnterpriseGrant::fromSession() {
    CredentialSelector selector{wish_.source.provider, std::nullopt, std::nullopt, {CredentialKind::SignIn}};
    if (!wish_.account.empty())
        selector.account = wish_.account;
    const Result<const Credential*> session = rooms_.registry.select(selector);
    if (!session)
        return fail(session.error());
    sessionId_ = (*session)->record.id;
    rooms_.registry.ensureLoaded(sessionId_,
                                 [this, alive = QPointer<EnterpriseGrant>(this)](const Result<void>& loaded) {
                                     if (alive)
                                         onLoaded(loaded);
                                 });
}

void EnterpriseGrant::onLoaded(const Result<void>& loaded) {
    const Credential* session = rooms_.registry.find(sessionId_);
    if (!loaded || session == nullptr)
        return fail(loaded ? signInAgain("the sign-in there was removed") : loaded.error());
    const bool dead = session->record.needsSignIn;
    if (!dead && accept(session->idToken.open()))
        return onRenewed({});
    if (dead || !session->record.refreshable || !rooms_.renew)
        return onRenewed({}); // says what is wrong
    rooms_.renew(sessionId_, [this, alive = QPointer<EnterpriseGrant>(this)](const Result<void>& renewed) {
        if (alive)
            onRenewed(renewed);
    });
}

void EnterpriseGrant::onRenewed(const Result<void>& renewed) {
    const Credential* session = rooms_.registry.find(sessionId_);
    if (session == nullptr || session->record.needsSignIn)
        return fail(signInAgain("the sign-in there has ended"));
    if (!renewed)
        return fail(renewed.error());
    if (idToken_.empty()) {
        if (Result<void> accepted = accept(session->idToken.open()); !accepted)
            return fail(std::move(accepted.error()));
    }
    rooms_.directory.resolve(wish_.source.provider,
                             [this, alive = QPointer<EnterpriseGrant>(this)](Result<ServerAccess> access) {
                                 if (alive)
                                     onProvider(std::move(access));
                             });
}

void EnterpriseGrant::onProvider(Result<ServerAccess> access) {
    if (!access)
        return fail(std::move(access.error()));
    const Credential* session = rooms_.registry.find(sessionId_);
    // SEC-C-23: an ID token goes back to who gave it, and to nobody else.
    if (session == nullptr || session->record.issuer != access->issuerKey())
        return fail(signInAgain("its issuer has changed since the sign-in there"));
    exchange(std::move(access->server), std::move(access->client));
}

Result<void> EnterpriseGrant::accept(Secret idToken) {
    const bool stored = !wish_.source.provider.empty();
    if (idToken.empty())
        return failure(signInAgain("the sign-in there brought no ID token", " --scope openid"));
    const Result<AssertionClaims> claims = readAssertion(idToken);
    if (!claims && stored)
        return failure(signInAgain("the ID token of the sign-in there cannot be read"));
    if (!claims)
        return failure(unusable(wish_.source.idTokenFile.string() + " holds no ID token",
                                "Name the file that your ID token is written to."));
    if (!wish_.source.issuer.empty() && claims->issuer != wish_.source.issuer)
        return failure(unusable("the ID token was signed by " + displaySafe(claims->issuer) + " and not by " +
                                    displaySafe(wish_.source.issuer),
                                "Correct enterprise.issuer of the service in config.yaml, or the file."));
    if (claims->expiresAt && *claims->expiresAt <= rooms_.clock.wall() + wayThere) {
        if (stored)
            return failure(signInAgain("the ID token of the sign-in there has expired"));
        return failure(unusable("the ID token in " + wish_.source.idTokenFile.string() + " has expired",
                                "Have it written anew."));
    }
    // Another person at the identity provider must not become this one here.
    if (!wish_.subject.empty() && claims->subject != wish_.subject)
        return failure(signInAgain("somebody else is signed in there now"));
    account_ = Account{claims->subject, claims->label};
    idToken_ = std::move(idToken);
    return {};
}

void EnterpriseGrant::exchange(AuthorizationServer server, ClientRegistration client) {
    flow_ = std::make_unique<IdJagFlow>(
        rooms_.http, rooms_.clock,
        IdJagFlow::Setup{std::move(wish_.grant), std::move(server), std::move(client), std::move(idToken_)},
        [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    flow_->start();
}

void EnterpriseGrant::onTokens(Result<TokenSet> tokens) {
    if (!tokens && isInvalidGrant(tokens.error()) && saysIdentityProvider(tokens.error()))
        tokens = failure(signInAgain("the identity provider does not accept the ID token any more"));
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(tokens)); // may destroy this
}

void EnterpriseGrant::fail(Error error) {
    deliverLater<TokenSet>(this, std::move(done_), failure(std::move(error)));
}

Error EnterpriseGrant::signInAgain(const std::string& what, const std::string& more) const {
    const std::string provider = displaySafe(wish_.source.provider, 64);
    if (provider.empty())
        return Error(ErrorCode::SignInAgain, what, "Have the file of the ID token written anew.")
            .with("reason", std::string("expired"));
    return Error(ErrorCode::SignInAgain, provider + ": " + what,
                 "Sign in again with: keybearer login " + provider + more)
        .with("reason", std::string("expired"))
        .with("provider", provider);
}

} // namespace keybearer
