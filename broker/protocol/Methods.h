#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <optional>
#include <string>
#include <vector>

// One typed parameter struct a method. from() refuses unknown members, wrong kinds and values out of range
// with InvalidParams (detail "parameter", and "did_you_mean" for a mistyped member); toJson() is the asking
// side.
namespace keybearer {

struct HelloParams { // hello
    int protocol = 1;
    std::string clientName;
    std::string clientVersion;
    std::optional<std::string> clientKey;
    std::optional<std::string> capability; // secret: what `keybearer run --capability-env` handed over
    std::optional<std::string> role;
    [[nodiscard]] static Result<HelloParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct TokenGetParams { // token.get: at most one of provider, service, resource; without any of them a tool
    std::optional<std::string> provider;
    std::optional<std::string> service;
    std::optional<std::string> resource;
    std::optional<std::string> account; // label, subject or session id
    std::vector<std::string> scopes;
    std::optional<std::string> tool;
    std::int64_t minValidSeconds = 0; // 0...86400
    bool interactive = false;
    std::string reason; // shown to the person as a claim
    [[nodiscard]] static Result<TokenGetParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct TokenProofParams { // token.proof: exactly one of provider, service, resource
    std::optional<std::string> provider;
    std::optional<std::string> service;
    std::optional<std::string> resource;
    std::optional<std::string> account; // label, subject or session id
    std::string method;                 // of the request that the proof goes with
    std::string url;
    std::optional<std::string> nonce;     // the resource server's
    std::optional<std::string> tokenHash; // absent: of the newest token
    [[nodiscard]] static Result<TokenProofParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct AuthExplainParams { // auth.explain
    std::string tool;
    std::optional<std::string> service;
    [[nodiscard]] static Result<AuthExplainParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct McpOpenParams { // mcp.open: exactly one of service, url
    std::optional<std::string> service;
    std::optional<std::string> url;
    std::optional<std::string> account; // label, subject or session id
    [[nodiscard]] static Result<McpOpenParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct SignInStartParams { // signin.start: exactly one of provider, url
    std::optional<std::string> provider;
    std::optional<std::string> url;
    std::string flow = "auto"; // auto, browser, device, paste, client_credentials, enterprise, workload
    std::optional<std::string> account;
    std::vector<std::string> scopes;
    [[nodiscard]] static Result<SignInStartParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct SignInIdParams { // signin.status, signin.cancel
    std::string signInId;
    [[nodiscard]] static Result<SignInIdParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct SignInCompleteParams { // signin.complete
    std::string signInId;
    std::string redirectUrl;
    [[nodiscard]] static Result<SignInCompleteParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct SessionParams {      // session.show, .refresh, .revoke, .rename
    std::string sessionId;  // an id, or what names one session alone: provider, label, provider:label
    bool localOnly = false; // revoke: do not tell the provider
    std::optional<std::string> label; // rename
    [[nodiscard]] static Result<SessionParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct ProviderParams { // provider.show, .test
    std::string provider;
    [[nodiscard]] static Result<ProviderParams> from(const Json& params);
    [[nodiscard]] Json toJson() const { return Json{{"provider", provider}}; }
};

struct ConsentAnswerParams { // consent.answer
    std::string consentId;
    std::string decision; // allow-once, allow-session, allow, deny
    [[nodiscard]] static Result<ConsentAnswerParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct ConsentRevokeParams { // consent.revoke
    std::string consentId;
    [[nodiscard]] static Result<ConsentRevokeParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct SubscribeParams { // events.subscribe
    std::vector<std::string> topics;
    [[nodiscard]] static Result<SubscribeParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct AuditQueryParams {                                      // audit.query
    std::int64_t limit = 100;                                  // 1...1000
    std::optional<std::int64_t> beforeSequence, afterSequence; // at most one; with `after` the oldest first
    std::optional<WallTime> since, until;
    std::optional<std::string> caller, kind, provider, account, sessionId, client, tool;
    [[nodiscard]] static Result<AuditQueryParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

// Which key is to open the sealed store: part of store.migrate and store.rekey.
struct StoreKeyParams {
    std::optional<std::string> key; // keychain, passphrase, key_file, credential
    std::optional<std::string> keyFile;
    std::optional<std::string> credential;
    std::optional<std::string> passphrase;
};

struct StoreUnlockParams { // store.unlock
    std::optional<std::string> passphrase;
    [[nodiscard]] static Result<StoreUnlockParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct StoreMigrateParams { // store.migrate
    std::string source;     // "from"
    std::string target;     // "to"
    StoreKeyParams key;
    [[nodiscard]] static Result<StoreMigrateParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct StoreRekeyParams { // store.rekey
    StoreKeyParams key;
    [[nodiscard]] static Result<StoreRekeyParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct MetricsGetParams {              // metrics.get
    std::string format = "prometheus"; // or json
    [[nodiscard]] static Result<MetricsGetParams> from(const Json& params);
    [[nodiscard]] Json toJson() const { return Json{{"format", format}}; }
};

struct NoParams { // session.list, provider.list, consent.list, consent.pending, health.get, rpc.discover,
                  // audit.verify
    [[nodiscard]] static Result<NoParams> from(const Json& params);
    [[nodiscard]] Json toJson() const { return Json::object(); }
};

// The topics of events.subscribe.
inline constexpr const char* eventTopics[] = {"session.changed",   "signin.progress", "consent.requested",
                                              "consent.withdrawn", "alert",           "health.changed",
                                              "tool.changed"};

} // namespace keybearer
