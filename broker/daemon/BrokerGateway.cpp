#include "broker/base/Text.h"
#include "broker/daemon/Broker.h"
#include "broker/daemon/FileMeasure.h"
#include "broker/log/Log.h"
#include "broker/methods/Wire.h"
#include "broker/platform/PortOwner.h"
#include "broker/protocol/WebAddress.h"

#include <QUrl>

#include <cstdlib>

// The part of Broker that looks after the gateway: where it lies, what it needs to reach the network, and
// which server a word means.
namespace keybearer {

namespace {

std::filesystem::path homeDirectory() {
    const char* home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? home : "/";
}

} // namespace

Json Broker::networkFor(const Config& config) {
    Json network = Json::object();
    if (config.network.proxy != nullptr)
        network["proxy"] = std::string(config.network.proxy->open().reveal());
    if (config.network.noProxy)
        network["no_proxy"] = join(*config.network.noProxy, ",");
    if (!config.network.caFile.empty())
        network["ca_file"] = config.network.caFile.string();
    return network;
}

std::vector<ProgramService> Broker::programServices(const Config& config) {
    std::vector<ProgramService> out;
    for (const ServiceConfig& configured : config.services) {
        if (configured.command.empty())
            continue;
        ProgramService service;
        service.name = configured.name;
        service.command = configured.command;
        for (const ServiceConfig::Variable& variable : configured.environment)
            service.environment.push_back({variable.name, variable.selector});
        service.directory = configured.directory.empty() ? homeDirectory() : configured.directory;
        service.idle = configured.idle;
        out.push_back(std::move(service));
    }
    return out;
}

LocalPrograms::Setup Broker::programSetup(const Config& config) {
    LocalPrograms::Setup setup;
    setup.services = programServices(config);
    setup.measure = measureWith(commandDigests_);
    setup.record = [this](const AuditEvent& event) { record(event); };
    setup.wait = config.signInWait;
    return setup;
}

Gatekeeper::Setup Broker::gatekeeperSetup(const Places& places, const Config& config) {
    Gatekeeper::Setup setup;
    setup.process.program = programDirectory() / "keybearer-gateway";
    setup.process.socket = places.runtime / "mcp.sock";
    setup.desk = {config.signInWait, networkFor(config), [this] { return pause_.refusal(); }};
    setup.programs = &programs_;
    setup.record = [this](const AuditEvent& event) { record(event); };
    setup.doors = doorSetup(places, config);
    setup.authority = {[this] { return authServer_.keys(); },
                       [this](Completion<void> done) { authServer_.rotateKeys(std::move(done)); },
                       [this] { return authServer_.clients(); }, [this] { return authServer_.grants(); },
                       [this](const std::string& id) { return authServer_.removeClient(id); }};
    setup.authorize = [this](const AsRequest& request, Completion<AsAnswer> done) {
        authServer_.request(request, std::move(done));
    };
    setup.metrics = [this] { return metricsMethods_.gather().text(); };
    setup.brief = [this] { return inBrief(); };
    setup.tools = &tools_;
    setup.find = [this](const std::string& word) -> Result<McpTarget> {
        const Result<McpService> service = resources_.find(word);
        if (!service)
            return tl::unexpected(service.error());
        McpTarget target;
        target.name = service->name;
        target.url = service->url;
        target.account = service->account;
        target.provider = service->provider;
        target.fixedProvider = !service->fixedProvider.empty();
        target.scopes = service->scopes;
        target.timeout = service->timeout;
        target.local = service->local;
        target.pins = pinsOf(service->name);
        return target;
    };
    return setup;
}

Broker::PrepareServer Broker::prepareServer() {
    return [this](const McpTarget& target, const TokenNeed& need, Completion<std::string> done) {
        const Result<McpService> service = resources_.find(target.url);
        if (!service)
            return done(tl::unexpected(service.error()));
        ResourceChallenge challenge{need.status, need.error, need.scope, need.resourceMetadata, need.scheme};
        challenge.tokenRefused = !need.sent.empty();
        resources_.prepare(*service, std::move(challenge), std::move(done));
    };
}

NeededSignIns::Rooms Broker::signInRooms() {
    const auto open = [this](const SignIn& signIn, const std::string& url) { return openPage(signIn, url); };
    const auto canOpen = [this] { return opensBrowsers_ && (trayListens() || BrowserStart::isPossible()); };
    return {desk_, gate_, registry_, catalog_, clock_, prepareServer(), open, canOpen};
}

UpstreamAccess::Rooms Broker::upstreamRooms(const Config& config) {
    const auto confirm = [this](const Caller& caller) { return admission_.confirm(caller); };
    const auto prove = [this](const std::string& session, const ProofNeed& need) {
        return ResourceProof(registry_, clock_)
            .sign({session, need.serial, need.method, need.url, need.nonce});
    };
    return {broker_, registry_,         refresher_, rules_, neededSignIns_,
            clock_,  config.signInWait, confirm,    prove,  prepareServer()};
}

LocalAuthorizationServer::Rooms Broker::authServerRooms() {
    return {*ground_.state,
            gatewayServices_,
            gate_,
            http_,
            clock_,
            [this](Completion<void> done) { registry_.open(std::move(done)); },
            [this] { return registry_.isOpen(); },
            [this](const AuditEvent& event) { record(event); },
            [this](const std::string& key, const std::string& service) { return opensWith(key, service); },
            [this] {
                const int port = QUrl(QString::fromStdString(gatekeeper_.doors().base())).port(0);
                return port > 0 && othersAtPort(static_cast<std::uint16_t>(port));
            }};
}

bool Broker::trayListens() const {
    return server_.subscribers().hears("signin.progress", programDirectory() / "keybearer-tray");
}

// The tray, where there is one: it belongs to the desktop. Else the daemon, if it has a way to.
bool Broker::openPage(const SignIn& signIn, const std::string& url) {
    if (!opensBrowsers_ || !isSafelyOpenable(url))
        return false;
    if (!trayListens())
        return browser_.open(url, [] { qCWarning(logDaemon) << "no browser could be opened for a sign-in"; });
    Json event = signInToWire(signIn, registry_);
    event["open_browser"] = true;
    event["authorization_url"] = url;
    server_.publish("signin.progress", std::move(event));
    return true;
}

} // namespace keybearer
