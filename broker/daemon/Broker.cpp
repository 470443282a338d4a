#include "broker/daemon/Broker.h"

#include "broker/daemon/FileMeasure.h"
#include "broker/log/Log.h"
#include "broker/methods/CallerEvent.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/platform/Starter.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QRandomGenerator>

#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::chrono::hours inUse{24};
constexpr std::size_t mostLoadedAtStart = 64;
constexpr int drainLookMs = 10;
constexpr int longestDrainMs = 5000; // for answers of providers that are on their way when we are told to end
constexpr std::chrono::seconds storeRetryPause{15}; // a keychain that was locked at start is looked at again

ConsentGate::Setup gateSetup(const Config& config, const EventPublisher& events,
                             const std::filesystem::path& ownPrograms, const SharingPause& pause) {
    ConsentGate::Setup setup;
    setup.withheld = [&pause] { return pause.refusal(); };
    setup.policy = accessPolicyOf(config);
    setup.allowed = allowedCallersOf(config);
    setup.ownCommandLine = (ownPrograms / "keybearer").string();
    setup.stillTheSame = [](const Caller& caller) {
        return caller.process == nullptr || caller.process->stillTheSame();
    };
    setup.somebodyListens = [&events] { return events.listeners("consent.requested") > 0; };
    return setup;
}

Capabilities::Setup capabilitySetup(const Config& config, FileDigests& digests) {
    Capabilities::Setup setup;
    setup.profiles = runProfilesOf(config);
    setup.measure = measureWith(digests);
    return setup;
}

std::unique_ptr<OpaPolicy> policyFrom(const PolicyConfig& config, HttpTransport& http, const Clock& clock) {
    if (config.opaUrl.empty())
        return nullptr;
    return std::make_unique<OpaPolicy>(OpaPolicy::Setup{config.opaUrl, config.timeout, config.cache}, http,
                                       clock);
}

// Null unless other brokers use the store, too.
template <typename Part, typename Room>
std::unique_ptr<Part> sharedWith(StoreKeeper& keeper, Room& room) {
    SharedStore* store = keeper.shared();
    return store == nullptr ? nullptr : std::make_unique<Part>(*store, room);
}

} // namespace

std::filesystem::path Broker::programDirectory() {
    return std::filesystem::path(describeProcess(::getpid()).executable).parent_path();
}

Result<std::unique_ptr<Broker>> Broker::build(const Options& options, const Config& config,
                                              Beginning beginning) {
    Result<ProviderCatalog> catalog = ProviderCatalog::load(config);
    if (!catalog)
        return tl::unexpected(catalog.error());
    Result<AuthRules> rules = AuthRules::compile(config, catalog->names());
    if (!rules)
        return tl::unexpected(rules.error());
    Result<Ground> ground = openGround(options.places, config, std::move(beginning));
    if (!ground)
        return tl::unexpected(ground.error());
    std::unique_ptr<Broker> broker(
        new Broker(options, config, std::move(*catalog), std::move(*rules), std::move(*ground)));
    broker->commandLineLevel_ = options.logLevel;
    if (auto started = broker->start(); !started)
        return tl::unexpected(started.error());
    return broker;
}

