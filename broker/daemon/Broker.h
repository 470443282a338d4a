#pragma once

#include "broker/access/Admission.h"
#include "broker/access/AgentDoor.h"
#include "broker/access/Capabilities.h"
#include "broker/access/ClientKeys.h"
#include "broker/access/SharingPause.h"
#include "broker/accounts/ResourceDirectory.h"
#include "broker/accounts/ResourceProof.h"
#include "broker/accounts/SharedAccounts.h"
#include "broker/accounts/SharedResources.h"
#include "broker/accounts/SignInDesk.h"
#include "broker/accounts/TokenBroker.h"
#include "broker/audit/AuditBrake.h"
#include "broker/authserver/LocalAuthorizationServer.h"
#include "broker/daemon/AuditKeeper.h"
#include "broker/daemon/CallerDescription.h"
#include "broker/daemon/ConfigKeeper.h"
#include "broker/daemon/DemoKeeper.h"
#include "broker/daemon/GatewayServices.h"
#include "broker/daemon/Ground.h"
#include "broker/daemon/HandOver.h"
#include "broker/daemon/MachineWatches.h"
#include "broker/daemon/Options.h"
#include "broker/gatekeeper/BrowserStart.h"
#include "broker/gatekeeper/Gatekeeper.h"
#include "broker/methods/ApiKeyMethods.h"
#include "broker/methods/AuditMethods.h"
#include "broker/methods/AuthMethods.h"
#include "broker/methods/CallerMethods.h"
#include "broker/methods/CapabilityMethods.h"
#include "broker/methods/ClientMethods.h"
#include "broker/methods/ConfigMethods.h"
#include "broker/methods/ConsentMethods.h"
#include "broker/methods/HealthMethods.h"
#include "broker/methods/MetricsMethods.h"
#include "broker/methods/ProviderMethods.h"
#include "broker/methods/ServiceAccountMethods.h"
#include "broker/methods/ServiceMethods.h"
#include "broker/methods/SessionMethods.h"
#include "broker/methods/SharingMethods.h"
#include "broker/methods/SignInMethods.h"
#include "broker/methods/TokenMethods.h"
#include "broker/methods/ToolMethods.h"
#include "broker/platform/Successor.h"
#include "broker/policy/OpaPolicy.h"
#include "broker/rpc/PacedNotice.h"
#include "broker/rpc/RpcServer.h"

namespace keybearer {

// What the rooms make of a configuration, at the start and whenever it is read again.
[[nodiscard]] RefreshPlan refreshPlanOf(const Config& config);
[[nodiscard]] AccessPolicy accessPolicyOf(const Config& config);
[[nodiscard]] std::vector<AllowedCaller> allowedCallersOf(const Config& config);
[[nodiscard]] std::vector<RunProfile> runProfilesOf(const Config& config);
[[nodiscard]] RateLimit rateLimitOf(const RateLimitConfig& config);
void applyLogging(const Config& config, std::optional<LogLevel> commandLine);

// The whole house: the only place that builds the rooms' objects and wires them. Members are declared in the
// order of the arrows and so destroyed from the door downwards. Event loop thread.
class Broker : public QObject {
    Q_OBJECT
public:
    // Takes the lock, opens state, store and audit log, and listens. Another broker on the same socket is
    // InvalidRequest; what cannot be used is StoreUnavailable.
    [[nodiscard]] static Result<std::unique_ptr<Broker>> build(const Options& options, const Config& config,
                                                               Beginning beginning);
    ~Broker() override;

    // Reads the configuration again. `why`: who wanted it, for the audit log. What is wrong with it is in the
    // log and in health.get, and the one before stays in force.
    void reloadConfig(const std::string& why);

    // Answers what is queued, makes a last try to save what is unsaved, and closes.
    void stop();
    // It ends for a successor.
    [[nodiscard]] bool goesOn() const { return handOver_.isDue(); }
    // After stop(): who goes on, if somebody does, with the sockets and the lock. They are not closed with
    // the broker then.
    [[nodiscard]] std::optional<Successor> successor();

private:
    Broker(const Options& options, const Config& config, ProviderCatalog catalog, AuthRules rules,
           Ground ground);
    [[nodiscard]] Admission::Setup admissionSetup(const Config& config);
    [[nodiscard]] RpcServer::Setup serverSetup();
    [[nodiscard]] SharingPause::Memory pauseMemory();
    [[nodiscard]] static std::filesystem::path programDirectory();
    [[nodiscard]] static std::vector<ProgramService> programServices(const Config& config);
    [[nodiscard]] static Json networkFor(const Config& config);
    [[nodiscard]] LocalPrograms::Setup programSetup(const Config& config);
    [[nodiscard]] ConfigKeeper::Rooms configRooms(const Places& places);
    [[nodiscard]] ConfigMethods::Rooms configMethodRooms();
    [[nodiscard]] Result<void> apply(const Config& config);
    void applyAccess(const Config& config);
    void applyGateway(const Config& config);
    void watchConfig();
    [[nodiscard]] Json configFindings() const;
    [[nodiscard]] Gatekeeper::Setup gatekeeperSetup(const Places& places, const Config& config);
    [[nodiscard]] HttpDoors::Setup doorSetup(const Places& places, const Config& config);
    [[nodiscard]] RouteDesk::Rooms routeRooms();
    [[nodiscard]] std::vector<RouteService> routeServices() const;
    [[nodiscard]] std::optional<RouteService> routeService(const std::string& name) const;
    void watchRoutes();
    void watchTools();
    void tellOfTool(const ToolFinding& finding);
    [[nodiscard]] ToolPins pinsOf(const std::string& service) const;
    void addToolsTo(Metrics& out) const;
    void addGatewayTo(Metrics& out) const;
    [[nodiscard]] Json inBrief() const;
    using PrepareServer = std::function<void(const McpTarget&, const TokenNeed&, Completion<std::string>)>;
    [[nodiscard]] PrepareServer prepareServer();
    [[nodiscard]] NeededSignIns::Rooms signInRooms();
    [[nodiscard]] UpstreamAccess::Rooms upstreamRooms(const Config& config);
    [[nodiscard]] LocalAuthorizationServer::Rooms authServerRooms();
    [[nodiscard]] bool opensWith(const std::string& key, const std::string& service);
    [[nodiscard]] bool trayListens() const;
    [[nodiscard]] bool openPage(const SignIn& signIn, const std::string& url);
    [[nodiscard]] HandOver::Rooms handOverRooms();
    [[nodiscard]] Result<void> start();
    void settleConnections();

