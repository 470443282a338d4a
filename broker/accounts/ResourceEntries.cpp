#include "broker/accounts/ResourceEntries.h"

#include "broker/oauth/ClientAuthentication.h"
#include "broker/providers/ProviderMerge.h"

#include <algorithm>

namespace keybearer {

namespace {

// The path of resources/client-metadata.json: a document has one for all issuers, so that each flow listens
// on a port of its own is what tells answers apart.
constexpr const char* documentRedirectPath = "/callback";

QUrl at(const std::string& origin, const char* path) {
    return QUrl(QString::fromStdString(origin + path), QUrl::StrictMode);
}

std::string hostOf(const std::string& address) {
    const QUrl url(QString::fromStdString(address), QUrl::StrictMode);
    std::string host = url.host(QUrl::FullyEncoded).toStdString();
    if (url.port() != -1)
        host.append(":").append(std::to_string(url.port()));
    return host;
}

// Our client there and its ways are those of another entry with the same issuer.
void borrowClient(Provider& entry, const Provider& lender) {
    entry.clientId = lender.clientId;
    entry.clientSecret = lender.clientSecret;
    entry.signingKey = lender.signingKey;
    entry.certificate = lender.certificate;
    entry.authMethod = lender.authMethod;
    entry.par = lender.par;
    const bool known = entry.quirks.pkceWithoutMetadata;
    entry.quirks = lender.quirks;
    entry.quirks.pkceWithoutMetadata = known || lender.quirks.pkceWithoutMetadata;
}

} // namespace

AuthorizationServer serverWithoutMetadata(const std::string& origin) {
    AuthorizationServer server;
    server.authorizationEndpoint = at(origin, "/authorize");
    server.tokenEndpoint = at(origin, "/token");
    server.registrationEndpoint = at(origin, "/register");
    return server;
}

Provider undiscoveredEntry(std::string name, const std::string& url) {
    Provider entry;
    entry.name = std::move(name);
    entry.displayName = hostOf(url);
    entry.flows = {"browser", "paste", "device"};
    entry.resource = Provider::Resource{url, url, false, false, false, nullptr};
    return entry;
}

Provider discoveredEntry(const Provider& before, const DiscoveredServer& found,
                         const ProviderCatalog& catalog, const StoredRegistration* registration) {
    // From the start again: nothing of a client or a server of before may stay.
    Provider entry = undiscoveredEntry(before.name, found.url);
    if (before.resource->config) {
        Result<Provider> configured = providerFrom(*before.resource->config, found.url);
        if (configured) // it was readable when the configuration was loaded
            entry = std::move(*configured);
        entry.name = before.name;
    }
    entry.resource->discovered = true;
    entry.resource->identifier = found.identifier;
    entry.resource->publicOnly = found.publicOnly;
    if (found.withoutMetadata)
        entry.endpoints = serverWithoutMetadata(found.issuer);
    else
        entry.issuer = found.issuer;
    entry.scopes = found.scopes;
    if (found.dpop && entry.dpop == Provider::Demand::Auto)
        entry.dpop = Provider::Demand::Required;
    if (found.client == clientDocument) {
        entry.clientId = found.clientId;
        entry.authMethod = ClientAuthMethod::None;
        entry.quirks.redirectPath = documentRedirectPath;
    } else if (registration != nullptr && found.client == clientRegistered) {
        entry.clientId = registration->clientId;
        entry.authMethod = authMethodFrom(registration->method);
        entry.resource->registered = true;
        entry.quirks.redirectPath = registration->redirectPath;
        entry.quirks.redirectPort = registration->redirectPort;
        entry.quirks.redirectPortMayDiffer = true;
    } else if (found.client.starts_with(clientOfProvider)) {
        if (const Provider* lender =
                catalog.find(found.client.substr(std::char_traits<char>::length(clientOfProvider))))
            borrowClient(entry, *lender);
    }
    return entry;
}

std::string chosenIssuer(const ProtectedResource& resource, const Provider& entry,
                         const DiscoveredServer* before) {
    const std::vector<std::string>& offered = resource.authorizationServers;
    const auto offers = [&offered](const std::string& issuer) {
        return std::find(offered.begin(), offered.end(), issuer) != offered.end();
    };
    if (entry.resource->config && !entry.resource->config->issuer.empty() &&
        offers(entry.resource->config->issuer))
        return entry.resource->config->issuer;
    return before != nullptr && offers(before->issuer) ? before->issuer : offered.front();
}

} // namespace keybearer
