#include "broker/accounts/ResourceDirectory.h"

#include "broker/accounts/ResourceEntries.h"
#include "broker/accounts/ResourcePreparation.h"
#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <QTimer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostServers = 1000; // entries; anybody who may ask can name another address
// A challenge of 401 has the metadata read anew, but not for every program that meets the same one.
constexpr std::chrono::seconds readLately{5};
constexpr int forbidden = 403;
constexpr int unauthorized = 401;

bool isAddress(const std::string& word) {
    return word.find("://") != std::string::npos;
}

std::string_view wordOf(ClientAuthMethod method) {
    return method == ClientAuthMethod::ClientSecretBasic  ? "client_secret_basic"
           : method == ClientAuthMethod::ClientSecretPost ? "client_secret_post"
                                                          : "none";
}

} // namespace

ResourceDirectory::ResourceDirectory(Rooms rooms)
    : rooms_(rooms), services_(rooms.config.services), clientMetadataUrl_(rooms.config.clientMetadataUrl) {
    rooms_.servers.setSecretSource([this](const Provider& provider) { return secretOf(provider); });
    connect(&rooms_.servers, &ServerDirectory::clientRefused, this, &ResourceDirectory::onClientRefused);
}

ResourceDirectory::~ResourceDirectory() {
    rooms_.servers.setSecretSource({});
}

Result<void> ResourceDirectory::load() {
    Result<std::vector<StoredRegistration>> registrations = rooms_.store.loadRegistrations();
    if (!registrations)
        return failure(std::move(registrations.error()));
    for (StoredRegistration& registration : *registrations)
        registrations_[registration.issuer] = std::move(registration);
    Result<std::vector<DiscoveredServer>> servers = rooms_.store.loadServers();
    if (!servers)
        return failure(std::move(servers.error()));
    for (DiscoveredServer& server : *servers) {
        nameHere(server);
        adopt(server);
        found_[server.url] = std::move(server);
    }
    return {};
}

void ResourceDirectory::nameHere(DiscoveredServer& server) const {
    if (const Provider* entry = rooms_.catalog.findServer(server.url))
        server.name = entry->name; // the configuration names it now
    else if (rooms_.catalog.find(server.name) != nullptr)
        server.name = rooms_.catalog.nameFor(server.url);
}

void ResourceDirectory::configure(const Config& config) {
    services_ = config.services;
    clientMetadataUrl_ = config.clientMetadataUrl;
    for (auto& [url, server] : found_) {
        nameHere(server);
        adopt(server);
    }
}

McpService ResourceDirectory::localService(const ServiceConfig& config) {
    McpService service;
    service.name = config.name;
    service.url = "local:" + config.name;
    service.displayName = config.name;
    service.timeout = config.timeout;
    service.local = true;
    service.command = config.command;
    return service;
}

std::optional<McpService> ResourceDirectory::configured(const std::string& word) const {
    for (const ServiceConfig& config : services_) {
        if (!config.command.empty() && config.name == word)
            return localService(config);
        const Result<std::string> url = canonicalServer(config.url);
        if (!url || (config.name != word && *url != word))
            continue;
        McpService service;
        service.name = config.name;
        service.url = *url;
        service.displayName = config.name;
        service.fixedProvider = config.provider;
        service.account = config.account;
        service.scopes = config.scopes;
        service.timeout = config.timeout;
        const Provider* entry = rooms_.catalog.findServer(*url);
        service.provider = !config.provider.empty() ? config.provider
                           : entry != nullptr       ? entry->name
                                                    : std::string();
        return service;
    }
    return std::nullopt;
}

McpService ResourceDirectory::serviceOf(const Provider& provider) const {
    if (provider.resource->config)
        if (std::optional<McpService> service = configured(provider.resource->config->name))
            return *service;
    McpService service;
    service.name = provider.name;
    service.url = provider.resource->server;
    service.displayName = provider.displayName;
    service.provider = provider.name;
    return service;
}

std::optional<McpService> ResourceDirectory::known(const std::string& word) const {
    if (isAddress(word)) {
        const Result<std::string> url = canonicalServer(word);
        if (!url)
            return std::nullopt;
        if (std::optional<McpService> service = configured(*url))
            return service;
        const Provider* entry = rooms_.catalog.findServer(*url);
        return entry == nullptr ? std::nullopt : std::optional(serviceOf(*entry));
    }
    if (std::optional<McpService> service = configured(word))
        return service;
    return ofProvider(word);
}

std::optional<McpService> ResourceDirectory::ofProvider(const std::string& provider) const {
    const Provider* entry = rooms_.catalog.find(provider);
    return entry == nullptr || !entry->resource ? std::nullopt : std::optional(serviceOf(*entry));
}

