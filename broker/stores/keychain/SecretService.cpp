#include "broker/stores/keychain/SecretService.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFutureWatcher>
#include <QLibrary>
#include <QMap>
#include <QPromise>

#include <memory>
#include <thread>
#include <utility>

using namespace std::chrono_literals;

namespace keybearer {

namespace {

// The attributes by which QtKeychain 0.13 stores and looks up: user is the key, server the service. The
// third, type, is "base64" for binary data; it is left out so that an item of the wrong type is not taken for
// absent.
using Attributes = QMap<QString, QString>;

const QString& serviceName() {
    static const QString name = QStringLiteral("org.freedesktop.secrets");
    return name;
}

int milliseconds(std::chrono::milliseconds patience) {
    return static_cast<int>(std::max(patience, 1ms).count());
}

ItemFinding findingOf(const QDBusPendingCall& call) {
    using Presence = ItemFinding::Presence;
    const QDBusPendingReply<QList<QDBusObjectPath>, QList<QDBusObjectPath>> reply = call;
    if (reply.isError()) {
        switch (reply.error().type()) {
        case QDBusError::ServiceUnknown:
        case QDBusError::Disconnected:
        case QDBusError::NoServer:
            return {Presence::NoService, {}};
        default:
            break;
        }
        // Activation that fails has error names of its own: Spawn.ExecFailed, Spawn.ChildExited and so on.
        const bool unstartable = reply.error().name().contains(QStringLiteral(".Spawn."));
        return {unstartable ? Presence::NoService : Presence::NoAnswer, {}};
    }
    ItemFinding found{Presence::Absent, {}};
    for (const QDBusObjectPath& path : reply.argumentAt<0>())
        found.unlocked.append(path.path());
    if (!found.unlocked.isEmpty())
        found.presence = Presence::Unlocked;
    if (!reply.argumentAt<1>().isEmpty())
        found.presence = Presence::Locked;
    return found;
}

} // namespace

bool SecretService::existsHere() {
    return true;
}

bool SecretService::walletPossible() {
    return qgetenv("XDG_CURRENT_DESKTOP") == "KDE" || qgetenv("DESKTOP_SESSION").startsWith("kde") ||
           !qEnvironmentVariableIsEmpty("KDE_FULL_SESSION");
}

void SecretService::connectBus(std::function<void()> done) {
    // QtDBus connects synchronously and waits up to 25 s for the bus to say hello. It is safe to let another
    // thread wait; that one is left behind if the process ends meanwhile, which is why it touches nothing of
    // ours.
    static const QFuture<void> connected = [] {
        auto promise = std::make_shared<QPromise<void>>();
        promise->start();
        std::thread([promise] {
            QDBusConnection::sessionBus();
            promise->finish();
        }).detach();
        return promise->future();
    }();
    auto* watcher = new QFutureWatcher<void>(this);
    connect(watcher, &QFutureWatcher<void>::finished, this, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done();
    });
    watcher->setFuture(connected);
}

bool SecretService::busReachable() {
    return QDBusConnection::sessionBus().isConnected();
}

void SecretService::surviveBusLoss() {
    // Called after a job has been through libsecret: the connection is there, and asking for it does not
    // wait.
    constexpr int sessionBusType = 2; // G_BUS_TYPE_SESSION
    using BusGet = void* (*)(int, void*, void*);
    using SetExitOnClose = void (*)(void*, int);
    using Unref = void (*)(void*);
    const auto busGet =
        reinterpret_cast<BusGet>(QLibrary::resolve(QStringLiteral("gio-2.0"), 0, "g_bus_get_sync"));
    const auto setExit = reinterpret_cast<SetExitOnClose>(
        QLibrary::resolve(QStringLiteral("gio-2.0"), 0, "g_dbus_connection_set_exit_on_close"));
    const auto unref =
        reinterpret_cast<Unref>(QLibrary::resolve(QStringLiteral("gobject-2.0"), 0, "g_object_unref"));
    if (busGet == nullptr || setExit == nullptr || unref == nullptr)
        return;
    if (void* connection = busGet(sessionBusType, nullptr, nullptr)) {
        setExit(connection, 0);
        unref(connection);
    }
}

void SecretService::forgetSession() {
    using Disconnect = void (*)();
    const auto disconnect = reinterpret_cast<Disconnect>(
        QLibrary::resolve(QStringLiteral("secret-1"), 0, "secret_service_disconnect"));
    if (disconnect != nullptr)
        disconnect();
}

void SecretService::find(const QString& service, const QString& key, std::chrono::milliseconds patience,
                         std::function<void(ItemFinding)> done) {
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage question = QDBusMessage::createMethodCall(
        serviceName(), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("SearchItems"));
    const Attributes attributes{{QStringLiteral("user"), key}, {QStringLiteral("server"), service}};
    question << QVariant::fromValue(attributes);
    watch(QDBusConnection::sessionBus().asyncCall(question, milliseconds(patience)),
          [done = std::move(done)](const QDBusPendingCall& call) { done(findingOf(call)); });
}

void SecretService::relabel(const QStringList& paths, const QString& label,
                            std::chrono::milliseconds patience, std::function<void()> done) {
    // Items of one key differ only in type or collection: all get the name, and the last answer is waited
    // for.
    for (qsizetype i = 0; i < paths.size(); ++i) {
        QDBusMessage order = QDBusMessage::createMethodCall(serviceName(), paths[i],
                                                            QStringLiteral("org.freedesktop.DBus.Properties"),
                                                            QStringLiteral("Set"));
        order << QStringLiteral("org.freedesktop.Secret.Item") << QStringLiteral("Label")
              << QVariant::fromValue(QDBusVariant(label));
        const QDBusPendingCall call = QDBusConnection::sessionBus().asyncCall(order, milliseconds(patience));
        if (i + 1 == paths.size())
            watch(call, [done](const QDBusPendingCall&) { done(); });
    }
}

void SecretService::cancel() {
    qDeleteAll(findChildren<QDBusPendingCallWatcher*>(QString(), Qt::FindDirectChildrenOnly));
}

void SecretService::watch(const QDBusPendingCall& call, std::function<void(const QDBusPendingCall&)> done) {
    cancel();
    auto* watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [done = std::move(done)](QDBusPendingCallWatcher* finished) {
                const QDBusPendingCall answered = *finished;
                // No child any more: a cancel() from inside `done` must not delete the emitter of this
                // signal.
                finished->setParent(nullptr);
                finished->deleteLater();
                done(answered);
            });
}

} // namespace keybearer
