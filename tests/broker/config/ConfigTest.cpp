#include "broker/config/Config.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<Config> parse(std::string_view text, const Environment& environment = {}) {
    return parseConfig(text, "/etc/kb/config.yaml", environment);
}

std::string errorOf(std::string_view text, const Environment& environment = {}) {
    const Result<Config> config = parse(text, environment);
    return config ? std::string("no error") : config.error().message;
}

std::string detail(const Error& error, const char* key) {
    const ErrorDetail* found = error.detail(key);
    return found == nullptr ? std::string() : std::get<std::string>(*found);
}

TEST(Config, NothingWrittenMeansTheDefaults) {
    const Result<Config> config = parse("");
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config->store, StoreBackend::Keychain);
    EXPECT_EQ(config->access, AccessMode::Ask);
    EXPECT_TRUE(config->endOnLock);
    EXPECT_TRUE(config->providers.empty());
    EXPECT_EQ(config->refresh.threshold, std::chrono::seconds(300));
    EXPECT_EQ(config->refresh.maxBackoff, std::chrono::seconds(900));
    EXPECT_EQ(config->signInWait, std::chrono::seconds(45));
    EXPECT_EQ(config->auditRetentionDays, 90);
    EXPECT_TRUE(config->warnings.empty());
}

TEST(Config, NetworkArrives) {
    const Result<Config> config = parse(R"(
network:
  proxy: "http://ana:${PASSWORD}@proxy.example.com:3128"
  no_proxy: [.example.com, 10.0.0.0/8, "[::1]:8080", "*"]
  ca_file: company.pem
providers:
  okta: {domain: acme.okta.com, timeout_seconds: 90, par: required, dpop: never, client_id: a}
  corp: {issuer: "https://a.example", userinfo: {subject: [id], label: [nick]}}
)",
                                        {{"PASSWORD", "hush"}});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->network.proxy->open().reveal(), "http://ana:hush@proxy.example.com:3128");
    EXPECT_EQ(config->network.noProxy->size(), 4U);
    EXPECT_EQ(config->network.caFile, "/etc/kb/company.pem");
    EXPECT_EQ(config->providers[0].domain, "acme.okta.com");
    EXPECT_EQ(config->providers[0].timeout, std::chrono::seconds(90));
    EXPECT_EQ(config->providers[0].par, "required");
    EXPECT_EQ(config->providers[0].dpop, "never");
    EXPECT_EQ(config->providers[1].subjectMembers, std::vector<std::string>{"id"});
    EXPECT_EQ(config->providers[1].labelMembers, std::vector<std::string>{"nick"});
}

TEST(Config, WrongProxyIsNamedWithoutItsPassword) {
    for (const char* proxy : {"ftp://ana:hush@p.example:1", "http://ana:hush@p.example", "p.example:1",
                              "http://ana:hush@p.example:1/x", "http://:1", "http://p.example:1?hush"}) {
        const std::string error = errorOf(std::string("network: {proxy: \"").append(proxy).append("\"}"));
        EXPECT_NE(error.find("network.proxy: must be http://host:port"), std::string::npos) << error;
        EXPECT_EQ(error.find("hush"), std::string::npos) << error;
    }
}

TEST(Config, T_37_AWrongValueIsQuotedAsItIsWrittenAndNotAsTheVariableHasIt) {
    const Environment environment{{"TOKEN", "hush"}};
    for (const char* text :
         {"preset: \"${TOKEN}\"", "store: {backend: \"x${TOKEN}\"}", "providers: {a: {issuer: \"${TOKEN}\"}}",
          "providers: {a: {issuer: \"http://${TOKEN}.example\"}}",
          "providers: {a: {issuer: \"https://a.example\", scopes: [\"a ${TOKEN}\"]}}",
          "providers: {okta: {domain: \"https://${TOKEN}\"}}", "network: {no_proxy: [\"a ${TOKEN}\"]}",
          "callers: [{name: a, executable: \"${TOKEN}\"}]"}) {
        const std::string error = errorOf(text, environment);
        EXPECT_NE(error, "no error") << text;
        EXPECT_EQ(error.find("hush"), std::string::npos) << error;
    }
    EXPECT_NE(errorOf("preset: \"${TOKEN}\"", environment).find("\"${TOKEN}\" is none of"),
              std::string::npos);
}

TEST(Config, WrongNetworkValuesAreRefused) {
    EXPECT_NE(errorOf("network: {no_proxy: [\"a b\"]}").find("no_proxy"), std::string::npos);
    EXPECT_NE(errorOf("providers: {okta: {domain: \"https://x.example\"}}").find("no host name"),
              std::string::npos);
    EXPECT_NE(errorOf("providers: {okta: {domain: \"x.example?a\"}}").find("no host name"),
              std::string::npos);
    EXPECT_NE(errorOf("providers: {okta: {timeout_seconds: 301}}").find("from 1 to 300"), std::string::npos);
    EXPECT_NE(errorOf("providers: {okta: {par: maybe}}").find("is none of auto"), std::string::npos);
}

