#include "tests/app/cli/CliRun.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

TEST(AuditCommands, AuditVerifyFailsOnABrokenChain) {
    ScriptedBroker broker;
    broker.on("audit.verify", Json{{"intact", true}, {"rows", 5}});
    EXPECT_EQ(keybearer(broker, {"audit", "verify"}).status, 0);
    broker.on("audit.verify", Json{{"intact", false},
                                   {"rows", 5},
                                   {"first_bad", 3},
                                   {"findings", Json::array({{{"seq", 3}, {"what", "edited"}}})}});
    const ProgramRun bad = keybearer(broker, {"audit", "verify"});
    EXPECT_EQ(bad.status, 1);
    EXPECT_NE(bad.out.find("row 3"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"audit", "verify", "--json"}).status, 1);
}

TEST(AuditCommands, AuditListAsksForTheWantedNumberOfRows) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array({{{"seq", 1},
                                                         {"at", "2026-05-01T09:30:00Z"},
                                                         {"kind", "token_served"},
                                                         {"caller", "/usr/bin/git"},
                                                         {"provider", "github"}}})}});
    const ProgramRun run = keybearer(broker, {"audit", "list", "--limit", "5"});
    EXPECT_EQ(broker.received("audit.query")[0]["params"]["limit"], 5);
    EXPECT_NE(run.out.find("token_served"), std::string::npos);
}

TEST(AuditCommands, A7_AuditListTakesAClientByItsNameOrItsId) {
    ScriptedBroker broker;
    broker.on("client.list",
              Json{{"clients", Json::array({{{"name", "ci"}, {"client_id", "c_0123456789abcdef"}}})}});
    broker.on("audit.query", Json{{"rows", Json::array()}});
    EXPECT_EQ(keybearer(broker, {"audit", "list", "--client", "ci"}).status, 0);
    EXPECT_EQ(keybearer(broker, {"audit", "list", "--client", "c_fedcba9876543210"}).status, 0);
    const auto asked = broker.received("audit.query");
    EXPECT_EQ(asked[0]["params"]["client"], "c_0123456789abcdef");
    EXPECT_EQ(asked[1]["params"]["client"], "c_fedcba9876543210") << "a removed one has no name any more";
}

TEST(AuditCommands, A7_AuditListTellsLocalTimesAndScripts) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array({{{"seq", 1},
                                                         {"at", "2026-05-01T09:30:00Z"},
                                                         {"kind", "token.released"},
                                                         {"caller", "/usr/bin/node"},
                                                         {"detail", "script: /home/ana/x.js; rule: a"}}})}});
    const ProgramRun run =
        keybearer(broker, {"audit", "list", "--since", "2026-05-01 05:30"}, {{"TZ", "EST5"}});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(broker.received("audit.query")[0]["params"]["since"], "2026-05-01T10:30:00Z");
    EXPECT_NE(run.out.find("2026-05-01 04:30:00  token.released  x.js "), std::string::npos) << run.out;
}

TEST(AuditCommands, A7_AKindThatThereIsNotIsSaid) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array()}, {"more", false}, {"next_sequence", 0}});
    EXPECT_NE(keybearer(broker, {"audit", "list", "--kind", "tokn"}).err.find("token, policy"),
              std::string::npos);
    EXPECT_EQ(keybearer(broker, {"audit", "list", "--kind", "token.denied"}).err,
              "The audit log has no such row.\n");
}

TEST(AuditCommands, A7_AuditListPassesItsFiltersOn) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array()}, {"more", false}, {"next_sequence", 0}});
    EXPECT_EQ(keybearer(broker,
                        {"audit", "list", "--since", "2026-05-01", "--caller", "git", "--kind", "token",
                         "--tool", "t.x", "--client", "ci", "--session", "s-1"},
                        {{"TZ", "UTC0"}})
                  .status,
              0);
    const Json params = broker.received("audit.query")[0]["params"];
    EXPECT_EQ(params["since"], "2026-05-01T00:00:00Z");
    EXPECT_EQ(params["caller"], "git");
    EXPECT_EQ(params["kind"], "token");
    EXPECT_EQ(params["tool"], "t.x");
    EXPECT_EQ(params["client"], "ci");
    EXPECT_EQ(params["session_id"], "s-1");
    EXPECT_EQ(keybearer(broker, {"audit", "list", "--since", "yesterday"}).status, 2);
}

