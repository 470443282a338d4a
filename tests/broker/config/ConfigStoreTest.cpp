#include "broker/config/Config.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

Result<Config> parsed(const std::string& store, const Environment& environment = {}) {
    return parseConfig("store:\n" + store, "/etc/kb/config.yaml", environment);
}

std::string problem(const std::string& store) {
    const Result<Config> config = parsed(store);
    return config ? "" : config.error().message;
}

constexpr auto redis = "  backend: redis\n  key: key_file\n  key_file: team.key\n";
constexpr auto vault = "  backend: vault\n  key: passphrase\n  prefix: kb/prod\n";

} // namespace

TEST(ConfigStore, RedisIsReadWithItsSecretSealed) {
    const Result<Config> config =
        parsed(std::string(redis) + "  redis: {url: \"rediss://a:6379,b:6380/2\", username: kb, password: "
                                    "\"${PW}\", ca_file: ca.pem, replicas: 1}\n",
               {{"PW", "planted-password"}});
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->store, StoreBackend::Redis);
    EXPECT_EQ(config->storePrefix, "keybearer");
    EXPECT_EQ(config->redis.url, "rediss://a:6379,b:6380/2");
    EXPECT_TRUE(config->redis.password->open().equals("planted-password"));
    EXPECT_EQ(config->redis.caFile, "/etc/kb/ca.pem");
    EXPECT_EQ(config->redis.replicas, 1);
}

TEST(ConfigStore, VaultIsReadInEachWayOfSigningIn) {
    const Result<Config> token =
        parsed(std::string(vault) +
               "  vault: {url: \"https://vault.example.com\", token_file: t, poll_seconds: 9}\n");
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(token->vault.tokenFile, "/etc/kb/t");
    EXPECT_EQ(token->vault.poll, std::chrono::seconds(9));
    EXPECT_EQ(token->storePrefix, "kb/prod");
    EXPECT_EQ(problem(std::string(vault) +
                      "  vault: {url: \"https://v\", auth: approle, role_id: r, secret_id: s}\n"),
              "");
    EXPECT_EQ(problem(std::string(vault) + "  vault: {url: \"https://v\", auth: kubernetes, role: kb}\n"),
              "");
}

TEST(ConfigStore, WhatIsMissingOrDoesNotGoTogetherIsNamed) {
    EXPECT_NE(problem("  backend: redis\n  redis: {url: \"redis://a\"}\n").find("store.key: is missing"),
              std::string::npos);
    EXPECT_NE(problem(redis).find("store.redis.url: is missing"), std::string::npos);
    EXPECT_NE(problem(std::string(redis) + "  redis: {url: \"redis://a\", password: x, password_file: f}\n")
                  .find("store.redis.password_file"),
              std::string::npos);
    EXPECT_NE(problem(std::string(redis) + "  redis: {url: \"redis://a\", certificate: x}\n")
                  .find("store.redis.certificate_key"),
              std::string::npos);
    EXPECT_NE(
        problem(std::string(redis) + "  prefix: a//b\n  redis: {url: \"redis://a\"}\n").find("store.prefix"),
        std::string::npos);
    EXPECT_NE(problem(std::string(vault) + "  vault: {url: \"https://v\"}\n").find("store.vault.token"),
              std::string::npos);
    EXPECT_NE(problem(std::string(vault) + "  vault: {url: \"https://v\", auth: approle, role_id: r}\n")
                  .find("store.vault.secret_id"),
              std::string::npos);
    EXPECT_NE(problem(std::string(vault) + "  vault: {url: \"https://v\", auth: kubernetes}\n")
                  .find("store.vault.role"),
              std::string::npos);
    EXPECT_NE(problem(std::string(vault) + "  vault: {url: \"http://v.example.com\", token: t}\n")
                  .find("store.vault.url"),
              std::string::npos)
        << "in plain text only to this machine";
}

} // namespace keybearer
