#include "broker/accounts/ServiceAccountTrial.h"

#include "broker/accounts/SignInRoute.h"
#include "broker/base/Text.h"
#include "broker/log/Log.h"
#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/JwtBearerFlow.h"

#include <QPointer>

namespace keybearer {

ServiceAccountTrial::ServiceAccountTrial(Rooms rooms, Wish wish, Completion<std::string> done)
    : rooms_(rooms), wish_(std::move(wish)), done_(std::move(done)) {}

void ServiceAccountTrial::start() {
    const Provider* provider = rooms_.catalog.find(wish_.provider);
    Result<std::shared_ptr<const ServiceAccountKey>> key =
        provider == nullptr ? failure(rooms_.catalog.unknownProvider(wish_.provider))
                            : ServiceAccountKey::parse(wish_.keyFile);
    if (!key)
        return deliverLater<std::string>(this, std::move(done_), failure(std::move(key.error())));
    key_ = std::move(*key);
    if (wish_.scopes.empty())
        wish_.scopes = scopesWithoutAPerson(provider->scopes);
    rooms_.registry.open([this, alive = QPointer<ServiceAccountTrial>(this)](const Result<void>& opened) {
        if (alive)
            onStoreOpen(opened);
    });
}

void ServiceAccountTrial::onStoreOpen(const Result<void>& opened) {
    if (!opened)
        return finish(failure(opened.error()));
    rooms_.directory.resolve(
        wish_.provider,
        [this, alive = QPointer<ServiceAccountTrial>(this)](Result<ServerAccess> access) {
            if (alive)
                onServer(std::move(access));
        },
        ServerDirectory::Client::Optional);
}

void ServiceAccountTrial::onServer(Result<ServerAccess> access) {
    if (!access)
        return finish(failure(std::move(access.error())));
    access_ = std::move(*access);
    auto flow = std::make_unique<JwtBearerFlow>(
        rooms_.http, rooms_.clock,
        MachineGrant::Setup{access_->server, access_->client, wish_.scopes, access_->scopeSeparator}, key_,
        wish_.subject, [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    JwtBearerFlow& started = *flow;
    flow_ = std::move(flow);
    started.start();
}

void ServiceAccountTrial::onTokens(Result<TokenSet> tokens) {
    if (!tokens) {
        Error error = std::move(tokens.error());
        if (error.code == ErrorCode::ProviderError && error.action.empty())
            error.action = "Check that this key is still registered there, and what the account may do; "
                           "nothing was stored.";
        return finish(failure(std::move(error)));
    }
    const Provider* provider = rooms_.catalog.find(wish_.provider);
    if (provider == nullptr)
        return finish(failure(rooms_.catalog.unknownProvider(wish_.provider)));
    AccountRegistry::SignedIn who;
    who.provider = provider->name;
    who.providerName = provider->displayName;
    who.issuer = access_->issuerKey();
    who.account.subject = key_->issuer();
    if (!wish_.subject.empty())
        who.account.subject.append(" for ").append(wish_.subject);
    who.account.label = displaySafe(wish_.name.empty() ? who.account.subject : wish_.name, 100);
    who.askedScopes = wish_.scopes;
    who.kind = CredentialKind::JwtBearer;
    who.assertionSubject = wish_.subject;
    who.serviceKey = std::move(wish_.keyFile);
    qCInfo(logAccounts).noquote() << "a service account is good at" << QString::fromStdString(provider->name);
    finish(rooms_.registry.adopt(std::move(who), std::move(*tokens)));
}

void ServiceAccountTrial::finish(Result<std::string> result) {
    const Completion<std::string> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
