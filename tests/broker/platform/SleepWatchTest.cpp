#include "broker/platform/SleepWatch.h"

#include "broker/platform/ScreenLockWatch.h"
#include "tests/support/EventLoop.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QProcess>

#include <gtest/gtest.h>

#include <unistd.h>

namespace keybearer {
namespace {

// A message bus of our own in the place of the system bus; who owns the name of logind is logind there.
class SleepWatchTest : public ::testing::Test {
protected:
    // One for all: a process connects to its system bus once.
    static void SetUpTestSuite() {
        bus = std::make_unique<QProcess>();
        bus->start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--session"), QStringLiteral("--nofork"),
                    QStringLiteral("--print-address"), QStringLiteral("--address=unix:tmpdir=/tmp")});
        ASSERT_TRUE(bus->waitForReadyRead());
        address = QString::fromUtf8(bus->readLine()).trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toUtf8());
    }
    static void TearDownTestSuite() {
        bus->terminate();
        bus->waitForFinished();
        bus.reset();
    }

    static void signal(QDBusConnection& from, bool about) {
        QDBusMessage message = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
                                                          QStringLiteral("org.freedesktop.login1.Manager"),
                                                          QStringLiteral("PrepareForSleep"));
        message << about;
        from.send(message);
    }

    static inline std::unique_ptr<QProcess> bus;
    static inline QString address;
    std::vector<bool> heard;
};

TEST_F(SleepWatchTest, T5_TellsOfSleepAndOfWaking) {
    QDBusConnection logind = QDBusConnection::connectToBus(address, QStringLiteral("logind"));
    ASSERT_TRUE(logind.registerService(QStringLiteral("org.freedesktop.login1")));
    const auto watch = SleepWatch::start([&](bool about) { heard.push_back(about); });
    ASSERT_NE(watch, nullptr);
    // The watch connects in its own time: until then signals go by.
    ASSERT_TRUE(spinUntil([&] {
        signal(logind, true);
        return !heard.empty();
    }));
    heard.clear();
    signal(logind, true);
    signal(logind, false);
    ASSERT_TRUE(spinUntil([&] { return !heard.empty() && !heard.back(); }));
    QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
}

TEST_F(SleepWatchTest, ASignalOfSomebodyElseSaysNothing) {
    QDBusConnection logind = QDBusConnection::connectToBus(address, QStringLiteral("logind"));
    ASSERT_TRUE(logind.registerService(QStringLiteral("org.freedesktop.login1")));
    QDBusConnection other = QDBusConnection::connectToBus(address, QStringLiteral("other"));
    const auto watch = SleepWatch::start([&](bool about) { heard.push_back(about); });
    ASSERT_TRUE(spinUntil([&] {
        signal(logind, true);
        return !heard.empty();
    }));
    signal(logind, false); // when this has come, so has what was sent before
    ASSERT_TRUE(spinUntil([&] { return !heard.empty() && !heard.back(); }));
    heard.clear();
    signal(other, false);
    other.call(QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId"))); // the bus has passed it on
    signal(logind, true);
    ASSERT_TRUE(spinUntil([&] { return !heard.empty(); }));
    EXPECT_EQ(heard, std::vector<bool>{true});
    QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
    QDBusConnection::disconnectFromBus(QStringLiteral("other"));
}

// A session of logind as far as it is asked who owns it.
class Session final : public QDBusVirtualObject {
public:
    explicit Session(uint uid) : uid_(uid) {}
    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        QDBusArgument user;
        user.beginStructure();
        user << uid_ << QDBusObjectPath(QStringLiteral("/org/freedesktop/login1/user/x"));
        user.endStructure();
        return connection.send(
            message.createReply(QVariant::fromValue(QDBusVariant(QVariant::fromValue(user)))));
    }

private:
    uint uid_;
};

const QString sessionPath = QStringLiteral("/org/freedesktop/login1/session/_31");

void lock(QDBusConnection& from) {
    from.send(QDBusMessage::createSignal(sessionPath, QStringLiteral("org.freedesktop.login1.Session"),
                                         QStringLiteral("Lock")));
}

void hint(QDBusConnection& from, bool locked) {
    QDBusMessage message = QDBusMessage::createSignal(
        sessionPath, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"));
    message << QStringLiteral("org.freedesktop.login1.Session")
            << QVariantMap{{QStringLiteral("LockedHint"), locked}} << QStringList();
    from.send(message);
}

TEST_F(SleepWatchTest, R7_TellsOfTheLockedScreenOfThisUserOnly) {
    QDBusConnection logind = QDBusConnection::connectToBus(address, QStringLiteral("logind"));
    ASSERT_TRUE(logind.registerService(QStringLiteral("org.freedesktop.login1")));
    Session mine(::getuid());
    Session other(::getuid() + 1);
    ASSERT_TRUE(logind.registerVirtualObject(sessionPath, &mine));
    int locked = 0;
    const auto watch = ScreenLockWatch::start([&] { ++locked; });
    ASSERT_NE(watch, nullptr);
    ASSERT_TRUE(spinUntil([&] { // it connects in its own time
        lock(logind);
        return locked > 0;
    }));
    do { // what was sent before has come, and each of it has asked whose it is
        locked = 0;
    } while (spinUntil([&] { return locked > 0; }, 300));
    hint(logind, false);
    hint(logind, true);
    EXPECT_TRUE(spinUntil([&] { return locked > 0; }));
    EXPECT_EQ(locked, 1);
    logind.unregisterObject(sessionPath);
    ASSERT_TRUE(logind.registerVirtualObject(sessionPath, &other));
    locked = 0;
    lock(logind);
    EXPECT_FALSE(spinUntil([&] { return locked > 0; }, 200)) << "somebody else's screen";
    logind.unregisterObject(sessionPath);
    lock(logind); // nobody tells whose it is
    EXPECT_TRUE(spinUntil([&] { return locked > 0; }));
    QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
}

TEST(SleepWatchAlone, WithoutABusItIsSilent) {
    std::vector<bool> heard;
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    const auto watch = SleepWatch::start([&](bool about) { heard.push_back(about); });
    EXPECT_FALSE(spinUntil([&] { return !heard.empty(); }, 100));
}

} // namespace
} // namespace keybearer
