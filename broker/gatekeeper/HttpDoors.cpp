#include "broker/gatekeeper/HttpDoors.h"

#include "broker/base/Text.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr const char* httpPort = "gateway.port"; // under which the ports are remembered
constexpr const char* metricsPort = "gateway.metrics_port";
constexpr const char* httpProblem = "gateway_closed";
constexpr const char* metricsProblem = "gateway_metrics_closed";
constexpr const char* socketProblem = "gateway_socket";

std::vector<int> descriptorsOf(const DoorSockets& sockets) {
    std::vector<int> out = sockets.tcp().descriptors();
    if (sockets.localSocket() >= 0)
        out.push_back(sockets.localSocket());
    return out;
}

Json toJson(const RouteService& service) {
    return Json{{"name", service.target.name}, {"title", service.title},    {"scopes", service.target.scopes},
                {"health", !service.local},    {"url", service.target.url}, {"local", service.local}};
}

} // namespace

HttpDoors::HttpDoors(Setup setup, GatewayProcess& process, const Clock& clock)
    : setup_(std::move(setup)), process_(process), states_(clock), http_(httpPort, setup_.memory),
      metrics_(metricsPort, setup_.memory) {
    connect(&process_, &GatewayProcess::started, this, &HttpDoors::announce);
    connect(&process_, &GatewayProcess::ended, this, [this] {
        sentTerms_.clear();
        announced_.clear();
        states_.processEnded();
    });
}

void HttpDoors::openAsConfigured() {
    const GatewayConfig& config = setup_.config;
    if (config.metricsPort || config.metricsSocket) {
        if (const Result<void> opened = openMetrics(); !opened)
            failed(metricsProblem, opened.error());
    }
    if (!config.enabled)
        return;
    if (const Result<void> opened = open(); !opened)
        failed(httpProblem, opened.error());
}

void HttpDoors::configure(const GatewayConfig& config) {
    const GatewayConfig before = std::exchange(setup_.config, config);
    if (!metrics_.isOpen() && (config.metricsPort || config.metricsSocket)) {
        if (const Result<void> opened = openMetrics(); !opened)
            failed(metricsProblem, opened.error());
    }
    if (config.enabled && !before.enabled && !isOpen()) {
        if (const Result<void> opened = open(); !opened)
            failed(httpProblem, opened.error());
    } else if (!config.enabled && before.enabled && !lent_)
        close();
    refreshTerms();
}

bool HttpDoors::isElsewhere() const {
    const std::uint16_t wanted = setup_.config.port;
    return isOpen() && wanted != 0 && wanted != http_.tcp().port();
}

std::vector<std::string> HttpDoors::waiting() const {
    std::vector<std::string> out;
    if (isElsewhere())
        out.emplace_back("gateway.port");
    const bool socket = http_.localSocket() >= 0 || problems_.contains(socketProblem);
    if (isOpen() && setup_.config.unixSocket != socket)
        out.emplace_back("gateway.unix_socket");
    const std::optional<std::uint16_t>& port = setup_.config.metricsPort;
    const bool moved = port && *port != 0 && *port != metrics_.tcp().port();
    if (metrics_.isOpen() && (port.has_value() != metrics_.tcp().isOpen() || moved))
        out.emplace_back("gateway.metrics_port");
    if (metrics_.isOpen() && setup_.config.metricsSocket != (metrics_.localSocket() >= 0))
        out.emplace_back("gateway.metrics_socket");
    return out;
}

void HttpDoors::failed(const char* name, const Error& error) {
    const bool metrics = std::string_view(name) == metricsProblem;
    Finding finding{"error", name,
                    std::string(metrics ? "/metrics is not open: " : "the gateway is not open: ") +
                        error.message,
                    error.action};
    setup_.alert(finding);
    problems_[name] = std::move(finding);
    Q_EMIT changed();
}

