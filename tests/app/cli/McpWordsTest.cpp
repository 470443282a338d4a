#include "tests/app/cli/CliRun.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

// What `keybearer status` says of the gateway.
std::string statusOf(const Json& gateway) {
    ScriptedBroker broker;
    broker.on("health.get", Json{{"status", "ok"}, {"version", "9.9"}, {"gateway", gateway}});
    broker.on("session.list", Json{{"sessions", Json::array()}});
    broker.on("consent.pending", Json{{"pending", Json::array()}});
    return keybearer(broker, {"status"}).out;
}

Json question(const char* purpose, const char* server) {
    return Json{{"consent_id", "c-1"},       {"caller", {{"executable", "/usr/bin/agent"}}},
                {"provider", "mcp.example"}, {"account", {{"label", "ana"}}},
                {"resource", server},        {"purpose", purpose}};
}

TEST(McpWords, StatusSaysWhetherTheGatewayRunsAndWhatItCarries) {
    EXPECT_NE(statusOf({{"running", false}, {"exchanges", 0}, {"starts", 0}, {"deaths", 0}})
                  .find("Gateway  not running, starts with the first MCP server that is used"),
              std::string::npos);
    const std::string busy = statusOf({{"running", true}, {"exchanges", 1}, {"starts", 3}, {"deaths", 2}});
    EXPECT_NE(busy.find("running, 1 conversation with MCP servers (ended unexpectedly: 2)"),
              std::string::npos)
        << busy;
}

TEST(McpWords, PendingQuestionsAndPermissionsSayWhatFor) {
    ScriptedBroker broker;
    const Json rows =
        Json::array({question("proxy", "https://mcp.example/mcp"),
                     question("sign_in", "https://other.example/mcp"), question("access_token", "")});
    broker.on("consent.pending", Json{{"pending", rows}});
    broker.on("consent.list", Json{{"consents", rows}});
    for (const char* which : {"pending", "list"}) {
        const std::string out = keybearer(broker, {"consent", which}).out;
        for (const char* part : {"WHAT FOR", "requests to https://mcp.example/mcp",
                                 "signing in, requests to https://other.example/mcp", "the token itself"})
            EXPECT_NE(out.find(part), std::string::npos) << part << "\n" << out;
    }
}

} // namespace
} // namespace keybearer::testing