Result<McpService> ResourceDirectory::find(const std::string& word) {
    if (std::optional<McpService> service = known(word))
        return *service;
    if (!isAddress(word)) {
        std::vector<std::string> names;
        for (const McpService& service : all())
            names.push_back(service.name);
        const std::string near = nearest(word, names);
        Error error(ErrorCode::NotFound, "there is no service called " + displaySafe(word, 60),
                    near.empty() ? "Name the address of the server, or see: keybearer service list"
                                 : "Did you mean " + near + "?");
        if (!near.empty())
            error.details.emplace_back("did_you_mean", near);
        return failure(std::move(error));
    }
    const Result<std::string> url = canonicalServer(word);
    if (!url)
        return failure(url.error());
    if (rooms_.catalog.servers().size() >= mostServers)
        return failure(ErrorCode::RateLimited, "too many servers are known",
                       "Forget some of them with: keybearer service remove URL");
    return serviceOf(rooms_.catalog.adopt(undiscoveredEntry(rooms_.catalog.nameFor(*url), *url)));
}

std::vector<McpService> ResourceDirectory::all() const {
    std::vector<McpService> out;
    for (const ServiceConfig& config : services_) {
        if (std::optional<McpService> service = configured(config.name))
            out.push_back(std::move(*service));
    }
    for (const Provider* provider : rooms_.catalog.servers()) {
        if (!provider->resource->config)
            out.push_back(serviceOf(*provider));
    }
    std::sort(out.begin(), out.end(),
              [](const McpService& a, const McpService& b) { return a.name < b.name; });
    return out;
}

const DiscoveredServer* ResourceDirectory::discovered(const std::string& url) const {
    const auto found = found_.find(url);
    return found == found_.end() ? nullptr : &found->second;
}

bool ResourceDirectory::isNeeded(const std::string& url, const ResourceChallenge& challenge) const {
    const auto found = found_.find(url);
    if (found == found_.end())
        return true;
    if (found->second.client == clientRegistered && registrationAt(found->second.issuer) == nullptr)
        return true;
    if (challenge.status == forbidden)
        return false;
    if (challenge.tokenRefused)
        return true;
    const auto read = readAt_.find(url);
    return read == readAt_.end() || rooms_.clock.boot() - read->second >= readLately;
}

// A challenge names the scopes of this request with authority.
void ResourceDirectory::narrow(DiscoveredServer& found, const ResourceChallenge& challenge) {
    if (challenge.status == unauthorized && challenge.scheme == "DPoP" && !found.dpop) {
        found.dpop = true;
        adopt(found);
    }
    const Provider* entry = rooms_.catalog.find(found.name);
    const bool said = entry != nullptr && entry->resource->config && !entry->resource->config->scopes.empty();
    if (said || challenge.status != unauthorized || challenge.scope.empty())
        return;
    const bool offline =
        std::find(found.scopes.begin(), found.scopes.end(), "offline_access") != found.scopes.end();
    std::vector<std::string> scopes = splitWords(challenge.scope);
    if (offline && std::find(scopes.begin(), scopes.end(), "offline_access") == scopes.end())
        scopes.emplace_back("offline_access");
    if (scopes == found.scopes)
        return;
    found.scopes = std::move(scopes);
    adopt(found);
}

void ResourceDirectory::prepare(const McpService& service, ResourceChallenge challenge,
                                Completion<std::string> done) {
    const Provider* entry = rooms_.catalog.find(service.provider);
    if (entry == nullptr)
        return done(failure(rooms_.catalog.unknownProvider(service.provider)));
    if (!service.fixedProvider.empty())
        return done(entry->name);
    if (!isNeeded(service.url, challenge)) {
        narrow(found_[service.url], challenge);
        return done(entry->name);
    }
    Run& run = runs_[service.url];
    run.waiters.push_back(std::move(done));
    if (run.preparation)
        return;
    const DiscoveredServer* before = discovered(service.url);
    run.preparation = std::make_unique<ResourcePreparation>(
        *this, *entry, before == nullptr ? std::nullopt : std::optional(*before), std::move(challenge),
        [this, url = service.url](Result<DiscoveredServer> found) { onPrepared(url, std::move(found)); });
    run.preparation->start();
}

void ResourceDirectory::onPrepared(const std::string& url, Result<DiscoveredServer> found) {
    Run run = std::move(runs_[url]);
    runs_.erase(url);
    run.preparation.release()->deleteLater(); // it is in its last act
    const auto before = found_.find(url);
    std::optional<Error> problem;
    if (found) {
        nameHere(*found);
        if (Result<void> kept = rooms_.store.putServer(*found); !kept)
            problem = kept.error();
    } else if (before == found_.end() || !isTransient(found.error().code)) {
        problem = found.error();
    }
    if (found && !problem) {
        if (before != found_.end() && before->second.issuer != found->issuer)
            retireSessions(found->name, found->issuer);
        adopt(*found);
        readAt_[url] = rooms_.clock.boot();
        found_[url] = std::move(*found);
        Q_EMIT discoveredAnew(url);
    }
    const std::string name = problem ? std::string() : found_[url].name;
    for (const Completion<std::string>& done : run.waiters)
        done(problem ? Result<std::string>(failure(*problem)) : Result<std::string>(name));
}

