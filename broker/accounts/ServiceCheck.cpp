#include "broker/accounts/ServiceCheck.h"

#include "broker/accounts/ResourceEntries.h"
#include "broker/accounts/ResourcePreparation.h"
#include "broker/accounts/ResourceProbe.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr int unauthorized = 401;
constexpr const char* checkNetwork = "Check the address, the network and the proxy, then try again.";
constexpr const char* tellOperator = "Tell whoever runs the server.";

bool saysNoMetadata(const Error& error) {
    const ErrorDetail* reason = error.detail("reason");
    return reason != nullptr && std::holds_alternative<std::string>(*reason) &&
           std::get<std::string>(*reason) == "no_metadata";
}

std::string originOfServer(const std::string& url) {
    return originOf(QUrl(QString::fromStdString(url), QUrl::StrictMode)).toEncoded().toStdString();
}

} // namespace

ServiceCheck::ServiceCheck(Rooms rooms, McpService service, Completion<Findings> done)
    : rooms_(rooms), service_(std::move(service)), done_(std::move(done)) {}

ServiceCheck::~ServiceCheck() = default;

void ServiceCheck::start() {
    probe_ = rooms_.http.send(probeRequest(service_.url),
                              [this](const Result<HttpResponse>& response) { onProbed(response); });
}

void ServiceCheck::onProbed(const Result<HttpResponse>& response) {
    if (!response && wasNotSent(response.error())) {
        fault("server", response.error(), checkNetwork);
        return finish();
    }
    if (response)
        demand_ = demandOf(*response);
    good("server", displaySafe(service_.url) +
                       (demand_.status == unauthorized ? " answers and wants a sign-in"
                        : demand_.status != 0 ? " answers with status " + std::to_string(demand_.status)
                                              : std::string(" answers")));
    if (!service_.fixedProvider.empty())
        return checkProvider();
    discovery_ = std::make_unique<ResourceDiscovery>(
        rooms_.http, service_.url, demand_.resourceMetadata,
        [this](Result<ResourceDiscovery::Found> resource) { onResource(std::move(resource)); });
    discovery_->start();
}

void ServiceCheck::onResource(Result<ResourceDiscovery::Found> resource) {
    discovery_.release()->deleteLater(); // it is in its last act
    if (!resource) {
        fault("metadata", resource.error(), tellOperator);
        return finish();
    }
    const Provider* entry = rooms_.catalog.find(service_.provider);
    if (*resource && entry != nullptr) {
        hasMetadata_ = true;
        const std::string issuer =
            chosenIssuer(**resource, *entry, rooms_.directory.discovered(service_.url));
        good("metadata", "it trusts the authorization server " + displaySafe(issuer));
        return askServer(issuer, (*resource)->publicOnly);
    }
    if (demand_.status != unauthorized) {
        good("metadata", "it asks for no sign-in");
        return finish();
    }
    warn("metadata", "it does not say which authorization server it trusts; its own address is taken",
         "There is nothing to do if a sign-in works; else ask whoever runs the server for protected resource "
         "metadata (RFC 9728).");
    askServer(originOfServer(service_.url), false);
}

void ServiceCheck::askServer(const std::string& issuer, bool isPublic) {
    rooms_.servers.metadata(
        issuer, isPublic,
        [this, issuer, alive = QPointer<ServiceCheck>(this)](const Result<AuthorizationServer>& server) {
            if (alive)
                onServer(issuer, server);
        });
}

void ServiceCheck::onServer(const std::string& issuer, const Result<AuthorizationServer>& server) {
    if (server) {
        good("discovery", "the metadata of " + displaySafe(issuer) + " is valid");
        checkPkce(*server);
        checkClient(issuer, *server);
    } else if (!hasMetadata_ && saysNoMetadata(server.error())) {
        warn("discovery", displaySafe(issuer) + " has no metadata; the usual addresses are taken",
             "There is nothing to do if a sign-in works.");
        checkClient(issuer, serverWithoutMetadata(issuer));
    } else {
        fault("discovery", server.error(), tellOperator);
    }
    checkSession();
    finish();
}

