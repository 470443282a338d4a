#include "broker/config/ConfigServices.h"

#include "broker/config/ConfigGatewayKeys.h"
#include "broker/config/ConfigServiceKeys.h"

#include <QUrl>

#include <iterator>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view authorityWord = "as"; // /as/SERVICE: the authorization server of the gateway

ServiceConfig& service(Config& config) {
    return config.services.back();
}

ServiceConfig::Enterprise& enterprise(Config& config) {
    std::optional<ServiceConfig::Enterprise>& section = service(config).enterprise;
    return section ? *section : section.emplace();
}

template <std::string ServiceConfig::*Member>
void setText(Config& config, ConfigValue& value) {
    service(config).*Member = std::move(value.text);
}

template <std::string ServiceConfig::Enterprise::*Member>
void setIdentity(Config& config, ConfigValue& value) {
    enterprise(config).*Member = std::move(value.text);
}

template <std::optional<std::string> ClientAuthConfig::*Member>
void setProof(Config& config, ConfigValue& value) {
    service(config).clientAuth.*Member = std::move(value.text);
}

void begin(Config& config, ConfigValue& value) {
    ServiceConfig begun;
    begun.name = std::move(value.text);
    begun.where = std::move(value.where);
    config.services.push_back(std::move(begun));
}

std::string enterpriseProblem(const ServiceConfig& service) {
    const ServiceConfig::Enterprise& said = *service.enterprise;
    if (said.provider.empty() && said.tokenEndpoint.empty())
        return "enterprise needs provider, or token_endpoint, client_id and id_token_file";
    if (!said.provider.empty())
        return said.tokenEndpoint.empty() && said.idTokenFile.empty()
                   ? std::string()
                   : "enterprise.provider says all; leave out token_endpoint and id_token_file";
    return said.clientId.empty() || said.idTokenFile.empty()
               ? "enterprise.token_endpoint needs client_id and id_token_file beside it"
               : std::string();
}

// A service has an address or a program, and the keys of the one that it has.
std::string programProblem(const ServiceConfig& said, bool discovers) {
    if (said.command.empty())
        return said.environment.empty() && said.directory.empty() && !said.saysIdle
                   ? std::string()
                   : "env, directory and idle_seconds belong to a command; write command: "
                     "[/usr/bin/node, /home/ana/server.js]";
    if (!said.url.empty())
        return "has a url and a command; a service is one or the other";
    return discovers || !said.provider.empty() || !said.account.empty() || !said.scopes.empty()
               ? "is a program: what it may have stands in env; leave out what belongs to a url"
               : std::string();
}

std::string problemOf(const Config& config) {
    const ServiceConfig& said = config.services.back();
    const bool client = !said.clientId.empty() || said.clientSecret || said.authMethod;
    const bool discovers = client || !said.issuer.empty() || said.flow != "auto" || said.enterprise ||
                           !said.workloadTokenFile.empty() || said.pkceWithoutMetadata || said.dpop != "auto";
    if (said.name == authorityWord)
        return "has a name that is the gateway's own; choose another one";
    if (const std::string problem = programProblem(said, discovers); !problem.empty())
        return problem;
    if (discovers && said.url.empty())
        return "needs url beside its other keys";
    if (discovers && !said.provider.empty())
        return "takes the tokens of provider " + said.provider +
               "; what is said of the client and the flow belongs to that provider";
    if (said.clientId.empty() && (said.clientSecret || said.authMethod))
        return "has a client_secret or client_auth but no client_id";
    if (said.enterprise)
        return enterpriseProblem(said);
    if (said.flow == "enterprise")
        return "flow: enterprise needs enterprise: {provider: NAME}";
    if (said.flow == "workload" && said.workloadTokenFile.empty())
        return "flow: workload needs workload: {token_file: FILE}";
    return said.flow == "client_credentials" && said.clientId.empty()
               ? "flow: client_credentials needs client_id and client_secret or client_auth"
               : std::string();
}

