#include "tests/app/cli/CliRun.h"
#include "tests/app/cli/SessionRow.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

Json health() {
    return Json{
        {"status", "ok"},
        {"version", "9.9"},
        {"pid", 42},
        {"uptime_seconds", 10'800},
        {"access_mode", "ask"},
        {"config", "/c.yaml"},
        {"socket", "/s"},
        {"store", {{"backend", "memory"}, {"state", "ready"}}},
        {"findings",
         Json::array({{{"level", "warning"}, {"name", "x"}, {"message", "dust"}, {"action", "Wipe it."}}})}};
}

TEST(SessionCommands, StatusTellsANewcomerHowToBegin) {
    ScriptedBroker broker;
    broker.on("health.get", health());
    broker.on("session.list", Json{{"sessions", Json::array()}});
    broker.on("consent.pending", Json{{"pending", Json::array()}});
    const ProgramRun run = keybearer(broker, {"status"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.err, "");
    for (const char* part :
         {"Keybearer 9.9: ok, running for 3 hours (process 42)", "memory, ready",
          "You are not signed in anywhere", "keybearer login PROVIDER", "warning", "dust", "Wipe it."})
        EXPECT_NE(run.out.find(part), std::string::npos) << part << "\n" << run.out;
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
}

TEST(SessionCommands, StatusShowsSessionsAndPendingQuestions) {
    ScriptedBroker broker;
    broker.on("health.get", health());
    broker.on("session.list",
              Json{{"sessions", Json::array({sessionRow("s-1", "github", "ana@example.com")})}});
    broker.on("consent.pending", Json{{"pending", Json::array({Json::object()})}});
    const ProgramRun run = keybearer(broker, {"status"});
    EXPECT_NE(run.out.find("github    ana@example.com  active"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("1 program waits for your answer"), std::string::npos);
    const ProgramRun json = keybearer(broker, {"status", "--json"});
    const Result<Json> document = parseJson(std::string_view(json.out).substr(0, json.out.size() - 1));
    ASSERT_TRUE(document) << json.out;
    EXPECT_EQ((*document)["health"]["version"], "9.9");
    EXPECT_EQ((*document)["sessions"].size(), 1U);
    EXPECT_EQ((*document)["pending"].size(), 1U);
}

TEST(SessionCommands, SessionListIsATableOrTheRawResult) {
    ScriptedBroker broker;
    const Json result{{"sessions", Json::array({sessionRow("s-1", "github", "ana")})}};
    broker.on("session.list", result);
    EXPECT_NE(keybearer(broker, {"session", "list"}).out.find("PROVIDER  ACCOUNT"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"session", "list", "--json"}).out, dumpJson(result) + "\n");
    broker.on("session.list", Json{{"sessions", Json::array()}});
    const ProgramRun none = keybearer(broker, {"session", "list"});
    EXPECT_EQ(none.status, 0);
    EXPECT_EQ(none.out, "");
    EXPECT_NE(none.err.find("keybearer login"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"session", "list", "-q"}).err, "");
}

TEST(SessionCommands, MoreSessionsThanOneAnswerHoldsComePageByPage) {
    ScriptedBroker broker;
    broker.on("session.list", [](ScriptedConnection& connection, const Json& request) {
        const Json& params = request["params"];
        EXPECT_EQ(params["limit"], 1000);
        if (!params.contains("after"))
            connection.answer(request, Json{{"sessions", Json::array({sessionRow("s-1", "github", "ana")})},
                                            {"next", "s-1"}});
        else if (params["after"] == "s-1")
            connection.answer(request, Json{{"sessions", Json::array({sessionRow("s-2", "gitlab", "bo")})},
                                            {"next", "s-2"}});
        else
            connection.answer(request, Json{{"sessions", Json::array({sessionRow("s-3", "linear", "cy")})}});
    });
    broker.on("health.get", health());
    broker.on("consent.pending", Json{{"pending", Json::array()}});
    broker.on("session.revoke", Json{{"provider", "github"}, {"revoked_at_provider", true}});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"session", "list", "--json"}, {"status", "--json"}}) {
        const ProgramRun run = keybearer(broker, words);
        const Result<Json> document =
            parseJson(std::string_view(run.out).substr(0, run.out.empty() ? 0 : run.out.size() - 1));
        ASSERT_TRUE(document) << run.out << run.err;
        ASSERT_EQ((*document)["sessions"].size(), 3U) << run.out;
        EXPECT_EQ((*document)["sessions"][2]["provider"], "linear");
        EXPECT_FALSE(document->contains("next"));
    }
    EXPECT_EQ(keybearer(broker, {"logout", "--all", "--yes"}).status, 0);
    EXPECT_EQ(broker.received("session.revoke").size(), 3U);
}