Broker::Broker(const Options& options, const Config& config, ProviderCatalog catalog, AuthRules rules,
               Ground ground)
    : catalog_(std::move(catalog)), rules_(std::move(rules)), ground_(std::move(ground)),
      http_(ground_.route), vault_(ground_.store->store(), *ground_.state, clock_),
      registry_(*ground_.state, vault_, clock_), directory_(catalog_, http_, clock_),
      resources_({config, catalog_, directory_, registry_, *ground_.state, http_, clock_}),
      sharedAccounts_(sharedWith<SharedAccounts>(*ground_.store, registry_)),
      sharedResources_(sharedWith<SharedResources>(*ground_.store, resources_)),
      refresher_({registry_,
                  directory_,
                  http_,
                  clock_,
                  [] { return QRandomGenerator::system()->generateDouble(); },
                  {},
                  sharedAccounts_.get()},
                 refreshPlanOf(config)),
      desk_(catalog_, directory_, registry_, http_, clock_, &resources_), brake_(*ground_.audit, clock_),
      description_(programDirectory()), admission_(admissionSetup(config)), clients_(*ground_.state, clock_),
      server_(serverSetup()), agentDoor_(config.agent.allow), pause_(pauseMemory(), clock_),
      gate_(gateSetup(config, server_, programDirectory(), pause_), *ground_.state, clock_),
      capabilities_(capabilitySetup(config, commandDigests_), gate_, clock_),
      limiter_(rateLimitOf(config.callerLimit), rateLimitOf(config.overallLimit), clock_),
      policy_(policyFrom(config.policy, http_, clock_)),
      broker_({registry_, refresher_, gate_, *ground_.audit, catalog_, clock_, &rules_, &limiter_,
               policy_.get(), &brake_, sharedAccounts_.get()}),
      neededSignIns_(signInRooms()), upstream_(upstreamRooms(config)), services_(config.services),
      pins_(config.gateway.pins), gatewayServices_({resources_, registry_, desk_, catalog_, rules_}, config),
      authServer_({config.gateway.clientIdMetadata, config.gateway.tokenLife}, authServerRooms()),
      demo_({catalog_, registry_, authServer_, clock_, [this](const AuditEvent& event) { record(event); },
             [this] { return gatekeeper_.doors().lend(); }, [this] { gatekeeper_.doors().giveBack(); }}),
      programs_(programSetup(config), gate_, broker_, clock_), tools_(*ground_.state, clock_),
      gatekeeper_(gatekeeperSetup(options.places, config), routeRooms(), upstream_, neededSignIns_, gate_,
                  clock_),
      tokenMethods_(broker_, ResourceProof(registry_, clock_)), signInMethods_(desk_, registry_),
      sessionMethods_({registry_, refresher_, directory_, http_, gate_, *ground_.audit}),
      apiKeyMethods_({registry_, gate_, *ground_.audit, clock_}),
      serviceAccountMethods_({catalog_, directory_, registry_, http_, clock_}, gate_, *ground_.audit),
      providerMethods_(catalog_, http_, clock_,
                       [this]() -> Result<void> {
                           const auto done = config_.reload("asked for");
                           return done ? Result<void>() : failure(done.error());
                       }),
      serviceMethods_({resources_, directory_, catalog_, registry_, http_,
                       [this](const std::string& name) { return gatekeeper_.doors().addressOf(name); }}),
      consentMethods_(gate_),
      callerMethods_([this](std::int64_t pid, const auto& done) { description_.describe(pid, done); }),
      capabilityMethods_(capabilities_, server_),
      clientMethods_({clients_, registry_, catalog_, *ground_.audit,
                      [this](const std::string& name) { return routeService(name).has_value(); }}),
      toolMethods_({tools_, [this](const std::string& service) { return pinsOf(service); }, *ground_.audit}),
      auditKeeper_(*ground_.audit, ground_.store->store(), server_, clock_),
      auditMethods_(auditKeeper_.desk(), auditKeeper_.alerts(), clock_), authMethods_(rules_, registry_),
      metricsMethods_({broker_, refresher_, registry_, gate_, clients_, capabilities_, limiter_, rules_,
                       [this] { return broker_.asksPolicy() ? policy_.get() : nullptr; }, server_,
                       *ground_.audit, auditKeeper_.alerts(), clock_.wall(),
                       [this](Metrics& out) {
                           addGatewayTo(out);
                           addToolsTo(out);
                       }}),
      storeMethods_(*ground_.store, *ground_.audit),
      handOver_(OwnProgram::ofThisProcess(), options.again, handOverRooms()),
      healthMethods_(
          {registry_, refresher_, gate_,
           [this] { return static_cast<std::size_t>(server_.counters().connections); },
           [this] { return auditProblem_; }, *ground_.audit, [this] { return metricsMethods_.inShort(); },
           [this] { return toWire(auditKeeper_.alerts().recent()); }, [this] { return gatekeeper_.health(); },
           [this] { return ground_.store->remarksJson(); },
           [this] {
               Json findings = gatekeeper_.status()["findings"];
               for (Json& finding : configFindings())
                   findings.push_back(std::move(finding));
               return findings;
           },
           options.places.config, options.places.socket, clock_.wall(), [this] { return toWire(pause_); },
           [this] {
               Json findings = handOver_.findings();
               for (Json& finding : ground_.sandbox.findings())
                   findings.push_back(std::move(finding));
               return findings;
           },
           clock_}),
      sharingMethods_(
          pause_, *ground_.audit, [] { QTimer::singleShot(0, qApp, &QCoreApplication::quit); },
          [this](Completion<void> done) { handOver_.ask(std::move(done)); }),
      demoMethods_(demo_), config_(config, configRooms(options.places)), configMethods_(configMethodRooms()),
      machine_({[this] { gate_.screenLocked(); }, [this](bool about) { refresher_.setSleeping(about); },
                [this](bool online) { refresher_.setOnline(online); }},
               config.endOnLock) {
    opensBrowsers_ = config.opensBrowsers;
    desk_.setDeviceFirst(!opensBrowsers_);
    desk_.renewWith([this](const std::string& id, Completion<void> done) {
        refresher_.refresh(id, TokenRefresher::Urgency::Demand, std::move(done));
    });
}

