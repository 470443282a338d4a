#include "broker/config/ConfigKeys.h"

#include "broker/config/ConfigAuthKeys.h"
#include "broker/config/ConfigGatewayKeys.h"
#include "broker/config/ConfigRunKeys.h"
#include "broker/config/ConfigServiceKeys.h"
#include "broker/config/ConfigStoreKeys.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

Config::ProviderEntry& provider(Config& config) {
    return config.providers.back();
}

void setAccess(Config& config, ConfigValue& value) {
    config.access = value.text == "trusting" ? AccessMode::Trusting
                    : value.text == "locked" ? AccessMode::Locked
                                             : AccessMode::Ask;
}

void beginProvider(Config& config, ConfigValue& value) {
    Config::ProviderEntry entry;
    entry.name = std::move(value.text);
    entry.where = std::move(value.where);
    config.providers.push_back(std::move(entry));
}

void beginCaller(Config& config, ConfigValue&) {
    config.callers.emplace_back();
}

std::string callerProblem(const Config& config) {
    const Config::CallerRule& caller = config.callers.back();
    return caller.executable.empty()  ? "says no program; write match: {exe: /usr/bin/git}"
           : caller.providers.empty() ? "allows nothing; write allow: [github]"
                                      : "";
}

template <std::optional<std::string> Config::ProviderEntry::*Member>
void setText(Config& config, ConfigValue& value) {
    provider(config).*Member = std::move(value.text);
}

template <std::optional<std::vector<std::string>> Config::ProviderEntry::*Member>
void setWords(Config& config, ConfigValue& value) {
    provider(config).*Member = std::move(value.words);
}

KeyRule missing(std::string_view path) {
    KeyRule rule;
    rule.path = path;
    rule.available = false;
    return rule;
}

KeyRule address(std::string_view path, std::string_view example, void (*set)(Config&, ConfigValue&)) {
    return {path, KeyKind::Address, example, set};
}

std::vector<KeyRule> providerKeys() {
    using Entry = Config::ProviderEntry;
    return {
        {"providers", KeyKind::Entries, "providers: {github: {client_id: abc}}", beginProvider},
        {"providers.*.issuer", KeyKind::Issuer, "issuer: https://login.example.com", setText<&Entry::issuer>},
        address("providers.*.authorization_endpoint", "https://login.example.com/authorize",
                setText<&Entry::authorizationEndpoint>),
        address("providers.*.token_endpoint", "https://login.example.com/token",
                setText<&Entry::tokenEndpoint>),
        address("providers.*.revocation_endpoint", "https://login.example.com/revoke",
                setText<&Entry::revocationEndpoint>),
        address("providers.*.userinfo_endpoint", "https://login.example.com/userinfo",
                setText<&Entry::userinfoEndpoint>),
        address("providers.*.device_authorization_endpoint", "https://login.example.com/device",
                setText<&Entry::deviceAuthorizationEndpoint>),
        {"providers.*.client_id", KeyKind::Text, "client_id: abc", setText<&Entry::clientId>},
        {"providers.*.client_secret", KeyKind::Secret, "client_secret: \"${GITHUB_CLIENT_SECRET}\"",
         [](Config& config, ConfigValue& value) { provider(config).clientSecret = std::move(value.secret); }},
        {"providers.*.client_auth", KeyKind::Section, "client_auth: {method: client_secret_basic}"},
        {"providers.*.client_auth.method",
         KeyKind::Choice,
         "method: client_secret_basic",
         setText<&Entry::authMethod>,
         {"none", "client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth",
          "self_signed_tls_client_auth"}},
        {"providers.*.scopes", KeyKind::Scopes, "scopes: [openid, offline_access]", setWords<&Entry::scopes>},
        {"providers.*.flows",
         KeyKind::Choices,
         "flows: [browser, device]",
         setWords<&Entry::flows>,
         {"browser", "device", "paste", "client_credentials"}},
        address("providers.*.jwks_uri", "https://login.example.com/keys", setText<&Entry::jwksUri>),
        {"providers.*.domain", KeyKind::Domain, "domain: login.example.com", setText<&Entry::domain>},
        {"providers.*.par",
         KeyKind::Choice,
         "par: auto",
         setText<&Entry::par>,
         {"auto", "required", "never"}},
        {"providers.*.dpop",
         KeyKind::Choice,
         "dpop: auto",
         setText<&Entry::dpop>,
         {"auto", "required", "never"}},
        {"providers.*.timeout_seconds",
         KeyKind::Number,
         "timeout_seconds: 30",
         [](Config& config, ConfigValue& value) {
             provider(config).timeout = std::chrono::seconds(value.number);
         },
         {},
         {},
         1,
         300},
        {"providers.*.userinfo", KeyKind::Section, "userinfo: {subject: [id], label: [login, email]}"},
        {"providers.*.userinfo.subject", KeyKind::Scopes, "subject: [id]", setWords<&Entry::subjectMembers>},
        {"providers.*.userinfo.label", KeyKind::Scopes, "label: [login, email]",
         setWords<&Entry::labelMembers>},
    };
}

