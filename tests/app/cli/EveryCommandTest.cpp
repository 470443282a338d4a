#include "tests/app/cli/CliRun.h"
#include "tests/app/cli/SessionRow.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(EveryCommand, HelpAndVersionAreAnswers) {
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

TEST(EveryCommand, MisuseGoesToStandardErrorWithStatus2) {
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

TEST(EveryCommand, ErrorsAreOneObjectWithJson) {
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

TEST(EveryCommand, ErrorsSayWhatToDo) {
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

TEST(EveryCommand, ForeignTextInErrorsIsHarmless) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::ProviderError, "bad \x1b]0;owned\x07 \xe2\x80\xae text"));
    const ProgramRun run = keybearer(broker, {"token", "github"});
    EXPECT_EQ(run.status, 6);
    EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
    EXPECT_EQ(run.err.find("\xe2\x80\xae"), std::string::npos);
}

TEST(EveryCommand, NoSpawnWithoutABrokerIsStatus3) {
    const TemporaryDirectory home;
    const ProgramRun run =
        runProgram(KEYBEARER_CLI, {"status", "--no-spawn"}, {{"KEYBEARER_HOME", home.path()}});
    EXPECT_EQ(run.status, 3);
    EXPECT_EQ(run.out, "");
}

TEST(EveryCommand, NoHomeAtAllIsExplained) {
    const ProgramRun run = runProgram(KEYBEARER_CLI, {"status"}, {});
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("KEYBEARER_HOME"), std::string::npos);
}

TEST(EveryCommand, BrokerThatIsSilentIsStatus7) {
    ScriptedBroker broker;
    broker.silent("session.list");
    const ProgramRun run = keybearer(broker, {"session", "list", "--timeout", "1"});
    EXPECT_EQ(run.status, 7);
    EXPECT_NE(run.err.find("1 second\n"), std::string::npos) << run.err;
}

TEST(EveryCommand, SocketOptionWins) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array()}});
    const TemporaryDirectory home;
    const ProgramRun run =
        runProgram(KEYBEARER_CLI, {"session", "list", "--socket", broker.socket(), "--no-spawn"},
                   {{"KEYBEARER_HOME", home.path()}});
    EXPECT_EQ(run.status, 0) << run.err;
}

TEST(EveryCommand, ClientKeyGoesIntoHelloAlsoFromAFile) {
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

TEST(EveryCommand, UnwritableAnswerIsAFailure) {
    ScriptedBroker broker;
    broker.on("session.list", Json{{"sessions", Json::array({sessionRow("s-1", "github", "ana")})}});
    const ProgramRun run = runProgram(
        "/bin/sh", {"-c", std::string(KEYBEARER_CLI) + " session list > /dev/full"}, environmentOf(broker));
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.err.find("cannot write"), std::string::npos);
}

TEST(EveryCommand, WordThatTheActionNamesIsNotAskedForTwice) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::NotFound, "no githb", "Did you mean github?")
                                   .with("did_you_mean", std::string("github")));
    EXPECT_EQ(keybearer(broker, {"token", "githb"}).err, "keybearer: no githb\nDid you mean github?\n");
}

} // namespace
} // namespace keybearer::testing