void ResourceDirectory::adopt(const DiscoveredServer& found) {
    const Provider* before = rooms_.catalog.find(found.name);
    rooms_.catalog.adopt(
        discoveredEntry(before != nullptr ? *before : undiscoveredEntry(found.name, found.url), found,
                        rooms_.catalog, registrationAt(found.issuer)));
}

// What the authorization server of before gave is worth nothing at this server any more (SEC-C-23).
void ResourceDirectory::retireSessions(const std::string& provider, const std::string& issuer) {
    for (const Credential* credential : rooms_.registry.all()) {
        const CredentialRecord& record = credential->record;
        if (record.provider == provider && record.issuer != issuer && !record.needsSignIn)
            rooms_.registry.markNeedsSignIn(record.id, "revoked",
                                            "the server trusts another authorization server now");
    }
}

const StoredRegistration* ResourceDirectory::registrationAt(const std::string& issuer) const {
    const auto found = registrations_.find(issuer);
    if (found == registrations_.end())
        return nullptr;
    const std::optional<WallTime>& end = found->second.secretExpiresAt;
    return end && *end <= rooms_.clock.wall() ? nullptr : &found->second;
}

Result<void> ResourceDirectory::keepRegistration(const DiscoveredServer& server,
                                                 const RegisteredOAuthClient& client) {
    StoredRegistration registration;
    registration.issuer = server.issuer;
    registration.clientId = client.clientId;
    registration.method = wordOf(client.method);
    registration.redirectPath = client.redirectPath;
    registration.redirectPort = client.redirectPort;
    registration.hasSecret = !client.clientSecret.empty();
    registration.registeredAt = rooms_.clock.wall();
    registration.secretExpiresAt = client.secretExpiresAt;
    if (Result<void> kept = rooms_.store.putRegistration(registration, client.clientSecret); !kept)
        return kept;
    registrations_[server.issuer] = std::move(registration);
    qCInfo(logAccounts).noquote() << "registered a client at"
                                  << QString::fromStdString(displaySafe(server.issuer));
    Q_EMIT clientAdded(server.name, server.issuer, client.clientId);
    return {};
}

Result<void> ResourceDirectory::forgetRegistration(const std::string& issuer) {
    const auto found = registrations_.find(issuer);
    if (found == registrations_.end())
        return {};
    if (Result<void> removed = rooms_.store.removeRegistration(issuer); !removed)
        return removed;
    const std::string clientId = found->second.clientId;
    registrations_.erase(found);
    Q_EMIT clientRemoved(issuer, clientId);
    return {};
}

// The next preparation registers a new one. What is configured is the person's to mend.
void ResourceDirectory::onClientRefused(const std::string& provider) {
    const Provider* entry = rooms_.catalog.find(provider);
    const DiscoveredServer* found =
        entry == nullptr || !entry->resource ? nullptr : discovered(entry->resource->server);
    if (found == nullptr || found->client != clientRegistered || entry->clientId != found->clientId)
        return;
    if (Result<void> forgotten = forgetRegistration(found->issuer); !forgotten)
        qCWarning(logAccounts).noquote() << QString::fromStdString(forgotten.error().message);
}

Result<Secret> ResourceDirectory::secretOf(const Provider& provider) const {
    const DiscoveredServer* found = discovered(provider.resource->server);
    const StoredRegistration* registration = found == nullptr ? nullptr : registrationAt(found->issuer);
    if (registration == nullptr || !registration->hasSecret)
        return Secret();
    return rooms_.store.registrationSecret(found->issuer);
}

Result<void> ResourceDirectory::forget(const McpService& service) {
    const DiscoveredServer* found = discovered(service.url);
    if (found == nullptr)
        return {};
    const std::string issuer = found->issuer;
    const bool registered = found->client == clientRegistered;
    if (Result<void> removed = rooms_.store.removeServer(service.url); !removed)
        return removed;
    found_.erase(service.url);
    readAt_.erase(service.url);
    if (const Provider* entry = rooms_.catalog.find(service.provider)) {
        Provider undiscovered = *entry;
        undiscovered.resource->discovered = false;
        rooms_.catalog.adopt(std::move(undiscovered));
    }
    const bool shared = std::any_of(found_.begin(), found_.end(),
                                    [&](const auto& other) { return other.second.issuer == issuer; });
    return registered && !shared ? forgetRegistration(issuer) : Result<void>();
}

} // namespace keybearer