// What a client shows instead of a secret.
std::vector<KeyRule> clientAuthKeys() {
    return {
        {"providers.*.client_auth.key_file", KeyKind::File, "key_file: key.pem",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.keyFile = std::move(value.text);
             provider(config).clientAuth.keyWhere = std::move(value.where);
         }},
        {"providers.*.client_auth.key_passphrase", KeyKind::Secret, "key_passphrase: \"${KEY_PASSPHRASE}\"",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.keyPassphrase = std::move(value.secret);
         }},
        {"providers.*.client_auth.key_id", KeyKind::Text, "key_id: desk-2026",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.keyId = std::move(value.text);
         }},
        {"providers.*.client_auth.algorithm",
         KeyKind::Choice,
         "algorithm: ES256",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.algorithm = std::move(value.text);
         },
         {"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"}},
        {"providers.*.client_auth.audience",
         KeyKind::Choice,
         "audience: token_endpoint",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.audience = std::move(value.text);
         },
         {"issuer", "token_endpoint"}},
        {"providers.*.client_auth.certificate_file", KeyKind::File, "certificate_file: certificate.pem",
         [](Config& config, ConfigValue& value) {
             provider(config).clientAuth.certificateFile = std::move(value.text);
             provider(config).clientAuth.certificateWhere = std::move(value.where);
         }},
    };
}

std::vector<KeyRule> networkKeys() {
    return {
        {"network", KeyKind::Section, "network: {proxy: \"http://proxy.example.com:3128\"}"},
        {"network.proxy", KeyKind::Proxy, "proxy: \"http://proxy.example.com:3128\"",
         [](Config& config, ConfigValue& value) { config.network.proxy = std::move(value.secret); }},
        {"network.no_proxy", KeyKind::Hosts, "no_proxy: [.example.com, 10.0.0.0/8]",
         [](Config& config, ConfigValue& value) { config.network.noProxy = std::move(value.words); }},
        {"network.ca_file", KeyKind::File, "ca_file: /etc/ssl/company.pem",
         [](Config& config, ConfigValue& value) { config.network.caFile = std::move(value.text); }},
    };
}