TEST(SessionCommands, SessionVerbsSendTheirParameters) {
    ScriptedBroker broker;
    for (const char* method : {"session.show", "session.refresh", "session.rename"})
        broker.on(method, sessionRow("s-1", "github", "ana"));
    EXPECT_NE(keybearer(broker, {"session", "show", "github"}).out.find("Account       ana"),
              std::string::npos);
    EXPECT_EQ(keybearer(broker, {"session", "refresh", "github"}).status, 0);
    EXPECT_EQ(keybearer(broker, {"session", "rename", "s-1", "work"}).status, 0);
    EXPECT_EQ(broker.received("session.show")[0]["params"], (Json{{"session_id", "github"}}));
    EXPECT_EQ(broker.received("session.rename")[0]["params"],
              (Json{{"session_id", "s-1"}, {"label", "work"}}));
}

TEST(SessionCommands, LogoutSaysWhetherTheProviderTookItBack) {
    ScriptedBroker broker;
    broker.on("session.revoke", Json{{"session_id", "s-1"},
                                     {"provider", "github"},
                                     {"account", {{"label", "ana"}}},
                                     {"revoked_at_provider", true},
                                     {"erased", true}});
    const ProgramRun well = keybearer(broker, {"logout", "github"});
    EXPECT_EQ(well.status, 0);
    EXPECT_EQ(well.out, "Signed out of github: ana, revoked at the provider and erased here\n");
    EXPECT_EQ(well.err, "");
    broker.on("session.revoke", Json{{"provider", "github"},
                                     {"account", {{"label", "ana"}}},
                                     {"revoked_at_provider", false},
                                     {"erased", true},
                                     {"problem", "no answer"}});
    const ProgramRun half = keybearer(broker, {"session", "revoke", "github"});
    EXPECT_EQ(half.status, 0);
    EXPECT_EQ(half.out, "Signed out of github: ana, erased here\n");
    EXPECT_NE(half.err.find("no answer"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"logout", "github", "--local-only"}).err, "");
    EXPECT_EQ(broker.received("session.revoke").back()["params"]["local_only"], true);
}

TEST(SessionCommands, LogoutOfAllAsksOrWantsYes) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array({sessionRow("s-1", "github", "ana"),
                                                             sessionRow("s-2", "github", "bob"),
                                                             sessionRow("s-3", "corp", "ana@corp")})}});
    broker.on("session.revoke",
              Json{{"provider", "x"}, {"account", {{"label", "y"}}}, {"revoked_at_provider", true}});
    EXPECT_EQ(keybearer(broker, {"logout", "--all"}).status, 2);
    EXPECT_TRUE(broker.received("session.revoke").empty());
    EXPECT_EQ(keybearer(broker, {"logout", "github", "--all", "--yes"}).status, 0);
    EXPECT_EQ(broker.received("session.revoke").size(), 2U);
    EXPECT_EQ(keybearer(broker, {"logout", "nobody", "--all", "--yes"}).status, 9);
    TerminalProgram no(KEYBEARER_CLI, {"logout", "--all"}, environmentOf(broker));
    ASSERT_TRUE(no.sees("Sign out of 3 sessions? [y/N] ")) << no.screen();
    no.type("\n");
    EXPECT_EQ(no.finish(), 1);
    EXPECT_EQ(broker.received("session.revoke").size(), 2U);
    TerminalProgram yes(KEYBEARER_CLI, {"logout", "--all"}, environmentOf(broker));
    ASSERT_TRUE(yes.sees("[y/N] "));
    yes.type("y\n");
    EXPECT_EQ(yes.finish(), 0);
    EXPECT_EQ(broker.received("session.revoke").size(), 5U);
}

TEST(SessionCommands, LogoutOfAllGoesOnAfterAFailure) {
    ScriptedBroker broker;
    broker.on("session.list",
              Json{{"sessions", Json::array({sessionRow("s-1", "a", "x"), sessionRow("s-2", "b", "y")})}});
    broker.on("session.revoke", [](ScriptedConnection& connection, const Json& request) {
        if (request["params"]["session_id"] == "s-1")
            connection.refuse(request, Error(ErrorCode::StoreLocked, "locked"));
        else
            connection.answer(request, Json{{"provider", "b"}, {"revoked_at_provider", true}});
    });
    const ProgramRun run = keybearer(broker, {"logout", "--all", "--yes"});
    EXPECT_EQ(run.status, 8);
    EXPECT_EQ(broker.received("session.revoke").size(), 2U);
}

TEST(SessionCommands, HealthIsJsonAndFailsWhenTheBrokerFails) {
    ScriptedBroker broker;
    broker.on("health.get", health());
    const ProgramRun run = keybearer(broker, {"health"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.out, dumpJson(health()) + "\n");
    broker.on("health.get", Json{{"status", "failing"}});
    EXPECT_EQ(keybearer(broker, {"health"}).status, 1);
}

} // namespace
} // namespace keybearer::testing