TEST(Config, EverySectionArrives) {
    const Result<Config> config = parse(R"(
store: {backend: memory}
access: {mode: locked, end_on_lock: false}
providers:
  github: {client_id: "${ID}", client_secret: "${SECRET:-hush}"}
  corp:
    issuer: https://login.example.com
    client_id: desk
    client_auth: {method: client_secret_post}
    scopes: [openid, offline_access, openid]
    flows: [device, browser]
  hand:
    authorization_endpoint: https://a.example/authorize
    token_endpoint: https://a.example/token
    revocation_endpoint: https://a.example/revoke
    userinfo_endpoint: https://a.example/me
    device_authorization_endpoint: https://a.example/device
callers:
  - {match: {exe: /usr/no-such-place/git}, allow: [github, corp]}
signin: {wait_seconds: 10}
audit: {retention_days: 7}
refresh: {threshold_seconds: 60, max_backoff_seconds: 120}
)",
                                        {{"ID", "abc"}});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->store, StoreBackend::Memory);
    EXPECT_EQ(config->access, AccessMode::Locked);
    EXPECT_FALSE(config->endOnLock);
    ASSERT_EQ(config->providers.size(), 3U);
    EXPECT_EQ(config->providers[0].name, "github");
    EXPECT_EQ(config->providers[0].where, "config.yaml:5");
    EXPECT_EQ(config->providers[0].clientId, "abc");
    EXPECT_TRUE(config->providers[0].clientSecret->open().equals("hush"));
    EXPECT_EQ(config->providers[1].issuer, "https://login.example.com");
    EXPECT_EQ(config->providers[1].authMethod, "client_secret_post");
    EXPECT_EQ(config->providers[1].scopes, (std::vector<std::string>{"openid", "offline_access"}));
    EXPECT_EQ(config->providers[1].flows, (std::vector<std::string>{"device", "browser"}));
    EXPECT_EQ(config->providers[2].tokenEndpoint, "https://a.example/token");
    EXPECT_EQ(config->providers[2].deviceAuthorizationEndpoint, "https://a.example/device");
    ASSERT_EQ(config->callers.size(), 1U);
    EXPECT_EQ(config->callers[0].executable, "/usr/no-such-place/git");
    EXPECT_EQ(config->callers[0].providers, (std::vector<std::string>{"github", "corp"}));
    EXPECT_EQ(config->signInWait, std::chrono::seconds(10));
    EXPECT_EQ(config->auditRetentionDays, 7);
    EXPECT_EQ(config->refresh.threshold, std::chrono::seconds(60));
    EXPECT_EQ(config->refresh.maxBackoff, std::chrono::seconds(120));
}

TEST(Config, O1_UnknownKeyIsRefusedWithLinePathAndNearestKey) {
    const Result<Config> config =
        parse("store: {backend: memory}\nproviders:\n  github:\n    clientid: abc\n");
    ASSERT_FALSE(config.has_value());
    EXPECT_EQ(config.error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(config.error().message,
              "config.yaml:4: providers.github.clientid: unknown key; did you mean client_id?");
    EXPECT_EQ(detail(config.error(), "file"), "/etc/kb/config.yaml");
    EXPECT_EQ(std::get<std::int64_t>(*config.error().detail("line")), 4);
    EXPECT_EQ(detail(config.error(), "key"), "providers.github.clientid");
    EXPECT_EQ(detail(config.error(), "did_you_mean"), "client_id");
    EXPECT_EQ(errorOf("stroe: {}\n"), "config.yaml:1: stroe: unknown key; did you mean store?");
    EXPECT_EQ(errorOf("zzzzzzzzzzz: 1\n"), "config.yaml:1: zzzzzzzzzzz: unknown key");
}

TEST(Config, APathIsNoKey) {
    for (const char* key : {"store.backend", "providers.*.domain", "providers.*", "callers[].match"}) {
        const std::string text = std::string("\"").append(key).append("\": gate\n");
        EXPECT_EQ(errorOf(text),
                  std::string("config.yaml:1: ")
                      .append(key)
                      .append(": unknown key; a key has no dots: what stands behind one goes below "
                              "it, indented"));
    }
}

TEST(Config, KeyOfALaterVersionIsRefusedAndNotIgnored) {
    EXPECT_EQ(errorOf("limits: {a: b}\n"), "config.yaml:1: limits: not available in this version; remove it");
}

TEST(Config, WrongKindSaysWhatToWrite) {
    EXPECT_EQ(errorOf("store: memory\n"),
              "config.yaml:1: store: has a single value; write for example store: {backend: keychain}");
    EXPECT_NE(errorOf("store: {backend: }\n").find("has nothing"), std::string::npos);
    EXPECT_NE(errorOf("store: {backend: [memory]}\n").find("has a list"), std::string::npos);
    EXPECT_NE(errorOf("providers: [github]\n").find("has a list"), std::string::npos);
    EXPECT_NE(errorOf("providers: {github: abc}\n").find("has a single value"), std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {scopes: openid}}\n").find("scopes: [openid, offline_access]"),
              std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {scopes: [{a: b}]}}\n").find("has a block of keys"), std::string::npos);
    EXPECT_NE(errorOf("callers: {match: a}\n").find("has a block of keys"), std::string::npos);
    EXPECT_NE(errorOf("callers: [a]\n").find("callers[0]: has a single value"), std::string::npos);
    EXPECT_NE(errorOf("- a\n").find("the file must be a block of keys"), std::string::npos);
    EXPECT_NE(errorOf("text\n").find("the file must be a block of keys"), std::string::npos);
}

