#include "app/tray/desktop/DesktopNotifications.h"

#include "tests/app/tray/support/PrivateBus.h"

#include <QDBusMessage>
#include <QTest>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

// The other end: what a desktop does with notifications, as far as it can be seen on the bus.
class NotificationServer final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Seen {
        uint replaces;
        QString title, text;
        QStringList actions;
        QVariantMap hints;
    };
    explicit NotificationServer(const QDBusConnection& bus) : bus_(bus) {}
    bool begin() {
        return bus_.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
               bus_.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    void end() {
        bus_.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        bus_.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
    }

    QStringList abilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    std::vector<Seen> seen;
    std::vector<uint> closed;
    uint next = 7;

public Q_SLOTS: // NOLINT(readability-redundant-access-specifiers)
    QStringList GetCapabilities() { return abilities; }
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
                const QStringList& actions, const QVariantMap& hints, int) {
        seen.push_back({replaces, title, text, actions, hints});
        return replaces != 0 ? replaces : next++;
    }
    void CloseNotification(uint id) {
        closed.push_back(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& key);
    void NotificationClosed(uint id, uint why);

private:
    QDBusConnection bus_;
};

class DesktopNotificationsTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(bus.isRunning()) << "dbus-daemon is needed";
        server = std::make_unique<NotificationServer>(bus.connect());
        ours = std::make_unique<DesktopNotifications>(
            DesktopNotifications::Options{bus.connect(), std::chrono::milliseconds(2'000)});
        QObject::connect(ours.get(), &DesktopNotifications::undelivered, ours.get(),
                         [this](const Notice& notice) { undelivered.push_back(notice); });
        QObject::connect(ours.get(), &DesktopNotifications::opened, ours.get(),
                         [this](const Notice& notice) { opened.push_back(notice); });
    }
    Notice notice(const std::string& reason, const QString& title = QStringLiteral("Title")) {
        return {Notice::Kind::News,
                title,
                QStringLiteral("a <b> & c"),
                reason,
                {{QStringLiteral("Sign in again"), [this] { ++acted; }}},
                Notice::Topic::Session};
    }
    static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition); }

    PrivateBus bus;
    std::unique_ptr<NotificationServer> server;
    std::unique_ptr<DesktopNotifications> ours;
    std::vector<Notice> undelivered;
    std::vector<Notice> opened;
    int acted = 0;
};

TEST_F(DesktopNotificationsTest, WordsAreEscapedAsTheServiceReadsThemAndButtonsAct) {
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    const auto& seen = server->seen.front();
    EXPECT_EQ(seen.text, QStringLiteral("a &lt;b&gt; &amp; c"));
    EXPECT_EQ(seen.actions.size(), 4);
    EXPECT_EQ(seen.actions.at(2), QStringLiteral("0"));
    EXPECT_EQ(seen.actions.at(3), QStringLiteral("Sign in again"));
    EXPECT_EQ(seen.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("keybearer"));
    EXPECT_EQ(seen.hints.value(QStringLiteral("urgency")).toInt(), 1);
    QTest::qWait(0);
    Q_EMIT server->ActionInvoked(7, QStringLiteral("0"));
    ASSERT_TRUE(wait([&] { return acted == 1; }));
    Q_EMIT server->ActionInvoked(7, QStringLiteral("0"));
    ours->post(notice("other"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 2; }));
    EXPECT_EQ(acted, 1) << "what was done is done once";
    EXPECT_TRUE(opened.empty());
}

TEST_F(DesktopNotificationsTest, WithoutMarkupAndButtonsWordsStayAsTheyAre) {
    server->abilities = {QStringLiteral("body")};
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    EXPECT_EQ(server->seen.front().text, QStringLiteral("a <b> & c"));
    EXPECT_TRUE(server->seen.front().actions.isEmpty());
}

TEST_F(DesktopNotificationsTest, OneReasonHasOneNotification) {
    ASSERT_TRUE(server->begin());
    ours->post(notice("s", QStringLiteral("first")));
    ours->post(notice("s", QStringLiteral("second"))); // before the service has answered
    ours->post(notice("s", QStringLiteral("third")));
    ASSERT_TRUE(wait([&] { return !server->seen.empty() && server->seen.back().title == u"third"; }));
    EXPECT_EQ(server->seen.back().replaces, 7U);
    EXPECT_EQ(server->next, 8U) << "one number was given out";
    ours->post(notice("t"));
    ASSERT_TRUE(wait([&] { return server->next == 9; }));
    EXPECT_EQ(server->seen.back().replaces, 0U);
}

TEST_F(DesktopNotificationsTest, AReasonThatIsGoneTakesItsNotificationAlong) {
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    QTest::qWait(0);
    ours->withdraw("s");
    ASSERT_TRUE(wait([&] { return server->closed == std::vector<uint>{7}; }));
    ours->post(notice("u"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 2; })); // asked for, perhaps not yet answered
    ours->withdraw("u");
    EXPECT_TRUE(wait([&] { return server->closed == (std::vector<uint>{7, 8}); }));
}

TEST_F(DesktopNotificationsTest, ClosedByThePersonItIsForgotten) {
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    QTest::qWait(0);
    Q_EMIT server->NotificationClosed(7, 2);
    ours->post(notice("end"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 2; }));
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 3; }));
    EXPECT_EQ(server->seen.back().replaces, 0U);
}

TEST_F(DesktopNotificationsTest, AClickBesideTheButtonsOpens) {
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    QTest::qWait(0);
    Q_EMIT server->ActionInvoked(7, QStringLiteral("default"));
    ASSERT_TRUE(wait([&] { return opened.size() == 1; }));
    EXPECT_EQ(acted, 0);
}

TEST_F(DesktopNotificationsTest, WithoutAServiceTheyGoAnotherWayUntilThereIsOne) {
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return undelivered.size() == 1; }));
    ASSERT_TRUE(server->begin());
    ours->post(notice("s"));
    ASSERT_TRUE(wait([&] { return server->seen.size() == 1; }));
    QTest::qWait(0);
    server->end();
    ASSERT_TRUE(wait([&] {
        if (undelivered.size() == 1)
            ours->post(notice("s"));
        return undelivered.size() > 1;
    }));
    EXPECT_EQ(server->seen.size(), 1U);
}

TEST_F(DesktopNotificationsTest, WithoutABusTheyGoAnotherWayAtOnce) {
    DesktopNotifications none({QDBusConnection(QStringLiteral("nowhere"))});
    int count = 0;
    QObject::connect(&none, &DesktopNotifications::undelivered, &none, [&](const Notice&) { ++count; });
    none.post(notice("s"));
    EXPECT_EQ(count, 1);
}

} // namespace
} // namespace keybearer::test

#include "DesktopNotificationsTest.moc"
