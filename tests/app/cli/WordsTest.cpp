#include "app/cli/Words.h"

#include "app/cli/SessionLines.h"
#include "app/cli/Table.h"
#include "broker/base/Time.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace keybearer {
namespace {

TEST(Words, DurationsHaveOneUnitRoundedDown) {
    EXPECT_EQ(durationWords(0), "0 seconds");
    EXPECT_EQ(durationWords(1), "1 second");
    EXPECT_EQ(durationWords(59), "59 seconds");
    EXPECT_EQ(durationWords(60), "1 minute");
    EXPECT_EQ(durationWords(3599), "59 minutes");
    EXPECT_EQ(durationWords(3600), "1 hour");
    EXPECT_EQ(durationWords(47 * 3600), "47 hours");
    EXPECT_EQ(durationWords(48 * 3600), "2 days");
}

TEST(Words, TimesAreSaidFromNow) {
    const WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");
    EXPECT_EQ(whenWords("2026-05-01T10:22:30Z", now, "-"), "in 52 minutes");
    EXPECT_EQ(whenWords("2026-05-01T06:30:00Z", now, "-"), "3 hours ago");
    EXPECT_EQ(whenWords("2026-05-01T09:30:00Z", now, "-"), "just now");
    EXPECT_EQ(whenWords("tomorrow", now, "-"), "-");
    EXPECT_EQ(whenWords(std::nullopt, now, "never"), "never");
}

TEST(Words, TimesAreShownInTheZoneOfTheReader) {
    ::setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
    ::tzset();
    EXPECT_EQ(localTime("2026-05-01T09:30:00Z", "-"), "2026-05-01 05:30:00");
    EXPECT_EQ(localTime("2026-12-01T09:30:00Z", "-"), "2026-12-01 04:30:00");
    EXPECT_EQ(localTime("soon", "-"), "-");
    EXPECT_EQ(localTime(std::nullopt, "-"), "-");
    ::unsetenv("TZ");
    ::tzset();
}

TEST(Words, AScriptSaysMoreThanItsInterpreter) {
    EXPECT_EQ(programPath(Json{{"executable", "/usr/bin/node"}, {"script", "/home/ana/x.js"}}),
              "/home/ana/x.js");
    EXPECT_EQ(programPath(Json{{"executable", "/usr/bin/git"}}), "/usr/bin/git");
    EXPECT_EQ(programPath(Json::object()), "?");
}

TEST(Words, MembersOfTheWrongKindAreAbsent) {
    const Json object{{"a", 7}, {"b", ""}, {"c", {{"d", "x\x1b[0m"}}}, {"e", {"r", 1, "s"}}};
    EXPECT_EQ(textAt(object, "a", "-"), "-");
    EXPECT_EQ(textAt(object, "b", "-"), "-");
    EXPECT_EQ(innerTextAt(object, "c", "d", "-").find('\x1b'), std::string::npos);
    EXPECT_EQ(innerTextAt(object, "a", "d", "-"), "-");
    EXPECT_EQ(listAt(object, "e", "-"), "r, s");
    EXPECT_TRUE(arrayAt(object, "a").empty());
    EXPECT_TRUE(objectAt(Json(), "a").empty());
}

TEST(Words, ProgramNameIsTheLastPart) {
    EXPECT_EQ(programName("/usr/bin/node"), "node");
    EXPECT_EQ(programName("node"), "node");
}

TEST(Table, ColumnsAreAsWideAsTheirWidestCell) {
    Table table({"A", "LONG"});
    table.add({"wide cell", "x"});
    table.add({"\xe6\x97\xa5\xe6\x9c\xac", "y"}); // two characters of two columns
    EXPECT_EQ(table.text(), "A          LONG\nwide cell  x\n\xe6\x97\xa5\xe6\x9c\xac       y\n");
}

TEST(Table, WidthCountsColumnsAndNotBytes) {
    EXPECT_EQ(displayWidth("abc"), 3U);
    EXPECT_EQ(displayWidth("\xc3\xa9"), 1U);
    EXPECT_EQ(displayWidth("e\xcc\x81"), 1U); // a combining accent
    EXPECT_EQ(displayWidth("\xf0\x9f\x98\x80"), 2U);
}

TEST(Table, WrappedTextStaysWithinTheWidth) {
    EXPECT_EQ(wrapped("one two three", 9, 2), "  one two\n  three\n");
    EXPECT_EQ(wrapped("unbreakable", 5, 0), "unbreakable\n");
    EXPECT_EQ(wrapped("", 5, 0), "");
}

TEST(SessionLines, T4_DetailsSayThatRenewalFailsAndWhenTheSignInEnds) {
    const Json session{{"session_id", "s_1"},
                       {"provider", "corp"},
                       {"state", "active"},
                       {"kind", "jwt_bearer"},
                       {"sign_in_ends_at", "2026-12-01T00:00:00Z"},
                       {"renewal", {{"failures", 3}, {"retry_after_seconds", 40}}}};
    const std::string text = sessionDetails(session, *fromRfc3339("2026-11-21T00:00:00Z"));
    EXPECT_NE(text.find("failed 3 times, next try in 40 s"), std::string::npos) << text;
    EXPECT_NE(text.find("service account"), std::string::npos) << text;
    EXPECT_NE(text.find(localTime("2026-12-01T00:00:00Z", "?")), std::string::npos) << text;
    EXPECT_EQ(sessionDetails(Json{{"session_id", "s_1"}}, {}).find("Renewal"), std::string::npos);
}

TEST(SessionLines, TableSaysWhatAPersonAsks) {
    const WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");
    const Json sessions =
        Json::array({{{"session_id", "s-1"},
                      {"provider", "github"},
                      {"account", {{"label", "ana@example.com"}}},
                      {"state", "active"},
                      {"expires_at", "2026-05-01T10:22:30Z"},
                      {"last_used", {{"at", "2026-05-01T09:00:00Z"}, {"caller", "/usr/bin/git"}}}},
                     {{"session_id", "s-2"},
                      {"provider", "corp"},
                      {"account", {{"label", "b"}}},
                      {"state", "needs_sign_in"}}});
    EXPECT_EQ(sessionTable(sessions, now, ""),
              "PROVIDER  ACCOUNT          STATE          EXPIRES        LAST USED BY\n"
              "github    ana@example.com  active         in 52 minutes  git, 30 minutes ago\n"
              "corp      b                sign in again  -              nobody yet\n");
}

} // namespace
} // namespace keybearer
