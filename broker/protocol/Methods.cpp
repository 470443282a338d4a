#include "broker/protocol/Methods.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {

constexpr std::size_t longestUrl = 8192; // a redirect URL with a code in it
constexpr std::int64_t longestValidity = 86400;

} // namespace

Result<HelloParams> HelloParams::from(const Json& params) {
    HelloParams hello;
    ParamsReader reader(params);
    std::int64_t protocol = 0;
    reader.number("protocol", protocol, 1, 1000);
    if (protocol == 0)
        reader.complain("protocol", "is missing");
    hello.protocol = static_cast<int>(protocol);
    if (const Json* client = reader.look("client")) {
        hello.clientName = displaySafe(stringAt(*client, "name").value_or(""), 64);
        hello.clientVersion = displaySafe(stringAt(*client, "version").value_or(""), 64);
    }
    reader.text("client_key", hello.clientKey);
    reader.text("capability", hello.capability);
    reader.text("role", hello.role);
    return reader.finish(std::move(hello));
}

Json HelloParams::toJson() const {
    Json params{{"protocol", protocol}, {"client", {{"name", clientName}, {"version", clientVersion}}}};
    put(params, "client_key", clientKey);
    put(params, "capability", capability);
    put(params, "role", role);
    return params;
}

Result<TokenGetParams> TokenGetParams::from(const Json& params) {
    TokenGetParams get;
    ParamsReader reader(params);
    reader.text("provider", get.provider);
    reader.text("service", get.service);
    reader.text("resource", get.resource, 2048);
    reader.text("tool", get.tool, longestTool);
    if (reader.look("tool") != nullptr)
        reader.atMostOne({"provider", "service", "resource"});
    else
        reader.exactlyOne({"provider", "service", "resource"});
    reader.text("account", get.account);
    reader.list("scopes", get.scopes);
    reader.number("min_valid_seconds", get.minValidSeconds, 0, longestValidity);
    reader.flag("interactive", get.interactive);
    reader.optionalText("reason", get.reason);
    return reader.finish(std::move(get));
}

Json TokenGetParams::toJson() const {
    Json params = Json::object();
    put(params, "provider", provider);
    put(params, "service", service);
    put(params, "resource", resource);
    put(params, "account", account);
    put(params, "scopes", scopes);
    put(params, "tool", tool);
    if (minValidSeconds > 0)
        params["min_valid_seconds"] = minValidSeconds;
    if (interactive)
        params["interactive"] = true;
    if (!reason.empty())
        params["reason"] = reason;
    return params;
}

Result<TokenProofParams> TokenProofParams::from(const Json& params) {
    TokenProofParams proof;
    ParamsReader reader(params);
    reader.text("provider", proof.provider);
    reader.text("service", proof.service);
    reader.text("resource", proof.resource, 2048);
    reader.exactlyOne({"provider", "service", "resource"});
    reader.text("account", proof.account);
    reader.required("method", proof.method, 32);
    reader.required("url", proof.url, 8192);
    reader.text("nonce", proof.nonce, 1024);
    reader.text("token_hash", proof.tokenHash, 64);
    return reader.finish(std::move(proof));
}

Json TokenProofParams::toJson() const {
    Json params{{"method", method}, {"url", url}};
    put(params, "provider", provider);
    put(params, "service", service);
    put(params, "resource", resource);
    put(params, "account", account);
    put(params, "nonce", nonce);
    put(params, "token_hash", tokenHash);
    return params;
}

Result<AuthExplainParams> AuthExplainParams::from(const Json& params) {
    AuthExplainParams explain;
    ParamsReader reader(params);
    reader.required("tool", explain.tool, longestTool);
    reader.text("service", explain.service);
    return reader.finish(std::move(explain));
}

Json AuthExplainParams::toJson() const {
    Json params{{"tool", tool}};
    put(params, "service", service);
    return params;
}

Result<McpOpenParams> McpOpenParams::from(const Json& params) {
    McpOpenParams open;
    ParamsReader reader(params);
    reader.text("service", open.service);
    reader.text("url", open.url, 2048);
    reader.exactlyOne({"service", "url"});
    reader.text("account", open.account);
    return reader.finish(std::move(open));
}

