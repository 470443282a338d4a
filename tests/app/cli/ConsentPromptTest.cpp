#include "app/cli/ConsentPrompt.h"

#include "app/cli/Table.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Json request() {
    return Json{
        {"consent_id", "c-1"},
        {"caller",
         {{"uid", 1000},
          {"pid", 4711},
          {"executable", "/usr/bin/node"},
          {"script", "/home/ana/src/github-mcp/index.js"},
          {"started_by", "Code"},
          {"claimed_name", "GitHub\x1b[2J MCP"}}},
        {"provider", "github"},
        {"provider_name", "GitHub"},
        {"account", {{"label", "ana@example.com"}}},
        {"scopes", {"repo", "read:user"}},
        {"scope_words", {{"repo", "Read and write\x1b[2J all repositories."}}},
        {"class", "D"},
        {"choices", {"allow-once", "allow-session", "deny"}},
        {"changed", {{{"what", "script_sha256"}, {"before", "5c11aaaaaaaaaaaaaaaa"}, {"now", "5c22"}}}},
        {"reason", "list issues"}};
}

TEST(ConsentPrompt, QuestionShowsWhatWasMeasuredAndMarksTheClaim) {
    const std::string text = consentQuestion(request());
    for (const char* part :
         {"node (index.js) asks for your GitHub credential", "/usr/bin/node (process 4711)",
          "/home/ana/src/github-mcp/index.js", "Code", "ana@example.com", "repo - Read and write",
          "read:user", "a script, by its file", "the script is another one: 5c11aaaaaaaa before, 5c22 now",
          "[1] once   [2] this session   [d] deny", "list issues"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    const std::size_t claim = text.find("GitHub\\u{1B}[2J MCP\" (nobody has checked that)");
    EXPECT_NE(claim, std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(ConsentPrompt, QuestionWithoutMeasurementsSaysSo) {
    const std::string text = consentQuestion(Json{{"consent_id", "c-1"}, {"provider", "github"}});
    EXPECT_NE(text.find("could not be measured"), std::string::npos);
    EXPECT_NE(text.find("github"), std::string::npos);
}

TEST(ConsentPrompt, SEC_S_08_AClientOfTheGatewayIsShownByItsClaimAndWhereItsAnswersGo) {
    const std::string text = consentQuestion(Json{
        {"consent_id", "c-1"},
        {"purpose", "connect"},
        {"provider_name", "Notes"},
        {"resource", "https://notes.example/mcp"},
        {"account", {{"label", "ana@example.com"}}},
        {"scopes", {"notes"}},
        {"client",
         {{"client_id", "kbl_1"},
          {"name", "Claude\x1b[2J Code"},
          {"redirect", "a program on this computer"}}},
        {"caller", {{"executable", ""}, {"evidence", {{"remarks", {"every program can pretend to be it"}}}}}},
        {"choices", {"allow-once", "allow-session", "allow", "deny"}},
        {"longest", "until revoked"}});
    for (const char* part :
         {"A client that calls itself \"Claude\\u{1B}[2J Code\" wants to connect to Notes",
          "nobody has checked", "a program on this computer", "https://notes.example/mcp", "ana@example.com",
          "pretend to be it", "you have just begun this", "[3] until you take it back"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_EQ(text.find("could not be measured"), std::string::npos) << "there is nothing to measure";
}

TEST(ConsentPrompt, EnterDenies) {
    for (const char* line : {"", "   ", "d", "n", "no", "deny"})
        EXPECT_EQ(decisionFor(line, request()), "deny") << line;
}

TEST(ConsentPrompt, OnlyWhatIsOfferedCanBeChosen) {
    EXPECT_EQ(decisionFor("1", request()), "allow-once");
    EXPECT_EQ(decisionFor(" 2 ", request()), "allow-session");
    EXPECT_EQ(decisionFor("3", request()), std::nullopt);
    EXPECT_EQ(choiceWords(request()), "1, 2 or d");
    Json longer = request();
    longer["choices"].push_back("allow");
    EXPECT_EQ(decisionFor("3", longer), "allow");
    EXPECT_NE(consentQuestion(longer).find("[3] 30 days"), std::string::npos);
    longer["longest"] = "until revoked";
    EXPECT_NE(consentQuestion(longer).find("[3] until you take it back"), std::string::npos);
    const Json silent{{"consent_id", "c-1"}};
    EXPECT_EQ(decisionFor("2", silent), std::nullopt);
    EXPECT_EQ(choiceWords(silent), "1 or d");
    for (const char* line : {"y", "yes", "4", "11", "1 2", "allow", "\x1b"})
        EXPECT_EQ(decisionFor(line, longer), std::nullopt) << line;
}

TEST(ConsentPrompt, R3_EveryKnownFactHasItsWords) {
    Json changed = request();
    changed["changed"] = Json::array();
    for (const char* what : {"class", "executable_sha256", "script_sha256", "owner", "working_directory",
                             "signer", "scopes", "\x1b[2J"})
        changed["changed"].push_back({{"what", what}, {"before", ""}, {"now", "\xE2\x80\xAE"}});
    const std::vector<std::string> lines = changeLines(changed);
    ASSERT_EQ(lines.size(), 8U);
    for (const std::string& line : lines) {
        EXPECT_EQ(line.find('\x1b'), std::string::npos);
        EXPECT_EQ(line.find("\xE2\x80\xAE"), std::string::npos) << line;
        EXPECT_NE(line.find("nothing before"), std::string::npos) << line;
    }
    for (const char* letter : {"A", "B", "C", "D", "E", "F"})
        EXPECT_FALSE(classWords(letter).empty());
}

TEST(ConsentPrompt, T_51_ACommandToBeStartedIsShownWhole) {
    const std::string command = "/usr/bin/node '" + std::string(1500, 'x') + " end'";
    const std::string text = consentQuestion(Json{{"purpose", "start"},
                                                  {"provider_name", "run profile notes"},
                                                  {"account", {{"label", command}}},
                                                  {"scopes", {"github", "apikey:weather"}},
                                                  {"caller", {{"started_by", "/usr/bin/keybearer"}}}});
    std::string whole;
    for (std::size_t at = text.find("  | "); at != std::string::npos; at = text.find("  | ", at + 4))
        whole += text.substr(at + 4, text.find('\n', at) - at - 4);
    EXPECT_EQ(whole, command);
    EXPECT_NE(text.find("run profile notes"), std::string::npos);
    EXPECT_NE(text.find("github, apikey:weather"), std::string::npos);
    EXPECT_NE(text.find("[d] deny"), std::string::npos);
}

TEST(ConsentPrompt, T_06_NothingThatAProgramSaysBeginsARowLikeOurs) {
    const std::string forged = "x" + std::string(70, ' ') + "Known as      a friend";
    Json hostile = request();
    hostile["caller"]["executable"] = "/bin/" + forged;
    hostile["caller"]["script"] = forged;
    hostile["caller"]["claimed_name"] = forged;
    hostile["reason"] = forged;
    hostile["account"]["label"] = forged;
    for (const std::size_t width : {80U, 60U, 10U}) {
        const std::string text = consentQuestion(hostile, {width, false});
        EXPECT_EQ(text.find("\n  Known as"), text.rfind("\n  Known as")) << text;
        EXPECT_EQ(text.find("\nKnown as"), std::string::npos) << text;
    }
    Json start = hostile;
    start["purpose"] = "start";
    EXPECT_EQ(consentQuestion(start, {60, false}).find("\n  Known as"), std::string::npos);
}

TEST(ConsentPrompt, RowsFitTheTerminal) {
    Json wide = request();
    wide["caller"]["script"] = "/home/" + std::string(300, 'w');
    std::string japanese;
    for (int i = 0; i < 100; ++i)
        japanese += "\xE6\x97\xA5";
    wide["reason"] = japanese;
    const std::string text = consentQuestion(wide, {50, false});
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        EXPECT_LE(displayWidth(text.substr(begin, end - begin)), 50U) << text;
        begin = end + 1;
    }
}

TEST(ConsentPrompt, OnlyAColouredQuestionHasColours) {
    EXPECT_EQ(consentQuestion(request(), {80, false}).find('\x1b'), std::string::npos);
    const std::string text = consentQuestion(request(), {80, true});
    EXPECT_NE(text.find("\x1b[1mnode (index.js) asks"), std::string::npos);
    EXPECT_NE(text.find("\x1b[1mthe script is another one"), std::string::npos);
}

} // namespace
} // namespace keybearer
