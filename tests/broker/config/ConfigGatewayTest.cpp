#include "broker/config/ConfigGateway.h"

#include "broker/config/Config.h"
#include "broker/config/ConfigValue.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<Config> read(const std::string& text, const Environment& environment = {}) {
    return parseConfig(text, "/etc/kb/config.yaml", environment);
}

std::string errorOf(const std::string& text) {
    const Result<Config> config = read(text);
    return config ? "no error" : config.error().message;
}

TEST(ConfigGateway, M2_NothingIsOpenedUnlessItIsSwitchedOn) {
    const Result<Config> config = read("");
    ASSERT_TRUE(config);
    const GatewayConfig& gateway = config->gateway;
    EXPECT_FALSE(gateway.enabled);
    EXPECT_EQ(gateway.port, 0);
    EXPECT_TRUE(gateway.unixSocket);
    EXPECT_TRUE(gateway.allowedOrigins.empty());
    EXPECT_FALSE(gateway.clientIdMetadata) << "SEC-S-22";
    EXPECT_EQ(gateway.tokenLife, std::chrono::minutes(15));
    EXPECT_EQ(gateway.pins, ToolPins::Warn);
    EXPECT_FALSE(gateway.metricsPort);
    EXPECT_FALSE(gateway.metricsSocket);
}

TEST(ConfigGateway, M2_EveryKeyIsRead) {
    const Result<Config> config = read("gateway:\n"
                                       "  enabled: true\n"
                                       "  port: 4180\n"
                                       "  unix_socket: false\n"
                                       "  allowed_origins: [\"http://localhost:6274\"]\n"
                                       "  client_id_metadata: true\n"
                                       "  token_seconds: 60\n"
                                       "  pins: hold\n"
                                       "  metrics_port: 0\n"
                                       "  metrics_socket: true\n");
    ASSERT_TRUE(config) << config.error().message;
    const GatewayConfig& gateway = config->gateway;
    EXPECT_TRUE(gateway.enabled);
    EXPECT_EQ(gateway.port, 4180);
    EXPECT_FALSE(gateway.unixSocket);
    EXPECT_EQ(gateway.allowedOrigins, std::vector<std::string>{"http://localhost:6274"});
    EXPECT_TRUE(gateway.clientIdMetadata);
    EXPECT_EQ(gateway.tokenLife, std::chrono::seconds(60));
    EXPECT_EQ(gateway.pins, ToolPins::Hold);
    EXPECT_EQ(gateway.metricsPort, 0);
    EXPECT_TRUE(gateway.metricsSocket);
}

TEST(ConfigGateway, TheEnvironmentHasItsSay) {
    const Result<Config> config =
        read("", {{"KEYBEARER_GATEWAY_ENABLED", "true"},
                  {"KEYBEARER_GATEWAY_PORT", "5000"},
                  {"KEYBEARER_GATEWAY_ALLOWED_ORIGINS", "http://a.test,http://b.test"},
                  {"KEYBEARER_SERVICES_FILES_COMMAND", "[/usr/bin/env, node]"},
                  {"KEYBEARER_SERVICES_FILES_ENV", "{TOKEN: github}"}});
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->gateway.enabled);
    EXPECT_EQ(config->gateway.port, 5000);
    EXPECT_EQ(config->gateway.allowedOrigins, (std::vector<std::string>{"http://a.test", "http://b.test"}));
    ASSERT_EQ(config->services.size(), 1U);
    EXPECT_EQ(config->services[0].command, (std::vector<std::string>{"/usr/bin/env", "node"}));
    ASSERT_EQ(config->services[0].environment.size(), 1U);
}

TEST(ConfigGateway, WhatIsOutOfBoundsIsRefused) {
    EXPECT_NE(errorOf("gateway: {port: 65536}").find("from 0 to 65535"), std::string::npos);
    EXPECT_NE(errorOf("gateway: {port: -1}").find("from 0 to 65535"), std::string::npos);
    EXPECT_NE(errorOf("gateway: {token_seconds: 29}").find("from 30 to 900"), std::string::npos)
        << "SEC-S-16";
    EXPECT_NE(errorOf("gateway: {token_seconds: 901}").find("from 30 to 900"), std::string::npos);
    EXPECT_NE(errorOf("gateway: {pins: strict}").find("none of off, warn, hold"), std::string::npos);
    EXPECT_NE(errorOf("gateway: {address: 0.0.0.0}").find("unknown key"), std::string::npos) << "SEC-G-01";
}

