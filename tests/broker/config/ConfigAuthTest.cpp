#include "broker/config/ConfigAuth.h"

#include "broker/config/Config.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Level = AuthConfig::Level;

Result<Config> read(const std::string& text, const Environment& environment = {}) {
    return parseConfig(text, "/etc/kb/config.yaml", environment);
}

std::string errorOf(const std::string& text) {
    const Result<Config> config = read(text);
    return config ? "no error" : config.error().message;
}

TEST(ConfigAuth, A4_SimpleModeAsTheInterfaceShowsIt) {
    const Result<Config> config =
        read("auth:\n"
             "  mode: simple\n"
             "  default_auth: {type: oauth, provider: github, scopes: [user:email]}\n"
             "  service_overrides: {admin_tools: {type: api_key, key_ref: admin_key}}\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->auth.mode, "simple");
    EXPECT_EQ(config->auth.modeWhere, "config.yaml:2");
    ASSERT_EQ(config->auth.entries.size(), 2U);
    const AuthConfig::Entry& byDefault = config->auth.entries[0];
    EXPECT_EQ(byDefault.level, Level::Default);
    EXPECT_EQ(byDefault.choice.type, "oauth");
    EXPECT_EQ(byDefault.choice.provider, "github");
    EXPECT_EQ(byDefault.choice.scopes, std::vector<std::string>{"user:email"});
    EXPECT_EQ(byDefault.key, "auth.default_auth");
    EXPECT_EQ(byDefault.where, "config.yaml:3");
    const AuthConfig::Entry& other = config->auth.entries[1];
    EXPECT_EQ(other.level, Level::Service);
    EXPECT_EQ(other.name, "admin_tools");
    EXPECT_EQ(other.choice.type, "api_key");
    EXPECT_EQ(other.choice.keyRef, "admin_key");
    EXPECT_EQ(other.key, "auth.service_overrides.admin_tools");
}

TEST(ConfigAuth, A4_AdvancedModeHasThreeLevelsAndToolsKeepTheirSpelling) {
    const Result<Config> config =
        read("auth:\n"
             "  server_level: {provider: corp}\n"
             "  capabilities: {github: {provider: github}}\n"
             "  tools:\n"
             "    github.createIssue: {provider: github, account: ana@example.com}\n");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->auth.entries.size(), 3U);
    EXPECT_EQ(config->auth.entries[0].level, Level::Server);
    EXPECT_EQ(config->auth.entries[1].level, Level::Capability);
    EXPECT_EQ(config->auth.entries[2].level, Level::Tool);
    EXPECT_EQ(config->auth.entries[2].name, "github.createIssue");
    EXPECT_EQ(config->auth.entries[2].choice.account, "ana@example.com");
    EXPECT_EQ(config->auth.entries[2].where, "config.yaml:5");
}

TEST(ConfigAuth, A4_RulesHavePatternPriorityAndService) {
    const Result<Config> config =
        read("auth:\n"
             "  rules:\n"
             "    - {name: gh, match: 'github.*', priority: 100, auth: {provider: github}}\n"
             "    - {match: '/^gh_\\d+$/', service: linear, auth: {type: api_key, key_ref: k}}\n");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->auth.entries.size(), 2U);
    EXPECT_EQ(config->auth.entries[0].name, "gh");
    EXPECT_EQ(config->auth.entries[0].match, "github.*");
    EXPECT_EQ(config->auth.entries[0].priority, 100);
    EXPECT_EQ(config->auth.entries[0].where, "config.yaml:3");
    EXPECT_EQ(config->auth.entries[1].match, "/^gh_\\d+$/");
    EXPECT_EQ(config->auth.entries[1].service, "linear");
    EXPECT_EQ(config->auth.entries[1].choice.keyRef, "k");
    EXPECT_EQ(config->auth.entries[1].key, "auth.rules[1]");
}

