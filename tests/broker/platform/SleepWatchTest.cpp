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

// A watch connects in its own time, and until then signals go by: so they are sent again, though not so often
// that they pile up.
bool repeatUntil(const std::function<void()>& send, const std::function<bool()>& heard) {
    QDeadlineTimer next(0);
    return spinUntil([&] {
        if (next.hasExpired()) {
            send();
            next.setRemainingTime(50);
        }
        return heard();
    });
}

// What was sent before has been passed on when the answer is there, and what was passed on before has come.
void wordWithTheBus(QDBusConnection& with) {
    with.call(QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId")));
}

TEST_F(SleepWatchTest, T5_TellsOfSleepAndOfWaking) {
    QDBusConnection logind = QDBusConnection::connectToBus(address, QStringLiteral("logind"));
    ASSERT_TRUE(logind.registerService(QStringLiteral("org.freedesktop.login1")));
    const auto watch = SleepWatch::start([&](bool about) { heard.push_back(about); });
    ASSERT_NE(watch, nullptr);
    ASSERT_TRUE(repeatUntil([&] { signal(logind, true); }, [&] { return !heard.empty(); }));
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
    ASSERT_TRUE(repeatUntil([&] { signal(logind, true); }, [&] { return !heard.empty(); }));
    signal(logind, false); // when this has come, so has what was sent before
    ASSERT_TRUE(spinUntil([&] { return !heard.empty() && !heard.back(); }));
    heard.clear();
    signal(other, false);
    wordWithTheBus(other); // the bus has passed it on
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
        ++asked;
        QDBusArgument user;
        user.beginStructure();
        user << uid_ << QDBusObjectPath(QStringLiteral("/org/freedesktop/login1/user/x"));
        user.endStructure();
        return connection.send(
            message.createReply(QVariant::fromValue(QDBusVariant(QVariant::fromValue(user)))));
    }

    int asked = 0;

private:
    uint uid_;
};

const QString sessionPath = QStringLiteral("/org/freedesktop/login1/session/_31");
const QString markerPath = QStringLiteral("/org/freedesktop/login1/session/_32");

void lock(QDBusConnection& from, const QString& path = sessionPath) {
    from.send(QDBusMessage::createSignal(path, QStringLiteral("org.freedesktop.login1.Session"),
                                         QStringLiteral("Lock")));
}

// Signals and answers keep their order: when the watch has asked for the marker, all that was sent before has
// come and was asked for, and behind a word with the bus on either side so have the answers.
void settle(QDBusConnection& logind, const Session& marker) {
    const int before = marker.asked;
    lock(logind, markerPath);
    ASSERT_TRUE(spinUntil([&] { return marker.asked > before; }));
    wordWithTheBus(logind);
    QDBusConnection watch = QDBusConnection::systemBus();
    wordWithTheBus(watch);
    spinOnce();
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
    Session marker(::getuid() + 1);
    ASSERT_TRUE(logind.registerVirtualObject(markerPath, &marker));
    int locked = 0;
    const auto watch = ScreenLockWatch::start([&] { ++locked; });
    ASSERT_NE(watch, nullptr);
    ASSERT_TRUE(repeatUntil([&] { lock(logind); }, [&] { return locked > 0; }));
    settle(logind, marker);
    locked = 0;
    hint(logind, false);
    hint(logind, true);
    settle(logind, marker);
    EXPECT_EQ(locked, 1);
    logind.unregisterObject(sessionPath);
    ASSERT_TRUE(logind.registerVirtualObject(sessionPath, &other));
    locked = 0;
    lock(logind);
    settle(logind, marker);
    EXPECT_EQ(other.asked, 1);
    EXPECT_EQ(locked, 0) << "somebody else's screen";
    logind.unregisterObject(sessionPath);
    lock(logind); // nobody tells whose it is
    EXPECT_TRUE(spinUntil([&] { return locked > 0; }));
    logind.unregisterObject(markerPath);
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