TEST(AuditCommands, A7_AuditSummaryShowsBarsAndPassesItsFiltersOn) {
    ScriptedBroker broker;
    broker.on(
        "audit.summary",
        Json{{"since", "2026-04-01T00:00:00Z"},
             {"days", Json::array({{{"day", "2026-05-01"}, {"released", 40}, {"denied", 2}, {"others", 1}},
                                   {{"day", "2026-05-02"}, {"released", 20}, {"denied", 0}, {"others", 0}}})},
             {"programs", Json::array({{{"caller", "/usr/bin/node"},
                                        {"script", "/srv/gh\u202e/x.js"},
                                        {"released", 60},
                                        {"denied", 2},
                                        {"others", 1}}})},
             {"providers", Json::array()},
             {"kinds", Json::array()},
             {"complete", false},
             {"counted_from", "2026-05-01T00:00:00Z"}});
    const ProgramRun run = keybearer(
        broker, {"audit", "summary", "--since", "2026-04-01", "--provider", "github"}, {{"TZ", "EST5"}});
    EXPECT_EQ(run.status, 0) << run.err;
    const Json params = broker.received("audit.summary")[0]["params"];
    EXPECT_EQ(params["utc_offset_minutes"], -300);
    EXPECT_EQ(params["provider"], "github");
    EXPECT_EQ(params["since"], "2026-04-01T05:00:00Z");
    EXPECT_NE(run.out.find("2026-05-01  40        2        1           ########################\n"),
              std::string::npos)
        << run.out;
    EXPECT_NE(run.out.find("2026-05-02  20        0        0           ############\n"), std::string::npos);
    EXPECT_NE(run.out.find("x.js"), std::string::npos) << "a script says more than its interpreter";
    EXPECT_EQ(run.out.find("PROVIDER"), std::string::npos) << "an empty table is none";
    EXPECT_NE(run.err.find("were not counted"), std::string::npos);
    const ProgramRun one = keybearer(broker, {"audit", "summary", "--by", "program"});
    EXPECT_EQ(one.out.find("DAY"), std::string::npos);
    EXPECT_NE(one.out.find("PROGRAM"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"audit", "summary", "--by", "colour"}).status, 2);
}

TEST(AuditCommands, A7_AuditExportHasTheNamesOfLogCollectors) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array({{{"seq", 1},
                                                         {"at", "2026-05-01T09:30:00Z"},
                                                         {"kind", "token.denied"},
                                                         {"caller", "/usr/bin/git"},
                                                         {"client", "ci"},
                                                         {"provider", "github"},
                                                         {"scopes", "repo user"},
                                                         {"why", "policy_denied"},
                                                         {"detail", "rule 3"},
                                                         {"latency_us", 1500}}})},
                                  {"more", false},
                                  {"next_sequence", 1}});
    const ProgramRun run = keybearer(broker, {"audit", "export"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(broker.received("audit.query")[0]["params"]["after_sequence"], 0) << "the oldest first";
    const Json row = Json::parse(run.out);
    EXPECT_EQ(row["timestamp"], "2026-05-01T09:30:00Z");
    EXPECT_EQ(row["event_type"], "token.denied");
    EXPECT_EQ(row["client_id"], "ci");
    EXPECT_EQ(row["action"], "token.get");
    EXPECT_EQ(row["result"], "denied");
    EXPECT_EQ(row["reason"], "policy_denied: rule 3");
    EXPECT_DOUBLE_EQ(row["latency"].get<double>(), 0.0015);
    EXPECT_EQ(row["scopes"], Json::array({"repo", "user"}));
    EXPECT_TRUE(row["tool"].is_null());
    EXPECT_EQ(row["sequence"], 1);
}

} // namespace
} // namespace keybearer::testing
