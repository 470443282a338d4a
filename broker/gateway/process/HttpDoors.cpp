#include "broker/gateway/process/HttpDoors.h"

#include "broker/base/Text.h"
#include "broker/gateway/GatewayLog.h"

namespace keybearer {

namespace {

constexpr std::chrono::seconds reportInterval{1}; // docs/gateway-http.md: at most once a second
constexpr std::uint64_t smallBody = 64U << 10;    // what the authorization server reads
constexpr const char* form = "application/x-www-form-urlencoded";
constexpr const char* json = "application/json";

// A document that scripts of listed origins may read.
RouteRules document() {
    return RouteRules{{"GET", "HEAD"}, {}, 0, false, true};
}

RouteRules endpoint(const char* mediaType, bool shared) {
    return RouteRules{{"POST"}, mediaType, smallBody, false, shared};
}

RouteRules page() {
    return RouteRules{{"GET", "POST"}, form, smallBody, true, false};
}

} // namespace

HttpDoors::HttpDoors(boost::asio::io_context& loop, EventTimers& timers, CorePort& core,
                     UpstreamStarter& upstream, AdmittedRoute* programs, ToolGate& gate)
    : timers_(timers), core_(core), services_(core, timers, upstream, terms_, programs, &gate),
      front_(core, terms_), metrics_(core, timers), door_(loop, timers, core, routes_, terms_, counts_),
      metricsDoor_(loop, timers, core, metricsRoutes_, noTerms_, scrapes_) {
    layRoutes();
}

HttpDoors::~HttpDoors() = default;

void HttpDoors::layRoutes() {
    routes_.add("/*/mcp", RouteRules{{"GET", "POST", "DELETE"}, json, {}, false, true}, services_);
    routes_.add("/.well-known/oauth-protected-resource/*/mcp", document(), resources_);
    routes_.add("/.well-known/oauth-authorization-server/as/*", document(), servers_);
    routes_.add("/as/*/.well-known/openid-configuration", document(), servers_);
    routes_.add("/as/*/jwks", document(), keys_);
    routes_.add("/as/*/authorize", page(), front_);
    routes_.add("/as/*/wait", page(), front_);
    routes_.add("/as/*/token", endpoint(form, true), front_);
    routes_.add("/as/*/register", endpoint(json, true), front_);
    routes_.add("/as/*/revoke", endpoint(form, true), front_);
    routes_.add("/as/*/introspect", endpoint(form, false), front_);
    for (const char* path : {"/metrics", "/healthz", "/readyz"})
        metricsRoutes_.add(path, RouteRules{{"GET", "HEAD"}, {}, 0, false, false}, metrics_);
}

bool HttpDoors::notified(const std::string& method, const Json& params,
                         std::vector<OwnedDescriptor>& descriptors) {
    if (method == "door.terms") {
        if (!terms_.replace(params))
            logWarning("the broker's terms for the HTTP door cannot be read; the last ones stay");
        return true;
    }
    if (method == "door.open") {
        open(params, std::move(descriptors));
        return true;
    }
    if (method == "door.close") {
        const std::string kind = stringAt(params, "kind").value_or("");
        doorOf(kind).close(kind);
        return true;
    }
    return services_.notified(method, params);
}

HttpDoor& HttpDoors::doorOf(const std::string& kind) {
    return kind == "metrics" ? metricsDoor_ : door_;
}

void HttpDoors::open(const Json& params, std::vector<OwnedDescriptor> descriptors) {
    Entrance entrance{stringAt(params, "kind").value_or(""), stringsAt(params, "hosts")};
    if (descriptors.empty() || entrance.hosts.empty() ||
        (entrance.kind != "http" && entrance.kind != "socket" && entrance.kind != "metrics")) {
        logWarning("the broker opened a door that nobody can come through: " +
                   displaySafe(entrance.kind, 40));
        return;
    }
    doorOf(entrance.kind).open(std::move(entrance), std::move(descriptors));
    if (!reporting_)
        report();
}

void HttpDoors::report() {
    counts_.upstreamErrors = services_.counts().upstreamErrors;
    counts_.recovered = services_.counts().recovered;
    if (counts_ != told_) {
        told_ = counts_;
        core_.notify("door.count", Json{{"connections", counts_.connections},
                                        {"requests", counts_.requests},
                                        {"unauthorized", counts_.unauthorized},
                                        {"refused", counts_.refused},
                                        {"streams", counts_.streams},
                                        {"upstream_errors", counts_.upstreamErrors},
                                        {"recovered", counts_.recovered}});
    }
    reporting_ = timers_.after(reportInterval, [this] { report(); });
}

} // namespace keybearer
