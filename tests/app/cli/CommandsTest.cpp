#include "tests/app/cli/CliRun.h"

#include "broker/base/Text.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

Json session(const char* id, const char* provider, const char* label) {
    return Json{{"session_id", id},
                {"provider", provider},
                {"issuer", "https://issuer.example"},
                {"account", {{"label", label}, {"subject", "1"}}},
                {"scopes", {"repo"}},
                {"state", "active"},
                {"expires_at", "2099-05-01T09:30:00Z"},
                {"refreshed_at", "2026-05-01T09:30:00Z"},
                {"last_used", nullptr}};
}

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

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Commands, HelpAndVersionAreAnswers) {
    const ScriptedBroker broker;
    for (const auto& words : {std::vector<std::string>{"--version"},
                              {"--help"},
                              {"help"},
                              {"token", "--help"},
                              {"help", "session", "list"}}) {
        const ProgramRun run = keybearer(broker, words);
        EXPECT_EQ(run.status, 0);
        EXPECT_FALSE(run.out.empty());
        EXPECT_EQ(run.err, "");
    }
    EXPECT_EQ(keybearer(broker, {"--version"}).out, "keybearer " KEYBEARER_VERSION "\n");
    EXPECT_TRUE(broker.received("hello").empty());
}

TEST(Commands, MisuseGoesToStandardErrorWithStatus2) {
    const ScriptedBroker broker;
    for (const auto& words : {std::vector<std::string>{},
                              {"statsu"},
                              {"token"},
                              {"status", "--nope"},
                              {"--timeout", "0", "status"},
                              {"audit", "list", "--limit", "0"},
                              {"token", "x", "--format", "yaml"},
                              {"consent", "answer", "c-1", "perhaps"},
                              {"logout"},
                              {"completion", "tcsh"},
                              {"login", "x", "--device", "--paste"}}) {
        const ProgramRun run = keybearer(broker, words);
        EXPECT_EQ(run.status, 2) << run.err;
        EXPECT_EQ(run.out, "");
        EXPECT_FALSE(run.err.empty());
    }
    EXPECT_EQ(keybearer(broker, {"statsu"}).err,
              "keybearer: there is no command \"statsu\"\nDid you mean status?\nSee: keybearer --help\n");
}

TEST(Commands, ErrorsAreOneObjectWithJson) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::NotFound, "there is no provider \"githb\"")
                                   .with("did_you_mean", std::string("github")));
    const ProgramRun run = keybearer(broker, {"token", "githb", "--json"});
    EXPECT_EQ(run.status, 9);
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(lines(run.err), 1U);
    const Result<Json> error = parseJson(std::string_view(run.err).substr(0, run.err.size() - 1));
    ASSERT_TRUE(error) << run.err;
    EXPECT_EQ((*error)["error"]["code"], -31011);
    EXPECT_EQ((*error)["error"]["data"]["did_you_mean"], "github");
    const ProgramRun misuse = keybearer(broker, {"--json", "statsu"});
    EXPECT_TRUE(parseJson(std::string_view(misuse.err).substr(0, misuse.err.size() - 1))) << misuse.err;
}

TEST(Commands, ErrorsSayWhatToDo) {
    ScriptedBroker broker;
    broker.refuse("token.get",
                  Error(ErrorCode::NotFound, "there is no provider \"githb\"", "Look at the list.")
                      .with("did_you_mean", std::string("github")));
    EXPECT_EQ(keybearer(broker, {"token", "githb"}).err,
              "keybearer: there is no provider \"githb\"\nDid you mean github?\nLook at the list.\n");
    broker.refuse("token.get", Error(ErrorCode::RateLimited, "too fast"));
    const ProgramRun run = keybearer(broker, {"token", "github", "-q"});
    EXPECT_EQ(run.status, 10);
    EXPECT_NE(run.err.find("too fast\nWait"), std::string::npos) << run.err;
}

TEST(Commands, ForeignTextInErrorsIsHarmless) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::ProviderError, "bad \x1b]0;owned\x07 \xe2\x80\xae text"));
    const ProgramRun run = keybearer(broker, {"token", "github"});
    EXPECT_EQ(run.status, 6);
    EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
    EXPECT_EQ(run.err.find("\xe2\x80\xae"), std::string::npos);
}

