#include "broker/config/ConfigStore.h"

#include "broker/config/ConfigStoreKeys.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace keybearer {

namespace {

constexpr std::int64_t mostReplicas = 8;
constexpr std::int64_t longestPoll = 300;
constexpr std::size_t longestPrefix = 100;

void setBackend(Config& config, ConfigValue& value) {
    config.store = value.text == "memory"  ? StoreBackend::Memory
                   : value.text == "file"  ? StoreBackend::File
                   : value.text == "redis" ? StoreBackend::Redis
                   : value.text == "vault" ? StoreBackend::Vault
                                           : StoreBackend::Keychain;
}

template <auto Member>
void setRedisText(Config& config, ConfigValue& value) {
    config.redis.*Member = std::move(value.text);
}

template <auto Member>
void setVaultText(Config& config, ConfigValue& value) {
    config.vault.*Member = std::move(value.text);
}

template <auto Member>
void setVaultSecret(Config& config, ConfigValue& value) {
    config.vault.*Member = std::move(value.secret);
}

std::vector<KeyRule> redisKeys() {
    return {
        {"store.redis", KeyKind::Section, "redis: {url: \"rediss://cache.example.com:6379\"}"},
        {"store.redis.url", KeyKind::Text, "url: rediss://cache.example.com:6379/0",
         setRedisText<&RedisConfig::url>},
        {"store.redis.username", KeyKind::Text, "username: keybearer", setRedisText<&RedisConfig::username>},
        {"store.redis.password", KeyKind::Secret, "password: \"${REDIS_PASSWORD}\"",
         [](Config& config, ConfigValue& value) { config.redis.password = std::move(value.secret); }},
        {"store.redis.password_file", KeyKind::File, "password_file: /run/secrets/redis",
         setRedisText<&RedisConfig::passwordFile>},
        {"store.redis.ca_file", KeyKind::File, "ca_file: /etc/ssl/company.pem",
         setRedisText<&RedisConfig::caFile>},
        {"store.redis.certificate", KeyKind::File, "certificate: /etc/keybearer/redis.pem",
         setRedisText<&RedisConfig::certificate>},
        {"store.redis.certificate_key", KeyKind::File, "certificate_key: /etc/keybearer/redis.key",
         setRedisText<&RedisConfig::certificateKey>},
        {"store.redis.replicas",
         KeyKind::Number,
         "replicas: 1",
         [](Config& config, ConfigValue& value) { config.redis.replicas = static_cast<int>(value.number); },
         {},
         {},
         0,
         mostReplicas},
    };
}

std::vector<KeyRule> vaultKeys() {
    return {
        {"store.vault", KeyKind::Section, "vault: {url: \"https://vault.example.com:8200\"}"},
        {"store.vault.url", KeyKind::Address, "url: https://vault.example.com:8200",
         setVaultText<&VaultConfig::url>},
        {"store.vault.mount", KeyKind::Text, "mount: secret", setVaultText<&VaultConfig::mount>},
        {"store.vault.namespace", KeyKind::Text, "namespace: team-a", setVaultText<&VaultConfig::nameSpace>},
        {"store.vault.auth",
         KeyKind::Choice,
         "auth: approle",
         setVaultText<&VaultConfig::auth>,
         {"token", "approle", "kubernetes"}},
        {"store.vault.auth_mount", KeyKind::Text, "auth_mount: approle",
         setVaultText<&VaultConfig::authMount>},
        {"store.vault.token", KeyKind::Secret, "token: \"${VAULT_TOKEN}\"",
         setVaultSecret<&VaultConfig::token>},
        {"store.vault.token_file", KeyKind::File, "token_file: /run/vault/token",
         setVaultText<&VaultConfig::tokenFile>},
        {"store.vault.role_id", KeyKind::Text, "role_id: 675a50e7-cfe0-be76-e35f-49ec009731ea",
         setVaultText<&VaultConfig::roleId>},
        {"store.vault.secret_id", KeyKind::Secret, "secret_id: \"${VAULT_SECRET_ID}\"",
         setVaultSecret<&VaultConfig::secretId>},
        {"store.vault.secret_id_file", KeyKind::File, "secret_id_file: /run/secrets/vault-secret-id",
         setVaultText<&VaultConfig::secretIdFile>},
        {"store.vault.role", KeyKind::Text, "role: keybearer", setVaultText<&VaultConfig::role>},
        {"store.vault.jwt_file", KeyKind::File,
         "jwt_file: /var/run/secrets/kubernetes.io/serviceaccount/token",
         setVaultText<&VaultConfig::jwtFile>},
        {"store.vault.ca_file", KeyKind::File, "ca_file: /etc/ssl/company.pem",
         setVaultText<&VaultConfig::caFile>},
        {"store.vault.transit_key", KeyKind::Text, "transit_key: keybearer",
         setVaultText<&VaultConfig::transitKey>},
        {"store.vault.transit_mount", KeyKind::Text, "transit_mount: transit",
         setVaultText<&VaultConfig::transitMount>},
        {"store.vault.poll_seconds",
         KeyKind::Number,
         "poll_seconds: 5",
         [](Config& config, ConfigValue& value) { config.vault.poll = std::chrono::seconds(value.number); },
         {},
         {},
         1,
         longestPoll},
    };
}

// What lies before the names in the shared store: words, with '/' between them.
bool isStorePrefix(std::string_view text) {
    return !text.empty() && text.size() <= longestPrefix && text.front() != '/' && text.back() != '/' &&
           text.find("//") == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '/';
           });
}