SharingPause::Memory Broker::pauseMemory() {
    return {[this](const std::string& name) { return ground_.state->recall(name); },
            [this](const std::string& name, const std::string& text) {
                return ground_.state->remember(name, text);
            }};
}

Admission::Setup Broker::admissionSetup(const Config& config) {
    Admission::Setup setup;
    setup.programs = config.access == AccessMode::Trusting ? Role::Admin : Role::Agent;
    setup.directory = programDirectory();
    setup.refused = [this](const Caller& caller, const char* kind, const std::string& why,
                           const std::string& detail) {
        AuditEvent event = callerEvent(kind, caller);
        event.why = why;
        event.detail = detail;
        brake_.append(std::move(event));
    };
    return setup;
}

RpcServer::Setup Broker::serverSetup() {
    RpcServer::Setup setup;
    setup.version = KEYBEARER_VERSION;
    setup.describeCaller = [this](const std::shared_ptr<const PeerProcess>& process,
                                  std::optional<Measurement> measured, const auto& done) {
        description_.describe(process, std::move(measured), done);
    };
    setup.admission = &admission_;
    setup.admitCapability = [this](std::uint64_t connection, const std::string& shown, Caller& caller) {
        return capabilities_.admit(connection, shown, caller);
    };
    setup.commitBatch = [this] {
        const Result<void> written = ground_.audit->flush();
        auditProblem_ = written ? std::string() : written.error().message;
        return written.has_value();
    };
    setup.beforeAnswers = [this] { gatekeeper_.tellPermissions(); };
    return setup;
}

Broker::~Broker() {
    server_.close(); // while everything that its requests need is there
}

Result<void> Broker::start() {
    ground_.store->serve(registry_);
    if (auto loaded = registry_.load(); !loaded)
        return loaded;
    if (auto loaded = resources_.load(); !loaded)
        return loaded;
    if (auto loaded = gate_.load(); !loaded)
        return loaded;
    if (auto loaded = clients_.load(); !loaded)
        return loaded;
    if (auto loaded = authServer_.load(); !loaded)
        return loaded;
    watchTools(); // before they are loaded: what was changed by somebody else is told
    if (auto loaded = tools_.load(); !loaded)
        return loaded;
    admission_.add(clients_);
    pause_.load();
    tokenMethods_.addTo(server_);
    gatekeeper_.addTo(server_);
    signInMethods_.addTo(server_);
    sessionMethods_.addTo(server_);
    apiKeyMethods_.addTo(server_);
    serviceAccountMethods_.addTo(server_);
    providerMethods_.addTo(server_);
    serviceMethods_.addTo(server_);
    consentMethods_.addTo(server_);
    callerMethods_.addTo(server_);
    capabilityMethods_.addTo(server_);
    clientMethods_.addTo(server_);
    toolMethods_.addTo(server_);
    auditMethods_.addTo(server_);
    authMethods_.addTo(server_);
    metricsMethods_.addTo(server_);
    storeMethods_.addTo(server_);
    healthMethods_.addTo(server_);
    sharingMethods_.addTo(server_);
    demoMethods_.addTo(server_);
    configMethods_.addTo(server_);
    for (const std::string& missing : authMethods_.missingKeys())
        qCWarning(logDaemon).noquote() << QString::fromStdString(missing);
    connectEvents();
    admission_.add(agentDoor_);
    if (auto listening = server_.listen(ground_.socket.fd); !listening)
        return listening;
    if (ground_.agentSocket.fd >= 0) {
        if (auto listening = server_.listen(ground_.agentSocket.fd, Door::Agent); !listening)
            return listening;
    }
    AuditEvent started;
    started.kind = "broker.started";
    started.pid = ::getpid();
    record(started);
    auditKeeper_.begin();
    gatekeeper_.doors().openAsConfigured();
    // After READY: a keychain that is locked or slow must not keep the socket waiting.
    QTimer::singleShot(0, this, &Broker::openStore);
    QTimer::singleShot(0, &config_, &ConfigKeeper::watch);
    return {};
}