std::vector<KeyRule> otherKeys() {
    KeyRule callers{"callers", KeyKind::Items, "callers: [{match: {exe: /usr/bin/git}, allow: [github]}]",
                    beginCaller};
    callers.problem = callerProblem;
    return {
        {"preset",
         KeyKind::Choice,
         "preset: headless",
         [](Config& config, ConfigValue& value) { config.preset = std::move(value.text); },
         {"local", "headless"}},
        {"sandbox", KeyKind::Flag, "sandbox: false", [](Config&, ConfigValue&) {}}, // read of the settings
        {"access", KeyKind::Section, "access: {mode: ask}"},
        {"access.mode", KeyKind::Choice, "mode: ask", setAccess, {"ask", "trusting", "locked"}},
        {"access.end_on_lock", KeyKind::Flag, "end_on_lock: true",
         [](Config& config, ConfigValue& value) { config.endOnLock = value.number != 0; }},
        callers,
        {"callers[].match", KeyKind::Section, "match: {exe: /usr/bin/git}"},
        {"callers[].match.exe", KeyKind::Program, "exe: /usr/bin/git",
         [](Config& config, ConfigValue& value) {
             config.callers.back().executable = std::move(value.text);
         }},
        {"callers[].allow", KeyKind::Names, "allow: [github]",
         [](Config& config, ConfigValue& value) {
             config.callers.back().providers = std::move(value.words);
         }},
        {"signin", KeyKind::Section, "signin: {wait_seconds: 45}"},
        {"signin.wait_seconds",
         KeyKind::Number,
         "wait_seconds: 45",
         [](Config& config, ConfigValue& value) { config.signInWait = std::chrono::seconds(value.number); },
         {},
         {},
         0,
         3600},
        {"signin.browser", KeyKind::Flag, "browser: false",
         [](Config& config, ConfigValue& value) { config.opensBrowsers = value.number != 0; }},
        {"log", KeyKind::Section, "log: {format: json}"},
        {"log.format",
         KeyKind::Choice,
         "format: json",
         [](Config& config, ConfigValue& value) { config.log.json = value.text == "json"; },
         {"text", "json"}},
        {"log.level",
         KeyKind::Choice,
         "level: warning",
         [](Config& config, ConfigValue& value) { config.log.level = std::move(value.text); },
         {"error", "warning", "info", "debug"}},
        {"audit", KeyKind::Section, "audit: {retention_days: 90}"},
        {"audit.retention_days",
         KeyKind::Number,
         "retention_days: 90",
         [](Config& config, ConfigValue& value) {
             config.auditRetentionDays = static_cast<int>(value.number);
         },
         {},
         {},
         1,
         36500},
        {"audit.max_bytes",
         KeyKind::Number,
         "max_bytes: 1073741824",
         [](Config& config, ConfigValue& value) { config.auditMaxBytes = value.number; },
         {},
         {},
         1'048'576,
         1'099'511'627'776},
        {"refresh", KeyKind::Section, "refresh: {threshold_seconds: 300}"},
        {"refresh.threshold_seconds",
         KeyKind::Number,
         "threshold_seconds: 300",
         [](Config& config, ConfigValue& value) {
             config.refresh.threshold = std::chrono::seconds(value.number);
         },
         {},
         {},
         0,
         daySeconds},
        {"refresh.max_backoff_seconds",
         KeyKind::Number,
         "max_backoff_seconds: 900",
         [](Config& config, ConfigValue& value) {
             config.refresh.maxBackoff = std::chrono::seconds(value.number);
         },
         {},
         {},
         1,
         daySeconds},
        {"client_metadata_url", KeyKind::Address,
         "client_metadata_url: https://keybearer.example/client-metadata.json",
         [](Config& config, ConfigValue& value) { config.clientMetadataUrl = std::move(value.text); }},
        missing("limits"),
    };
}

} // namespace

const std::vector<KeyRule>& configKeys() {
    static const std::vector<KeyRule> keys = [] {
        std::vector<KeyRule> all = otherKeys();
        for (std::vector<KeyRule> more :
             {networkKeys(), providerKeys(), clientAuthKeys(), authKeys(), serviceKeys(), limitKeys(),
              policyKeys(), profileKeys(), agentKeys(), gatewayKeys(), storeKeys()})
            std::move(more.begin(), more.end(), std::back_inserter(all));
        return all;
    }();
    return keys;
}

const KeyRule* findKey(std::string_view path) {
    const auto found = std::find_if(configKeys().begin(), configKeys().end(),
                                    [&](const KeyRule& rule) { return rule.path == path; });
    return found == configKeys().end() ? nullptr : &*found;
}

std::vector<std::string> keysBelow(std::string_view path) {
    const std::string prefix = path.empty() ? std::string() : std::string(path) + ".";
    std::vector<std::string> names;
    for (const KeyRule& rule : configKeys()) {
        if (rule.path.size() <= prefix.size() || rule.path.substr(0, prefix.size()) != prefix)
            continue;
        const std::string_view rest = rule.path.substr(prefix.size());
        if (rest.find_first_of(".[") == std::string_view::npos)
            names.emplace_back(rest);
    }
    return names;
}

} // namespace keybearer