Json McpOpenParams::toJson() const {
    Json params = Json::object();
    put(params, "service", service);
    put(params, "url", url);
    put(params, "account", account);
    return params;
}

Result<SignInStartParams> SignInStartParams::from(const Json& params) {
    SignInStartParams start;
    ParamsReader reader(params);
    reader.text("provider", start.provider);
    reader.text("url", start.url, 2048);
    reader.exactlyOne({"provider", "url"});
    reader.oneOf("flow", start.flow,
                 {"auto", "browser", "device", "paste", "client_credentials", "enterprise", "workload"});
    reader.text("account", start.account);
    reader.list("scopes", start.scopes);
    return reader.finish(std::move(start));
}

Json SignInStartParams::toJson() const {
    Json params{{"flow", flow}};
    put(params, "provider", provider);
    put(params, "url", url);
    put(params, "account", account);
    put(params, "scopes", scopes);
    return params;
}

Result<SignInIdParams> SignInIdParams::from(const Json& params) {
    SignInIdParams out;
    ParamsReader reader(params);
    reader.required("signin_id", out.signInId);
    return reader.finish(std::move(out));
}

Json SignInIdParams::toJson() const {
    return Json{{"signin_id", signInId}};
}

Result<SignInCompleteParams> SignInCompleteParams::from(const Json& params) {
    SignInCompleteParams out;
    ParamsReader reader(params);
    reader.required("signin_id", out.signInId);
    reader.required("redirect_url", out.redirectUrl, longestUrl);
    return reader.finish(std::move(out));
}

Json SignInCompleteParams::toJson() const {
    return Json{{"signin_id", signInId}, {"redirect_url", redirectUrl}};
}

Result<SessionParams> SessionParams::from(const Json& params) {
    SessionParams out;
    ParamsReader reader(params);
    reader.required("session_id", out.sessionId);
    reader.flag("local_only", out.localOnly);
    reader.text("label", out.label);
    return reader.finish(std::move(out));
}

Json SessionParams::toJson() const {
    Json params{{"session_id", sessionId}};
    if (localOnly)
        params["local_only"] = true;
    put(params, "label", label);
    return params;
}

Result<ProviderParams> ProviderParams::from(const Json& params) {
    ProviderParams out;
    ParamsReader reader(params);
    reader.required("provider", out.provider);
    return reader.finish(std::move(out));
}

Result<ConsentAnswerParams> ConsentAnswerParams::from(const Json& params) {
    ConsentAnswerParams out;
    ParamsReader reader(params);
    reader.required("consent_id", out.consentId);
    reader.oneOf("decision", out.decision, {"allow-once", "allow-session", "allow", "deny"});
    if (out.decision.empty())
        reader.complain("decision", "is missing");
    return reader.finish(std::move(out));
}

Json ConsentAnswerParams::toJson() const {
    return Json{{"consent_id", consentId}, {"decision", decision}};
}

Result<ConsentRevokeParams> ConsentRevokeParams::from(const Json& params) {
    ConsentRevokeParams out;
    ParamsReader reader(params);
    reader.required("consent_id", out.consentId);
    return reader.finish(std::move(out));
}

Json ConsentRevokeParams::toJson() const {
    return Json{{"consent_id", consentId}};
}

Result<SubscribeParams> SubscribeParams::from(const Json& params) {
    SubscribeParams out;
    ParamsReader reader(params);
    reader.list("topics", out.topics);
    const std::vector<std::string> known(std::begin(eventTopics), std::end(eventTopics));
    if (out.topics.empty())
        reader.complain("topics", "must name at least one of " + join(known, ", "));
    for (const std::string& topic : out.topics) {
        if (std::find(known.begin(), known.end(), topic) == known.end())
            reader.complain("topics", "no such topic: " + displaySafe(topic, 64), nearest(topic, known));
    }
    return reader.finish(std::move(out));
}

Json SubscribeParams::toJson() const {
    return Json{{"topics", topics}};
}

namespace {

constexpr std::size_t longestPath = 4096;

void readSequence(ParamsReader& reader, const char* key, std::optional<std::int64_t>& out) {
    constexpr std::int64_t absent = -1;
    std::int64_t sequence = absent;
    reader.number(key, sequence, 0, INT64_MAX);
    if (sequence != absent)
        out = sequence;
}

} // namespace

