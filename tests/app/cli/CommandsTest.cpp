#include "tests/app/cli/CliRun.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace keybearer::testing {
namespace {

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

TEST(Commands, PendingQuestionsSayHowTheyCanBeAnswered) {
    ScriptedBroker broker;
    broker.on("consent.pending", Json{{"pending", Json::array({{{"consent_id", "c-7"},
                                                                {"choices", {"allow-once", "deny"}},
                                                                {"longest", "once"}}})}});
    const ProgramRun run = keybearer(broker, {"consent", "pending"});
    EXPECT_NE(run.err.find("consent answer ID allow-once|deny\n"), std::string::npos) << run.err;
    EXPECT_NE(run.out.find("once"), std::string::npos) << run.out;
}

TEST(Commands, O2_MetricsAreTextOrJson) {
    ScriptedBroker broker;
    broker.on("metrics.get", Json{{"text", "# TYPE x counter\nx 1\n"}});
    EXPECT_EQ(keybearer(broker, {"metrics"}).out, "# TYPE x counter\nx 1\n");
    EXPECT_EQ(broker.received("metrics.get")[0]["params"]["format"], "prometheus");
    EXPECT_EQ(keybearer(broker, {"metrics", "--json"}).status, 0);
    EXPECT_EQ(broker.received("metrics.get")[1]["params"]["format"], "json");
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
