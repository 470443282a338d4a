#include "broker/accounts/ResourcePreparation.h"

#include "broker/accounts/ResourceProbe.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"
#include "broker/oauth/RedirectListener.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace keybearer {

namespace {

constexpr int unauthorized = 401;
// Below the ports that systems give out by themselves, so that it is mostly free when it is wanted.
constexpr int firstPort = 20'000;
constexpr int ports = 12'000;
constexpr std::size_t mostRegisteredScopes = 100; // a server with more is one for everything, and particular

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

void addTo(std::vector<std::string>& list, const std::vector<std::string>& more) {
    for (const std::string& item : more) {
        if (!contains(list, item))
            list.push_back(item);
    }
}

QUrl urlOf(const std::string& text) {
    return QUrl(QString::fromStdString(text), QUrl::StrictMode);
}

std::string originWord(const std::string& url) {
    return originOf(urlOf(url)).toEncoded().toStdString();
}

bool saysNoMetadata(const Error& error) {
    const ErrorDetail* reason = error.detail("reason");
    return reason != nullptr && std::holds_alternative<std::string>(*reason) &&
           std::get<std::string>(*reason) == "no_metadata";
}

std::uint16_t randomPort() {
    return static_cast<std::uint16_t>(QRandomGenerator::system()->bounded(firstPort, firstPort + ports));
}

} // namespace

ResourcePreparation::ResourcePreparation(ResourceDirectory& directory, Provider entry,
                                         std::optional<DiscoveredServer> before, ResourceChallenge challenge,
                                         Completion<DiscoveredServer> done)
    : directory_(directory), entry_(std::move(entry)), before_(std::move(before)),
      challenge_(std::move(challenge)), done_(std::move(done)) {
    found_.url = entry_.resource->server;
    found_.name = entry_.name;
    found_.identifier = entry_.resource->server;
}

ResourcePreparation::~ResourcePreparation() = default;

void ResourcePreparation::start() {
    // What gets registered must be kept, and its secret is sealed with a key from the store.
    directory_.rooms_.registry.open([this, alive = QPointer<ResourcePreparation>(this)](Result<void> opened) {
        if (!alive)
            return;
        if (!opened)
            return finish(failure(std::move(opened.error())));
        if (challenge_.status == 0)
            return probe();
        discover();
    });
}

// One request without a token tells what the server demands.
void ResourcePreparation::probe() {
    probe_ = directory_.rooms_.http.send(
        probeRequest(found_.url), [this](const Result<HttpResponse>& response) { onProbed(response); });
}

void ResourcePreparation::onProbed(const Result<HttpResponse>& response) {
    // A server that answered in a way that we do not follow (a stream without end, a redirect) is there.
    if (!response && wasNotSent(response.error()))
        return finish(failure(response.error()));
    if (response) {
        ResourceChallenge demand = demandOf(*response);
        demand.tokenRefused = challenge_.tokenRefused;
        challenge_ = std::move(demand);
    }
    discover();
}

void ResourcePreparation::discover() {
    discovery_ = std::make_unique<ResourceDiscovery>(
        directory_.rooms_.http, found_.url, challenge_.resourceMetadata,
        [this](Result<ResourceDiscovery::Found> resource) { onResource(std::move(resource)); });
    discovery_->start();
}

void ResourcePreparation::onResource(Result<ResourceDiscovery::Found> resource) {
    discovery_.release()->deleteLater(); // it is in its last act
    if (!resource)
        return finish(failure(std::move(resource.error())));
    resource_ = std::move(*resource);
    if (!resource_) {
        if (challenge_.status != unauthorized)
            return finish(failure(ErrorCode::InvalidRequest,
                                  displaySafe(found_.url) + " asks for no sign-in, and says nowhere how to",
                                  "Use it without one."));
        return askServer(originWord(found_.url), false); // MCP revision 2025-03-26
    }
    found_.identifier = resource_->resource;
    found_.publicOnly = resource_->publicOnly;
    found_.dpop = resource_->dpopRequired || challenge_.scheme == "DPoP" ||
                  (challenge_.scheme.empty() && before_ && before_->dpop);
    askServer(chosenIssuer(*resource_, entry_, before_ ? &*before_ : nullptr), found_.publicOnly);
}

void ResourcePreparation::askServer(const std::string& issuer, bool publicOnly) {
    found_.issuer = issuer;
    // Before anything of it is asked: what was registered elsewhere has no business there (SEC-C-23).
    if (std::optional<Error> fault = bindingFault())
        return finish(failure(std::move(*fault)));
    directory_.rooms_.servers.metadata(
        issuer, publicOnly,
        [this, alive = QPointer<ResourcePreparation>(this)](Result<AuthorizationServer> server) {
            if (alive)
                onServer(std::move(server));
        });
}

void ResourcePreparation::onServer(Result<AuthorizationServer> server) {
    if (server) {
        server_ = std::move(*server);
    } else if (!resource_ && saysNoMetadata(server.error())) {
        found_.withoutMetadata = true;
        server_ = serverWithoutMetadata(found_.issuer);
    } else {
        return finish(failure(std::move(server.error())));
    }
    chooseScopes();
    chooseClient();
}

// The challenge says it with authority, else everything that the server knows, else nothing (MCP scope
// selection); the configuration has the last word.
void ResourcePreparation::chooseScopes() {
    if (entry_.resource->config && !entry_.resource->config->scopes.empty()) {
        found_.scopes = entry_.resource->config->scopes;
        return;
    }
    if (challenge_.status == unauthorized)
        found_.scopes = splitWords(challenge_.scope);
    if (found_.scopes.empty() && resource_)
        found_.scopes = resource_->scopesSupported;
    // Without it many servers give no refresh token; one that does not list it may refuse all of the request.
    if (!found_.scopes.empty() && contains(server_.scopesSupported, "offline_access"))
        addTo(found_.scopes, {"offline_access"});
}