std::vector<KeyRule> plainKeys() {
    KeyRule services{"services", KeyKind::Entries,
                     "services: {linear: {url: \"https://mcp.linear.app/mcp\"}}", begin};
    services.problem = problemOf;
    return {
        services,
        {"services.*.url", KeyKind::Address, "url: https://mcp.linear.app/mcp", setText<&ServiceConfig::url>},
        {"services.*.provider", KeyKind::ProviderName, "provider: linear", setText<&ServiceConfig::provider>},
        {"services.*.account", KeyKind::Label, "account: ana@example.com", setText<&ServiceConfig::account>},
        {"services.*.scopes", KeyKind::Scopes, "scopes: [read]",
         [](Config& config, ConfigValue& value) { service(config).scopes = std::move(value.words); }},
        {"services.*.timeout_seconds",
         KeyKind::Number,
         "timeout_seconds: 30",
         [](Config& config, ConfigValue& value) {
             service(config).timeout = std::chrono::seconds(value.number);
         },
         {},
         {},
         1,
         3600},
        {"services.*.flow",
         KeyKind::Choice,
         "flow: auto",
         setText<&ServiceConfig::flow>,
         {"auto", "browser", "device", "paste", "client_credentials", "enterprise", "workload"}},
        {"services.*.dpop",
         KeyKind::Choice,
         "dpop: auto",
         setText<&ServiceConfig::dpop>,
         {"auto", "required", "never"}},
        {"services.*.pkce_without_metadata", KeyKind::Flag, "pkce_without_metadata: true",
         [](Config& config, ConfigValue& value) { service(config).pkceWithoutMetadata = value.number != 0; }},
    };
}

std::vector<KeyRule> clientKeys() {
    return {
        {"services.*.issuer", KeyKind::Issuer, "issuer: https://login.example.com",
         setText<&ServiceConfig::issuer>},
        {"services.*.client_id", KeyKind::Text, "client_id: abc", setText<&ServiceConfig::clientId>},
        {"services.*.client_secret", KeyKind::Secret, "client_secret: \"${PARTNER_SECRET}\"",
         [](Config& config, ConfigValue& value) { service(config).clientSecret = std::move(value.secret); }},
        {"services.*.client_auth", KeyKind::Section, "client_auth: {method: client_secret_basic}"},
        {"services.*.client_auth.method",
         KeyKind::Choice,
         "method: client_secret_basic",
         [](Config& config, ConfigValue& value) { service(config).authMethod = std::move(value.text); },
         {"none", "client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth",
          "self_signed_tls_client_auth"}},
        {"services.*.client_auth.key_file", KeyKind::File, "key_file: key.pem",
         [](Config& config, ConfigValue& value) {
             service(config).clientAuth.keyFile = std::move(value.text);
             service(config).clientAuth.keyWhere = std::move(value.where);
         }},
        {"services.*.client_auth.key_passphrase", KeyKind::Secret, "key_passphrase: \"${KEY_PASSPHRASE}\"",
         [](Config& config, ConfigValue& value) {
             service(config).clientAuth.keyPassphrase = std::move(value.secret);
         }},
        {"services.*.client_auth.key_id", KeyKind::Text, "key_id: desk-2026",
         setProof<&ClientAuthConfig::keyId>},
        {"services.*.client_auth.algorithm",
         KeyKind::Choice,
         "algorithm: ES256",
         setProof<&ClientAuthConfig::algorithm>,
         {"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"}},
        {"services.*.client_auth.audience",
         KeyKind::Choice,
         "audience: token_endpoint",
         setProof<&ClientAuthConfig::audience>,
         {"issuer", "token_endpoint"}},
        {"services.*.client_auth.certificate_file", KeyKind::File, "certificate_file: certificate.pem",
         [](Config& config, ConfigValue& value) {
             service(config).clientAuth.certificateFile = std::move(value.text);
             service(config).clientAuth.certificateWhere = std::move(value.where);
         }},
    };
}

