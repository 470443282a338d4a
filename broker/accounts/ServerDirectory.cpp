#include "broker/accounts/ServerDirectory.h"

#include "broker/oauth/ServerDiscovery.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/TokenRequest.h"

#include <QTimer>

namespace keybearer {

namespace {

constexpr std::chrono::hours metadataLife{1};

// What the entry has not yet that a flow needs; nothing if all is there.
std::optional<Error> lackOf(const Provider& provider, ServerDirectory::Client need) {
    if (provider.resource && !provider.resource->discovered)
        return Error(ErrorCode::AuthorizationRequired, "nobody has signed in to " + provider.displayName,
                     "Sign in with: keybearer login " + provider.name)
            .with("auth_type", "oauth")
            .with("provider", provider.name)
            .with("instructions", "Run: keybearer login " + provider.name);
    if (!provider.clientId.empty() || need == ServerDirectory::Client::Optional)
        return std::nullopt;
    std::string action = "Put its client_id into config.yaml under providers." + provider.name + ".";
    if (!provider.help.registerUrl.empty())
        action = "Register a client at " + provider.help.registerUrl +
                 " and put its client_id into config.yaml under providers." + provider.name + ".";
    return Error(ErrorCode::NotConfigured, provider.displayName + " has no client_id yet", action)
        .with("provider", provider.name);
}

} // namespace

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
    if (const std::optional<Error> lacking = lackOf(*provider, need))
        return done(failure(*lacking));
    if (provider->endpoints)
        return done(accessTo(*provider, *provider->endpoints));
    const bool publicOnly = provider->resource && provider->resource->publicOnly;
    const std::string issuer = provider->issuer.value_or("");
    metadata(issuer, publicOnly,
             [this, name, issuer, done = std::move(done)](Result<AuthorizationServer> server) {
                 const Provider* asked = catalog_.find(name);
                 if (!server || asked == nullptr)
                     return done(server ? failure(catalog_.unknownProvider(name))
                                        : failure(std::move(server.error())));
                 if (asked->issuer.value_or("") != issuer) // our client is for another server by now
                     return done(failure(ErrorCode::Cancelled,
                                         "the configuration of " + asked->displayName + " was changed",
                                         "Try again."));
                 done(accessTo(*asked, *server));
             });
}

void ServerDirectory::metadata(const std::string& issuer, bool publicOnly,
                               Completion<AuthorizationServer> done) {
    const Key key{issuer, publicOnly};
    Entry& entry = entries_[key];
    if (entry.server && clock_.boot() - entry.at < metadataLife)
        return done(*entry.server);
    entry.waiters.push_back(std::move(done));
    if (entry.waiters.size() > 1)
        return;
    auto discovery = std::make_unique<ServerDiscovery>(
        http_, issuer,
        [this, key](Result<AuthorizationServer> server) { onDiscovered(key, std::move(server)); },
        publicOnly);
    ServerDiscovery& started = *discovery;
    entry.discovery = std::move(discovery);
    started.start();
}

void ServerDirectory::onDiscovered(const Key& key, Result<AuthorizationServer> server) {
    Entry& entry = entries_[key];
    // We are inside the discovery's last act: let it go after that.
    QTimer::singleShot(0, this, [ended = std::shared_ptr<AsyncFlow>(std::move(entry.discovery))] {});
    if (server) {
        entry.server = std::move(*server);
        entry.at = clock_.boot();
    }
    std::vector<Completion<AuthorizationServer>> waiters;
    waiters.swap(entry.waiters);
    const std::optional<AuthorizationServer> known = entry.server;
    for (const Completion<AuthorizationServer>& done : waiters) {
        if (known)
            done(*known);
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
    dialect.rejectsResource = quirks.rejectsResource;
    dialect.githubRevocation = quirks.revocation == Provider::Revocation::GitHub;
    dialect.revokes = quirks.revocation != Provider::Revocation::None;
    if (!quirks.redirectHost.empty())
        dialect.redirectHost = quirks.redirectHost;
    dialect.redirectPort = static_cast<std::uint16_t>(quirks.redirectPort);
    dialect.redirectPortMayDiffer = quirks.redirectPortMayDiffer;
    return dialect;
}

// Whose word the server takes, as the configuration of the service says.
void vouchers(const Provider& provider, ServerAccess& access) {
    if (!provider.resource || !provider.resource->config)
        return;
    const auto& config = *provider.resource->config;
    if (const auto& said = config.enterprise)
        access.enterprise =
            ServerAccess::Enterprise{said->provider,    QUrl(QString::fromStdString(said->tokenEndpoint)),
                                     said->clientId,    said->clientSecret,
                                     said->idTokenFile, said->issuer};
    if (!config.workloadTokenFile.empty())
        access.workload = ServerAccess::Workload{config.workloadTokenFile, !config.issuer.empty()};
}

} // namespace

bool ServerDirectory::isRegisteredByUs(const std::string& name) const {
    const Provider* provider = catalog_.find(name);
    return provider != nullptr && provider->resource && provider->resource->registered;
}

Result<std::shared_ptr<const SealedSecret>> ServerDirectory::secretOf(const Provider& provider) const {
    if (provider.clientSecret || !provider.resource || !provider.resource->registered || !secretSource_)
        return provider.clientSecret;
    const Result<Secret> secret = secretSource_(provider);
    if (!secret)
        return failure(secret.error());
    if (secret->empty())
        return nullptr;
    return std::make_shared<const SealedSecret>(*secret);
}

Result<ServerAccess> ServerDirectory::accessTo(const Provider& provider, const AuthorizationServer& server) {
    Result<std::shared_ptr<const SealedSecret>> secret = secretOf(provider);
    if (!secret)
        return failure(std::move(secret.error()));
    ServerAccess access;
    access.server = server;
    access.server.dialect = dialectOf(provider);
    vouchers(provider, access);
    if (provider.timeout)
        access.deadline = *provider.timeout;
    access.client.clientId = provider.clientId;
    access.client.clientSecret = std::move(*secret);
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
