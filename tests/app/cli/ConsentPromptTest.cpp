#include "app/cli/ConsentPrompt.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Json request() {
    return Json{{"consent_id", "c-1"},
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
                {"reason", "list issues"}};
}

TEST(ConsentPrompt, QuestionShowsWhatWasMeasuredAndMarksTheClaim) {
    const std::string text = consentQuestion(request());
    for (const char* part :
         {"node (index.js) asks for your GitHub credential", "/usr/bin/node (process 4711)",
          "/home/ana/src/github-mcp/index.js", "Code", "ana@example.com", "repo, read:user",
          "[1] once   [2] this session   [3] 30 days   [d] deny", "list issues"})
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

TEST(ConsentPrompt, EnterDenies) {
    EXPECT_EQ(decisionFor(""), "deny");
    EXPECT_EQ(decisionFor("   "), "deny");
    EXPECT_EQ(decisionFor("d"), "deny");
    EXPECT_EQ(decisionFor("n"), "deny");
}

TEST(ConsentPrompt, OnlyTheThreeDigitsAllow) {
    EXPECT_EQ(decisionFor("1"), "allow-once");
    EXPECT_EQ(decisionFor(" 2 "), "allow-session");
    EXPECT_EQ(decisionFor("3"), "allow");
    for (const char* line : {"y", "yes", "4", "11", "1 2", "allow", "\x1b"})
        EXPECT_EQ(decisionFor(line), std::nullopt) << line;
}

TEST(ConsentPrompt, T_51_ACommandToBeStartedIsShownWhole) {
    const std::string command = "/usr/bin/node '" + std::string(1500, 'x') + " end'";
    const std::string text = consentQuestion(Json{{"purpose", "start"},
                                                  {"provider_name", "run profile notes"},
                                                  {"account", {{"label", command}}},
                                                  {"scopes", {"github", "apikey:weather"}},
                                                  {"caller", {{"started_by", "/usr/bin/keybearer"}}}});
    EXPECT_NE(text.find(command), std::string::npos);
    EXPECT_NE(text.find("run profile notes"), std::string::npos);
    EXPECT_NE(text.find("github, apikey:weather"), std::string::npos);
    EXPECT_NE(text.find("[d] deny"), std::string::npos);
}

} // namespace
} // namespace keybearer
