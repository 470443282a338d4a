// Sessions that lack something. Each needs a process of its own, because QtKeychain and the bus connections
// settle once: this program again, with --probe.
#include "tests/broker/stores/keychain/KeyringSession.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalServer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

using ::testing::HasSubstr;

std::string probeIn(const QProcessEnvironment& environment, QStringList wrapper = {}) {
    QProcess process;
    process.setProcessEnvironment(environment);
    wrapper << QCoreApplication::applicationFilePath() << QStringLiteral("--probe");
    process.start(wrapper.takeFirst(), wrapper);
    if (!process.waitForFinished(20000))
        return "the probe did not end";
    return process.readAllStandardOutput().toStdString();
}

QProcessEnvironment here() {
    return QProcessEnvironment::systemEnvironment();
}

TEST(KeychainProblemTest, NothingIsWrongInAWholeSession) {
    EXPECT_THAT(probeIn(here()), HasSubstr("not_found: "));
}

TEST(KeychainProblemTest, EventLoopWithoutGlibIsNamed) {
    QProcessEnvironment environment = here();
    environment.insert(QStringLiteral("QT_NO_GLIB"), QStringLiteral("1"));
    const std::string said = probeIn(environment);
    EXPECT_THAT(said, HasSubstr("store_unavailable: the event loop runs without GLib"));
    EXPECT_THAT(said, HasSubstr("action: Unset QT_NO_GLIB"));
}

TEST(KeychainProblemTest, MissingBusIsNamed) {
    QTemporaryDir empty;
    QProcessEnvironment environment = here();
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), empty.path());
    const std::string said = probeIn(environment);
    EXPECT_THAT(said, HasSubstr("store_unavailable: there is no session bus"));
    EXPECT_THAT(said, HasSubstr("health: there is no session bus"));
}

TEST(KeychainProblemTest, DeadBusAddressIsNamed) {
    QProcessEnvironment environment = here();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       QStringLiteral("unix:path=/nonexistent/bus"));
    const std::string said = probeIn(environment);
    EXPECT_THAT(said, HasSubstr("store_unavailable: the session bus cannot be reached"));
    EXPECT_THAT(said, HasSubstr("action: Check DBUS_SESSION_BUS_ADDRESS"));
}

// T-42: a bus that accepts the connection and then says nothing must not stop our event loop.
TEST(KeychainProblemTest, SilentBusCostsADeadlineAndNotTheEventLoop) {
    QTemporaryDir directory;
    QLocalServer silent;
    const QString path = directory.filePath(QStringLiteral("bus"));
    ASSERT_TRUE(silent.listen(path));
    QProcessEnvironment environment = here();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=") + path);
    QElapsedTimer passed;
    passed.start();
    const std::string said = probeIn(environment);
    EXPECT_THAT(said, HasSubstr("store_unavailable: the session bus does not answer"));
    EXPECT_THAT(said, HasSubstr("event loop never stood still"));
    EXPECT_LT(passed.elapsed(), 10000);
}

TEST(KeychainProblemTest, MissingKeyringServiceIsNamed) {
    QTemporaryDir directory;
    const QString config = directory.filePath(QStringLiteral("bus.conf"));
    QFile file(config);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
               "<policy context=\"default\"><allow send_destination=\"*\"/><allow "
               "receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>");
    file.close();
    const std::string said = probeIn(here(), {QStringLiteral("dbus-run-session"),
                                              QStringLiteral("--config-file"), config, QStringLiteral("--")});
    EXPECT_THAT(said, HasSubstr("store_unavailable: no keyring service runs in this session"));
    EXPECT_THAT(said, HasSubstr("action: Install and start gnome-keyring"));
}

TEST(KeychainProblemTest, MissingLibsecretIsNamed) {
    // A file of that name which is no library stands in for one that is not there.
    QTemporaryDir directory;
    for (const char* name : {"libsecret-1.so.0", "libsecret-1.so"}) {
        QFile file(directory.filePath(QString::fromLatin1(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("nothing");
    }
    QProcessEnvironment environment = here();
    environment.insert(QStringLiteral("LD_LIBRARY_PATH"), directory.path());
    const std::string said = probeIn(environment);
    EXPECT_THAT(said, HasSubstr("store_unavailable: libsecret is not installed"));
    EXPECT_THAT(said, HasSubstr("action: Install it"));
}

TEST(KeychainProblemTest, RingWithoutCollectionIsNotAnEmptyOne) {
    // A keyring in an empty home, never unlocked: it has no default collection. Reading finds nothing, truly.
    QTemporaryDir directory;
    QProcessEnvironment environment = here();
    for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"})
        environment.insert(QString::fromLatin1(name), directory.path());
    EXPECT_THAT(probeIn(environment, {QStringLiteral("dbus-run-session"), QStringLiteral("--")}),
                HasSubstr("not_found: "));
}

} // namespace
} // namespace keybearer::test
