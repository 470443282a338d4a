#include "broker/platform/linux/LogindLock.h"

#include "broker/platform/SystemBus.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <unistd.h>

namespace keybearer {

namespace {

constexpr int answerMs = 5000; // logind answers within milliseconds

const QString service = QStringLiteral("org.freedesktop.login1");
const QString sessionInterface = QStringLiteral("org.freedesktop.login1.Session");
const QString properties = QStringLiteral("org.freedesktop.DBus.Properties");

// The property User: (uo), the number and the object of the session's owner.
uint ownerIn(const QDBusVariant& value) {
    const auto argument = value.variant().value<QDBusArgument>();
    if (argument.currentType() != QDBusArgument::StructureType)
        return static_cast<uint>(-1);
    uint uid = static_cast<uint>(-1);
    argument.beginStructure();
    argument >> uid;
    argument.endStructure();
    return uid;
}

} // namespace

LogindLock::LogindLock(std::function<void()> locked) : locked_(std::move(locked)) {
    settleSystemBus(this, [this](SystemBus state) {
        if (state != SystemBus::Connected)
            return;
        QDBusConnection bus = QDBusConnection::systemBus();
        bus.connect(service, QString(), sessionInterface, QStringLiteral("Lock"), this,
                    SLOT(onLock(QDBusMessage)));
        bus.connect(service, QString(), properties, QStringLiteral("PropertiesChanged"), this,
                    SLOT(onPropertiesChanged(QString, QVariantMap, QStringList, QDBusMessage)));
    });
}

void LogindLock::onLock(const QDBusMessage& message) {
    tellIfOurs(message.path());
}

void LogindLock::onPropertiesChanged(const QString& interface, const QVariantMap& changed,
                                     const QStringList& /*gone*/, const QDBusMessage& message) {
    if (interface == sessionInterface && changed.value(QStringLiteral("LockedHint")).toBool())
        tellIfOurs(message.path());
}

void LogindLock::tellIfOurs(const QString& session) {
    QDBusMessage question =
        QDBusMessage::createMethodCall(service, session, properties, QStringLiteral("Get"));
    question << sessionInterface << QStringLiteral("User");
    auto* answer =
        new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(question, answerMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* finished) {
        finished->deleteLater();
        const QDBusPendingReply<QDBusVariant> user = *finished;
        // A session that cannot be asked counts as ours: to ask a person once more does no harm.
        if (user.isError() || ownerIn(user.value()) == ::getuid())
            locked_();
    });
}

} // namespace keybearer
