#include "broker/base/Text.h"
#include "broker/config/ConfigValue.h"
#include "broker/daemon/Broker.h"

#include <QUrl>

#include <algorithm>
#include <charconv>
#include <set>

// The part of Broker that knows what the HTTP door of the gateway offers, and who may have it.
namespace keybearer {

namespace {

constexpr const char* authorityWord = "as"; // /as/SERVICE is the gateway's own

McpTarget targetOf(const McpService& service) {
    McpTarget target;
    target.name = service.name;
    target.url = service.url;
    target.account = service.account;
    target.provider = service.provider;
    target.fixedProvider = !service.fixedProvider.empty();
    target.scopes = service.scopes;
    target.timeout = service.timeout;
    target.local = service.local;
    return target;
}

bool isOfThisMachine(const std::string& url) {
    const QString host = QUrl(QString::fromStdString(url)).host();
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1") ||
           host == QLatin1String("::1");
}

} // namespace

std::optional<RouteService> Broker::routeService(const std::string& name) const {
    if (!isProviderName(name) || name == authorityWord)
        return std::nullopt;
    const auto config = std::find_if(services_.begin(), services_.end(),
                                     [&](const ServiceConfig& one) { return one.name == name; });
    RouteService route;
    if (config != services_.end())
        route.userHeaders = config->givesUserHeaders();
    if (config != services_.end() && !config->command.empty()) {
        route.local = true;
        route.title = name;
        route.target.name = name;
        route.target.url = "local:" + name;
        route.target.local = true;
        route.target.timeout = config->timeout;
        route.target.pins = pinsOf(name);
        return route;
    }
    const std::optional<McpService> service = resources_.known(name);
    if (!service || service->name != name)
        return std::nullopt;
    route.title = displaySafe(service->displayName, 128);
    route.target = targetOf(*service);
    route.target.pins = pinsOf(name);
    if (config == services_.end())
        route.userHeaders = isOfThisMachine(service->url);
    return route;
}

std::vector<RouteService> Broker::routeServices() const {
    std::vector<std::string> names;
    for (const ServiceConfig& service : services_)
        names.push_back(service.name);
    for (const McpService& service : resources_.all()) {
        if (std::find(names.begin(), names.end(), service.name) == names.end())
            names.push_back(service.name);
    }
    std::vector<RouteService> out;
    for (const std::string& name : names) {
        if (std::optional<RouteService> route = routeService(name))
            out.push_back(std::move(*route));
    }
    return out;
}

HttpDoors::Setup Broker::doorSetup(const Places& places, const Config& config) {
    HttpDoors::Setup setup;
    setup.config = config.gateway;
    setup.runtime = places.runtime;
    setup.memory.recall = [this](const std::string& name) -> std::optional<std::uint16_t> {
        const std::string text = ground_.state->recall(name).value_or("");
        std::uint16_t port = 0;
        const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
        const bool good = problem == std::errc() && stopped == text.data() + text.size() && port != 0;
        return good ? std::optional(port) : std::nullopt;
    };
    setup.memory.remember = [this](const std::string& name, std::uint16_t port) {
        // Forgotten, another one is chosen the next time; nothing else depends on it.
        static_cast<void>(ground_.state->remember(name, std::to_string(port)).has_value());
    };
    setup.services = [this] { return routeServices(); };
    setup.jwks = [this] { return authServer_.jwks(); };
    setup.issuers = [this] { return demo_.issuers(); };
    setup.atBase = [this](const std::string& base) { authServer_.setBase(base); };
    setup.alert = [this](const HttpDoors::Finding& finding) {
        alert(finding.name.c_str(), {}, finding.message, finding.action);
    };
    return setup;
}

RouteDesk::Rooms Broker::routeRooms() {
    const auto find = [this](const std::string& name) { return routeService(name); };
    const auto key = [this](Caller& caller, const std::string& shown) -> Result<void> {
        const Result<bool> known = clients_.recognise(caller, {shown, {}});
        return known ? Result<void>() : failure(known.error());
    };
    const auto capability = [this](Caller& caller, const std::string& shown) {
        return capabilities_.admitRoute(shown, caller);
    };
    const auto confirm = [this](const Caller& caller) -> Result<void> {
        if (Result<void> good = admission_.confirm(caller); !good)
            return good;
        return capabilities_.confirm(caller);
    };
    const auto refused = [this](const AuditEvent& event) { brake_.append(event); };
    const auto verify = [this](const std::string& token, const std::string& service) {
        return authServer_.verify(token, service);
    };
    const auto noteUse = [this](const std::string& grant) { authServer_.noteUse(grant); };
    const auto endGrant = [this](const std::string& grant, const std::string& why) {
        static_cast<void>(authServer_.endGrant(grant, why).has_value()); // it may be over already
    };
    return {find, key, capability, verify, noteUse, endGrant, confirm, refused, rules_, clock_};
}

// A client key whose list names the service, or the provider whose tokens it takes.
bool Broker::opensWith(const std::string& key, const std::string& service) {
    Caller caller;
    const std::optional<RouteService> route = routeService(service);
    if (!route || !clients_.recognise(caller, {key, {}}).value_or(false) || !caller.prior)
        return false;
    return std::any_of(
        caller.prior->allowed.begin(), caller.prior->allowed.end(), [&](const std::string& entry) {
            const std::string& provider = route->target.provider;
            return entry == service ||
                   (!provider.empty() && (entry == provider || entry.starts_with(provider + ":")));
        });
}

void Broker::watchRoutes() {
    // A turn later: whoever tells is not done yet.
    const auto review = [this] {
        QMetaObject::invokeMethod(
            this, [this] { gatekeeper_.routes().review(); }, Qt::QueuedConnection);
    };
    connect(&clients_, &ClientKeys::withdrawn, this, review);
    connect(&capabilities_, &Capabilities::expired, this, review);
    connect(&capabilities_, &Capabilities::ended, this, review);
    const auto refresh = [this] {
        QMetaObject::invokeMethod(
            this, [this] { gatekeeper_.doors().refreshTerms(); }, Qt::QueuedConnection);
    };
    connect(&registry_, &AccountRegistry::changed, this, refresh); // a server that was found out about
    connect(&resources_, &ResourceDirectory::clientRemoved, this, refresh);
    // At once: the gateway knows a key before it hears of the first token that is signed with it.
    connect(&authServer_, &LocalAuthorizationServer::keysChanged, this,
            [this] { gatekeeper_.doors().refreshTerms(); });
    connect(&demo_, &DemoKeeper::changed, this, refresh);
    connect(&authServer_, &LocalAuthorizationServer::grantEnded, this,
            [this](const std::string& grant) { gatekeeper_.routes().grantEnded(grant); });
    const auto tell = [this] {
        lastStatus_.clear(); // services may be others where the status is not
        publishHealth();
    };
    connect(&gatekeeper_.doors(), &HttpDoors::changed, this, tell);
    connect(&gatekeeper_.doors().states(), &ServiceStates::changed, this, tell);
}

void Broker::addGatewayTo(Metrics& out) const {
    const ServiceStates& states = gatekeeper_.doors().states();
    for (const auto& [service, state] : states.all())
        out.gauge("keybearer_service_up", "Whether the server behind a service answers.",
                  state.word == "down" ? 0 : 1, {{"service", service}});
    const ServiceStates::Counts counts = states.counts();
    const auto counter = [&out](const char* name, const char* help, std::uint64_t value) {
        out.counter(name, help, static_cast<double>(value));
    };
    const auto gauge = [&out](const char* name, const char* help, std::uint64_t value) {
        out.gauge(name, help, static_cast<double>(value));
    };
    gauge("keybearer_gateway_open", "Whether the HTTP door is open.", gatekeeper_.doors().isOpen() ? 1 : 0);
    counter("keybearer_gateway_connections_total", "Connections at the HTTP door.", counts.connections);
    counter("keybearer_gateway_streams_total", "Streams through the HTTP door.", counts.streams);
    counter("keybearer_gateway_requests_total", "Requests at the HTTP door.", counts.requests);
    counter("keybearer_gateway_unauthorized_total", "Requests that carried nothing that is good.",
            counts.unauthorized);
    counter("keybearer_gateway_refused_total", "Requests that broke a rule of the HTTP door.",
            counts.refused);
    counter("keybearer_gateway_upstream_errors_total", "Requests that a server did not answer.",
            counts.upstreamErrors);
    counter("keybearer_gateway_recovered_total", "Sessions with servers that were opened anew.",
            counts.recovered);
    const RouteDesk::Counters& routes = gatekeeper_.routes().counters();
    counter("keybearer_gateway_admitted_total", "Credentials that opened a route.", routes.admitted);
    counter("keybearer_gateway_not_admitted_total", "Credentials that did not.", routes.refused);
}

// For /readyz: nobody's accounts, no places.
Json Broker::inBrief() const {
    std::set<std::string> reasons; // the names of what is wrong, each once
    bool ready = true;
    const Json health = healthMethods_.health();
    for (const Json& finding : health["findings"]) {
        reasons.insert(finding["name"].get<std::string>());
        ready = ready && finding["level"] != "error";
    }
    return Json{{"ready", ready}, {"reasons", reasons}};
}

} // namespace keybearer