TEST(ConfigGateway, SEC_G_03_AnOriginIsWrittenOutAndNoPattern) {
    for (const char* good : {"http://localhost:6274", "https://inspector.example", "vscode-webview://abc"})
        EXPECT_TRUE(isOrigin(good)) << good;
    for (const char* bad :
         {"", "null", "*", "http://*", "http://localhost/", "http://localhost:6274/x", "localhost:6274",
          "http://", "http://u@a.test", "HTTP://a.test", "http://A.test", "http://a.test:80",
          "https://a.test:443", "file:///etc", "http://a.test?x", "http://a b"})
        EXPECT_FALSE(isOrigin(bad)) << bad;
    EXPECT_NE(errorOf("gateway: {allowed_origins: [\"*\"]}").find("no origin"), std::string::npos);
}

TEST(ConfigGateway, LocalServersAreToldWhoThePersonIsAndOthersAreNot) {
    const Result<Config> config = read("services:\n"
                                       "  here: {url: \"http://localhost:3001/mcp\"}\n"
                                       "  there: {url: \"https://mcp.example.com/mcp\"}\n"
                                       "  silent: {url: \"http://127.0.0.1:1/mcp\", user_headers: false}\n"
                                       "  told: {url: \"https://mcp.example.com/b\", user_headers: true}\n"
                                       "  looks: {url: \"https://localhost.example.com/b\", pins: off}\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->services[0].givesUserHeaders());
    EXPECT_FALSE(config->services[1].givesUserHeaders());
    EXPECT_FALSE(config->services[2].givesUserHeaders());
    EXPECT_TRUE(config->services[3].givesUserHeaders());
    EXPECT_FALSE(config->services[4].givesUserHeaders());
    EXPECT_FALSE(config->services[0].pins);
    EXPECT_EQ(config->services[4].pins, ToolPins::Off);
}

TEST(ConfigGateway, AServiceMayBeAProgram) {
    const Result<Config> config =
        read("services:\n"
             "  files:\n"
             "    command: [/usr/bin/node, /srv/files.js, --x, --x]\n"
             "    env: {GITHUB_TOKEN: \"github:ana@example.com\", WEATHER: \"apikey:weather\"}\n"
             "    directory: files\n"
             "    idle_seconds: 5\n"
             "  plain: {command: [/usr/bin/env]}\n");
    ASSERT_TRUE(config) << config.error().message;
    const ServiceConfig& files = config->services[0];
    EXPECT_EQ(files.command, (std::vector<std::string>{"/usr/bin/node", "/srv/files.js", "--x", "--x"}));
    ASSERT_EQ(files.environment.size(), 2U);
    EXPECT_EQ(files.environment[0].name, "GITHUB_TOKEN");
    EXPECT_EQ(files.environment[0].selector, "github:ana@example.com");
    EXPECT_EQ(files.environment[1].selector, "apikey:weather");
    EXPECT_EQ(files.directory, "/etc/kb/files");
    EXPECT_EQ(files.idle, std::chrono::seconds(5));
    EXPECT_TRUE(files.givesUserHeaders());
    EXPECT_EQ(config->services[1].idle, std::chrono::minutes(10));
}

TEST(ConfigGateway, TheGatewaysOwnWordIsNoService) {
    EXPECT_NE(errorOf("services: {as: {url: \"https://a.example/mcp\"}}").find("gateway's own"),
              std::string::npos);
}

TEST(ConfigGateway, AServiceIsAProgramOrAnAddressAndNotBoth) {
    EXPECT_NE(errorOf("services: {a: {url: \"https://a.example/mcp\", command: [/bin/cat]}}")
                  .find("one or the other"),
              std::string::npos);
    EXPECT_NE(errorOf("services: {a: {url: \"https://a.example/mcp\", env: {A: github}}}")
                  .find("belong to a command"),
              std::string::npos);
    EXPECT_NE(errorOf("services: {a: {idle_seconds: 600}}").find("belong to a command"), std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: [/bin/cat], provider: github}}").find("belongs to a url"),
              std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: [cat]}}").find("absolute path"), std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: []}}").find("absolute path"), std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: [/bin/cat], env: [x]}}").find("write for example env:"),
              std::string::npos);
    EXPECT_NE(
        errorOf("services: {a: {command: [/bin/cat], env: {1A: github}}}").find("no name of an environment"),
        std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: [/bin/cat], env: {KEYBEARER_HOME: github}}}")
                  .find("no name of an environment"),
              std::string::npos);
    EXPECT_NE(errorOf("services: {a: {command: [/bin/cat], env: {A: \"Git Hub\"}}}").find("neither PROVIDER"),
              std::string::npos);
}

} // namespace
} // namespace keybearer
