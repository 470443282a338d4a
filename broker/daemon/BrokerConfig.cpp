#include "broker/base/Text.h"
#include "broker/daemon/Broker.h"
#include "broker/daemon/RouteFromConfig.h"
#include "broker/log/LogManner.h"

// The part of Broker that puts another configuration in force while it runs. Whoever has a connection, a
// session or a sign-in under way keeps it.
namespace keybearer {

namespace {

constexpr std::size_t longestList = 400; // of keys, in a row of the audit log

Json findingOf(const char* name, const std::string& message, const std::string& action) {
    return Json{{"level", "warning"}, {"name", name}, {"message", message}, {"action", action}};
}

} // namespace

RefreshPlan refreshPlanOf(const Config& config) {
    return {config.refresh.threshold, config.refresh.maxBackoff};
}

AccessPolicy accessPolicyOf(const Config& config) {
    return config.access == AccessMode::Trusting ? AccessPolicy::Trusting
           : config.access == AccessMode::Locked ? AccessPolicy::Locked
                                                 : AccessPolicy::Ask;
}

std::vector<AllowedCaller> allowedCallersOf(const Config& config) {
    std::vector<AllowedCaller> out;
    for (const Config::CallerRule& rule : config.callers)
        out.push_back({rule.executable, rule.providers});
    return out;
}

std::vector<RunProfile> runProfilesOf(const Config& config) {
    std::vector<RunProfile> out;
    for (const ProfileConfig& profile : config.profiles)
        out.push_back({profile.name, profile.allow, profile.command, profile.expires, profile.fallback,
                       profile.restarts});
    return out;
}

RateLimit rateLimitOf(const RateLimitConfig& config) {
    return {config.requests, config.window, config.burst};
}

void applyLogging(const Config& config, std::optional<LogLevel> commandLine) {
    setLogging(commandLine.value_or(logLevelFrom(config.log.level).value_or(LogLevel::Info)),
               config.log.json ? LogManner::Objects : LogManner::Lines);
}

ConfigKeeper::Rooms Broker::configRooms(const Places& places) {
    return {places.config, [this](const Config& config) { return apply(config); },
            [this] { return gatekeeper_.doors().waiting(); }};
}

ConfigMethods::Rooms Broker::configMethodRooms() {
    const auto state = [this] {
        return ConfigMethods::State{config_.settings(), config_.preset(),  config_.file(),
                                    config_.loadedAt(), config_.problem(), config_.restart()};
    };
    const auto reload = [this]() -> Result<ConfigMethods::Reloaded> {
        Result<ConfigKeeper::Reloaded> done = config_.reload("asked for");
        if (!done)
            return failure(std::move(done.error()));
        return ConfigMethods::Reloaded{std::move(done->changed), std::move(done->restart)};
    };
    return {state, reload};
}

void Broker::reloadConfig(const std::string& why) {
    static_cast<void>(config_.reload(why).has_value()); // whoever has to know hears it from config_
}

// Everything that can be wrong is looked at first; what follows cannot fail.
Result<void> Broker::apply(const Config& config) {
    Result<ProviderCatalog> catalog = ProviderCatalog::load(config);
    if (!catalog)
        return tl::unexpected(catalog.error());
    Result<AuthRules> rules = AuthRules::compile(config, catalog->names());
    if (!rules)
        return tl::unexpected(rules.error());
    Result<NetworkRoute> route = routeFrom(config);
    if (!route)
        return tl::unexpected(route.error());
    for (const std::string& warning : config.warnings)
        qCWarning(logDaemon).noquote() << QString::fromStdString(warning);
    applyLogging(config, commandLineLevel_);
    http_.setRoute(std::move(*route));
    catalog_.replace(std::move(*catalog));
    rules_.replace(std::move(*rules));
    resources_.configure(config);
    services_ = config.services;
    pins_ = config.gateway.pins;
    refresher_.configure(refreshPlanOf(config));
    ground_.audit->keep(std::chrono::days(config.auditRetentionDays), config.auditMaxBytes);
    applyAccess(config);
    applyGateway(config);
    return {};
}

void Broker::applyAccess(const Config& config) {
    opensBrowsers_ = config.opensBrowsers;
    desk_.setDeviceFirst(!opensBrowsers_);
    admission_.setPrograms(config.access == AccessMode::Trusting ? Role::Admin : Role::Agent);
    agentDoor_.configure(config.agent.allow);
    limiter_.configure(rateLimitOf(config.callerLimit), rateLimitOf(config.overallLimit));
    if (!config.policy.opaUrl.empty() && policy_ == nullptr)
        policy_ = std::make_unique<OpaPolicy>(OpaPolicy::Setup{}, http_, clock_);
    if (!config.policy.opaUrl.empty())
        policy_->configure({config.policy.opaUrl, config.policy.timeout, config.policy.cache});
    broker_.setPolicy(config.policy.opaUrl.empty() ? nullptr : policy_.get());
    machine_.watchScreen(config.endOnLock);
    capabilities_.configure(runProfilesOf(config));
    gate_.configure(accessPolicyOf(config), allowedCallersOf(config)); // tells that all else is another, too
}

void Broker::applyGateway(const Config& config) {
    upstream_.setWait(config.signInWait);
    gatewayServices_.configure(config);
    authServer_.configure({config.gateway.clientIdMetadata, config.gateway.tokenLife});
    programs_.configure(programServices(config), config.signInWait);
    gatekeeper_.desk().configure(config.signInWait, networkFor(config));
    gatekeeper_.doors().configure(config.gateway);
    gatekeeper_.routes().review();
}

void Broker::watchConfig() {
    const auto tell = [this] {
        lastStatus_.clear(); // findings may be others where the status is not
        publishHealth();
    };
    connect(&config_, &ConfigKeeper::reloaded, this,
            [this, tell](const ConfigKeeper::Reloaded& what, const std::string& why) {
                AuditEvent event;
                event.kind = "config.reloaded";
                event.why = why;
                event.detail = displaySafe(join(what.changed, " "), longestList);
                record(event);
                qCInfo(logDaemon).noquote()
                    << "the configuration was read again:" << QString::fromStdString(event.detail);
                if (!what.restart.empty())
                    qCWarning(logDaemon).noquote()
                        << "needs a restart:" << QString::fromStdString(join(what.restart, ", "));
                tell();
            });
    connect(&config_, &ConfigKeeper::refused, this, [this, tell](const Error& error, const std::string& why) {
        AuditEvent event;
        event.kind = "config.refused";
        event.why = why;
        event.detail = displaySafe(error.message, longestList);
        record(event);
        qCWarning(logDaemon).noquote() << "the configuration of before stays in force:"
                                       << QString::fromStdString(displaySafe(error.message));
        tell();
    });
}

Json Broker::configFindings() const {
    Json out = Json::array();
    if (const std::optional<Error>& problem = config_.problem())
        out.push_back(findingOf("config_invalid",
                                "the configuration of before stays in force: " + problem->message,
                                problem->action));
    if (const std::vector<std::string> keys = config_.restart(); !keys.empty())
        out.push_back(findingOf("restart_needed", "needs a restart: " + join(keys, ", "),
                                "Start the broker anew: keybearer restart"));
    return out;
}

} // namespace keybearer