void ServiceCheck::checkPkce(const AuthorizationServer& server) {
    const Provider* entry = rooms_.catalog.find(service_.provider);
    const std::vector<std::string>& methods = server.codeChallengeMethods;
    if (std::find(methods.begin(), methods.end(), "S256") != methods.end())
        return good("pkce", "it knows PKCE with S256");
    if (entry != nullptr && entry->quirks.pkceWithoutMetadata)
        return warn("pkce", "it does not say that it knows PKCE; the configuration says that it does",
                    "There is nothing to do if whoever runs it has told you so.");
    fault("pkce",
          Error(ErrorCode::ProviderError,
                "it does not say that it knows PKCE with S256, which every sign-in uses",
                "Ask whoever runs it; if it knows PKCE all the same, set services." + service_.name +
                    ".pkce_without_metadata: true in config.yaml."),
          tellOperator);
}

void ServiceCheck::checkClient(const std::string& issuer, const AuthorizationServer& server) {
    const Provider* entry = rooms_.catalog.find(service_.provider);
    if (entry == nullptr)
        return;
    using Way = ResourcePreparation::ClientChoice::Way;
    const ResourcePreparation::ClientChoice choice =
        ResourcePreparation::clientAt(rooms_.directory, *entry, issuer, server);
    if (choice.way == Way::Registration)
        return good("client", "a client will be registered there at the first sign-in");
    if (choice.way == Way::None)
        return fault("client",
                     Error(ErrorCode::NotConfigured, "it " + choice.why + ", and no client_id is configured",
                           "Register a client there and write it into config.yaml: services: {" +
                               service_.name + ": {url: " + service_.url +
                               ", issuer: " + displaySafe(issuer) + ", client_id: ID}}"),
                     tellOperator);
    const std::string shown = displaySafe(choice.clientId, 80);
    good("client", choice.origin == clientRegistered ? "our registered client is " + shown
                   : choice.origin == clientDocument ? "our client is known by its metadata document " + shown
                   : choice.clientId.empty()         ? std::string("this machine's platform speaks for it")
                                                     : "our client is " + shown);
}

void ServiceCheck::checkProvider() {
    const Provider* provider = rooms_.catalog.find(service_.fixedProvider);
    if (provider == nullptr)
        fault("client", rooms_.catalog.unknownProvider(service_.fixedProvider),
              "See: keybearer provider list");
    else if (provider->clientId.empty())
        fault("client",
              Error(ErrorCode::NotConfigured, "there is no client id of " + provider->displayName,
                    "Set providers." + provider->name + ".client_id in config.yaml."),
              tellOperator);
    else
        good("client", "its tokens are those of " + provider->displayName);
    checkSession();
    finish();
}

void ServiceCheck::checkSession() {
    const std::string command =
        "keybearer login " + (service_.fixedProvider.empty() ? service_.url : service_.fixedProvider);
    bool isThere = false;
    for (const Credential* credential : rooms_.registry.all()) {
        const CredentialRecord& record = credential->record;
        if (record.provider != service_.provider)
            continue;
        isThere = true;
        if (record.needsSignIn)
            warn("session", "the sign-in of " + displaySafe(record.account.label) + " has ended",
                 "Sign in again with: " + command);
        else
            good("session", "signed in as " + displaySafe(record.account.label));
    }
    if (!isThere)
        warn("session", "nobody is signed in", "Sign in with: " + command);
}

void ServiceCheck::finish() {
    const Completion<Findings> done = std::move(done_);
    done(std::move(findings_)); // may destroy this
}

void ServiceCheck::good(std::string name, std::string message) {
    findings_.push_back({Finding::Level::Good, std::move(name), std::move(message), {}});
}

void ServiceCheck::warn(std::string name, std::string message, std::string action) {
    findings_.push_back({Finding::Level::Warning, std::move(name), std::move(message), std::move(action)});
}

void ServiceCheck::fault(std::string name, const Error& error, const char* action) {
    findings_.push_back({Finding::Level::Error, std::move(name), error.message,
                         error.action.empty() ? std::string(action) : error.action});
}

} // namespace keybearer