Result<void> HttpDoors::open(std::uint16_t port) {
    const std::uint16_t wanted = port != 0 ? port : setup_.config.port;
    if (isOpen()) {
        if (wanted == 0 || wanted == http_.tcp().port()) {
            lent_ = false;
            return {};
        }
        return failure(ErrorCode::InvalidRequest,
                       "the gateway is open at port " + std::to_string(http_.tcp().port()),
                       "Close it first with: keybearer gateway stop");
    }
    if (Result<void> opened = openSockets(wanted); !opened)
        return opened;
    setup_.atBase(base());
    if (Result<void> running = process_.want(); !running) {
        http_.close();
        return running;
    }
    process_.setBusy(true);
    problems_.erase(httpProblem);
    announce();
    Q_EMIT changed();
    return {};
}

Result<void> HttpDoors::openSockets(std::uint16_t port) {
    if (Result<void> opened = http_.openPort(port); !opened)
        return opened;
    problems_.erase(socketProblem);
    if (!setup_.config.unixSocket)
        return {};
    // The port is what most clients use: it is not given up for the socket's sake.
    if (const Result<void> opened = http_.openSocket(setup_.runtime / "gateway.sock"); !opened)
        problems_[socketProblem] = {"warning", socketProblem, opened.error().message, opened.error().action};
    return {};
}

Result<void> HttpDoors::openMetrics() {
    if (setup_.config.metricsPort) {
        if (Result<void> opened = metrics_.openPort(*setup_.config.metricsPort); !opened) {
            opened.error().action =
                "End that program, or choose another gateway.metrics_port in config.yaml.";
            return opened;
        }
    }
    if (setup_.config.metricsSocket) {
        if (Result<void> opened = metrics_.openSocket(setup_.runtime / "metrics.sock"); !opened)
            return opened;
    }
    if (Result<void> running = process_.want(); !running) {
        metrics_.close();
        return running;
    }
    process_.setBusy(true);
    announce();
    return {};
}

void HttpDoors::close() {
    if (!isOpen())
        return;
    lent_ = false;
    for (const char* kind : {"http", "socket"}) {
        if (announced_.erase(kind) > 0)
            process_.send(notificationLine("door.close", Json{{"kind", kind}}));
    }
    http_.close();
    problems_.erase(socketProblem);
    Q_EMIT changed();
}

Result<void> HttpDoors::lend() {
    if (isOpen())
        return {};
    Result<void> opened = open();
    lent_ = opened.has_value();
    return opened;
}

void HttpDoors::giveBack() {
    if (lent_)
        close();
}

// --- what the process is told ---

void HttpDoors::announce() {
    if (!process_.running() || !anyOpen())
        return;
    refreshTerms();
    if (http_.isOpen()) {
        const std::vector<std::string> hosts = http_.hosts();
        announceDoor("http", http_.tcp().descriptors(), hosts);
        if (http_.localSocket() >= 0) {
            std::vector<std::string> more = hosts;
            more.emplace_back("localhost"); // what clients of sockets say where they have nothing to say
            announceDoor("socket", {http_.localSocket()}, more);
        }
    }
    if (metrics_.isOpen()) {
        std::vector<std::string> hosts = metrics_.hosts();
        hosts.emplace_back("localhost");
        announceDoor("metrics", descriptorsOf(metrics_), hosts);
    }
}

void HttpDoors::announceDoor(const char* kind, const std::vector<int>& descriptors,
                             const std::vector<std::string>& hosts) {
    if (!announced_.insert(kind).second)
        return;
    process_.send(
        notificationLine("door.open",
                         Json{{"kind", kind}, {"descriptors", descriptors.size()}, {"hosts", hosts}}),
        descriptors);
}

void HttpDoors::refreshTerms() {
    if (!process_.running() || !anyOpen())
        return;
    std::string line = notificationLine("door.terms", terms());
    if (line == sentTerms_)
        return;
    process_.send(line);
    sentTerms_ = std::move(line);
}

Json HttpDoors::terms() const {
    Json services = Json::array();
    for (const RouteService& service : setup_.services())
        services.push_back(toJson(service));
    return Json{{"services", std::move(services)},
                {"origins", setup_.config.allowedOrigins},
                {"base", base()},
                {"registration", true},
                {"client_id_metadata", setup_.config.clientIdMetadata},
                {"revocation", true},
                {"issuers", setup_.issuers ? setup_.issuers() : Json::array()},
                {"jwks", setup_.jwks()}};
}

