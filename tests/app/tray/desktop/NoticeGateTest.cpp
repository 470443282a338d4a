#include "app/tray/desktop/NoticeGate.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

class NoticeGateTest : public ::testing::Test {
protected:
    Notice notice(const std::string& reason, const QString& title = QStringLiteral("Title"),
                  Notice::Topic topic = Notice::Topic::Session) {
        return {Notice::Kind::News, title, QStringLiteral("Text"), reason, {}, topic};
    }
    void quietFrom(QTime from, QTime to, bool requests = true) {
        settings.setQuietHours({true, from, to, requests});
    }

    QTemporaryDir home;
    TraySettings settings{home.path().toStdString()};
    QDateTime now{QDate(2026, 5, 1), QTime(12, 0)};
    NoticeGate gate{settings, [this] { return now; }};
};

TEST_F(NoticeGateTest, TheSameWordsAreNotSaidAgainWithinTenMinutes) {
    EXPECT_TRUE(gate.admits(notice("a")));
    EXPECT_FALSE(gate.admits(notice("a")));
    EXPECT_TRUE(gate.admits(notice("b")));
    EXPECT_TRUE(gate.admits(notice("a", QStringLiteral("Other"))));
    now = now.addSecs(599);
    EXPECT_FALSE(gate.admits(notice("a", QStringLiteral("Other"))));
    now = now.addSecs(2);
    EXPECT_TRUE(gate.admits(notice("a", QStringLiteral("Other"))));
}

TEST_F(NoticeGateTest, WithoutAReasonTheWordsCount) {
    EXPECT_TRUE(gate.admits(notice("")));
    EXPECT_FALSE(gate.admits(notice("")));
    EXPECT_TRUE(gate.admits(notice("", QStringLiteral("Other"))));
}

TEST_F(NoticeGateTest, AReasonThatWasGoneIsNewsAgain) {
    EXPECT_TRUE(gate.admits(notice("a")));
    gate.forget("a");
    EXPECT_TRUE(gate.admits(notice("a")));
}

TEST_F(NoticeGateTest, ATopicThatIsNotWantedIsKeptBack) {
    settings.setNotifiesOf(Notice::Topic::Tool, false);
    EXPECT_FALSE(gate.admits(notice("t", QStringLiteral("x"), Notice::Topic::Tool)));
    EXPECT_TRUE(gate.admits(notice("s")));
    settings.setNotifiesOf(Notice::Topic::Tool, true);
    EXPECT_TRUE(gate.admits(notice("t", QStringLiteral("x"), Notice::Topic::Tool)));
}

TEST_F(NoticeGateTest, InQuietHoursOnlyWhoWaitsBreaksThrough) {
    quietFrom({22, 0}, {8, 0});
    now.setTime({23, 30});
    EXPECT_FALSE(gate.admits(notice("a")));
    EXPECT_TRUE(gate.admits(notice("r", QStringLiteral("r"), Notice::Topic::Request)));
    quietFrom({22, 0}, {8, 0}, false);
    EXPECT_FALSE(gate.admits(notice("q", QStringLiteral("q"), Notice::Topic::Request)));
    now.setTime({8, 0});
    EXPECT_TRUE(gate.admits(notice("a")));
}

TEST(QuietHoursTest, MayReachOverMidnight) {
    const QuietHours night{true, {22, 0}, {8, 0}, true};
    EXPECT_TRUE(night.contains({22, 0}));
    EXPECT_TRUE(night.contains({3, 0}));
    EXPECT_FALSE(night.contains({8, 0}));
    EXPECT_FALSE(night.contains({12, 0}));
    const QuietHours noon{true, {12, 0}, {13, 0}, true};
    EXPECT_TRUE(noon.contains({12, 59}));
    EXPECT_FALSE(noon.contains({13, 0}));
    EXPECT_FALSE((QuietHours{true, {9, 0}, {9, 0}, true}.contains({9, 0})));
    EXPECT_FALSE((QuietHours{false, {0, 0}, {23, 59}, true}.contains({9, 0})));
}

TEST(TraySettingsTest, AreKeptAndRubbishHasTheUsualValue) {
    const QTemporaryDir home;
    const std::filesystem::path place = home.path().toStdString();
    {
        TraySettings settings(place / "config");
        EXPECT_EQ(settings.look(), TrayLook::Colour);
        EXPECT_EQ(settings.quitChoice(), QuitChoice::Ask);
        int changes = 0;
        QObject::connect(&settings, &TraySettings::changed, &settings, [&] { ++changes; });
        settings.setLook(TrayLook::Symbolic);
        settings.setQuitChoice(QuitChoice::StopBroker);
        settings.setQuitChoice(QuitChoice::StopBroker);
        EXPECT_EQ(changes, 2);
        EXPECT_TRUE(settings.isWritable());
    }
    TraySettings again(place / "config");
    EXPECT_EQ(again.look(), TrayLook::Symbolic);
    EXPECT_EQ(again.quitChoice(), QuitChoice::StopBroker);
    QFile file(again.file());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("[icon]\nlook=\xff\xfe\n[quit]\nbroker=maybe\n[quiet]\non=7\nfrom=25:99\n");
    file.close();
    const TraySettings odd(place / "config");
    EXPECT_EQ(odd.look(), TrayLook::Colour);
    EXPECT_EQ(odd.quitChoice(), QuitChoice::Ask);
    EXPECT_EQ(odd.quietHours().from, QTime(22, 0));
}

TEST(TraySettingsTest, APlaceThatCannotBeWrittenIsTold) {
    TraySettings settings("/proc/nowhere");
    settings.setLook(TrayLook::Symbolic);
    EXPECT_FALSE(settings.isWritable());
}

} // namespace
} // namespace keybearer::test
