#include "broker/methods/ServiceMethods.h"

#include "broker/base/Text.h"
#include "broker/methods/FindingWire.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/ServiceParams.h"

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t mostChecks = 8; // at once; each asks a stranger's server

} // namespace

void ServiceMethods::addTo(MethodTable& table) {
    table.add("service.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("service.test",
              [this](const CallContext&, const Json& params, const Reply& reply) { test(params, reply); });
    table.add("service.remove",
              [this](const CallContext&, const Json& params, const Reply& reply) { remove(params, reply); });
}

bool ServiceMethods::isConfigured(const McpService& service) const {
    const Provider* entry = rooms_.catalog.find(service.provider);
    return service.local || !service.fixedProvider.empty() ||
           (entry != nullptr && entry->resource && entry->resource->config);
}

std::size_t ServiceMethods::sessionsOf(const McpService& service, bool goodOnly) const {
    const std::vector<const Credential*> all = rooms_.registry.all();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Credential* credential) {
        return credential->record.provider == service.provider &&
               !(goodOnly && credential->record.needsSignIn);
    }));
}

Json ServiceMethods::toWire(const McpService& service) const {
    Json out{{"name", service.name},
             {"url", service.url},
             {"provider", service.provider},
             {"configured", isConfigured(service)},
             {"signed_in", sessionsOf(service, true) > 0},
             {"scopes", service.scopes},
             {"timeout_seconds", service.timeout.count()}};
    if (service.local) {
        out["local"] = true;
        out["command"] = service.command;
    }
    if (!service.account.empty())
        out["account"] = service.account;
    if (const std::string address = rooms_.address ? rooms_.address(service.name) : std::string();
        !address.empty())
        out["address"] = address;
    if (const DiscoveredServer* found = rooms_.directory.discovered(service.url)) {
        out["issuer"] = found->issuer;
        out["client"] = found->client;
        if (!found->clientId.empty())
            out["client_id"] = found->clientId;
        if (service.scopes.empty())
            out["scopes"] = found->scopes;
    }
    return out;
}

void ServiceMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json services = Json::array();
    for (const McpService& service : rooms_.directory.all()) {
        // Somebody named an address once, and nothing came of it: no service.
        if (isConfigured(service) || rooms_.directory.discovered(service.url) != nullptr ||
            sessionsOf(service, false) > 0)
            services.push_back(toWire(service));
    }
    reply.result(Json{{"services", std::move(services)}});
}

void ServiceMethods::test(const Json& params, const Reply& reply) {
    const std::optional<ServiceParams> which = paramsOrAnswer<ServiceParams>(params, reply);
    if (!which)
        return;
    const Result<McpService> service = rooms_.directory.find(which->service);
    if (!service)
        return reply.error(service.error());
    if (service->local)
        return testProgram(*service, reply);
    if (checks_.size() >= mostChecks)
        return reply.error(Error(ErrorCode::RateLimited, "too many services are being tested",
                                 "Wait for the answers to the others.")
                               .retry(std::chrono::seconds(10)));
    const std::uint64_t number = ++lastCheck_;
    auto check = std::make_unique<ServiceCheck>(
        ServiceCheck::Rooms{rooms_.directory, rooms_.servers, rooms_.catalog, rooms_.registry, rooms_.http},
        *service, [this, number, service = *service, reply](const Result<ServiceCheck::Findings>& findings) {
            onTested(number, service, reply, *findings);
        });
    ServiceCheck& started = *check;
    checks_[number] = std::move(check);
    started.start();
}

// Nothing is started for a look.
void ServiceMethods::testProgram(const McpService& service, const Reply& reply) {
    const std::string name = displaySafe(service.command.front(), 300);
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(service.command.front(), failed);
    const bool there =
        !failed && ::access(real.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(real, failed);
    ServiceCheck::Findings findings;
    if (there)
        findings.push_back(
            {ServiceCheck::Finding::Level::Good, "program", "the program is there: " + name, {}});
    else
        findings.push_back({ServiceCheck::Finding::Level::Error, "program",
                            "the program cannot be started: " + name,
                            "Check command: of the service in config.yaml."});
    reply.result(Json{{"service", service.name},
                      {"url", service.url},
                      {"ok", there},
                      {"findings", keybearer::toWire(findings)}});
}

void ServiceMethods::onTested(std::uint64_t number, const McpService& service, const Reply& reply,
                              const ServiceCheck::Findings& findings) {
    if (const auto found = checks_.find(number); found != checks_.end()) {
        found->second.release()->deleteLater(); // we are inside its last act
        checks_.erase(found);
    }
    reply.result(Json{{"service", service.name},
                      {"url", service.url},
                      {"ok", !hasError(findings)},
                      {"findings", keybearer::toWire(findings)}});
}

// What was found out and registered; a session would have no provider any more, so it goes first.
void ServiceMethods::remove(const Json& params, const Reply& reply) {
    const std::optional<ServiceParams> which = paramsOrAnswer<ServiceParams>(params, reply);
    if (!which)
        return;
    const std::optional<McpService> service = rooms_.directory.known(which->service);
    const bool isThere = service && (isConfigured(*service) || sessionsOf(*service, false) > 0 ||
                                     rooms_.directory.discovered(service->url) != nullptr);
    if (!isThere)
        return reply.error(Error(ErrorCode::NotFound,
                                 "there is no service called " + displaySafe(which->service, 60),
                                 "See what there is with: keybearer service list"));
    if (isConfigured(*service))
        return reply.error(Error(ErrorCode::InvalidRequest,
                                 displaySafe(service->name) + " stands in config.yaml",
                                 "Remove it there with: keybearer service remove " + service->name));
    if (sessionsOf(*service, false) > 0)
        return reply.error(Error(ErrorCode::InvalidRequest, "somebody is signed in to " + service->name,
                                 "Sign out first with: keybearer logout " + service->provider));
    if (const Result<void> forgotten = rooms_.directory.forget(*service); !forgotten)
        return reply.error(forgotten.error());
    reply.result(Json{{"service", service->name}, {"url", service->url}});
}

} // namespace keybearer