TEST(Commands, NoSpawnWithoutABrokerIsStatus3) {
    const TemporaryDirectory home;
    const ProgramRun run =
        runProgram(KEYBEARER_CLI, {"status", "--no-spawn"}, {{"KEYBEARER_HOME", home.path()}});
    EXPECT_EQ(run.status, 3);
    EXPECT_EQ(run.out, "");
}

TEST(Commands, NoHomeAtAllIsExplained) {
    const ProgramRun run = runProgram(KEYBEARER_CLI, {"status"}, {});
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("KEYBEARER_HOME"), std::string::npos);
}

TEST(Commands, BrokerThatIsSilentIsStatus7) {
    ScriptedBroker broker;
    broker.silent("session.list");
    const ProgramRun run = keybearer(broker, {"session", "list", "--timeout", "1"});
    EXPECT_EQ(run.status, 7);
    EXPECT_NE(run.err.find("1 second\n"), std::string::npos) << run.err;
}

TEST(Commands, SocketOptionWins) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array()}});
    const TemporaryDirectory home;
    const ProgramRun run =
        runProgram(KEYBEARER_CLI, {"session", "list", "--socket", broker.socket(), "--no-spawn"},
                   {{"KEYBEARER_HOME", home.path()}});
    EXPECT_EQ(run.status, 0) << run.err;
}

TEST(Commands, ClientKeyGoesIntoHelloAlsoFromAFile) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array()}});
    std::ofstream(broker.home() / "key") << "kb_fromfile\n";
    EXPECT_EQ(keybearer(broker, {"session", "list"}, {{"KEYBEARER_CLIENT_KEY", "kb_direct"}}).status, 0);
    EXPECT_EQ(keybearer(broker, {"session", "list"},
                        {{"KEYBEARER_CLIENT_KEY", "@" + (broker.home() / "key").string()}})
                  .status,
              0);
    const std::vector<Json> hellos = broker.received("hello");
    ASSERT_EQ(hellos.size(), 2U);
    EXPECT_EQ(hellos[0]["params"]["client_key"], "kb_direct");
    EXPECT_EQ(hellos[1]["params"]["client_key"], "kb_fromfile");
}

TEST(Commands, UnwritableAnswerIsAFailure) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array({session("s-1", "github", "ana")})}});
    const ProgramRun run = runProgram(
        "/bin/sh", {"-c", std::string(KEYBEARER_CLI) + " session list > /dev/full"}, environmentOf(broker));
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.err.find("cannot write"), std::string::npos);
}

