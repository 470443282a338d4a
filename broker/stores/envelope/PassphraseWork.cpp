#include "broker/stores/envelope/PassphraseWork.h"

#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace keybearer {

namespace {

// All that the thread touches.
struct Work {
    std::mutex handingOver; // of `key`, from the thread to the event loop
    Secret passphrase;
    std::string salt;
    PassphraseCost cost;
    Result<Secret> key = failure(ErrorCode::InternalError, "no key was made");
};

} // namespace

void deriveStoreKeyAside(const Secret& passphrase, const std::string& salt, const PassphraseCost& cost,
                         QObject* receiver, std::function<void(Result<Secret>)> then) {
    auto work = std::make_shared<Work>();
    work->passphrase = passphrase.clone();
    work->salt = salt;
    work->cost = cost;
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    auto* watcher = new QFutureWatcher<void>(receiver);
    QObject::connect(watcher, &QFutureWatcher<void>::finished, receiver,
                     [watcher, work, then = std::move(then)] {
                         watcher->deleteLater();
                         std::unique_lock lock(work->handingOver);
                         Result<Secret> key = std::move(work->key);
                         lock.unlock();
                         then(std::move(key));
                     });
    watcher->setFuture(promise->future());
    try {
        std::thread([work, promise] {
            Result<Secret> key = deriveStoreKey(work->passphrase, work->salt, work->cost);
            work->passphrase.clear();
            {
                const std::lock_guard lock(work->handingOver);
                work->key = std::move(key);
            }
            promise->finish();
        }).detach();
    } catch (const std::system_error&) { // too many processes; the next unlocking tries again
        work->passphrase.clear();
        work->key = failure(ErrorCode::StoreUnavailable, "the system lets no thread begin for the passphrase",
                            "End some programs, then unlock again.");
        promise->finish();
    }
}

} // namespace keybearer
