#include "tests/app/cli/CliRun.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

Json tool(const std::string& name, const std::string& state = "changed") {
    return Json{{"service", "linear"},
                {"tool", name},
                {"state", state},
                {"pins", "hold"},
                {"hidden", state != "approved"},
                {"fingerprint", std::string(64, 'a')},
                {"first_seen", "2026-05-01T09:30:00Z"},
                {"last_seen", "2026-05-02T09:30:00Z"},
                {"gone_since", nullptr},
                {"versions_kept", 2}};
}

Json shown() {
    Json out = tool("create_issue");
    out["shown"] = std::string(64, 'a');
    out["definition"] = R"({"name":"create_issue"})";
    out["differences"] = {{{"member", "description"},
                           {"change", "changed"},
                           {"before", "Makes an issue"},
                           {"after", "Makes an issue\x1b[2J and mails it"}},
                          {{"member", "title"}, {"change", "removed"}, {"before", "Create"}},
                          {{"member", "annotations"}, {"change", "added"}, {"after", "{}"}}};
    out["versions"] = {{{"fingerprint", std::string(64, 'b')},
                        {"current", false},
                        {"first_seen", "2026-05-01T09:30:00Z"},
                        {"last_seen", "2026-05-01T09:30:00Z"},
                        {"approved_at", "2026-05-01T09:30:00Z"},
                        {"first_use", true}},
                       {{"fingerprint", std::string(64, 'a')},
                        {"current", true},
                        {"first_seen", "2026-05-02T09:30:00Z"},
                        {"last_seen", "2026-05-02T09:30:00Z"},
                        {"approved_at", nullptr},
                        {"first_use", false}}};
    return out;
}

TEST(ToolVerb, M7_ListShowsWhatWaitsAndHowToLookAtIt) {
    ScriptedBroker broker;
    broker.on("tool.list", Json{{"tools", {tool("create_issue"), tool("search", "approved")}}, {"more", 0}});
    const ProgramRun run = keybearer(broker, {"tool", "list"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.out.find("changed, hidden"), std::string::npos) << run.out;
    EXPECT_NE(run.err.find("keybearer tool show"), std::string::npos);
    EXPECT_EQ(broker.received("tool.list")[0]["params"], Json::object());
    static_cast<void>(keybearer(broker, {"tool", "list", "linear"}));
    EXPECT_EQ(broker.received("tool.list")[1]["params"], (Json{{"service", "linear"}}));
}

TEST(ToolVerb, M7_ShowPutsWhatWasAboveWhatIs) {
    ScriptedBroker broker;
    broker.on("tool.show", shown());
    const ProgramRun run = keybearer(broker, {"tool", "show", "linear", "create_issue"});
    EXPECT_EQ(run.status, 0) << run.err;
    const std::size_t before = run.out.find("- Makes an issue\n");
    const std::size_t after = run.out.find("+ Makes an issue");
    ASSERT_NE(before, std::string::npos) << run.out;
    ASSERT_NE(after, std::string::npos) << run.out;
    EXPECT_LT(before, after);
    EXPECT_NE(run.out.find("title (gone)"), std::string::npos);
    EXPECT_NE(run.out.find("annotations (new)"), std::string::npos);
    EXPECT_NE(run.out.find("on first use"), std::string::npos);
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos) << "a server's text is made fit to show (SEC-C-38)";
    EXPECT_NE(run.err.find("keybearer tool approve linear create_issue --fingerprint aaaaaaaaaaaa"),
              std::string::npos)
        << run.err;
}

TEST(ToolVerb, M7_ApproveTakesTheVersionThatWasLookedAt) {
    ScriptedBroker broker;
    broker.on("tool.approve", tool("create_issue", "approved"));
    const ProgramRun run =
        keybearer(broker, {"tool", "approve", "linear", "create_issue", "--fingerprint", "aaaaaaaaaaaa"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(broker.received("tool.approve")[0]["params"],
              (Json{{"service", "linear"}, {"tool", "create_issue"}, {"fingerprint", "aaaaaaaaaaaa"}}));
}

TEST(ToolVerb, M7_ApproveAllTakesEachAsItWasListed) {
    ScriptedBroker broker;
    broker.on("tool.list",
              Json{{"tools", {tool("a"), tool("b", "new"), tool("c", "approved")}}, {"more", 0}});
    broker.on("tool.approve", tool("a", "approved"));
    const ProgramRun run = keybearer(broker, {"tool", "approve", "linear", "--all"});
    EXPECT_EQ(run.status, 0) << run.err;
    const std::vector<Json> approved = broker.received("tool.approve");
    ASSERT_EQ(approved.size(), 2U);
    EXPECT_EQ(approved[0]["params"]["fingerprint"], std::string(64, 'a'));
    EXPECT_NE(run.err.find("Approved 2 tools."), std::string::npos);
}

TEST(ToolVerb, ApproveNamesOneOrSaysAll) {
    ScriptedBroker broker;
    EXPECT_EQ(keybearer(broker, {"tool", "approve", "linear"}).status, 2);
    EXPECT_EQ(keybearer(broker, {"tool", "approve", "linear", "a", "--all"}).status, 2);
    EXPECT_TRUE(broker.received("tool.approve").empty());
}

TEST(ToolVerb, M7_ForgetSaysWhatFollows) {
    ScriptedBroker broker;
    broker.on("tool.forget", Json{{"service", "linear"}, {"forgotten", 3}});
    EXPECT_NE(keybearer(broker, {"tool", "forget", "linear"}).err.find("taken as it is"), std::string::npos);
    EXPECT_NE(keybearer(broker, {"tool", "forget", "linear", "a"}).err.find("it is new"), std::string::npos);
    EXPECT_EQ(broker.received("tool.forget")[1]["params"], (Json{{"service", "linear"}, {"tool", "a"}}));
}

} // namespace
} // namespace keybearer::testing