TEST(Commands, StatusTellsANewcomerHowToBegin) {
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

TEST(Commands, StatusShowsSessionsAndPendingQuestions) {
    ScriptedBroker broker;
    broker.on("health.get", health());
    broker.on("session.list", Json{{"sessions", Json::array({session("s-1", "github", "ana@example.com")})}});
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

TEST(Commands, SessionListIsATableOrTheRawResult) {
    ScriptedBroker broker;
    const Json result{{"sessions", Json::array({session("s-1", "github", "ana")})}};
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

TEST(Commands, MoreSessionsThanOneAnswerHoldsComePageByPage) {
    ScriptedBroker broker;
    broker.on("session.list", [](ScriptedConnection& connection, const Json& request) {
        const Json& params = request["params"];
        EXPECT_EQ(params["limit"], 1000);
        if (!params.contains("after"))
            connection.answer(
                request, Json{{"sessions", Json::array({session("s-1", "github", "ana")})}, {"next", "s-1"}});
        else if (params["after"] == "s-1")
            connection.answer(
                request, Json{{"sessions", Json::array({session("s-2", "gitlab", "bo")})}, {"next", "s-2"}});
        else
            connection.answer(request, Json{{"sessions", Json::array({session("s-3", "linear", "cy")})}});
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

TEST(Commands, SessionVerbsSendTheirParameters) {
    ScriptedBroker broker;
    for (const char* method : {"session.show", "session.refresh", "session.rename"})
        broker.on(method, session("s-1", "github", "ana"));
    EXPECT_NE(keybearer(broker, {"session", "show", "github"}).out.find("Account       ana"),
              std::string::npos);
    EXPECT_EQ(keybearer(broker, {"session", "refresh", "github"}).status, 0);
    EXPECT_EQ(keybearer(broker, {"session", "rename", "s-1", "work"}).status, 0);
    EXPECT_EQ(broker.received("session.show")[0]["params"], (Json{{"session_id", "github"}}));
    EXPECT_EQ(broker.received("session.rename")[0]["params"],
              (Json{{"session_id", "s-1"}, {"label", "work"}}));
}

TEST(Commands, LogoutSaysWhetherTheProviderTookItBack) {
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

TEST(Commands, LogoutOfAllAsksOrWantsYes) {
    ScriptedBroker broker;
    broker.on("session.list",
              Json{{"sessions", Json::array({session("s-1", "github", "ana"), session("s-2", "github", "bob"),
                                             session("s-3", "corp", "ana@corp")})}});
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

TEST(Commands, LogoutOfAllGoesOnAfterAFailure) {
    ScriptedBroker broker;
    broker.on("session.list",
              Json{{"sessions", Json::array({session("s-1", "a", "x"), session("s-2", "b", "y")})}});
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

TEST(Commands, ProviderListSaysWhatIsMissing) {
    ScriptedBroker broker;
    broker.on("provider.list",
              Json{{"providers", Json::array({{{"name", "github"},
                                               {"display_name", "GitHub"},
                                               {"configured", false},
                                               {"flows", {"browser"}},
                                               {"register_url", "https://github.com/settings/developers"}},
                                              {{"name", "corp"},
                                               {"display_name", "Corp"},
                                               {"configured", true},
                                               {"flows", {"browser", "device"}}}})}});
    const ProgramRun run = keybearer(broker, {"provider", "list"});
    EXPECT_EQ(run.out, "NAME    PROVIDER  READY              FLOWS\n"
                       "github  GitHub    needs a client id  browser\n"
                       "corp    Corp      yes                browser, device\n");
    EXPECT_NE(run.err.find("https://github.com/settings/developers"), std::string::npos);
    EXPECT_NE(run.err.find("providers.NAME.client_id"), std::string::npos) << run.err;
    EXPECT_EQ(run.err.find("corp"), std::string::npos);
    const ProgramRun one = keybearer(broker, {"provider", "list", "github"});
    EXPECT_EQ(one.out, "NAME    PROVIDER  READY              FLOWS\n"
                       "github  GitHub    needs a client id  browser\n");
    EXPECT_NE(one.err.find("providers.github.client_id"), std::string::npos) << one.err;
    const ProgramRun none = keybearer(broker, {"provider", "list", "githb"});
    EXPECT_EQ(none.status, 9);
    EXPECT_NE(none.err.find("Did you mean github?"), std::string::npos);
}

TEST(Commands, WordThatTheActionNamesIsNotAskedForTwice) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::NotFound, "no githb", "Did you mean github?")
                                   .with("did_you_mean", std::string("github")));
    EXPECT_EQ(keybearer(broker, {"token", "githb"}).err, "keybearer: no githb\nDid you mean github?\n");
}

TEST(Commands, ConsentsAreListedAnsweredAndRevoked) {
    ScriptedBroker broker;
    broker.on("consent.list", Json{{"consents", Json::array({{{"consent_id", "c-9"},
                                                              {"executable", "/usr/bin/git"},
                                                              {"class", "C"},
                                                              {"updated_at", "2026-01-02T03:04:05Z"},
                                                              {"provider", "github"},
                                                              {"account", {{"label", "ana"}}},
                                                              {"purpose", "access_token"},
                                                              {"duration", "30 days"},
                                                              {"expires_at", nullptr},
                                                              {"uses", 3}}})}});
    broker.on("consent.pending", Json{{"pending", Json::array({{{"consent_id", "c-7"},
                                                                {"caller", {{"executable", "/usr/bin/node"}}},
                                                                {"provider", "github"}}})}});
    broker.on("consent.answer", Json{{"consent_id", "c-7"}, {"decision", "deny"}});
    broker.on("consent.revoke", Json{{"consent_id", "c-9"}});
    const ProgramRun list = keybearer(broker, {"consent", "list"});
    EXPECT_NE(list.out.find("c-9  /usr/bin/git  C      github: ana  the token itself  30 days"),
              std::string::npos)
        << list.out;
    EXPECT_NE(list.err.find("c-9: the system has updated /usr/bin/git"), std::string::npos) << list.err;
    EXPECT_NE(keybearer(broker, {"consent", "pending"}).out.find("c-7  /usr/bin/node"), std::string::npos);
    EXPECT_EQ(keybearer(broker, {"consent", "answer", "c-7", "deny"}).status, 0);
    EXPECT_EQ(keybearer(broker, {"consent", "revoke", "c-9"}).status, 0);
    EXPECT_EQ(broker.received("consent.answer")[0]["params"],
              (Json{{"consent_id", "c-7"}, {"decision", "deny"}}));
}

TEST(Commands, AuditVerifyFailsOnABrokenChain) {
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

TEST(Commands, AuditListAsksForTheWantedNumberOfRows) {
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

TEST(Commands, A7_AuditListTakesAClientByItsNameOrItsId) {
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

TEST(Commands, A7_AuditListTellsLocalTimesAndScripts) {
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

TEST(Commands, A7_AKindThatThereIsNotIsSaid) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"rows", Json::array()}, {"more", false}, {"next_sequence", 0}});
    EXPECT_NE(keybearer(broker, {"audit", "list", "--kind", "tokn"}).err.find("token, policy"),
              std::string::npos);
    EXPECT_EQ(keybearer(broker, {"audit", "list", "--kind", "token.denied"}).err,
              "The audit log has no such row.\n");
}

TEST(Commands, PendingQuestionsSayHowTheyCanBeAnswered) {
    ScriptedBroker broker;
    broker.on("consent.pending", Json{{"pending", Json::array({{{"consent_id", "c-7"},
                                                                {"choices", {"allow-once", "deny"}},
                                                                {"longest", "once"}}})}});
    const ProgramRun run = keybearer(broker, {"consent", "pending"});
    EXPECT_NE(run.err.find("consent answer ID allow-once|deny\n"), std::string::npos) << run.err;
    EXPECT_NE(run.out.find("once"), std::string::npos) << run.out;
}

TEST(Commands, A7_AuditListPassesItsFiltersOn) {
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

TEST(Commands, A7_AuditSummaryShowsBarsAndPassesItsFiltersOn) {
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

TEST(Commands, A7_AuditExportHasTheNamesOfLogCollectors) {
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

TEST(Commands, O2_MetricsAreTextOrJson) {
    ScriptedBroker broker;
    broker.on("metrics.get", Json{{"text", "# TYPE x counter\nx 1\n"}});
    EXPECT_EQ(keybearer(broker, {"metrics"}).out, "# TYPE x counter\nx 1\n");
    EXPECT_EQ(broker.received("metrics.get")[0]["params"]["format"], "prometheus");
    EXPECT_EQ(keybearer(broker, {"metrics", "--json"}).status, 0);
    EXPECT_EQ(broker.received("metrics.get")[1]["params"]["format"], "json");
}

TEST(Commands, HealthIsJsonAndFailsWhenTheBrokerFails) {
    ScriptedBroker broker;
    broker.on("health.get", health());
    const ProgramRun run = keybearer(broker, {"health"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.out, dumpJson(health()) + "\n");
    broker.on("health.get", Json{{"status", "failing"}});
    EXPECT_EQ(keybearer(broker, {"health"}).status, 1);
}

TEST(Commands, CallerShowsWhoStartedItFirstAndWhatWeakensThat) {
    const Json evidence{{"system_owned", true},
                        {"executable_sha256", "abcdef"},
                        {"terminal", "pts/3"},
                        {"ancestors", Json::array({Json{{"pid", 7}, {"executable", "/usr/bin/login"}}})},
                        {"remarks", Json::array({"It runs code from /tmp/x.so."})}};
    Json seen{{"role", "admin"},
              {"operator", true},
              {"caller",
               {{"class", "E"}, {"pid", 43}, {"executable", "/usr/bin/keybearer"}, {"evidence", evidence}}},
              {"started_by",
               {{"class", "C"}, {"pid", 42}, {"executable", "/usr/bin/zsh"}, {"evidence", evidence}}}};
    ScriptedBroker broker;
    broker.on("caller.show", seen);
    const ProgramRun run = keybearer(broker, {"caller"});
    EXPECT_EQ(run.status, 0);
    EXPECT_LT(run.out.find("/usr/bin/zsh (process 42)"), run.out.find("/usr/bin/keybearer (process 43)"));
    for (const char* words :
         {"up to 30 days", "abcdef", "pts/3", "/usr/bin/login (7)", "It runs code from", "the system"})
        EXPECT_NE(run.out.find(words), std::string::npos) << words;
    EXPECT_EQ(keybearer(broker, {"caller", "--json"}).out, dumpJson(seen) + "\n");
    seen["started_by"] = nullptr;
    broker.on("caller.show", seen);
    EXPECT_NE(keybearer(broker, {"caller"}).out.find("Nothing can be said"), std::string::npos);
}

TEST(Commands, CompletionPrintsTheFileOfTheShell) {
    const ScriptedBroker broker;
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const ProgramRun run = keybearer(broker, {"completion", shell});
        EXPECT_EQ(run.status, 0);
        std::ostringstream expected;
        expected
            << std::ifstream(std::string(SOURCE_TREE) + "/resources/completions/keybearer." + shell).rdbuf();
        EXPECT_EQ(run.out, expected.str());
    }
    EXPECT_EQ(runProgram("/bin/bash",
                         {"-c", "source <(" KEYBEARER_CLI " completion bash) && complete -p keybearer"},
                         environmentOf(broker))
                  .status,
              0);
}

TEST(Commands, TrayIsExecutedFromBesideTheProgram) {
    const TemporaryDirectory place;
    const ScriptedBroker broker;
    std::filesystem::copy_file(KEYBEARER_CLI, place.path() / "keybearer");
    const std::filesystem::path tray = place.path() / "keybearer-tray";
    const ProgramRun missing =
        runProgram(place.path() / "keybearer", {"tray"}, environmentOf(broker, {{"PATH", "/nonexistent"}}));
    EXPECT_EQ(missing.status, 9);
    std::ofstream(tray) << "#!/bin/sh\necho tray runs\n";
    std::filesystem::permissions(tray, std::filesystem::perms::owner_all);
    const ProgramRun run = runProgram(place.path() / "keybearer", {"tray"}, environmentOf(broker));
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.out, "tray runs\n");
}

TEST(Commands, A4_AuthExplainShowsTheListAndTheWinner) {
    ScriptedBroker broker;
    const Json winner{{"level", "pattern"},
                      {"name", "GitHub"},
                      {"match", "github.*"},
                      {"priority", 100},
                      {"key", "auth.rules[0]"},
                      {"where", "config.yaml:4"},
                      {"matches", true},
                      {"wins", true},
                      {"auth", {{"type", "oauth"}, {"provider", "github"}, {"scopes", {"repo"}}}}};
    const Json other{{"level", "default"},
                     {"priority", 0},
                     {"key", "auth.default_auth"},
                     {"where", "config.yaml:2"},
                     {"matches", true},
                     {"wins", false},
                     {"auth", {{"type", "api_key"}, {"key_ref", "k"}}}};
    broker.on("auth.explain", Json{{"tool", "github.x"},
                                   {"capability", "github"},
                                   {"mode", "rules"},
                                   {"rule", winner},
                                   {"why", "the first"},
                                   {"rules", {winner, other}}});
    const ProgramRun run = keybearer(broker, {"auth", "explain", "github.x", "--service", "s"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "github.x: github (repo)\n"
                       "  capability github\n"
                       "  by auth.rules[0] in config.yaml:4: the first\n"
                       "\n"
                       "   LEVEL    FOR                     CREDENTIAL     WHERE\n"
                       ">  pattern  github.*, priority 100  github (repo)  config.yaml:4\n"
                       "*  default  everything              API key k      config.yaml:2\n");
    EXPECT_EQ(broker.received("auth.explain")[0]["params"], (Json{{"tool", "github.x"}, {"service", "s"}}));
}

} // namespace
} // namespace keybearer::testing