TEST(Config, WrongValueSaysWhatIsRight) {
    EXPECT_EQ(errorOf("store: {backend: keychian}\n"),
              "config.yaml:1: store.backend: \"keychian\" is none "
              "of keychain, file, memory, redis, vault; did you mean keychain?");
    EXPECT_NE(
        errorOf("providers: {a: {issuer: login.example.com}}\n").find("write https://login.example.com"),
        std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {scopes: [\"a b\"]}}\n").find("not one scope"), std::string::npos);
    EXPECT_NE(errorOf("providers: {Corp: {}}\n").find("lower-case"), std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {client_id: \"a\\nb\"}}\n").find("printable"), std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {client_id: \"\"}}\n").find("is empty"), std::string::npos);
    EXPECT_NE(errorOf("providers: {a: {flows: [magic]}}\n").find("none of browser, device, paste"),
              std::string::npos);
}

TEST(Config, NumbersAreWholeAndInRange) {
    for (const char* value :
         {"-1", "1.5", "ten", "0x10", "99999999999999999999", "3601", "\" 5\"", "5s", "true"}) {
        const std::string error = errorOf(std::string("signin: {wait_seconds: ") + value + "}\n");
        EXPECT_NE(error.find("must be a whole number from 0 to 3600"), std::string::npos)
            << value << ": " << error;
    }
    EXPECT_EQ(parse("signin: {wait_seconds: \"${W}\"}\n", {{"W", "7"}})->signInWait, std::chrono::seconds(7));
}

TEST(Config, UnsetVariableIsNamedWithItsLine) {
    EXPECT_EQ(errorOf("providers:\n  a:\n    client_id: ${NOT_THERE}\n"),
              "config.yaml:3: providers.a.client_id: the environment variable NOT_THERE is not set; set it "
              "or write "
              "${NOT_THERE:-default}");
}

TEST(Config, VariablesWorkInsideLists) {
    const Result<Config> config = parse("providers: {a: {scopes: [\"${S}\", b]}}\n", {{"S", "x"}});
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config->providers[0].scopes, (std::vector<std::string>{"x", "b"}));
}

TEST(Config, ProgramIsAPathFromTheDirectoryOfTheFile) {
    EXPECT_NE(errorOf("callers: [{match: {exe: git}, allow: [github]}]\n").find("for example /usr/bin/git"),
              std::string::npos);
    EXPECT_EQ(parse("callers: [{match: {exe: ../no-such/tool}, allow: [a]}]\n")->callers[0].executable,
              "/etc/no-such/tool");
    EXPECT_NE(errorOf("callers: [{allow: [github]}]\n").find("callers[0]: says no program"),
              std::string::npos);
    EXPECT_NE(errorOf("callers: [{match: {exe: /bin/x}}]\n").find("callers[0]: allows nothing"),
              std::string::npos);
    EXPECT_NE(errorOf("callers: [{match: {exe: /bin/x}, allow: []}]\n").find("allows nothing"),
              std::string::npos);
}

TEST(Config, SecretNeverStandsInAnError) {
    const Result<Config> config = parse("providers: {a: {client_secret: \"hunter2\\u0001\"}}\n");
    ASSERT_FALSE(config.has_value());
    EXPECT_EQ(config.error().message.find("hunter2"), std::string::npos);
    for (const auto& [key, value] : config.error().details) {
        const auto* text = std::get_if<std::string>(&value);
        EXPECT_TRUE(text == nullptr || text->find("hunter2") == std::string::npos) << key;
    }
    EXPECT_NE(errorOf("providers: {a: {client_secret: \"${EMPTY}\"}}\n", {{"EMPTY", ""}}).find("not empty"),
              std::string::npos);
}

TEST(Config, DollarSignsOfASecretCanBeWritten) {
    const Result<Config> config = parse("providers: {a: {client_secret: \"a$$b$c\"}}\n");
    ASSERT_TRUE(config.has_value());
    EXPECT_TRUE(config->providers[0].clientSecret->open().equals("a$b$c"));
}

} // namespace
} // namespace keybearer
