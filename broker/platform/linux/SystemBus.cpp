#include "broker/platform/SystemBus.h"

#include <QDBusConnection>
#include <QDeadlineTimer>
#include <QFutureWatcher>
#include <QPromise>

#include <atomic>
#include <memory>
#include <thread>

namespace keybearer {

namespace {
constexpr int promptMs = 2000; // a bus says hello within milliseconds

std::atomic<bool> awaited = false;
} // namespace

void settleSystemBus(QObject* owner, std::function<void(SystemBus)> settled) {
    // Another thread waits; it is left behind if the process ends meanwhile, which is why it touches nothing
    // of ours.
    static const QFuture<bool> prompt = [] {
        auto promise = std::make_shared<QPromise<bool>>();
        promise->start();
        awaited = true;
        std::thread([promise] {
            const QDeadlineTimer deadline(promptMs);
            QDBusConnection::systemBus();
            awaited = false;
            promise->addResult(!deadline.hasExpired());
            promise->finish();
        }).detach();
        return promise->future();
    }();
    auto* watcher = new QFutureWatcher<bool>(owner);
    QObject::connect(
        watcher, &QFutureWatcher<bool>::finished, owner, [watcher, settled = std::move(settled)] {
            watcher->deleteLater();
            if (!watcher->result())
                return settled(SystemBus::Silent);
            settled(QDBusConnection::systemBus().isConnected() ? SystemBus::Connected : SystemBus::Absent);
        });
    watcher->setFuture(prompt);
}

bool systemBusIsAwaited() {
    return awaited;
}

} // namespace keybearer