TEST(ConfigAuth, WhatARuleLacksIsSaidWithItsLine) {
    EXPECT_EQ(errorOf("auth:\n  rules:\n    - {auth: {provider: github}}\n"),
              "config.yaml:3: auth.rules[0]: says no tool; write match: \"github.*\"");
    EXPECT_EQ(errorOf("auth:\n  rules:\n    - {match: a}\n"),
              "config.yaml:3: auth.rules[0]: says no credential; write auth: {provider: github}");
    EXPECT_EQ(errorOf("auth: {default_auth: {typ: oauth}}"),
              "config.yaml:1: auth.default_auth.typ: unknown key; did you mean type?");
    EXPECT_NE(errorOf("auth: {tools: {'a b': {provider: github}}}").find("no name that a tool can have"),
              std::string::npos);
    EXPECT_NE(errorOf("auth: {mode: clever}").find("none of simple, advanced, rules"), std::string::npos);
}

TEST(ConfigAuth, A4_EveryLevelCanBeSetByTheEnvironmentAlone) {
    const Result<Config> config = read("", {{"KEYBEARER_AUTH_DEFAULT_AUTH_PROVIDER", "github"},
                                            {"KEYBEARER_AUTH_DEFAULT_AUTH_SCOPES", "repo gist"},
                                            {"KEYBEARER_AUTH_SERVICE_OVERRIDES_LINEAR_KEY_REF", "k"},
                                            {"KEYBEARER_SERVICES_LINEAR_URL", "https://mcp.linear.app/mcp"}});
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->auth.entries.size(), 2U);
    EXPECT_EQ(config->auth.entries[0].choice.scopes, (std::vector<std::string>{"repo", "gist"}));
    EXPECT_EQ(config->auth.entries[1].name, "linear");
    EXPECT_EQ(config->auth.entries[1].choice.keyRef, "k");
    ASSERT_EQ(config->services.size(), 1U);
    EXPECT_EQ(config->services[0].name, "linear");
    const Result<Config> rules =
        read("", {{"KEYBEARER_AUTH_RULES", "[{match: 'a*', auth: {provider: github}}]"}});
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->auth.entries.at(0).where, "KEYBEARER_AUTH_RULES");
}

TEST(ConfigServices, HaveAddressProviderScopesAndTimeout) {
    const Result<Config> config = read("services:\n"
                                       "  linear: {url: 'https://mcp.linear.app/mcp'}\n"
                                       "  calculator: {url: 'http://localhost:3001/mcp', provider: corp, "
                                       "scopes: [read], timeout_seconds: 9}\n");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->services.size(), 2U);
    EXPECT_EQ(config->services[0].url, "https://mcp.linear.app/mcp");
    EXPECT_EQ(config->services[0].timeout.count(), 30);
    EXPECT_EQ(config->services[1].provider, "corp");
    EXPECT_EQ(config->services[1].scopes, std::vector<std::string>{"read"});
    EXPECT_EQ(config->services[1].timeout.count(), 9);
    EXPECT_EQ(config->services[1].where, "config.yaml:3");
    EXPECT_NE(errorOf("services: {a: {url: 'http://example.com/'}}").find("https"), std::string::npos);
}

TEST(ConfigLimits, ACallerAndOverall) {
    const Result<Config> config =
        read("rate_limits: {requests: 100, window_seconds: 60, burst: 10, overall: {requests: 5000}}");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->callerLimit.requests, 100);
    EXPECT_EQ(config->callerLimit.window.count(), 60);
    EXPECT_EQ(config->callerLimit.burst, 10);
    EXPECT_EQ(config->overallLimit.requests, 5000);
    EXPECT_EQ(config->overallLimit.burst, 0);
    EXPECT_EQ(read("")->callerLimit.requests, 0) << "no limit unless somebody wants one";
    EXPECT_NE(errorOf("rate_limits: {requests: 0}").find("from 1"), std::string::npos);
}

TEST(ConfigPolicy, AddressDeadlineAndCache) {
    const Result<Config> config =
        read("policy: {opa_url: 'http://127.0.0.1:8181/v1/data/keybearer/allow', timeout_ms: 250}");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->policy.opaUrl, "http://127.0.0.1:8181/v1/data/keybearer/allow");
    EXPECT_EQ(config->policy.timeout.count(), 250);
    EXPECT_EQ(config->policy.cache.count(), 5);
    EXPECT_NE(errorOf("policy: {opa_url: 'http://opa.example.com/v1/data/a'}").find("https"),
              std::string::npos)
        << "T-48: in clear only on this machine";
}

} // namespace
} // namespace keybearer