    void connectEvents();
    void recordConsents();
    void watchCapabilities();
    void watchPause();
    void recordClients();
    void recordRegistrations();
    void sessionEnded(const std::string& id);
    void publishSession(const std::string& id, AccountRegistry::Change change);
    void publishSignIn(const SignIn& signIn);
    void record(const AuditEvent& event);
    void alert(const char* name, const std::string& about, const std::string& message,
               const std::string& action);
    void openStore();
    void loadWhatIsInUse();
    void warnOfEndingSignIns();
    void onMinute();
    void publishHealth();
    void onStoreHealth();

    SystemClock clock_;
    ProviderCatalog catalog_;
    AuthRules rules_;
    Ground ground_;
    std::string auditProblem_;
    HttpClient http_;
    CredentialVault vault_;
    AccountRegistry registry_;
    ServerDirectory directory_;
    ResourceDirectory resources_;
    // Null unless other brokers use the same store.
    std::unique_ptr<SharedAccounts> sharedAccounts_;
    std::unique_ptr<SharedResources> sharedResources_;
    TokenRefresher refresher_;
    SignInDesk desk_;
    AuditBrake brake_;
    CallerDescription description_;
    Admission admission_;
    ClientKeys clients_;
    RpcServer server_;
    AgentDoor agentDoor_;
    SharingPause pause_;
    ConsentGate gate_;
    Capabilities capabilities_;
    FileDigests commandDigests_; // of what is about to be started
    RateLimiter limiter_;
    std::unique_ptr<OpaPolicy> policy_; // null: none is configured
    TokenBroker broker_;
    BrowserStart browser_;
    NeededSignIns neededSignIns_;
    UpstreamAccess upstream_;
    std::vector<ServiceConfig> services_; // of the configuration
    bool opensBrowsers_ = true;
    ToolPins pins_ = ToolPins::Warn; // of services that say nothing of their own
    GatewayServices gatewayServices_;
    LocalAuthorizationServer authServer_;
    DemoKeeper demo_;
    LocalPrograms programs_;
    PinnedTools tools_;
    Gatekeeper gatekeeper_;
    TokenMethods tokenMethods_;
    SignInMethods signInMethods_;
    SessionMethods sessionMethods_;
    ApiKeyMethods apiKeyMethods_;
    ServiceAccountMethods serviceAccountMethods_;
    ProviderMethods providerMethods_;
    ServiceMethods serviceMethods_;
    ConsentMethods consentMethods_;
    CallerMethods callerMethods_;
    CapabilityMethods capabilityMethods_;
    ClientMethods clientMethods_;
    ToolMethods toolMethods_;
    AuditKeeper auditKeeper_;
    AuditMethods auditMethods_;
    AuthMethods authMethods_;
    MetricsMethods metricsMethods_;
    StoreMethods storeMethods_;
    HandOver handOver_;
    HealthMethods healthMethods_;
    PacedNotice health_{std::chrono::milliseconds(100), [this] { publishHealth(); }};
    SharingMethods sharingMethods_;
    DemoMethods demoMethods_;
    ConfigKeeper config_;
    ConfigMethods configMethods_;
    std::optional<LogLevel> commandLineLevel_; // --log-level wins over log.level
    QTimer minute_;
    QTimer storeRetry_;
    MachineWatches machine_;
    std::map<std::string, WallTime> warned_; // sign-ins whose end was announced: when
    struct ToolAlerts {
        BootTime since{};
        int count = 0;
    };
    std::map<std::string, ToolAlerts> toolAlerts_; // by service
    std::string lastStatus_;
    CredentialStore::Health::State lastStoreState_ = CredentialStore::Health::State::Unknown;
};

} // namespace keybearer