// Who vouches for the person or the machine where nobody signs in at the server's own authorization server.
std::vector<KeyRule> voucherKeys() {
    using Enterprise = ServiceConfig::Enterprise;
    return {
        {"services.*.enterprise", KeyKind::Section, "enterprise: {provider: corp}",
         [](Config& config, ConfigValue&) { static_cast<void>(enterprise(config)); }},
        {"services.*.enterprise.provider", KeyKind::ProviderName, "provider: corp",
         setIdentity<&Enterprise::provider>},
        {"services.*.enterprise.token_endpoint", KeyKind::Address,
         "token_endpoint: https://login.example.com/token", setIdentity<&Enterprise::tokenEndpoint>},
        {"services.*.enterprise.client_id", KeyKind::Text, "client_id: abc",
         setIdentity<&Enterprise::clientId>},
        {"services.*.enterprise.client_secret", KeyKind::Secret, "client_secret: \"${CORP_SECRET}\"",
         [](Config& config, ConfigValue& value) {
             enterprise(config).clientSecret = std::move(value.secret);
         }},
        {"services.*.enterprise.id_token_file", KeyKind::File, "id_token_file: /run/user/1000/id_token",
         [](Config& config, ConfigValue& value) { enterprise(config).idTokenFile = std::move(value.text); }},
        {"services.*.enterprise.issuer", KeyKind::Issuer, "issuer: https://login.example.com",
         setIdentity<&Enterprise::issuer>},
        {"services.*.workload", KeyKind::Section, "workload: {token_file: /var/run/secrets/token}"},
        {"services.*.workload.token_file", KeyKind::File, "token_file: /var/run/secrets/token",
         [](Config& config, ConfigValue& value) {
             service(config).workloadTokenFile = std::move(value.text);
         }},
    };
}

// What the door over HTTP does with it, and programs of this machine.
std::vector<KeyRule> doorKeys() {
    return {
        {"services.*.user_headers", KeyKind::Flag, "user_headers: true",
         [](Config& config, ConfigValue& value) { service(config).userHeaders = value.number != 0; }},
        {"services.*.pins",
         KeyKind::Choice,
         "pins: hold",
         [](Config& config, ConfigValue& value) { service(config).pins = toolPinsOf(value.text); },
         {"off", "warn", "hold"}},
        {"services.*.command", KeyKind::Command, "command: [/usr/bin/node, /home/ana/server.js]",
         [](Config& config, ConfigValue& value) { service(config).command = std::move(value.words); }},
        {"services.*.env", KeyKind::Variables, "env: {GITHUB_TOKEN: github}",
         [](Config& config, ConfigValue& value) {
             for (const std::string& word : value.words) {
                 const std::size_t equals = word.find('=');
                 service(config).environment.push_back({word.substr(0, equals), word.substr(equals + 1)});
             }
         }},
        {"services.*.directory", KeyKind::File, "directory: /home/ana/notes",
         [](Config& config, ConfigValue& value) { service(config).directory = std::move(value.text); }},
        {"services.*.idle_seconds",
         KeyKind::Number,
         "idle_seconds: 600",
         [](Config& config, ConfigValue& value) {
             service(config).idle = std::chrono::seconds(value.number);
             service(config).saysIdle = true;
         },
         {},
         {},
         1,
         daySeconds},
    };
}

} // namespace

bool ServiceConfig::givesUserHeaders() const {
    if (userHeaders)
        return *userHeaders;
    const QString host = QUrl(QString::fromStdString(url)).host();
    return !command.empty() || host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1") ||
           host == QLatin1String("::1");
}

std::vector<KeyRule> serviceKeys() {
    std::vector<KeyRule> all = plainKeys();
    for (std::vector<KeyRule> more : {clientKeys(), voucherKeys(), doorKeys()})
        std::move(more.begin(), more.end(), std::back_inserter(all));
    return all;
}

} // namespace keybearer
