// config show --effective, check, reload, schema: what the broker or its reader says, in words and in JSON.
#include "tests/app/cli/CliRun.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

Json inForce() {
    return Json{
        {"config", "/home/ana/.config/keybearer/config.yaml"},
        {"preset", "local"},
        {"loaded_at", "2026-11-21T20:05:11Z"},
        {"restart", {"store.backend"}},
        {"problem",
         {{"message", "config.yaml:2: acces: unknown key"}, {"action", "Correct that."}, {"line", 2}}},
        {"settings", Json::array({Json{{"key", "access.mode"},
                                       {"value", "ask"},
                                       {"set", true},
                                       {"secret", false},
                                       {"from", "config.yaml:2"}},
                                  Json{{"key", "gateway.port"},
                                       {"value", 4180},
                                       {"set", true},
                                       {"secret", false},
                                       {"from", "KEYBEARER_GATEWAY_PORT"}},
                                  Json{{"key", "policy.opa_url"},
                                       {"value", nullptr},
                                       {"set", false},
                                       {"secret", false},
                                       {"from", "default"}},
                                  Json{{"key", "providers.corp.client_secret"},
                                       {"value", nullptr},
                                       {"set", true},
                                       {"secret", true},
                                       {"from", "config.yaml:9"}},
                                  Json{{"key", "providers.corp.scopes"},
                                       {"value", {"a", "b\x1b[2J"}},
                                       {"set", true},
                                       {"secret", false},
                                       {"from", "config.yaml:8"}}})}};
}

TEST(ConfigReport, O1_ShowsWhatTheRunningBrokerGoesBy) {
    ScriptedBroker broker;
    broker.on("config.get", inForce());
    const ProgramRun run = keybearer(broker, {"config", "show", "--effective"});
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* words :
         {"access.mode", "ask", "config.yaml:2", "4180", "KEYBEARER_GATEWAY_PORT", "(secret)", "[a, b"})
        EXPECT_NE(run.out.find(words), std::string::npos) << words << "\n" << run.out;
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
    EXPECT_NE(run.err.find("config.yaml:2: acces: unknown key"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("store.backend"), std::string::npos) << run.err;
    const ProgramRun json = keybearer(broker, {"--json", "config", "show", "--effective"});
    const Result<Json> answer = parseJson(json.out.substr(0, json.out.size() - 1));
    ASSERT_TRUE(answer) << json.out;
    EXPECT_EQ((*answer)["running"], true);
    EXPECT_EQ((*answer)["settings"].size(), 5U);
}

TEST(ConfigReport, ReloadNamesWhatIsInForceAndWhatWaits) {
    ScriptedBroker broker;
    broker.on("config.reload", Json{{"changed", {"access.mode"}}, {"restart", {"store.backend"}}});
    const ProgramRun run = keybearer(broker, {"config", "reload"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.err.find("In force now: access.mode"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("keybearer restart): store.backend"), std::string::npos) << run.err;
    broker.on("config.reload", Json{{"changed", Json::array()}, {"restart", Json::array()}});
    EXPECT_NE(keybearer(broker, {"config", "reload"}).err.find("Nothing has changed."), std::string::npos);
}

TEST(ConfigReport, TheSchemaIsThatOfTheDocument) {
    ScriptedBroker broker;
    const ProgramRun run = keybearer(broker, {"config", "schema"});
    EXPECT_EQ(run.status, 0) << run.err;
    const Result<Json> schema = parseJson(run.out);
    ASSERT_TRUE(schema);
    EXPECT_TRUE((*schema)["properties"].contains("preset"));
}

} // namespace
} // namespace keybearer::testing
