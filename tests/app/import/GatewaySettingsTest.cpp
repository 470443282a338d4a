// The YAML that common MCP gateways are configured with.
#include "app/import/GatewaySettings.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

Result<GatewaySettings> read(const std::string& text) {
    return readGatewaySettings(text, "/tmp/gateway.yaml");
}

std::string valueOf(const GatewayEntry& entry, const std::string& key) {
    for (const GatewayMember& member : entry.members) {
        if (member.key != key)
            continue;
        std::string out;
        for (const std::string& value : member.values)
            out += (out.empty() ? "" : " ") + value;
        return out;
    }
    return "(none)";
}

TEST(GatewaySettings, O1_ProvidersAndServicesAreTakenOver) {
    const auto settings = read(
        "oauth_providers:\n"
        "  Corp Login:\n"
        "    client_id: desk\n"
        "    client_secret: ${CORP_SECRET}\n"
        "    auth_url: https://login.example/authorize\n"
        "    token_url: https://login.example/token\n"
        "    scopes: openid offline_access\n"
        "    pkce: true\n"
        "mcp_services:\n"
        "  calculator:\n"
        "    url: http://localhost:3001/mcp\n"
        "    oauth_provider: Corp Login\n"
        "    auth_required: true\n"
        "    scopes: [read, calculate]\n"
        "    timeout: 1500\n"
        "  open: {url: \"http://localhost:1/mcp\", oauth_provider: x, auth_required: false, scopes: [a]}\n"
        "logging: {level: debug}\n");
    ASSERT_TRUE(settings) << settings.error().message;
    ASSERT_EQ(settings->entries.size(), 3U);
    const GatewayEntry& corp = settings->entries[0];
    EXPECT_EQ(corp.name, "corp-login");
    EXPECT_EQ(corp.problem, "");
    EXPECT_EQ(valueOf(corp, "authorization_endpoint"), "https://login.example/authorize");
    EXPECT_EQ(valueOf(corp, "token_endpoint"), "https://login.example/token");
    EXPECT_EQ(valueOf(corp, "client_secret"), "${CORP_SECRET}");
    EXPECT_EQ(valueOf(corp, "scopes"), "openid offline_access");
    EXPECT_EQ(corp.notTaken, std::vector<std::string>{"pkce"});
    const GatewayEntry& calculator = settings->entries[1];
    EXPECT_TRUE(calculator.isService);
    EXPECT_EQ(valueOf(calculator, "provider"), "corp-login");
    EXPECT_EQ(valueOf(calculator, "timeout_seconds"), "2") << "a part of a second is a second";
    EXPECT_EQ(valueOf(calculator, "scopes"), "read calculate");
    EXPECT_EQ(valueOf(settings->entries[2], "provider"), "(none)") << "nobody has to sign in there";
    EXPECT_EQ(valueOf(settings->entries[2], "scopes"), "(none)");
    EXPECT_EQ(settings->notTaken, std::vector<std::string>{"logging"});
}

TEST(GatewaySettings, OnlyASecretThatIsWrittenOutIsOne) {
    const auto settings = read("oauth_providers:\n  a: {client_id: x, client_secret: \"${A}\"}\n"
                               "  b: {client_id: x, client_secret: canary-1}\n");
    ASSERT_TRUE(settings);
    EXPECT_FALSE(settings->entries[0].members.back().isSecret);
    EXPECT_TRUE(settings->entries[1].members.back().isSecret);
}

TEST(GatewaySettings, WhatWouldMeanSomethingElseHereIsLeftAlone) {
    for (const char* text :
         {"mcp_services: {a: {url: [x]}}", "mcp_services: {a: {url: \"http://${HOST:8080}/\"}}",
          "mcp_services: {a: {url: \"http://x/$y\"}}", "mcp_services: {a: {command: node}}",
          "mcp_services: {a: {url: \"http://x\", timeout: fast}}",
          "mcp_services: {a: {url: \"http://x\", timeout: 0}}",
          "mcp_services: {a: {url: \"http://x\", auth_required: maybe}}",
          "mcp_services: {\"---\": {url: \"http://x\"}}", "mcp_services: {a: }",
          "oauth_providers: {a: {grant: x}}",
          "oauth_providers: {a: {client_id: x, auth_url: \"https://a\", authorization_url: "
          "\"https://b\"}}"}) {
        const auto settings = read(text);
        ASSERT_TRUE(settings) << text;
        ASSERT_EQ(settings->entries.size(), 1U) << text;
        EXPECT_FALSE(settings->entries[0].problem.empty()) << text;
    }
}

TEST(GatewaySettings, WhatIsNoSuchFileIsRefusedWithItsLine) {
    for (const char* text : {"", "a: b\n", "[1]", "text", "oauth_providers: &x {a: b}\n",
                             "mcp_services: {a: 1, a: 2}\n", "mcp_services: [\n", "\tmcp_services: x\n"})
        EXPECT_FALSE(read(text)) << text;
    const auto twice = read("mcp_services:\n  a: {url: x}\n  a: {url: y}\n");
    ASSERT_FALSE(twice);
    EXPECT_NE(twice.error().message.find("gateway.yaml:3"), std::string::npos) << twice.error().message;
}

TEST(GatewaySettings, ItIsToldByItsName) {
    EXPECT_TRUE(isGatewayFile("x/gateway.YAML"));
    EXPECT_TRUE(isGatewayFile("g.yml"));
    EXPECT_FALSE(isGatewayFile(".mcp.json"));
    EXPECT_FALSE(isGatewayFile("yaml"));
}

} // namespace
} // namespace keybearer::testing
