#include "broker/daemon/Ground.h"

#include "broker/base/PrivateFile.h"
#include "broker/daemon/RouteFromConfig.h"
#include "broker/daemon/StoreConnection.h"
#include "broker/stores/keychain/KeychainStore.h"

#include <cstdlib>

namespace keybearer {

namespace {

std::string keychainName() {
    const char* home = std::getenv("KEYBEARER_HOME");
    return keychainNamespace(home == nullptr ? "" : home);
}

} // namespace

Result<Ground> openGround(const Places& places, const Config& config, Beginning beginning) {
    Ground ground;
    ground.sandbox = beginning.sandbox;
    HandedOver& handed = beginning.handed;
    Result<NetworkRoute> route = routeFrom(config);
    if (!route)
        return tl::unexpected(route.error());
    ground.route = std::move(*route);
    Result<std::unique_ptr<SingleInstance>> instance =
        SingleInstance::acquire(places.lock(), places.pid(), handed.takeLock());
    if (!instance)
        return tl::unexpected(instance.error());
    ground.instance = std::move(*instance);
    // With the memory store nothing at all is written to the disk (S3).
    const bool onDisk = config.store != StoreBackend::Memory;
    if (onDisk) {
        if (auto made = makePrivateDirectory(places.state); !made)
            return tl::unexpected(made.error());
    }
    Result<std::unique_ptr<StateDatabase>> state =
        StateDatabase::open(onDisk ? places.state / "state.sqlite" : std::filesystem::path());
    if (!state)
        return tl::unexpected(state.error());
    ground.state = std::move(*state);
    static const SystemClock groundClock;
    Result<std::unique_ptr<StoreKeeper>> keeper =
        StoreKeeper::make({config.store, config.storeKey, places.state / "store.sqlite", keychainName(),
                           *ground.state, groundClock, storeConnection(config, groundClock)});
    if (!keeper)
        return tl::unexpected(keeper.error());
    ground.store = std::move(*keeper);
    Result<std::unique_ptr<AuditLog>> audit =
        openAuditLog(onDisk ? places.state : std::filesystem::path(), groundClock,
                     {std::chrono::days(config.auditRetentionDays), config.auditMaxBytes});
    if (!audit)
        return tl::unexpected(audit.error());
    ground.audit = std::move(*audit);
    Result<ListenSocket> socket = openListenSocket(places.socket, handed);
    if (!socket)
        return tl::unexpected(socket.error());
    ground.socket = std::move(*socket);
    if (!config.agent.enabled)
        return ground;
    Result<ListenSocket> agents = openListenSocket(
        config.agent.socket.empty() ? places.runtime / "agent.sock" : config.agent.socket, handed);
    if (!agents)
        return tl::unexpected(agents.error());
    ground.agentSocket = std::move(*agents);
    return ground;
}

} // namespace keybearer
