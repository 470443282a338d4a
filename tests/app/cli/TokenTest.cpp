#include "tests/app/cli/CliRun.h"

#include <fstream>
#include <gtest/gtest.h>
#include <poll.h>
#include <sstream>

namespace keybearer::testing {
namespace {

const std::string token = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

Json tokenResult() {
    return Json{
        {"access_token", token}, {"token_type", "Bearer"},         {"expires_at", "2099-05-01T09:30:00Z"},
        {"scopes", {"repo"}},    {"issuer", "https://github.com"}, {"account", "ana"},
        {"session_id", "s-1"}};
}

std::string contentOf(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

TEST(Token, StandardOutputCarriesTheTokenAndNothingElse) {
    ScriptedBroker broker;
    broker.on("token.get", tokenResult());
    const ProgramRun raw = keybearer(broker, {"token", "github"});
    EXPECT_EQ(raw.status, 0);
    EXPECT_EQ(raw.out, token + "\n");
    EXPECT_EQ(raw.err, "");
    EXPECT_EQ(keybearer(broker, {"token", "github", "--format", "header"}).out,
              "Authorization: Bearer " + token + "\n");
    EXPECT_EQ(keybearer(broker, {"token", "github", "--format=json"}).out, dumpJson(tokenResult()) + "\n");
    EXPECT_EQ(keybearer(broker, {"token", "github", "--json"}).out, dumpJson(tokenResult()) + "\n");
}

TEST(Token, TheHeaderHasTheTokensOwnScheme) {
    ScriptedBroker broker;
    Json bound = tokenResult();
    bound["token_type"] = "DPoP";
    broker.on("token.get", bound);
    EXPECT_EQ(keybearer(broker, {"token", "github", "--format", "header"}).out,
              "Authorization: DPoP " + token + "\n");
    bound["token_type"] = "Bearer\r\nX-Evil:";
    broker.on("token.get", bound);
    EXPECT_NE(keybearer(broker, {"token", "github", "--format", "header"}).status, 0);
}

TEST(Token, HelloAndRequestLeaveInOneWrite) {
    ScriptedBroker broker;
    broker.on("token.get", tokenResult());
    ASSERT_EQ(keybearer(broker, {"token", "github"}).status, 0);
    EXPECT_EQ(broker.linesOfFirstRead(), 2U);
}

TEST(Token, OptionsBecomeParameters) {
    ScriptedBroker broker;
    broker.on("token.get", tokenResult());
    ASSERT_EQ(
        keybearer(broker, {"token", "https://mcp.linear.app/mcp", "--account", "an\"a\\\xc3\xa9", "--scope",
                           "read", "--scope", "write", "--tool", "calc.add", "--min-valid", "600"})
            .status,
        0);
    EXPECT_EQ(broker.received("token.get")[0]["params"], (Json{{"resource", "https://mcp.linear.app/mcp"},
                                                               {"account", "an\"a\\\xc3\xa9"},
                                                               {"scopes", {"read", "write"}},
                                                               {"tool", "calc.add"},
                                                               {"min_valid_seconds", 600}}));
}

TEST(Token, A4_AToolAloneLeavesTheChoiceToTheRules) {
    ScriptedBroker broker;
    broker.on("token.get", tokenResult());
    ASSERT_EQ(keybearer(broker, {"token", "--tool", "calc.add"}).status, 0);
    EXPECT_EQ(broker.received("token.get")[0]["params"], (Json{{"tool", "calc.add"}}));
    const ProgramRun nothing = keybearer(broker, {"token"});
    EXPECT_EQ(nothing.status, 2);
    EXPECT_NE(nothing.err.find("--tool"), std::string::npos);
}

TEST(Token, AnswerInAnotherFormIsReadToo) {
    ScriptedBroker broker;
    broker.on("token.get", [](ScriptedConnection& connection, const Json&) {
        connection.sendLine(
            R"({ "result" : {"nested":{"access_token":"wrong"}, "access_token" : "gho_\u0061bc"} , "id":1,"jsonrpc":"2.0"})");
    });
    EXPECT_EQ(keybearer(broker, {"token", "github"}).out, "gho_abc\n");
}

TEST(Token, AnswerWithoutAPrintableTokenIsAnError) {
    ScriptedBroker broker;
    for (const Json& bad : {Json::object(), Json{{"access_token", 7}}, Json{{"access_token", ""}},
                            Json{{"access_token", "a\r\nX-Evil: 1"}}, Json{{"access_token", "two words"}}}) {
        broker.on("token.get", bad);
        const ProgramRun run = keybearer(broker, {"token", "github", "--format", "header"});
        EXPECT_EQ(run.status, 1) << bad;
        EXPECT_EQ(run.out, "");
    }
}

TEST(Token, EveryRefusalHasItsExitStatus) {
    ScriptedBroker broker;
    const std::map<ErrorCode, int> statuses{{ErrorCode::AuthorizationRequired, 4},
                                            {ErrorCode::SignInAgain, 4},
                                            {ErrorCode::ConsentDenied, 5},
                                            {ErrorCode::ConsentUnavailable, 5},
                                            {ErrorCode::ProviderUnavailable, 6},
                                            {ErrorCode::RateLimited, 10},
                                            {ErrorCode::StoreLocked, 8},
                                            {ErrorCode::NotFound, 9},
                                            {ErrorCode::TimedOut, 7},
                                            {ErrorCode::NotConfigured, 2},
                                            {ErrorCode::InternalError, 1}};
    for (const auto& [code, status] : statuses) {
        broker.refuse("token.get", Error(code, "no"));
        const ProgramRun run = keybearer(broker, {"token", "github"});
        EXPECT_EQ(run.status, status);
        EXPECT_EQ(run.out, "");
    }
}

// The broker of the terminal tests: parks token.get, asks for consent of that very process, and answers as
// the person did.
class ConsentingBroker {
public:
    explicit ConsentingBroker(pid_t offset = 0) {
        broker.on("token.get", [this, offset](ScriptedConnection& connection, const Json& request) {
            parked_ = request;
            connection.event(
                Json{{"topic", "consent.requested"},
                     {"consent_id", "c-1"},
                     {"caller", {{"pid", connection.peer() + offset}, {"executable", "/usr/bin/keybearer"}}},
                     {"provider", "github"},
                     {"provider_name", "GitHub"},
                     {"account", {{"label", "ana"}}},
                     {"scopes", {"repo"}},
                     {"choices", {"allow-once", "allow-session", "allow", "deny"}}});
        });
        broker.on("consent.answer", [this](ScriptedConnection& connection, const Json& request) {
            connection.answer(request, request["params"]);
            if (request["params"]["decision"] == "deny")
                connection.refuse(parked_, Error(ErrorCode::ConsentDenied, "you said no"));
            else
                connection.answer(parked_, tokenResult());
        });
    }
    // Types the line again and again: what comes before the prompt is armed does not count.
    void answerAt(const TerminalProgram& program, const std::string& line) const {
        for (int i = 0; i < 200 && broker.received("consent.answer").empty(); ++i) {
            program.type(line);
            ::poll(nullptr, 0, 50);
        }
    }
    [[nodiscard]] std::vector<std::string> decisions() const {
        std::vector<std::string> out;
        for (const Json& answer : broker.received("consent.answer"))
            out.push_back(answer["params"].value("decision", ""));
        return out;
    }

    ScriptedBroker broker;

private:
    Json parked_;
};

TEST(Token, A2_ConsentIsAskedOnTheTerminalAndTheTokenStillGoesToTheFile) {
    ConsentingBroker consenting;
    const std::filesystem::path file = consenting.broker.home() / "out";
    TerminalProgram program(KEYBEARER_CLI, {"token", "github"}, environmentOf(consenting.broker), file);
    ASSERT_TRUE(program.sees("[1] once   [2] this session   [3] 30 days   [d] deny")) << program.screen();
    consenting.answerAt(program, "1\n");
    EXPECT_EQ(program.finish(), 0) << program.screen();
    EXPECT_EQ(contentOf(file), token + "\n");
    EXPECT_EQ(program.screen().find(token), std::string::npos);
    EXPECT_EQ(consenting.broker.received("consent.answer").at(0)["params"],
              (Json{{"consent_id", "c-1"}, {"decision", "allow-once"}}));
}

TEST(Token, A2_EnterDenies) {
    ConsentingBroker consenting;
    TerminalProgram program(KEYBEARER_CLI, {"token", "github"}, environmentOf(consenting.broker));
    ASSERT_TRUE(program.sees("Enter denies: "));
    consenting.answerAt(program, "\n");
    EXPECT_EQ(program.finish(), 5) << program.screen();
    EXPECT_EQ(consenting.decisions(), std::vector<std::string>{"deny"});
}

TEST(Token, A2_TypingBeforeTheQuestionCouldBeReadIsNoAnswer) {
    ConsentingBroker consenting;
    TerminalProgram program(KEYBEARER_CLI, {"token", "github"}, environmentOf(consenting.broker));
    program.type("3\n");
    ASSERT_TRUE(program.sees("Enter denies: "));
    for (int i = 0; i < 200 && program.screen().find("Type 1, 2, 3 or d: ") == std::string::npos; ++i) {
        program.type("what\n");
        program.look();
    }
    EXPECT_TRUE(consenting.decisions().empty());
    consenting.answerAt(program, "2\n");
    EXPECT_EQ(program.finish(), 0) << program.screen();
    EXPECT_EQ(consenting.decisions(), std::vector<std::string>{"allow-session"});
}

TEST(Token, A2_AnotherProgramsQuestionIsNotShown) {
    ConsentingBroker consenting(1);
    TerminalProgram program(KEYBEARER_CLI, {"token", "github", "--timeout", "1"},
                            environmentOf(consenting.broker));
    EXPECT_EQ(program.finish(), 7);
    EXPECT_EQ(program.screen().find("deny"), std::string::npos) << program.screen();
}

TEST(Token, A2_AnswerFromElsewhereEndsTheQuestion) {
    ScriptedBroker broker;
    broker.on("token.get", [](ScriptedConnection& connection, const Json& request) {
        connection.event(Json{{"topic", "consent.requested"},
                              {"consent_id", "c-1"},
                              {"caller", {{"pid", connection.peer()}}},
                              {"provider", "github"}});
        connection.event(Json{{"topic", "consent.withdrawn"}, {"consent_id", "c-1"}, {"why", "answered"}});
        connection.answer(request, tokenResult());
    });
    TerminalProgram program(KEYBEARER_CLI, {"token", "github"}, environmentOf(broker));
    EXPECT_EQ(program.finish(), 0) << program.screen();
    EXPECT_NE(program.screen().find("answered elsewhere"), std::string::npos);
    EXPECT_TRUE(broker.received("consent.answer").empty());
}

TEST(Token, A2_WithoutATerminalNobodySubscribes) {
    ScriptedBroker broker;
    broker.on("token.get", tokenResult());
    ASSERT_EQ(keybearer(broker, {"token", "github"}).status, 0);
    EXPECT_TRUE(broker.received("events.subscribe").empty());
}

} // namespace
} // namespace keybearer::testing