std::optional<Error> ResourcePreparation::bindingFault() const {
    const std::shared_ptr<const ServiceConfig>& config = entry_.resource->config;
    if (!config || config->clientId.empty())
        return std::nullopt;
    std::string bound = config->issuer;
    if (bound.empty() && before_ && before_->client == clientConfigured &&
        before_->clientId == config->clientId)
        bound = before_->issuer;
    if (bound.empty() || bound == found_.issuer)
        return std::nullopt;
    Error error(
        ErrorCode::NotConfigured,
        displaySafe(found_.url) + " trusts the authorization server " + displaySafe(found_.issuer) +
            ", and the client_id in config.yaml belongs to " + displaySafe(bound),
        "Register a client there and write its client_id and issuer into config.yaml under services." +
            config->name + ".");
    error.details.emplace_back("service", config->name);
    error.details.emplace_back("issuer", displaySafe(found_.issuer));
    return error;
}

ResourcePreparation::ClientChoice ResourcePreparation::clientAt(const ResourceDirectory& directory,
                                                                const Provider& entry,
                                                                const std::string& issuer,
                                                                const AuthorizationServer& server) {
    using Way = ClientChoice::Way;
    const std::shared_ptr<const ServiceConfig>& config = entry.resource->config;
    if (config && !config->clientId.empty())
        return {Way::Known, clientConfigured, config->clientId};
    // Nobody proves itself by a client id here: a platform does (RFC 7523).
    if (contains(entry.flows, "workload"))
        return {Way::Known, clientConfigured};
    const Provider* sameIssuer = directory.rooms_.catalog.findByIssuer(issuer);
    if (sameIssuer != nullptr && !sameIssuer->clientId.empty())
        return {Way::Known, clientOfProvider + sameIssuer->name, sameIssuer->clientId};
    // A client that was made on the spot can be anybody's, so nobody vouches for a person towards it.
    if (contains(entry.flows, "enterprise"))
        return {Way::None, {}, {}, "takes an identity provider's word from clients that it knows"};
    if (server.takesClientMetadataDocument && !directory.clientMetadataUrl_.empty())
        return {Way::Known, clientDocument, directory.clientMetadataUrl_};
    if (const StoredRegistration* known = directory.registrationAt(issuer))
        return {Way::Known, clientRegistered, known->clientId};
    if (!server.registrationEndpoint.isEmpty())
        return {Way::Registration};
    return {Way::None, {}, {}, "takes no registrations"};
}

void ResourcePreparation::chooseClient() {
    const ClientChoice choice = clientAt(directory_, entry_, found_.issuer, server_);
    switch (choice.way) {
    case ClientChoice::Way::Known:
        return useClient(choice.origin, choice.clientId);
    case ClientChoice::Way::Registration:
        return registerClient();
    case ClientChoice::Way::None:
        return finish(failure(needsClientId(choice.why)));
    }
}

void ResourcePreparation::registerClient() {
    Q_EMIT directory_.registering(found_.url);
    DynamicRegistration::Setup setup;
    setup.server = server_;
    // As wide as it may ever be asked for; what is asked for at a sign-in is another matter.
    setup.scopes = found_.scopes;
    if (resource_)
        addTo(setup.scopes, resource_->scopesSupported);
    // Other MCP servers may share this client; what it was not registered for, some servers refuse for good.
    if (!setup.scopes.empty() && server_.scopesSupported.size() <= mostRegisteredScopes)
        addTo(setup.scopes, server_.scopesSupported);
    setup.redirectPath = uniqueRedirectPath(found_.issuer);
    setup.redirectPort = randomPort();
    registration_ = std::make_unique<DynamicRegistration>(
        directory_.rooms_.http, directory_.rooms_.clock, std::move(setup),
        [this](Result<RegisteredOAuthClient> client) { onRegistered(std::move(client)); });
    registration_->start();
}

void ResourcePreparation::onRegistered(Result<RegisteredOAuthClient> client) {
    registration_.release()->deleteLater(); // it is in its last act
    if (!client) {
        Error error = std::move(client.error());
        if (error.code == ErrorCode::ProviderError)
            error.action = needsClientId({}).action;
        return finish(failure(std::move(error)));
    }
    // Another server with the same authorization server may have been quicker: one client an issuer.
    if (directory_.registrationAt(found_.issuer) == nullptr) {
        if (Result<void> kept = directory_.keepRegistration(found_, *client); !kept)
            return finish(failure(std::move(kept.error())));
    }
    useClient(clientRegistered, directory_.registrationAt(found_.issuer)->clientId);
}

Error ResourcePreparation::needsClientId(const std::string& why) const {
    const std::string name = entry_.resource->config ? entry_.resource->config->name : entry_.name;
    Error error(ErrorCode::NotConfigured,
                "the authorization server " + displaySafe(found_.issuer) + " of " + displaySafe(found_.url) +
                    " " + why + ", and no client_id is configured",
                "Register a client there and write it into config.yaml: services: {" + name +
                    ": {url: " + found_.url + ", issuer: " + found_.issuer + ", client_id: ID}}");
    error.details.emplace_back("service", name);
    error.details.emplace_back("issuer", displaySafe(found_.issuer));
    return error;
}

void ResourcePreparation::useClient(const std::string& origin, const std::string& clientId) {
    found_.client = origin;
    found_.clientId = clientId;
    found_.discoveredAt = directory_.rooms_.clock.wall();
    finish(std::move(found_));
}

void ResourcePreparation::finish(Result<DiscoveredServer> result) {
    const Completion<DiscoveredServer> done = std::move(done_);
    done(std::move(result)); // lets this go
}

} // namespace keybearer
