#include "app/tray/mirror/Records.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

TEST(RecordsTest, SessionIsReadWhole) {
    Json json = sessionJson("s1", "github", "ana@example.com");
    json["last_used"] = {{"at", "2026-05-01T10:00:00Z"}, {"caller", "/usr/bin/git"}};
    const auto session = readSession(json);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->id, "s1");
    EXPECT_EQ(session->account, QStringLiteral("ana@example.com"));
    EXPECT_EQ(session->scopes, (QStringList{QStringLiteral("repo"), QStringLiteral("email")}));
    EXPECT_EQ(session->state, SessionState::Active);
    EXPECT_EQ(session->expiresAt.toUTC().date().year(), 2100);
    EXPECT_EQ(session->lastUsedBy, QStringLiteral("git"));
}

TEST(RecordsTest, CallerOfTheLastUseMayBeAnObject) {
    Json json = sessionJson("s1", "github", "ana");
    json["last_used"] = {{"at", "2026-05-01T10:00:00Z"},
                         {"caller", {{"executable", "/usr/bin/node"}, {"script", "/srv/mcp/server.js"}}}};
    EXPECT_EQ(readSession(json)->lastUsedBy, QStringLiteral("mcp/server.js"));
}

TEST(RecordsTest, RecordsWithoutTheirIdAreNone) {
    EXPECT_FALSE(readSession(Json{{"provider", "github"}}));
    EXPECT_FALSE(readProvider(Json::object()));
    EXPECT_FALSE(readConsentRequest(Json{{"consent_id", 7}}));
    EXPECT_FALSE(readConsent(Json::array()));
}

TEST(RecordsTest, MembersOfTheWrongKindAreLeftOut) {
    const auto session = readSession(Json{{"session_id", "s1"},
                                          {"account", 3},
                                          {"scopes", "x"},
                                          {"last_used", 1},
                                          {"expires_at", 5},
                                          {"state", Json::array()}});
    ASSERT_TRUE(session);
    EXPECT_TRUE(session->account.isEmpty());
    EXPECT_TRUE(session->scopes.isEmpty());
    EXPECT_FALSE(session->expiresAt.isValid());
    EXPECT_TRUE(readConsentRequest(Json{{"consent_id", "c"}, {"caller", "x"}, {"account", Json::array()}}));
    EXPECT_TRUE(
        readHealth(Json{{"store", 1}, {"findings", {1, "x", {{"level", "error"}}}}}).storeState.isEmpty());
}

TEST(RecordsTest, UnknownStateIsNoneToRelyOn) {
    EXPECT_EQ(readSession(sessionJson("s", "p", "a", "splendid"))->state, SessionState::Quarantined);
}

TEST(RecordsTest, T_06_OutsideTextIsEscapedAndCut) {
    const auto request = readConsentRequest(Json{
        {"consent_id", "c"},
        {"caller",
         {{"claimed_name", "\xE2\x80\xAEgit\x1b]0;" + std::string(10'000, 'x')}, {"executable", "/a\nb"}}}});
    EXPECT_TRUE(request->caller.claimedName.startsWith(QStringLiteral("\\u{202E}git\\u{1B}]0;")));
    EXPECT_LE(request->caller.claimedName.size(), 64 + 3 + 2 * 8);
    EXPECT_EQ(request->caller.executable, QStringLiteral("/a\\u{A}b"));
}

TEST(RecordsTest, LongPathKeepsItsBothEnds) {
    const QString path = shownPath("/home/ana/" + std::string(500, 'x') + "/bin/evil");
    EXPECT_LE(path.size(), 110);
    EXPECT_TRUE(path.startsWith(QStringLiteral("/home/ana/")));
    EXPECT_TRUE(path.endsWith(QStringLiteral("/bin/evil")));
}

TEST(RecordsTest, ScriptIsNamedWithItsFolder) {
    CallerRecord caller;
    EXPECT_TRUE(caller.programName().isEmpty());
    caller.executable = QStringLiteral("/usr/bin/node");
    EXPECT_EQ(caller.programName(), QStringLiteral("node"));
    caller.script = QStringLiteral("/home/ana/src/github-mcp/index.js");
    EXPECT_EQ(caller.programName(), QStringLiteral("github-mcp/index.js"));
    caller.script = QStringLiteral("/index.js");
    EXPECT_EQ(caller.programName(), QStringLiteral("index.js"));
}

} // namespace
} // namespace keybearer::test
