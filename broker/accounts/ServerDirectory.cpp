#include "broker/accounts/ServerDirectory.h"

#include "broker/oauth/ServerDiscovery.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/TokenRequest.h"

#include <QTimer>

namespace keybearer {

namespace {
constexpr std::chrono::hours metadataLife{1};
}

std::string ServerAccess::issuerKey() const {
    if (!server.issuer.empty())
        return server.issuer;
    return server.tokenEndpoint.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toString(QUrl::FullyEncoded)
        .toStdString();
}

ServerDirectory::ServerDirectory(const ProviderCatalog& catalog, HttpTransport& http, const Clock& clock)
    : catalog_(catalog), http_(http), clock_(clock) {}

ServerDirectory::~ServerDirectory() = default;

void ServerDirectory::resolve(const std::string& name, Completion<ServerAccess> done, Client need) {
    const Provider* provider = catalog_.find(name);
    if (provider == nullptr)
        return done(failure(catalog_.unknownProvider(name)));
    if (provider->clientId.empty() && need == Client::Needed) {
        std::string action = "Put its client_id into config.yaml under providers." + provider->name + ".";
        if (!provider->help.registerUrl.empty())
            action = "Register a client at " + provider->help.registerUrl +
                     " and put its client_id into config.yaml" + " under providers." + provider->name + ".";
        return done(
            failure(Error(ErrorCode::NotConfigured, provider->displayName + " has no client_id yet", action)
                        .with("provider", provider->name)));
    }
    if (provider->endpoints)
        return done(accessTo(*provider, *provider->endpoints));
    const std::string issuer = provider->issuer.value_or("");
    Entry& entry = entries_[issuer];
    if (entry.server && clock_.boot() - entry.at < metadataLife)
        return done(accessTo(*provider, *entry.server));
    entry.waiters.emplace_back(name, std::move(done));
    if (entry.waiters.size() > 1)
        return;
    auto discovery =
        std::make_unique<ServerDiscovery>(http_, issuer, [this, issuer](Result<AuthorizationServer> server) {
            onDiscovered(issuer, std::move(server));
        });
    ServerDiscovery& started = *discovery;
    entry.discovery = std::move(discovery);
    started.start();
}

void ServerDirectory::onDiscovered(const std::string& issuer, Result<AuthorizationServer> server) {
    Entry& entry = entries_[issuer];
    // We are inside the discovery's last act: let it go after that.
    QTimer::singleShot(0, this, [ended = std::shared_ptr<AsyncFlow>(std::move(entry.discovery))] {});
    if (server) {
        entry.server = std::move(*server);
        entry.at = clock_.boot();
    }
    std::vector<std::pair<std::string, Completion<ServerAccess>>> waiters;
    waiters.swap(entry.waiters);
    const std::optional<AuthorizationServer> known = entry.server;
    for (const auto& [name, done] : waiters) {
        const Provider* provider = catalog_.find(name);
        if (known && provider != nullptr)
            done(accessTo(*provider, *known));
        else
            done(tl::unexpected(server.error()));
    }
}

namespace {

Dialect dialectOf(const Provider& provider) {
    const Provider::Quirks& quirks = provider.quirks;
    Dialect dialect;
    dialect.jsonBody = quirks.tokenBody == Provider::TokenBody::JsonObject;
    dialect.basicAsIs = quirks.basicWithoutFormEncoding;
    dialect.secretAsBasicUser = quirks.secretAsBasicUser;
    dialect.tokenObject = quirks.tokenObject;
    if (!quirks.scopeParameter.empty())
        dialect.scopeParameter = quirks.scopeParameter;
    if (quirks.refreshTokenDays > 0)
        dialect.refreshLife = std::chrono::hours(24 * quirks.refreshTokenDays);
    dialect.githubRevocation = quirks.revocation == Provider::Revocation::GitHub;
    dialect.revokes = quirks.revocation != Provider::Revocation::None;
    if (!quirks.redirectHost.empty())
        dialect.redirectHost = quirks.redirectHost;
    dialect.redirectPort = static_cast<std::uint16_t>(quirks.redirectPort);
    return dialect;
}

} // namespace

ServerAccess ServerDirectory::accessTo(const Provider& provider, const AuthorizationServer& server) {
    ServerAccess access;
    access.server = server;
    access.server.dialect = dialectOf(provider);
    if (provider.timeout)
        access.deadline = *provider.timeout;
    access.client.clientId = provider.clientId;
    access.client.clientSecret = provider.clientSecret;
    access.client.signingKey = provider.signingKey;
    access.client.certificate = provider.certificate;
    access.client.assertionAudience = provider.quirks.assertionAudience;
    access.scopeSeparator.assign(1, provider.quirks.spaceInScopes ? ' ' : ',');
    access.client.method =
        chooseAuthMethod(provider.authMethod, server.tokenEndpointAuthMethods, proofsOf(access.client));
    access.server = endpointsFor(access.client, std::move(access.server));
    std::shared_ptr<ServerMemory>& memory = memories_[access.issuerKey()];
    if (!memory)
        memory = std::make_shared<ServerMemory>();
    access.server.memory = memory;
    return access;
}

} // namespace keybearer
