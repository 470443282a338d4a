#include "tests/broker/stores/keychain/KeyringSession.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QElapsedTimer>
#include <QMap>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <optional>

// A secret as the Secret Service passes it, unencrypted: (session, parameters, value, content type).
struct PlainSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};
Q_DECLARE_METATYPE(PlainSecret)

static QDBusArgument& operator<<(QDBusArgument& out, const PlainSecret& secret) {
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.contentType;
    out.endStructure();
    return out;
}

static const QDBusArgument& operator>>(const QDBusArgument& in, PlainSecret& secret) {
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    in.endStructure();
    return in;
}

namespace keybearer::test {

namespace {

const QString& secrets() {
    static const QString name = QStringLiteral("org.freedesktop.secrets");
    return name;
}

QDBusMessage serviceCall(const char* method) {
    return QDBusMessage::createMethodCall(secrets(), QStringLiteral("/org/freedesktop/secrets"),
                                          QStringLiteral("org.freedesktop.Secret.Service"),
                                          QString::fromLatin1(method));
}

qint64 pidOf(const QString& name) {
    const QDBusReply<uint> pid = QDBusConnection::sessionBus().interface()->servicePid(name);
    return pid.isValid() ? static_cast<qint64>(pid.value()) : 0;
}

} // namespace

qint64 KeyringSession::keyringPid() {
    return pidOf(secrets());
}

qint64 KeyringSession::busPid() {
    return pidOf(QStringLiteral("org.freedesktop.DBus"));
}

void KeyringSession::signalKeyring(int signal) {
    const qint64 pid = keyringPid();
    ASSERT_GT(pid, 0);
    ASSERT_EQ(::kill(static_cast<pid_t>(pid), signal), 0);
}

void KeyringSession::lock() {
    QDBusMessage alias = serviceCall("ReadAlias");
    alias << QStringLiteral("default");
    const QDBusReply<QDBusObjectPath> collection = QDBusConnection::sessionBus().call(alias);
    ASSERT_TRUE(collection.isValid());
    QDBusMessage order = serviceCall("Lock");
    order << QVariant::fromValue(QList<QDBusObjectPath>{collection.value()});
    const QDBusMessage locked = QDBusConnection::sessionBus().call(order);
    ASSERT_EQ(locked.type(), QDBusMessage::ReplyMessage) << locked.errorMessage().toStdString();
}

void KeyringSession::setDefault(const char* collection) {
    QDBusMessage order = serviceCall("SetAlias");
    order << QStringLiteral("default")
          << QVariant::fromValue(QDBusObjectPath(QString::fromLatin1(collection)));
    const QDBusMessage done = QDBusConnection::sessionBus().call(order);
    ASSERT_EQ(done.type(), QDBusMessage::ReplyMessage) << done.errorMessage().toStdString();
}

void KeyringSession::unlock() {
    // What the daemon offers to its own prompter; it is the one way to unlock without a display.
    qDBusRegisterMetaType<PlainSecret>();
    QDBusMessage opening = serviceCall("OpenSession");
    opening << QStringLiteral("plain") << QVariant::fromValue(QDBusVariant(QString()));
    const QDBusMessage opened = QDBusConnection::sessionBus().call(opening);
    ASSERT_EQ(opened.type(), QDBusMessage::ReplyMessage) << opened.errorMessage().toStdString();
    QDBusMessage order = QDBusMessage::createMethodCall(
        secrets(), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
        QStringLiteral("UnlockWithMasterPassword"));
    const PlainSecret password{qvariant_cast<QDBusObjectPath>(opened.arguments().at(1)),
                               {},
                               qgetenv("KEYBEARER_TEST_KEYRING"),
                               QStringLiteral("text/plain")};
    order << QVariant::fromValue(QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login")))
          << QVariant::fromValue(password);
    const QDBusMessage unlocked = QDBusConnection::sessionBus().call(order);
    ASSERT_EQ(unlocked.type(), QDBusMessage::ReplyMessage) << unlocked.errorMessage().toStdString();
}

QStringList KeyringSession::items(const std::string& ns, const std::string& id) {
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage question = serviceCall("SearchItems");
    const Attributes attributes{{QStringLiteral("user"), QString::fromStdString(id)},
                                {QStringLiteral("server"), QString::fromStdString(ns)},
                                {QStringLiteral("xdg:schema"), QStringLiteral("org.qt.keychain")}};
    question << QVariant::fromValue(attributes);
    const QDBusMessage reply = QDBusConnection::sessionBus().call(question);
    QStringList paths;
    for (const QVariant& list : reply.arguments()) {
        for (const QDBusObjectPath& path : qdbus_cast<QList<QDBusObjectPath>>(list))
            paths.append(path.path());
    }
    return paths;
}

std::string KeyringSession::labelOf(const QString& path) {
    QDBusMessage question = QDBusMessage::createMethodCall(
        secrets(), path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.Secret.Item") << QStringLiteral("Label");
    const QDBusReply<QDBusVariant> label = QDBusConnection::sessionBus().call(question);
    return label.isValid() ? label.value().variant().toString().toStdString() : "no label";
}

bool spinUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    QElapsedTimer passed;
    passed.start();
    while (!condition()) {
        if (passed.hasExpired(limit.count()))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    }
    return true;
}

Result<void> writeTo(CredentialStore& store, const std::string& id, std::string_view value,
                     const std::string& label) {
    std::optional<Result<void>> answer;
    store.write(id, label, Secret::copyOf(value), [&](Result<void> result) { answer = std::move(result); });
    if (!spinUntil([&] { return answer.has_value(); }))
        return failure(ErrorCode::InternalError, "no completion");
    return *answer;
}

Result<Secret> readFrom(CredentialStore& store, const std::string& id) {
    std::optional<Result<Secret>> answer;
    store.read(id, [&](Result<Secret> result) { answer.emplace(std::move(result)); });
    if (!spinUntil([&] { return answer.has_value(); }))
        return failure(ErrorCode::InternalError, "no completion");
    return std::move(*answer);
}

Result<void> eraseFrom(CredentialStore& store, const std::string& id) {
    std::optional<Result<void>> answer;
    store.erase(id, [&](Result<void> result) { answer = std::move(result); });
    if (!spinUntil([&] { return answer.has_value(); }))
        return failure(ErrorCode::InternalError, "no completion");
    return *answer;
}

void probe() {
    KeychainStore store("keybearer", std::chrono::seconds(2));
    QElapsedTimer sinceTick;
    qint64 longest = 0;
    QTimer ticker;
    QObject::connect(&ticker, &QTimer::timeout, &ticker,
                     [&] { longest = std::max(longest, sinceTick.restart()); });
    sinceTick.start();
    ticker.start(10);
    const Result<Secret> found = readFrom(store, "probe");
    std::printf("%s\n", wordsOf(found).c_str());
    if (!found)
        std::printf("action: %s\n", found.error().action.c_str());
    if (longest < 1000)
        std::printf("event loop never stood still\n");
    std::printf("health: %s\n", store.health().problem.c_str());
    std::fflush(stdout);
    // Where the bus is silent, the exit handlers of QtDBus wait for it.
    std::_Exit(0);
}

} // namespace keybearer::test