void Broker::openStore() {
    if (registry_.all().empty() && !registry_.isOpen())
        return; // nothing is stored: the keychain is first touched by the first sign-in
    registry_.open([this](const Result<void>& opened) {
        if (opened) {
            auditKeeper_.storeOpened();
            for (const StoreKeeper::Remark& remark : ground_.store->remarks()) {
                if (remark.name == "store_outdated")
                    alert("store_rolled_back", {}, remark.message, remark.action);
            }
            loadWhatIsInUse();
            // Only once something is stored: before that there is nothing to refresh after a night or a
            // tunnel.
            machine_.begin();
        } else
            storeRetry_.start(storeRetryPause);
        health_.due();
    });
}

// Sign-ins that somebody used lately are kept fresh from the start, so that nobody waits for an expiry that
// could be foreseen (T1). The others stay in the store until they are asked for.
void Broker::loadWhatIsInUse() {
    std::size_t loaded = 0;
    for (const Credential* credential : registry_.all()) {
        const CredentialRecord& record = credential->record;
        if (!record.lastUsedAt || clock_.wall() - *record.lastUsedAt > inUse || !record.refreshable ||
            record.needsSignIn || record.quarantined || loaded == mostLoadedAtStart)
            continue;
        ++loaded;
        registry_.ensureLoaded(record.id, [](const Result<void>&) {});
    }
}

HandOver::Rooms Broker::handOverRooms() {
    return {[this] { return desk_.open() == 0 && gate_.pending().empty(); }, [] { QCoreApplication::quit(); },
            [this] {
                lastStatus_.clear(); // the findings may differ where the status does not
                publishHealth();
            }};
}

// Whoever has asked gets an answer, as far as that is soon; whoever connects waits for the successor.
void Broker::settleConnections() {
    server_.retire();
    const QDeadlineTimer deadline(longestDrainMs);
    QTimer look;
    look.start(drainLookMs);
    while (!server_.settled() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    server_.sayGoodbye();
}

void Broker::stop() {
    AuditEvent stopped;
    stopped.kind = "broker.stopped";
    stopped.pid = ::getpid();
    record(stopped);
    if (handOver_.isDue())
        settleConnections();
    server_.close();
    // A token response that is on its way may hold a new refresh token: to end now would lose it.
    refresher_.drain();
    const QDeadlineTimer deadline(longestDrainMs);
    QTimer look; // the dispatcher would otherwise sleep past the last answer
    look.start(drainLookMs);
    auditKeeper_.sealAll();
    while ((!refresher_.idle() || auditKeeper_.saving()) && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    refresher_.saveNow();
    registry_.saveUses();
    gate_.saveUses();
    clients_.saveUses();
}

std::optional<Successor> Broker::successor() {
    if (!handOver_.isDue())
        return std::nullopt;
    Successor next{handOver_.program(), handOver_.arguments(), {}};
    next.descriptors.push_back({ground_.instance->release(), handed::lock});
    if (starterSocket() >= 0)
        next.descriptors.push_back({starterSocket(), handed::starter});
    for (ListenSocket* socket : {&ground_.socket, &ground_.agentSocket}) {
        const char* name = socket->activated ? handed::activatedSocket : handed::ownSocket;
        if (socket->fd >= 0)
            next.descriptors.push_back({socket->release(), name});
    }
    return next;
}

} // namespace keybearer
