#include "tests/app/import/TemporaryHome.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

// What stands behind "servers" after the import of one entry, in braces; or why it was left alone.
std::string after(const std::string& entry, const ImportRules& rules = TemporaryHome::usualRules()) {
    const TemporaryHome home;
    const std::string head = "{\"mcpServers\": {\"it\": ";
    const FilePlan plan = home.plan(head + entry + "}}", rules);
    if (plan.servers.size() != 1)
        return "not one server";
    if (plan.servers[0].leftAlone)
        return plan.servers[0].leftAlone->kind + ": " + plan.servers[0].leftAlone->reason;
    return plan.after.substr(head.size(), plan.after.size() - head.size() - 2);
}

constexpr const char* canary = "ghp_CANARYabcdefghijklmnopqrst";

TEST(FilePlan, ARemoteServerBecomesABridge) {
    EXPECT_EQ(after(R"({"url": "https://mcp.example/mcp"})"),
              R"({"command": "/opt/keybearer", "args": ["mcp", "https://mcp.example/mcp"]})");
    EXPECT_EQ(
        after(R"({"type": "http", "url": "https://mcp.example/mcp", "headers": {}, "disabled": true})"),
        R"({"type": "stdio", "command": "/opt/keybearer", "args": ["mcp", "https://mcp.example/mcp"], "disabled": true})");
    EXPECT_EQ(
        after(
            R"({"command": "npx", "args": ["-y", "mcp-remote", "https://mcp.example/mcp", "9696"], "env": {"A": "b"}})"),
        R"({"command": "/opt/keybearer", "args": ["mcp", "https://mcp.example/mcp"], "env": {"A": "b"}})");
}

TEST(FilePlan, SecretsOfAProgramBecomeKeys) {
    EXPECT_EQ(
        after(R"({"command": "n\u0070x", "args": ["-y", "x"], "env": {"A": "b", "GITHUB_TOKEN": ")" +
              std::string(canary) + "\"}}"),
        R"({"command": "/opt/keybearer", "args": ["run", "--env", "GITHUB_TOKEN=apikey:cursor-it-github-token", "--", )"
        R"("n\u0070x", "-y", "x"], "env": {"A": "b"}})");
    EXPECT_EQ(
        after(R"({"env": {"TOKEN": ")" + std::string(canary) + R"("}, "command": "x"})"),
        R"({"command": "/opt/keybearer", "args": ["run", "--env", "TOKEN=apikey:cursor-it-token", "--", "x"]})");
}

TEST(FilePlan, ASessionIsTakenWhereItIsWanted) {
    ImportRules rules = TemporaryHome::usualRules();
    rules.useSessions = true;
    rules.sessions = {"github"};
    EXPECT_EQ(after(R"({"command": "x", "env": {"GITHUB_TOKEN": ")" + std::string(canary) + "\"}}", rules),
              R"({"command": "/opt/keybearer", "args": ["run", "--env", "GITHUB_TOKEN=github", "--", "x"]})");
}

TEST(FilePlan, AKeyInAHeaderStaysAndTheReasonIsSaid) {
    const std::string secret(canary);
    for (const std::string& entry :
         {R"({"url": "https://mcp.example/mcp", "headers": {"Authorization": "Bearer )" + secret + "\"}}",
          R"({"command": "npx", "args": ["mcp-remote", "https://mcp.example/mcp", "--header", )"
          R"("Authorization: ${AUTH}"], "env": {"AUTH": "Bearer )" +
              secret + "\"}}"})
        EXPECT_TRUE(after(entry).starts_with("cannot: Its key stands in a header")) << after(entry);
}

TEST(FilePlan, WhatCannotBeMovedIsLeftAloneAndNamed) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"command": "/usr/bin/keybearer", "args": ["mcp", "x"]})", "done"},
        {R"({"command": "x"})", "nothing_to_do"},
        {R"({"command": "x", "env": {"API_KEY": "${input:k}"}})", "nothing_to_do"},
        {R"({"command": "x", "args": ["--api-key", "abcd1234"]})", "cannot"},
        {R"({"command": "x", "env": {"API_KEY": "two words"}})", "cannot"},
        {R"({"url": "http://mcp.example/mcp"})", "cannot"},
        {R"({"url": "https://mcp.example/?token=abcd"})", "cannot"},
        {R"({"url": "${env:URL}"})", "cannot"},
        {R"({"url": "ftp://x"})", "cannot"},
        {R"({"url": "https://x", "headers": {"X-Team": "a"}})", "cannot"},
        {R"({"url": "https://x", "headers": {"Authorization": "Bearer ${T}"}})", "cannot"},
        {R"({"url": "https://x", "auth": {"CLIENT_ID": "a"}})", "cannot"},
        {R"({"command": "npx", "args": ["mcp-remote", "https://x", "--ignore-tool", "y"]})", "cannot"},
        {"5", "unknown_shape"},
        {"{}", "unknown_shape"},
        {R"({"command": ["x"]})", "unknown_shape"},
        {R"({"command": "x", "args": [1]})", "unknown_shape"},
        {R"({"command": "x", "command": "y"})", "unknown_shape"},
        {R"({"command": "x", "url": "https://x"})", "unknown_shape"},
        {R"({"command": "x", "env": {"A": "b", "A": "c"}})", "unknown_shape"}};
    for (const auto& [entry, kind] : cases)
        EXPECT_TRUE(after(entry).starts_with(kind + ": ")) << entry << "\n" << after(entry);
}

TEST(FilePlan, ThisMachineMayBeReachedWithoutEncryption) {
    EXPECT_EQ(after(R"({"url": "http://127.0.0.1:8080/mcp"})"),
              R"({"command": "/opt/keybearer", "args": ["mcp", "http://127.0.0.1:8080/mcp"]})");
}

TEST(FilePlan, NoSecretIsShownOnEitherSideOfADifference) {
    const TemporaryHome home;
    const FilePlan plan = home.plan(R"({
  // "OLD_TOKEN": "CANARYabcdef0123456789",
  "apiKey": "CANARYapikey0123",
  "mcpServers": {
    "a": {"command": "x", "args": ["--token=CANARYarg1"], "env": {"API_KEY": "CANARYenv0123456789"}},
    "b": {"command": "x", "env": {"PASSWORD": "CANARY with blanks"}}
  }
})");
    EXPECT_EQ(plan.changes(), 1U);
    EXPECT_EQ(plan.difference.find("CANARY"), std::string::npos) << plan.difference;
    EXPECT_NE(plan.difference.find("\n-    \"a\""), std::string::npos) << plan.difference;
    EXPECT_NE(plan.after.find("CANARY with blanks"), std::string::npos) << "what stays, stays";
}

TEST(FilePlan, TheDifferenceIsOneThatPatchTakes) {
    const TemporaryHome home;
    const FilePlan plan =
        home.plan("{\n  \"mcpServers\": {\n    \"a\": {\n      \"url\": \"https://x/mcp\"\n    }\n  }\n}");
    const std::string path = plan.file.path.string();
    EXPECT_EQ(plan.difference,
              "--- " + path + "\n+++ " + path +
                  "\n@@ -1,7 +1,8 @@\n {\n   \"mcpServers\": {\n     \"a\": {\n"
                  "-      \"url\": \"https://x/mcp\"\n+      \"command\": \"/opt/keybearer\",\n"
                  "+      \"args\": [\"mcp\", \"https://x/mcp\"]\n     }\n   }\n }\n"
                  "\\ No newline at end of file\n");
}

TEST(FilePlan, OneSecretHasOneNameAndADifferentOneAnother) {
    const TemporaryHome home;
    const FilePlan plan = home.plan(R"({"mcpServers": {
        "a": {"command": "x", "env": {"TOKEN": "same-0123456789"}},
        "b": {"command": "x", "env": {"TOKEN": "same-0123456789"}},
        "A!": {"command": "x", "env": {"TOKEN": "other-0123456789"}}}})");
    ASSERT_EQ(plan.changes(), 3U);
    EXPECT_EQ(plan.servers[0].change->keys[0].name, "cursor-a-token");
    EXPECT_EQ(plan.servers[1].change->keys[0].name, "cursor-a-token");
    EXPECT_EQ(plan.servers[2].change->keys[0].name, "cursor-a-token-2");
}

TEST(FilePlan, AShapeThatIsNotKnownIsAState) {
    const TemporaryHome home;
    EXPECT_EQ(home.plan("[]").state, FilePlan::State::UnknownShape);
    EXPECT_EQ(home.plan(R"({"mcpServers": []})").state, FilePlan::State::UnknownShape);
    EXPECT_EQ(home.plan(R"({"mcpServers": {}, "mcpServers": {}})").state, FilePlan::State::UnknownShape);
    EXPECT_EQ(home.plan(R"({"theme": "dark"})").state, FilePlan::State::Found);
    EXPECT_EQ(home.plan("{").state, FilePlan::State::Unreadable);
    ImportNames names;
    const ClientFile nothing{ImportSource::Cursor, "user", home.path() / "nothing"};
    EXPECT_EQ(planFile(nothing, TemporaryHome::usualRules(), names).state, FilePlan::State::Missing);
}

} // namespace
} // namespace keybearer::testing