Result<AuditQueryParams> AuditQueryParams::from(const Json& params) {
    AuditQueryParams out;
    ParamsReader reader(params);
    reader.number("limit", out.limit, 1, 1000);
    readSequence(reader, "before_sequence", out.beforeSequence);
    readSequence(reader, "after_sequence", out.afterSequence);
    if (out.beforeSequence && out.afterSequence)
        reader.complain("before_sequence", "cannot be given together with after_sequence");
    reader.time("since", out.since);
    reader.time("until", out.until);
    reader.text("caller", out.caller, longestPath);
    reader.text("kind", out.kind);
    reader.text("provider", out.provider);
    reader.text("account", out.account);
    reader.text("session_id", out.sessionId);
    reader.text("client", out.client);
    reader.text("tool", out.tool);
    return reader.finish(std::move(out));
}

Json AuditQueryParams::toJson() const {
    Json params{{"limit", limit}};
    if (beforeSequence)
        params["before_sequence"] = *beforeSequence;
    if (afterSequence)
        params["after_sequence"] = *afterSequence;
    if (since)
        params["since"] = toRfc3339(*since);
    if (until)
        params["until"] = toRfc3339(*until);
    put(params, "caller", caller);
    put(params, "kind", kind);
    put(params, "provider", provider);
    put(params, "account", account);
    put(params, "session_id", sessionId);
    put(params, "client", client);
    put(params, "tool", tool);
    return params;
}

Result<MetricsGetParams> MetricsGetParams::from(const Json& params) {
    MetricsGetParams out;
    ParamsReader reader(params);
    reader.oneOf("format", out.format, {"prometheus", "json"});
    return reader.finish(std::move(out));
}

namespace {

const std::vector<std::string>& storeWords() {
    static const std::vector<std::string> words{"keychain", "file", "memory", "redis", "vault"};
    return words;
}

void readStoreKey(ParamsReader& reader, StoreKeyParams& key) {
    std::string kind;
    reader.oneOf("key", kind, {"keychain", "passphrase", "key_file", "credential"});
    if (!kind.empty())
        key.key = std::move(kind);
    reader.text("key_file", key.keyFile, 4096);
    reader.text("credential", key.credential);
    reader.text("passphrase", key.passphrase, 1024);
}

void putStoreKey(Json& params, const StoreKeyParams& key) {
    put(params, "key", key.key);
    put(params, "key_file", key.keyFile);
    put(params, "credential", key.credential);
    put(params, "passphrase", key.passphrase);
}

} // namespace

Result<StoreUnlockParams> StoreUnlockParams::from(const Json& params) {
    StoreUnlockParams out;
    ParamsReader reader(params);
    reader.text("passphrase", out.passphrase, 1024);
    return reader.finish(std::move(out));
}

Json StoreUnlockParams::toJson() const {
    Json params = Json::object();
    put(params, "passphrase", passphrase);
    return params;
}

Result<StoreMigrateParams> StoreMigrateParams::from(const Json& params) {
    StoreMigrateParams out;
    ParamsReader reader(params);
    reader.oneOf("from", out.source, storeWords());
    reader.oneOf("to", out.target, storeWords());
    if (out.source.empty())
        reader.complain("from", "is missing");
    if (out.target.empty())
        reader.complain("to", "is missing");
    readStoreKey(reader, out.key);
    return reader.finish(std::move(out));
}

Json StoreMigrateParams::toJson() const {
    Json params{{"from", source}, {"to", target}};
    putStoreKey(params, key);
    return params;
}

Result<StoreRekeyParams> StoreRekeyParams::from(const Json& params) {
    StoreRekeyParams out;
    ParamsReader reader(params);
    readStoreKey(reader, out.key);
    return reader.finish(std::move(out));
}

Json StoreRekeyParams::toJson() const {
    Json params = Json::object();
    putStoreKey(params, key);
    return params;
}

Result<NoParams> NoParams::from(const Json& params) {
    ParamsReader reader(params);
    return reader.finish(NoParams());
}

} // namespace keybearer
