#include "broker/daemon/StoreConnection.h"

#include "broker/http/NetworkRoute.h"
#include "broker/stores/redis/RedisRecords.h"
#include "broker/stores/vault/VaultRecords.h"

#include <utility>

namespace keybearer {

namespace {

using Connection = StoreKeeper::Setup::Connection;

Result<Connection> toRedis(const RedisConfig& config, const std::string& prefix, const Clock& clock) {
    if (config.url.empty())
        return failure(
            ErrorCode::InvalidParams, "config.yaml does not say where Redis is",
            "Write redis: {url: \"rediss://host:6379\"} under store:, then start the broker anew.");
    auto records = std::make_unique<RedisRecords>(RedisRecords::Setup{config, prefix, clock});
    if (auto started = records->start(); !started)
        return tl::unexpected(started.error());
    return Connection{std::move(records), nullptr};
}

Result<Connection> toVault(const VaultConfig& config, const std::string& prefix,
                           const NetworkRoute::Wish& network, const Clock& clock) {
    if (config.url.empty())
        return failure(
            ErrorCode::InvalidParams, "config.yaml does not say where Vault is",
            "Write vault: {url: \"https://host:8200\", ...} under store:, then start the broker anew.");
    Result<std::unique_ptr<VaultRecords>> records =
        VaultRecords::over({config, prefix}, network, NetworkRoute::processVariable, clock);
    if (!records)
        return tl::unexpected(records.error());
    (*records)->start();
    KeyWrapper* wrapper = (*records)->keyWrapper();
    return Connection{std::move(*records), wrapper};
}

} // namespace

std::function<Result<Connection>(const std::string&)> storeConnection(const Config& config,
                                                                      const Clock& clock) {
    const NetworkRoute::Wish network{config.network.proxy, config.network.noProxy, config.network.caFile};
    return [redis = config.redis, vault = config.vault, prefix = config.storePrefix, network,
            &clock](const std::string& backend) {
        return backend == "redis" ? toRedis(redis, prefix, clock) : toVault(vault, prefix, network, clock);
    };
}

} // namespace keybearer
