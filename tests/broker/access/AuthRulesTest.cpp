#include "broker/access/AuthRules.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

const std::vector<std::string> providers{"corp", "github", "google"};

Result<AuthRules> compiled(const std::string& text, const Environment& environment = {}) {
    const Result<Config> config = parseConfig(text, "/etc/kb/config.yaml", environment);
    if (!config)
        return failure(config.error());
    return AuthRules::compile(*config, providers);
}

std::string errorOf(const std::string& text) {
    const Result<AuthRules> rules = compiled(text);
    return rules ? "no error" : rules.error().message;
}

// provider or key of the winner, or "none".
std::string winner(const AuthRules& rules, const std::string& tool, const std::string& service = "") {
    const AuthRule* rule = rules.find(tool, service);
    if (rule == nullptr)
        return "none";
    return rule->type == AuthType::ApiKey ? "apikey:" + rule->auth.keyRef : rule->auth.provider;
}

TEST(AuthRules, A4_WithoutAConfigurationThereIsNoRule) {
    const Result<AuthRules> rules = compiled("");
    ASSERT_TRUE(rules);
    EXPECT_TRUE(rules->inOrder().empty());
    EXPECT_EQ(winner(*rules, "github.create_issue"), "none");
}

TEST(AuthRules, A4_SimpleModeTheServiceOverrideWinsOverTheDefault) {
    const Result<AuthRules> rules =
        compiled("auth:\n"
                 "  mode: simple\n"
                 "  default_auth: {type: oauth, provider: github, scopes: [user:email]}\n"
                 "  service_overrides: {admin_tools: {type: api_key, key_ref: admin_key}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(winner(*rules, "read_file"), "github");
    EXPECT_EQ(winner(*rules, "anything", "admin_tools"), "apikey:admin_key");
    EXPECT_EQ(winner(*rules, "admin_tools.delete"), "apikey:admin_key")
        << "without a service the capability stands for it";
    EXPECT_EQ(winner(*rules, "admin_tools.delete", "other"), "github") << "the service that was named counts";
    EXPECT_TRUE(rules->knowsService("admin_tools"));
}

TEST(AuthRules, A4_ToolWinsOverCapabilityOverServer) {
    const Result<AuthRules> rules = compiled("auth:\n"
                                             "  server_level: {provider: corp}\n"
                                             "  capabilities: {GitHub: {provider: github}}\n"
                                             "  tools: {github.create_issue: {provider: google}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->mode(), "advanced");
    EXPECT_EQ(winner(*rules, "github.create_issue"), "google");
    EXPECT_EQ(winner(*rules, "github.list"), "github");
    EXPECT_EQ(winner(*rules, "github.Create_issue"), "github") << "tools are told apart by case";
    EXPECT_EQ(winner(*rules, "weather"), "corp");
    EXPECT_EQ(rules->inOrder().front().level, AuthRule::Level::Tool);
    EXPECT_EQ(rules->inOrder().back().level, AuthRule::Level::Server);
}

TEST(AuthRules, A4_OfPatternsTheHighestPriorityWinsThenTheFirst) {
    const Result<AuthRules> rules = compiled(
        "auth:\n"
        "  default_auth: {provider: corp}\n"
        "  rules:\n"
        "    - {name: low, match: '*', priority: 1, auth: {provider: google}}\n"
        "    - {name: regex, match: '/^gh_[0-9]+$/', priority: 50, auth: {type: api_key, key_ref: k}}\n"
        "    - {name: first, match: 'github.*', priority: 100, auth: {provider: github}}\n"
        "    - {name: second, match: 'github.?', priority: 100, auth: {provider: corp}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->mode(), "rules");
    EXPECT_EQ(winner(*rules, "github.x"), "github");
    EXPECT_EQ(winner(*rules, "gh_12"), "apikey:k");
    EXPECT_EQ(winner(*rules, "gh_12x"), "google");
    EXPECT_EQ(rules->find("github.x", "")->name, "first");
    EXPECT_EQ(rules->find("", "")->level, AuthRule::Level::Default) << "a pattern speaks of tools";
}

TEST(AuthRules, A4_APatternMayBeOfOneService) {
    const Result<AuthRules> rules =
        compiled("services: {linear: {provider: google}}\n"
                 "auth:\n"
                 "  rules:\n"
                 "    - {match: 'create*', service: linear, auth: {provider: github}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(winner(*rules, "createIssue", "linear"), "github");
    EXPECT_EQ(winner(*rules, "deleteIssue", "linear"), "google");
    EXPECT_EQ(winner(*rules, "createIssue"), "none");
}

TEST(AuthRules, A4_AServiceWithAnAddressAndNoProviderNeverGetsTheDefault) {
    const Result<AuthRules> rules = compiled("services:\n"
                                             "  linear: {url: 'https://mcp.linear.app/mcp'}\n"
                                             "  local: {}\n"
                                             "  calculator: {url: 'http://localhost:1/mcp', provider: corp}\n"
                                             "auth: {default_auth: {provider: github}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    ASSERT_NE(rules->find("", "linear"), nullptr);
    EXPECT_TRUE(rules->find("", "linear")->undiscovered) << "a token of GitHub has no business at Linear";
    EXPECT_EQ(winner(*rules, "", "local"), "github");
    EXPECT_EQ(winner(*rules, "add", "calculator"), "corp");
}

TEST(AuthRules, A4_AnOverrideWinsOverWhatTheServiceItselfSays) {
    const Result<AuthRules> rules = compiled("services: {calculator: {provider: corp}}\n"
                                             "auth: {service_overrides: {calculator: {provider: google}}}\n");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(winner(*rules, "add", "calculator"), "google");
}

TEST(AuthRules, A4_EnvironmentAloneMakesRules) {
    const Result<AuthRules> rules = compiled("", {{"KEYBEARER_AUTH_DEFAULT_AUTH_PROVIDER", "github"},
                                                  {"KEYBEARER_AUTH_SERVICE_OVERRIDES_ADMIN_KEY_REF", "k"}});
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(winner(*rules, "x"), "github");
    EXPECT_EQ(winner(*rules, "x", "admin"), "apikey:k");
    EXPECT_EQ(rules->find("x", "")->where, "KEYBEARER_AUTH_DEFAULT_AUTH_PROVIDER");
}

TEST(AuthRules, O1_ReferencesAreCheckedWithLineAndTheNearestName) {
    EXPECT_EQ(errorOf("auth:\n  default_auth: {provider: githb}\n"),
              "config.yaml:2: auth.default_auth.provider: there is no provider githb; did you mean github?");
    EXPECT_EQ(errorOf("services:\n  a: {provider: gogle}\n"),
              "config.yaml:2: services.a.provider: there is no provider gogle; did you mean google?");
    EXPECT_EQ(errorOf("services: {linear: {}}\nauth:\n  rules:\n    - {match: a, service: liner, auth: "
                      "{provider: corp}}\n"),
              "config.yaml:4: auth.rules[0].service: there is no service liner; did you mean linear?");
    EXPECT_EQ(errorOf("auth:\n  rules:\n    - {match: '/(/', auth: {provider: corp}}\n").substr(0, 65),
              "config.yaml:3: auth.rules[0].match: is no regular expression that");
    EXPECT_EQ(errorOf("auth:\n  mode: simple\n  tools: {a: {provider: corp}}\n"),
              "config.yaml:3: auth.tools.a: does not go with mode: simple");
    EXPECT_EQ(errorOf("auth: {tools: {a: {provider: corp}}, rules: [{match: a, auth: {provider: corp}}]}"),
              "config.yaml:1: auth.tools.a: does not go with mode: rules");
    EXPECT_EQ(errorOf("auth: {default_auth: {type: api_key}}"),
              "config.yaml:1: auth.default_auth.key_ref: is missing; write the name of an API key");
    EXPECT_EQ(errorOf("auth: {default_auth: {type: oauth}}"),
              "config.yaml:1: auth.default_auth.provider: is missing; write for example provider: github");
    EXPECT_EQ(errorOf("auth: {default_auth: {provider: corp, type: oauth, key_ref: k}}"),
              "config.yaml:1: auth.default_auth.key_ref: goes with type: api_key");
    EXPECT_EQ(errorOf("auth: {default_auth: {provider: corp, key_ref: k}}"),
              "config.yaml:1: auth.default_auth: an API key has no provider, account, scopes or resource");
}

TEST(AuthRules, A4_WhatWasAskedBeforeIsAnsweredFromBoundedMemory) {
    const Result<AuthRules> rules = compiled("auth: {rules: [{match: 'a*', auth: {provider: corp}}]}");
    ASSERT_TRUE(rules);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(winner(*rules, "abc"), "corp");
    EXPECT_EQ(rules->counters().lookups, 3);
    EXPECT_EQ(rules->counters().remembered, 2);
    for (int i = 0; i < 20'000; ++i)
        EXPECT_EQ(winner(*rules, "a" + std::to_string(i)), "corp");
    EXPECT_EQ(winner(*rules, "b"), "none");
    EXPECT_EQ(winner(*rules, "b"), "none") << "no winner is remembered as well";
}

TEST(AuthRules, A4_NoQuestionIsMistakenForAnotherOne) {
    const Result<AuthRules> rules = compiled("services: {a: {provider: corp}}");
    ASSERT_TRUE(rules);
    EXPECT_EQ(rules->find("c", "a\nb"), nullptr) << "there is no such service";
    EXPECT_NE(rules->find("b\nc", "a"), nullptr);
}

TEST(AuthRules, UnknownServiceSuggestsTheNearest) {
    const Result<AuthRules> rules = compiled("services: {linear: {}}");
    ASSERT_TRUE(rules);
    const Error error = rules->unknownService("linaer");
    EXPECT_EQ(error.code, ErrorCode::NotFound);
    EXPECT_EQ(std::get<std::string>(*error.detail("did_you_mean")), "linear");
}

TEST(Capability, A4_IsTheFirstOfDotUnderscoreDashElseTheFirstWord) {
    EXPECT_EQ(capabilityOf("github.create_issue"), "github");
    EXPECT_EQ(capabilityOf("admin_tools.delete"), "admin_tools") << "a dot separates before an underscore";
    EXPECT_EQ(capabilityOf("read_file-fast"), "read");
    EXPECT_EQ(capabilityOf("list-issues"), "list");
    EXPECT_EQ(capabilityOf("createIssue"), "create");
    EXPECT_EQ(capabilityOf("HTTPServerStart"), "http");
    EXPECT_EQ(capabilityOf("GitHubIssue"), "git");
    EXPECT_EQ(capabilityOf("weather"), "weather");
    EXPECT_EQ(capabilityOf("WEATHER"), "weather");
    EXPECT_EQ(capabilityOf("v2Search"), "v2");
    EXPECT_EQ(capabilityOf("__init__"), "init");
    EXPECT_EQ(capabilityOf(""), "");
    EXPECT_EQ(capabilityOf("._-"), "");
}

TEST(ToolPattern, GlobMeansTheWholeNameAndNothingButStarAndQuestionMark) {
    const auto glob = ToolPattern::parse("github.*_?");
    ASSERT_TRUE(glob);
    EXPECT_TRUE(glob->matches("github.issue_1"));
    EXPECT_FALSE(glob->matches("githubXissue_1")) << "a dot is a dot";
    EXPECT_FALSE(glob->matches("my.github.issue_1"));
    EXPECT_FALSE(glob->matches("github.issue_12"));
    EXPECT_TRUE(ToolPattern::parse("[a](b)+")->matches("[a](b)+"));
}

TEST(ToolPattern, RegularExpressionIsFoundAnywhereUnlessAnchored) {
    EXPECT_TRUE(ToolPattern::parse("/issue/")->matches("github.issue.create"));
    EXPECT_FALSE(ToolPattern::parse("/^issue/")->matches("github.issue.create"));
    EXPECT_FALSE(ToolPattern::parse("//"));
    EXPECT_FALSE(ToolPattern::parse("/abc"));
    EXPECT_FALSE(ToolPattern::parse("/(a/"));
    EXPECT_FALSE(ToolPattern::parse("/(a)\\1/")) << "what would cost more than linear time is not understood";
    EXPECT_FALSE(ToolPattern::parse(""));
    EXPECT_FALSE(ToolPattern::parse(std::string(300, 'a')));
}

TEST(ToolPattern, APatternMadeToBeSlowIsNot) {
    const auto evil = ToolPattern::parse("/^(a|a|aa)+$/");
    ASSERT_TRUE(evil);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(evil->matches(std::string(512, 'a') + "!"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20)); // 2^512 tries have no end
}

} // namespace
} // namespace keybearer
