#include "app/tray/desktop/TrayInstance.h"

#include "app/tray/mirror/Records.h"
#include "broker/base/PrivateFile.h"

#include <QLocalServer>
#include <QLocalSocket>

namespace keybearer {

namespace {
constexpr int wakeMilliseconds = 1000;

QString placeOf(const Places& places, const char* name) {
    return QString::fromStdString((places.runtime / name).string());
}
} // namespace

TrayInstance::TrayInstance(const Places& places, QObject* parent)
    : QObject(parent), places_(places), socket_(placeOf(places, "tray.sock")),
      lock_(placeOf(places, "tray.lock")) {
    lock_.setStaleLockTime(0); // only a process that is gone loses its lock
}

TrayInstance::~TrayInstance() = default;

bool TrayInstance::claim() {
    if (const Result<void> made = makePrivateDirectory(places_.runtime); !made) {
        problem_ = shown(made.error().message);
        return false;
    }
    if (!lock_.tryLock(0)) {
        if (lock_.error() != QLockFile::LockFailedError)
            problem_ = QStringLiteral("cannot lock %1").arg(placeOf(places_, "tray.lock"));
        return false;
    }
    QLocalServer::removeServer(socket_); // we hold the lock: what lies there is a left-over
    server_ = std::make_unique<QLocalServer>();
    server_->setSocketOptions(QLocalServer::UserAccessOption);
    connect(server_.get(), &QLocalServer::newConnection, this, [this] {
        // To connect is the whole message: nothing is read.
        while (QLocalSocket* visitor = server_->nextPendingConnection()) {
            visitor->abort();
            visitor->deleteLater();
            Q_EMIT woken();
        }
    });
    // Without it a second start cannot wake us; everything else works.
    static_cast<void>(server_->listen(socket_));
    return true;
}

bool TrayInstance::wakeOther() const {
    QLocalSocket socket;
    socket.connectToServer(socket_);
    return socket.waitForConnected(wakeMilliseconds);
}

} // namespace keybearer
