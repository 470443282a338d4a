#include "broker/providers/ProviderMerge.h"

#include "broker/oauth/ClientAuthentication.h"
#include "broker/providers/ClientAuthFiles.h"

#include <QUrl>

namespace keybearer {

namespace {

tl::unexpected<Error> wrong(const Config::ProviderEntry& entry, const std::string& what) {
    std::string message = entry.where.empty() ? "configuration" : entry.where;
    message.append(": ").append(entry.section).append(".").append(entry.name).append(": ").append(what);
    return failure(Error(ErrorCode::InvalidParams, std::move(message))
                       .with("key", std::string(entry.section).append(".").append(entry.name)));
}

QUrl urlOf(const std::optional<std::string>& text) {
    return text ? QUrl(QString::fromStdString(*text), QUrl::StrictMode) : QUrl();
}

bool namesEndpoints(const Config::ProviderEntry& entry) {
    return entry.authorizationEndpoint || entry.tokenEndpoint || entry.revocationEndpoint ||
           entry.userinfoEndpoint || entry.deviceAuthorizationEndpoint || entry.jwksUri;
}

Provider::Demand demandFrom(const std::string& word) {
    return word == "required" ? Provider::Demand::Required
           : word == "never"  ? Provider::Demand::Never
                              : Provider::Demand::Auto;
}

// Where the server is, all of it from this one entry.
Result<void> setServer(Provider& provider, const Config::ProviderEntry& entry) {
    provider.issuer.reset();
    provider.endpoints.reset();
    if (!namesEndpoints(entry)) {
        provider.issuer = entry.issuer;
        return {};
    }
    if (!entry.authorizationEndpoint || !entry.tokenEndpoint)
        return wrong(entry, entry.issuer
                                ? "beside issuer stands an endpoint; either leave the endpoints to the "
                                  "issuer's metadata or write authorization_endpoint and token_endpoint"
                                : "needs issuer, or authorization_endpoint and token_endpoint together");
    AuthorizationServer server;
    server.issuer = entry.issuer.value_or("");
    server.authorizationEndpoint = urlOf(entry.authorizationEndpoint);
    server.tokenEndpoint = urlOf(entry.tokenEndpoint);
    server.revocationEndpoint = urlOf(entry.revocationEndpoint);
    server.userinfoEndpoint = urlOf(entry.userinfoEndpoint);
    server.deviceAuthorizationEndpoint = urlOf(entry.deviceAuthorizationEndpoint);
    server.jwksUri = urlOf(entry.jwksUri);
    provider.endpoints = std::move(server);
    return {};
}

// Our client there, and what is asked for.
Result<void> setClient(Provider& provider, const Config::ProviderEntry& entry) {
    if (entry.clientId)
        provider.clientId = *entry.clientId;
    if (entry.clientSecret)
        provider.clientSecret = entry.clientSecret;
    if (Result<void> loaded = loadClientAuth(provider, entry, SystemClock().wall()); !loaded)
        return loaded;
    if (entry.scopes)
        provider.scopes = *entry.scopes;
    if (entry.flows)
        provider.flows = *entry.flows;
    const bool wantsSecret = provider.authMethod == ClientAuthMethod::ClientSecretBasic ||
                             provider.authMethod == ClientAuthMethod::ClientSecretPost;
    if (provider.clientSecret == nullptr && wantsSecret) {
        if (entry.authMethod)
            return wrong(entry, "client_auth.method " + *entry.authMethod + " needs a client_secret");
        provider.authMethod.reset(); // the preset's way to send a secret that is not there
    }
    if (provider.clientSecret != nullptr && provider.clientId.empty())
        return wrong(entry, "has a client_secret but no client_id");
    return {};
}

// How requests are made, and how the answer to "who is it" is read.
void setManner(Provider& provider, const Config::ProviderEntry& entry) {
    if (entry.par)
        provider.par = demandFrom(*entry.par);
    if (entry.dpop)
        provider.dpop = demandFrom(*entry.dpop);
    if (entry.timeout)
        provider.timeout = entry.timeout;
    if (!entry.subjectMembers && !entry.labelMembers)
        return;
    if (!provider.identity)
        provider.identity = Provider::IdentitySource{}; // without an address: the userinfo endpoint
    if (entry.subjectMembers)
        provider.identity->subject = *entry.subjectMembers;
    if (entry.labelMembers)
        provider.identity->label = *entry.labelMembers;
}

} // namespace

Result<Provider> mergeProvider(const Provider& preset, const Config::ProviderEntry& entry) {
    Provider provider = preset;
    if (entry.issuer || namesEndpoints(entry)) {
        if (Result<void> set = setServer(provider, entry); !set)
            return failure(set.error());
        if (provider.identity && entry.userinfoEndpoint)
            provider.identity->url = urlOf(entry.userinfoEndpoint);
        else
            provider.identity.reset();
        provider.help = {};
        provider.domain.reset();
    } else if (provider.domain && provider.domain->value.empty()) {
        return wrong(entry, "needs domain, for example domain: " + provider.domain->example);
    }
    setManner(provider, entry);
    if (Result<void> set = setClient(provider, entry); !set)
        return failure(set.error());
    return provider;
}

Result<Provider> providerFrom(const Config::ProviderEntry& entry) {
    if (entry.domain)
        return wrong(entry, "is no preset, so it has no use for domain; write issuer");
    Provider provider;
    if (entry.name == "apikey") // apikey:NAME would mean two things
        return wrong(entry, "is the word that API keys are asked for with; choose another name");
    provider.name = entry.name;
    provider.displayName = entry.name;
    provider.flows = {"browser", "paste"};
    if (!entry.issuer && !namesEndpoints(entry))
        return wrong(entry, "is no preset, so it needs issuer, or authorization_endpoint and token_endpoint");
    if (Result<void> set = setServer(provider, entry); !set)
        return failure(set.error());
    // Whoever writes endpoints by hand has no metadata to read S256 from; every flow of ours uses PKCE.
    provider.quirks.pkceWithoutMetadata = provider.endpoints.has_value();
    setManner(provider, entry);
    if (Result<void> set = setClient(provider, entry); !set)
        return failure(set.error());
    return provider;
}

namespace {

// Whoever says whose word counts does not want a browser.
std::vector<std::string> flowsOf(const ServiceConfig& service) {
    if (service.flow != "auto")
        return {service.flow};
    if (service.enterprise)
        return {"enterprise"};
    if (!service.workloadTokenFile.empty())
        return {"workload"};
    return {"browser", "paste", "device"};
}

} // namespace

Result<Provider> providerFrom(const ServiceConfig& service, const std::string& url) {
    Provider provider;
    provider.name = service.name;
    provider.displayName = service.name;
    provider.resource =
        Provider::Resource{url, url, false, false, false, std::make_shared<const ServiceConfig>(service)};
    Config::ProviderEntry entry;
    entry.name = service.name;
    entry.section = "services";
    entry.where = service.where;
    if (!service.clientId.empty())
        entry.clientId = service.clientId;
    entry.clientSecret = service.clientSecret;
    entry.authMethod = service.authMethod;
    entry.clientAuth = service.clientAuth;
    entry.scopes = service.scopes;
    entry.dpop = service.dpop;
    entry.timeout = service.timeout;
    entry.flows = flowsOf(service);
    provider.quirks.pkceWithoutMetadata = service.pkceWithoutMetadata;
    setManner(provider, entry);
    if (Result<void> set = setClient(provider, entry); !set)
        return failure(set.error());
    return provider;
}

} // namespace keybearer
