#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"
#include "broker/config/ConfigAuth.h"
#include "broker/config/ConfigGateway.h"
#include "broker/config/ConfigRun.h"
#include "broker/config/ConfigServices.h"
#include "broker/config/ConfigStore.h"
#include "broker/config/EffectiveSetting.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

enum class StoreBackend { Keychain, File, Memory, Redis, Vault };
enum class AccessMode { Ask, Trusting, Locked };

// The configuration after YAML, ${VAR}, KEYBEARER_<PATH>, the preset and what is usual have been applied. A
// value; a reload reads another one.
struct Config {
    std::string preset = "local";
    StoreBackend store = StoreBackend::Keychain;
    struct StoreKey {                  // of the backends `file`, `redis` and `vault`: what opens it
        std::string kind = "keychain"; // keychain, passphrase, key_file, credential
        std::filesystem::path file;    // absolute
        std::string credential;        // a name below $CREDENTIALS_DIRECTORY
    } storeKey;
    std::string storePrefix =
        "keybearer"; // of shared stores: what the brokers of one deployment have in common
    RedisConfig redis;
    VaultConfig vault;
    AccessMode access = AccessMode::Ask;
    bool endOnLock = true; // a locked screen ends what was allowed for a session

    struct ProviderEntry {
        std::string name;
        std::string section = "providers"; // or services, for what is found wrong later
        std::string where; // "config.yaml:12" or the environment variable, for what is found wrong later
        std::optional<std::string> issuer;
        std::optional<std::string> authorizationEndpoint, tokenEndpoint, revocationEndpoint, userinfoEndpoint,
            deviceAuthorizationEndpoint;
        std::optional<std::string> clientId;
        std::shared_ptr<const SealedSecret> clientSecret;
        std::optional<std::string> authMethod; // none, client_secret_basic, private_key_jwt ...
        ClientAuthConfig clientAuth;           // what else client_auth says
        std::optional<std::vector<std::string>> scopes;
        std::optional<std::vector<std::string>> flows;
        std::optional<std::string> jwksUri;
        std::optional<std::string> domain;    // fills {domain} in the addresses of a preset
        std::optional<std::string> par, dpop; // auto, required, never
        std::optional<std::chrono::seconds> timeout;
        std::optional<std::vector<std::string>> subjectMembers, labelMembers; // of the userinfo document
    };
    std::vector<ProviderEntry> providers; // in file order

    struct Network {
        // http://[user:password@]host:port; null: the environment's
        std::shared_ptr<const SealedSecret> proxy;
        std::optional<std::vector<std::string>> noProxy; // absent: the environment's
        std::filesystem::path caFile;                    // PEM, beside the system's; empty: none
    } network;

    struct CallerRule {         // approved in advance
        std::string executable; // absolute path
        std::vector<std::string> providers;
    };
    std::vector<CallerRule> callers;

    AuthConfig auth;                     // which credential for which tool
    std::vector<ServiceConfig> services; // in file order
    std::string clientMetadataUrl;       // where our client metadata document is hosted; empty: nowhere
    RateLimitConfig callerLimit, overallLimit;
    PolicyConfig policy;
    std::vector<ProfileConfig> profiles; // in file order
    AgentConfig agent;
    GatewayConfig gateway;

    struct Refresh {
        std::chrono::seconds threshold{300};
        std::chrono::seconds maxBackoff{900};
    } refresh;

    std::chrono::seconds signInWait{45};
    bool opensBrowsers = true; // false: sign-ins take the device code where they can
    struct Log {
        std::string level = "info"; // error, warning, info, debug
        bool json = false;          // one object a line
    } log;
    int auditRetentionDays = 90;
    std::int64_t auditMaxBytes = std::int64_t{1} << 30; // then the oldest rows go before their time

    std::vector<EffectiveSetting> settings; // all of it once more, in the order of the table of keys
    std::vector<std::string> warnings;      // one sentence each, for the log and the doctor; no secret
};

using Environment = std::map<std::string, std::string>;
[[nodiscard]] Environment processEnvironment();

// Reads the file (absent: defaults) and the environment: ${VAR} inside the file's values, and
// KEYBEARER_<PATH>, which wins over the file. An error is InvalidParams with the message "config.yaml:12:
// providers.github.clientid: unknown key; did you mean client_id?" and details "file", "line", "key",
// "did_you_mean", or "variable" where the environment is to blame. A file that others may write is refused.
// Never changes the environment, never quotes a value that may be secret.
[[nodiscard]] Result<Config> loadConfig(const std::filesystem::path& file);
[[nodiscard]] Result<Config> loadConfig(const std::filesystem::path& file, const Environment& environment);

// The same for text that was read already; `file` names it in errors and anchors relative names.
[[nodiscard]] Result<Config> parseConfig(std::string_view text, const std::filesystem::path& file,
                                         const Environment& environment);

} // namespace keybearer
