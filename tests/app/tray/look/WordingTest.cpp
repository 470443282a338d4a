#include "app/tray/look/Wording.h"

#include <Qt>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

const QDateTime now = QDateTime(QDate(2026, 5, 1), QTime(12, 0), Qt::UTC);

TEST(WordingTest, TimesAreSaidInTheLargestWholeUnit) {
    EXPECT_TRUE(untilWords(now.addSecs(59), now).contains(u'1'));
    EXPECT_TRUE(untilWords(now.addSecs(42 * 60 + 5), now).startsWith(QStringLiteral("in 42 minute")));
    EXPECT_TRUE(untilWords(now.addSecs(3 * 3600), now).startsWith(QStringLiteral("in 3 hour")));
    EXPECT_TRUE(untilWords(now.addDays(26), now).startsWith(QStringLiteral("in 26 day")));
    EXPECT_EQ(untilWords(now, now), QStringLiteral("expired"));
    EXPECT_EQ(untilWords({}, now), QStringLiteral("\u2013"));
    EXPECT_EQ(agoWords(now.addSecs(-30), now), QStringLiteral("just now"));
    EXPECT_EQ(agoWords(now.addSecs(30), now), QStringLiteral("just now")); // a clock that was set back
    EXPECT_TRUE(agoWords(now.addSecs(-7300), now).startsWith(QStringLiteral("2 hour")));
    EXPECT_TRUE(agoWords({}, now).isEmpty());
}

TEST(WordingTest, EveryFailureSaysWhatHappened) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::InternalError); ++code)
        EXPECT_FALSE(whatHappened(Error(static_cast<ErrorCode>(code), "it broke")).isEmpty()) << code;
    EXPECT_EQ(whatHappened(Error(ErrorCode::ProviderError, "access denied\x1b[2J")),
              QStringLiteral("Access denied\\u{1B}[2J."));
    EXPECT_EQ(whatToDo(Error(ErrorCode::ProviderError, "x", "do <b>this</b>")),
              QStringLiteral("Do <b>this</b>."));
}

TEST(WordingTest, KnownScopesKeepTheirNameInSight) {
    EXPECT_EQ(scopeWords(QStringLiteral("email")), QStringLiteral("see your e-mail address (email)"));
    EXPECT_EQ(scopeWords(QStringLiteral("corp.read")), QStringLiteral("corp.read"));
}

TEST(WordingTest, R3_AChangeSaysWhatWasAndWhatIs) {
    EXPECT_EQ(changeWords("working_directory"), QStringLiteral("It runs in another directory"));
    EXPECT_EQ(changeWords("odd\n"), QStringLiteral("odd\\u{A}"));
    EXPECT_EQ(changeValues("script_sha256", QStringLiteral("5c11aaaaaaaaaaaaaa"), {}),
              QStringLiteral("before: 5c11aaaaaaaa\nnow: \u2013"));
    EXPECT_EQ(changeValues("class", QStringLiteral("B"), QStringLiteral("?")),
              QStringLiteral("before: a sandboxed application\nnow: ?"));
}

TEST(WordingTest, MarkUpIsNeverTakenForMarkUp) {
    EXPECT_EQ(plainToolTip(QStringLiteral("<img src=x>")), QStringLiteral("<span>&lt;img src=x&gt;</span>"));
    EXPECT_TRUE(plainToolTip(QString()).isEmpty());
    EXPECT_EQ(plainMenuText(QStringLiteral("R&D\tx")), QStringLiteral("R&&D x"));
    const QString notice = plainNotification(QStringLiteral("<a href='x'>&amp;"));
    EXPECT_FALSE(notice.contains(u'<') || notice.contains(u'>') || notice.contains(u'&'));
}

} // namespace
} // namespace keybearer::test
