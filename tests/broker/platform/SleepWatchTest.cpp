#include "broker/platform/SleepWatch.h"

#include "tests/support/EventLoop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>

#include <gtest/gtest.h>

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
    ASSERT_FALSE(spinUntil([&] { return false; }, 50)); // what was sent before has come
    heard.clear();
    signal(other, false);
    EXPECT_FALSE(spinUntil([&] { return !heard.empty(); }, 100));
    QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
    QDBusConnection::disconnectFromBus(QStringLiteral("other"));
}

TEST(SleepWatchAlone, WithoutABusItIsSilent) {
    std::vector<bool> heard;
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    const auto watch = SleepWatch::start([&](bool about) { heard.push_back(about); });
    EXPECT_FALSE(spinUntil([&] { return !heard.empty(); }, 100));
}

} // namespace
} // namespace keybearer