StoreFault keyFault(const Config& config) {
    const Config::StoreKey& key = config.storeKey;
    const bool name = key.credential.find('/') == std::string::npos && key.credential != "..";
    if (key.kind == "key_file" && key.file.empty())
        return {"store.key_file", "is missing; write key_file: /path/to/the/key"};
    if (key.kind == "credential" && (key.credential.empty() || !name))
        return {"store.credential",
                "must be the name of a credential of the systemd unit, as in LoadCredential=name:..."};
    if (key.kind != "key_file" && !key.file.empty())
        return {"store.key_file", "goes with key: key_file"};
    if (key.kind != "credential" && !key.credential.empty())
        return {"store.credential", "goes with key: credential"};
    return {};
}

StoreFault redisFault(const RedisConfig& redis) {
    if (redis.url.empty())
        return {"store.redis.url", "is missing; write url: rediss://host:6379"};
    if (redis.password && !redis.passwordFile.empty())
        return {"store.redis.password_file", "goes without password"};
    if (redis.certificate.empty() != redis.certificateKey.empty())
        return {redis.certificate.empty() ? "store.redis.certificate" : "store.redis.certificate_key",
                "is missing; certificate and certificate_key go together"};
    return {};
}

StoreFault vaultFault(const VaultConfig& vault) {
    if (vault.url.empty())
        return {"store.vault.url", "is missing; write url: https://host:8200"};
    if (vault.auth == "token" && !vault.token == vault.tokenFile.empty())
        return {"store.vault.token", "is needed: either token or token_file"};
    if (vault.auth == "approle" && vault.roleId.empty())
        return {"store.vault.role_id", "is missing; auth: approle needs it"};
    if (vault.auth == "approle" && !vault.secretId == vault.secretIdFile.empty())
        return {"store.vault.secret_id", "is needed: either secret_id or secret_id_file"};
    if (vault.auth == "kubernetes" && vault.role.empty())
        return {"store.vault.role", "is missing; auth: kubernetes needs it"};
    return {};
}

// A section of a store that is not in use yet, or no longer: sessions are moved there by its words.
StoreFault preparedFault(const Config& config) {
    if (!isStorePrefix(config.storePrefix))
        return {"store.prefix", "must be words of letters, digits, - and _, with / between them"};
    if (!config.redis.url.empty()) {
        if (StoreFault fault = redisFault(config.redis); !fault.key.empty())
            return fault;
    }
    return config.vault.url.empty() ? StoreFault() : vaultFault(config.vault);
}

} // namespace

std::vector<KeyRule> storeKeys() {
    std::vector<KeyRule> keys{
        {"store", KeyKind::Section, "store: {backend: keychain}"},
        {"store.backend",
         KeyKind::Choice,
         "backend: keychain",
         setBackend,
         {"keychain", "file", "memory", "redis", "vault"}},
        {"store.key",
         KeyKind::Choice,
         "key: passphrase",
         [](Config& config, ConfigValue& value) { config.storeKey.kind = std::move(value.text); },
         {"keychain", "passphrase", "key_file", "credential"}},
        {"store.key_file", KeyKind::File, "key_file: /run/media/ana/stick/keybearer.key",
         [](Config& config, ConfigValue& value) { config.storeKey.file = std::move(value.text); }},
        {"store.credential", KeyKind::Text, "credential: keybearer",
         [](Config& config, ConfigValue& value) { config.storeKey.credential = std::move(value.text); }},
        {"store.prefix", KeyKind::Text, "prefix: keybearer/production",
         [](Config& config, ConfigValue& value) { config.storePrefix = std::move(value.text); }},
    };
    for (std::vector<KeyRule>& more : std::array{redisKeys(), vaultKeys()})
        keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return keys;
}

StoreFault storeFault(const Config& config) {
    if (StoreFault fault = keyFault(config); !fault.key.empty())
        return fault;
    if (config.store != StoreBackend::Redis && config.store != StoreBackend::Vault)
        return preparedFault(config);
    // A key in the keychain of one machine opens nothing on another.
    if (config.storeKey.kind == "keychain")
        return {"store.key",
                "is missing; a shared store is opened by key: passphrase, key_file or credential, the "
                "same on every machine"};
    if (!isStorePrefix(config.storePrefix))
        return {"store.prefix", "must be words of letters, digits, - and _, with / between them"};
    return config.store == StoreBackend::Redis ? redisFault(config.redis) : vaultFault(config.vault);
}

} // namespace keybearer
