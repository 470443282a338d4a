#include "broker/config/Config.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<Config> with(const Environment& environment, std::string_view text = "") {
    return parseConfig(text, "/etc/kb/config.yaml", environment);
}

std::string errorOf(const Environment& environment, std::string_view text = "") {
    const Result<Config> config = with(environment, text);
    return config ? std::string("no error") : config.error().message;
}

TEST(ConfigEnvironment, VariablesAloneMakeAConfiguration) {
    const Result<Config> config =
        with({{"KEYBEARER_STORE_BACKEND", "memory"},
              {"KEYBEARER_ACCESS_MODE", "trusting"},
              {"KEYBEARER_PROVIDERS_GITHUB_CLIENT_ID", "abc"},
              {"KEYBEARER_PROVIDERS_GITHUB_CLIENT_SECRET", "a${b}$$"},
              {"KEYBEARER_PROVIDERS_GITHUB_CLIENT_AUTH_METHOD", "client_secret_post"},
              {"KEYBEARER_PROVIDERS_GITHUB_SCOPES", "user:email, repo read:org"},
              {"KEYBEARER_PROVIDERS_GITHUB_DEVICE_AUTHORIZATION_ENDPOINT", "https://g.example/d"},
              {"KEYBEARER_REFRESH_THRESHOLD_SECONDS", "5"}});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->store, StoreBackend::Memory);
    EXPECT_EQ(config->access, AccessMode::Trusting);
    EXPECT_EQ(config->refresh.threshold, std::chrono::seconds(5));
    ASSERT_EQ(config->providers.size(), 1U);
    EXPECT_EQ(config->providers[0].name, "github");
    EXPECT_EQ(config->providers[0].clientId, "abc");
    EXPECT_TRUE(config->providers[0].clientSecret->open().equals("a${b}$$")); // as it is
    EXPECT_EQ(config->providers[0].authMethod, "client_secret_post");
    EXPECT_EQ(config->providers[0].scopes, (std::vector<std::string>{"user:email", "repo", "read:org"}));
    EXPECT_EQ(config->providers[0].deviceAuthorizationEndpoint, "https://g.example/d");
}

TEST(ConfigEnvironment, VariableWinsOverTheFileAndLeavesTheRest) {
    const Result<Config> config =
        with({{"KEYBEARER_PROVIDERS_MY_CORP_CLIENT_ID", "new"}},
             "providers: {my-corp: {client_id: old, issuer: 'https://a.example'}}\n");
    ASSERT_TRUE(config.has_value());
    ASSERT_EQ(config->providers.size(), 1U);
    EXPECT_EQ(config->providers[0].name, "my-corp");
    EXPECT_EQ(config->providers[0].clientId, "new");
    EXPECT_EQ(config->providers[0].issuer, "https://a.example");
}

TEST(ConfigEnvironment, DeepValuesAreYaml) {
    const Result<Config> config =
        with({{"KEYBEARER_CALLERS", "[{match: {exe: /no-such/git}, allow: [github]}]"},
              {"KEYBEARER_SIGNIN", "{wait_seconds: 3}"},
              {"KEYBEARER_PROVIDERS_A_FLOWS", "[paste, device]"}});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    ASSERT_EQ(config->callers.size(), 1U);
    EXPECT_EQ(config->callers[0].executable, "/no-such/git");
    EXPECT_EQ(config->signInWait, std::chrono::seconds(3));
    EXPECT_EQ(config->providers[0].flows, (std::vector<std::string>{"paste", "device"}));
}

TEST(ConfigEnvironment, ErrorNamesTheVariable) {
    const Result<Config> config = with({{"KEYBEARER_STORE_BACKEND", "disk"}});
    ASSERT_FALSE(config.has_value());
    EXPECT_EQ(
        config.error().message,
        "KEYBEARER_STORE_BACKEND: store.backend: \"disk\" is none of keychain, file, memory, redis, vault");
    EXPECT_EQ(std::get<std::string>(*config.error().detail("variable")), "KEYBEARER_STORE_BACKEND");
    EXPECT_EQ(config.error().detail("line"), nullptr);
    EXPECT_EQ(errorOf({{"KEYBEARER_CALLERS", "[{"}}).substr(0, 18), "KEYBEARER_CALLERS:");
    EXPECT_EQ(errorOf({{"KEYBEARER_LIMITS", "{line_bytes: 1}"}}),
              "KEYBEARER_LIMITS: limits: not available in this version; remove it");
}

TEST(ConfigEnvironment, WrongNameBelowASectionIsRefusedWithTheNearest) {
    EXPECT_EQ(
        errorOf({{"KEYBEARER_STORE_BACKND", "memory"}}),
        "KEYBEARER_STORE_BACKND: names no key of the configuration; did you mean KEYBEARER_STORE_BACKEND?");
    EXPECT_EQ(errorOf({{"KEYBEARER_PROVIDERS_GITHUB_CLIENTID", "x"}}),
              "KEYBEARER_PROVIDERS_GITHUB_CLIENTID: names no key of the configuration; did you mean "
              "KEYBEARER_PROVIDERS_GITHUB_CLIENT_ID?");
    EXPECT_NE(errorOf({{"KEYBEARER_PROVIDERS_", "x"}}), "no error");
    EXPECT_NE(errorOf({{"KEYBEARER_PROVIDERS__CLIENT_ID", "x"}}), "no error");
}

TEST(ConfigEnvironment, ForeignVariablesAreLeftAloneAndNearMissesWarned) {
    const Result<Config> config = with({{"KEYBEARER_HOME", "/x"},
                                        {"KEYBEARER_SOCKET", "/x"},
                                        {"KEYBEARER_CONFIG", "/x"},
                                        {"KEYBEARER_LOG", "x"},
                                        {"KEYBEARER_CLIENT_KEY", "x"},
                                        {"KEYBEARER_PROVIDERS_DIR", "/x"},
                                        {"KEYBEARER_FAULT_POINT", "x"},
                                        {"KEYBEARER_SOMETHING_ELSE", "x"},
                                        {"KEYBEARER_STORE_BACKEND", ""},
                                        {"KEYBEARER", "x"},
                                        {"OTHER", "x"},
                                        {"KEYBEARER_STOER_BACKEND", "memory"}});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->store, StoreBackend::Keychain);
    ASSERT_EQ(config->warnings.size(), 1U);
    EXPECT_NE(config->warnings[0].find("did you mean KEYBEARER_STORE_BACKEND?"), std::string::npos);
}

TEST(ConfigEnvironment, VariablesOfTheProcessAreRead) {
    setenv("KEYBEARER_TEST_OF_ENVIRONMENT", "a=b", 1);
    EXPECT_EQ(processEnvironment().at("KEYBEARER_TEST_OF_ENVIRONMENT"), "a=b");
    unsetenv("KEYBEARER_TEST_OF_ENVIRONMENT");
    EXPECT_EQ(processEnvironment().count("KEYBEARER_TEST_OF_ENVIRONMENT"), 0U);
}

} // namespace
} // namespace keybearer
