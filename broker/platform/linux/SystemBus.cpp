#include "broker/platform/linux/SystemBus.h"

#include <QDBusConnection>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <thread>

namespace keybearer {

void withSystemBus(QObject* owner, std::function<void()> connected) {
    // QtDBus connects synchronously and waits up to 25 s for the bus to say hello. Another thread waits; it
    // is left behind if the process ends meanwhile, which is why it touches nothing of ours.
    static const QFuture<void> ready = [] {
        auto promise = std::make_shared<QPromise<void>>();
        promise->start();
        std::thread([promise] {
            QDBusConnection::systemBus();
            promise->finish();
        }).detach();
        return promise->future();
    }();
    auto* watcher = new QFutureWatcher<void>(owner);
    QObject::connect(watcher, &QFutureWatcher<void>::finished, owner,
                     [watcher, connected = std::move(connected)] {
                         watcher->deleteLater();
                         if (QDBusConnection::systemBus().isConnected())
                             connected();
                     });
    watcher->setFuture(ready);
}

} // namespace keybearer
