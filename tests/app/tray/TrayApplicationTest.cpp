#include "app/tray/TrayApplication.h"

#include "app/tray/desktop/TrayInstance.h"
#include "app/tray/look/Icons.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QApplication>
#include <QPalette>
#include <QTemporaryDir>

namespace keybearer::test {
namespace {

class RecordingIcon final : public StatusIcon {
public:
    explicit RecordingIcon(RecordingIcon** self) { *self = this; }
    [[nodiscard]] bool isAvailable() const override { return available; }
    void install(QMenu* given) override { menu = given; }
    void present(const QIcon&, const QString& text) override {
        ++presented;
        toolTip = text;
    }
    void announce(const Notice& notice) override { notices.push_back(notice); }

    bool available = true;
    QMenu* menu = nullptr;
    int presented = 0;
    QString toolTip;
    std::vector<Notice> notices;
};

class TrayApplicationTest : public ::testing::Test {
protected:
    Places places() {
        Places places;
        places.runtime = home.path().toStdString();
        places.state = places.runtime;
        places.socket = broker.path().toStdString();
        return places;
    }
    static QWidget* sessionsWindow() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (widget->isVisible() && widget->windowTitle() == u"Sessions")
                return widget;
        }
        return nullptr;
    }

    QTemporaryDir home;
    ScriptedBroker broker;
    RecordingIcon* icon = nullptr;
};

TEST_F(TrayApplicationTest, IconShowsTheStateOfTheBroker) {
    broker.start();
    TrayApplication tray(places(), std::make_unique<RecordingIcon>(&icon));
    tray.start();
    EXPECT_EQ(icon->toolTip, QStringLiteral("Keybearer \u2013 No connection to the broker"));
    ASSERT_NE(icon->menu, nullptr);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return icon->toolTip.endsWith(QStringLiteral("Not signed in anywhere yet")); }));
    broker.stop();
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return icon->toolTip.endsWith(QStringLiteral("No connection to the broker")); }));
}

TEST_F(TrayApplicationTest, ClickOpensTheMainWindow) {
    broker.start();
    TrayApplication tray(places(), std::make_unique<RecordingIcon>(&icon));
    tray.start();
    EXPECT_EQ(sessionsWindow(), nullptr);
    Q_EMIT icon->activated();
    EXPECT_NE(sessionsWindow(), nullptr);
}

TEST_F(TrayApplicationTest, WithoutATrayTheWindowOpensInstead) {
    broker.start();
    auto owned = std::make_unique<RecordingIcon>(&icon);
    icon->available = false;
    TrayApplication tray(places(), std::move(owned));
    tray.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return sessionsWindow() != nullptr; }));
    EXPECT_EQ(icon->menu, nullptr);
    // A panel that comes later gets its icon all the same.
    icon->available = true;
    EXPECT_TRUE(QTest::qWaitFor([&] { return icon->menu != nullptr; }));
}

TEST_F(TrayApplicationTest, AlertsAreAnnounced) {
    broker.start();
    TrayApplication tray(places(), std::make_unique<RecordingIcon>(&icon));
    tray.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return icon->toolTip.endsWith(QStringLiteral("yet")); }));
    broker.emitEvent("alert", {{"level", "warning"}, {"message", "Denied\x1b often"}, {"action", "Look."}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return icon->notices.size() == 1; }));
    EXPECT_EQ(icon->notices[0].title, QStringLiteral("Denied\\u{1B} often"));
}

TEST_F(TrayApplicationTest, PaletteThatTurnsDarkRedrawsTheIcon) {
    TrayApplication tray(places(), std::make_unique<RecordingIcon>(&icon));
    const QPalette before = QApplication::palette();
    const int presented = icon->presented;
    QApplication::setPalette(QPalette(QColor(40, 40, 40)));
    QCoreApplication::processEvents();
    EXPECT_GT(icon->presented, presented);
    QApplication::setPalette(before);
}

TEST(IconsTest, EveryStateHasADrawingForBothGrounds) {
    QList<QImage> seen;
    for (const TrayState state :
         {TrayState::Ok, TrayState::Attention, TrayState::Locked, TrayState::Offline}) {
        for (const bool dark : {true, false}) {
            const QImage image = trayIcon(state, dark).pixmap(22).toImage();
            EXPECT_FALSE(image.isNull());
            EXPECT_FALSE(seen.contains(image));
            seen.append(image);
        }
    }
    EXPECT_FALSE(applicationIcon().pixmap(64).isNull());
}

TEST(IconsTest, GroundOfThePanelFollowsThePaletteUnlessTold) {
    EXPECT_TRUE(isDark(QPalette(QColor(40, 40, 40))));
    EXPECT_FALSE(isDark(QPalette(QColor(230, 230, 230))));
    qputenv("KEYBEARER_TRAY_GROUND", "dark");
    EXPECT_TRUE(isPanelDark(QPalette(QColor(230, 230, 230))));
    qunsetenv("KEYBEARER_TRAY_GROUND");
}

TEST(TrayInstanceTest, SecondStartWakesTheFirst) {
    const QTemporaryDir home;
    Places places;
    places.runtime = home.filePath(QStringLiteral("run")).toStdString();
    int woken = 0;
    TrayInstance first(places);
    QObject::connect(&first, &TrayInstance::woken, &first, [&] { ++woken; });
    ASSERT_TRUE(first.claim());
    TrayInstance second(places);
    EXPECT_FALSE(second.claim());
    EXPECT_TRUE(second.problem().isEmpty());
    EXPECT_TRUE(second.wakeOther());
    EXPECT_TRUE(QTest::qWaitFor([&] { return woken == 1; }));
}

TEST(TrayInstanceTest, LockIsFreeAgainAfterwards) {
    const QTemporaryDir home;
    Places places;
    places.runtime = home.path().toStdString();
    EXPECT_TRUE(TrayInstance(places).claim());
    EXPECT_TRUE(TrayInstance(places).claim());
}

TEST(TrayInstanceTest, DirectoryThatCannotBeUsedIsNamed) {
    Places places;
    places.runtime = "/proc/nowhere";
    TrayInstance instance(places);
    EXPECT_FALSE(instance.claim());
    EXPECT_FALSE(instance.problem().isEmpty());
}

} // namespace
} // namespace keybearer::test