// --- what others are told ---

std::string HttpDoors::base() const {
    return isOpen() ? "http://127.0.0.1:" + std::to_string(http_.tcp().port()) : std::string();
}

std::vector<RouteService> HttpDoors::services() const {
    return setup_.services();
}

std::string HttpDoors::addressOf(const std::string& service) const {
    if (!isOpen())
        return {};
    const std::vector<RouteService> all = setup_.services();
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&](const RouteService& one) { return one.target.name == service; });
    return known ? base() + "/" + service + "/mcp" : std::string();
}

Json HttpDoors::doors() const {
    Json out = Json::array();
    const auto addPort = [&out](const char* kind, const DoorSockets& sockets) {
        if (!sockets.tcp().isOpen())
            return;
        const std::string port = std::to_string(sockets.tcp().port());
        out.push_back(Json{{"kind", kind}, {"address", "127.0.0.1:" + port}});
        if (sockets.tcp().hasIpv6())
            out.push_back(Json{{"kind", kind}, {"address", "[::1]:" + port}});
    };
    addPort("http", http_);
    if (http_.localSocket() >= 0)
        out.push_back(Json{{"kind", "socket"}, {"address", (setup_.runtime / "gateway.sock").string()}});
    addPort("metrics", metrics_);
    if (metrics_.localSocket() >= 0)
        out.push_back(Json{{"kind", "metrics"}, {"address", (setup_.runtime / "metrics.sock").string()}});
    return out;
}

Json HttpDoors::status() const {
    Json services = Json::array();
    for (const RouteService& service : setup_.services()) {
        Json one{{"name", service.target.name}, {"local", service.local}};
        if (!service.local)
            one["url"] = service.target.url;
        if (isOpen())
            one["address"] = base() + "/" + service.target.name + "/mcp";
        one["upstream"] = states_.toJson(service.target.name);
        services.push_back(std::move(one));
    }
    const ServiceStates::Counts counts = states_.counts();
    Json out{{"open", isOpen()},
             {"enabled", setup_.config.enabled},
             {"doors", doors()},
             {"services", std::move(services)},
             {"counts",
              {{"connections", counts.connections},
               {"requests", counts.requests},
               {"unauthorized", counts.unauthorized},
               {"refused", counts.refused},
               {"streams", counts.streams},
               {"upstream_errors", counts.upstreamErrors},
               {"recovered", counts.recovered}}}};
    if (isOpen()) {
        out["address"] = base();
        out["port"] = http_.tcp().port();
    }
    return out;
}

std::vector<HttpDoors::Finding> HttpDoors::findings() const {
    std::vector<Finding> out;
    for (const auto& [name, problem] : problems_)
        out.push_back(problem);
    if (setup_.config.enabled && !isOpen() && !problems_.contains(httpProblem))
        out.push_back({"warning", "gateway_stopped",
                       "gateway.enabled is true, and the gateway was closed by hand",
                       "Open it with: keybearer gateway start"});
    const std::string port = std::to_string(http_.tcp().port());
    if (isOpen() && http_.tcp().twinTaken())
        out.push_back({"warning", "gateway_twin_taken",
                       "another program has port " + port +
                           " of [::1], and clients that say localhost may reach that one",
                       "End that program, or write 127.0.0.1 into the settings of clients."});
    if (isOpen() && http_.portBefore())
        out.push_back({"warning", "gateway_port_changed",
                       "the gateway is at port " + port + ", and was at " +
                           std::to_string(*http_.portBefore()) + " before",
                       "Change the address in the settings of clients that were set up before."});
    if (anyOpen() && !process_.running())
        out.push_back({"error", "gateway_not_running",
                       "keybearer-gateway does not run, though its door is open",
                       "See why in the broker's log."});
    for (const auto& [service, state] : states_.all()) {
        if (state.word == "down")
            out.push_back(
                {"warning", "service_down",
                 displaySafe(service, 64) + " does not answer" +
                     (state.why.empty() ? std::string() : ": " + state.why),
                 "Look whether its server runs: keybearer service test " + displaySafe(service, 64)});
    }
    return out;
}

} // namespace keybearer
