#include "broker/accounts/CredentialVault.h"

#include "broker/accounts/SharedStore.h"
#include "broker/base/FaultPoint.h"
#include "broker/log/Log.h"

#include <QTimer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t keyBytes = 32;
constexpr std::chrono::seconds firstRetry{2};
constexpr std::chrono::seconds longestRetry{300};

std::chrono::seconds retryPause(int failures) {
    return std::min(longestRetry, firstRetry * (1 << std::min(failures, 8)));
}

} // namespace

CredentialVault::CredentialVault(CredentialStore& store, RotationJournal& journal, const Clock& clock)
    : store_(store), journal_(journal), clock_(clock) {}

void CredentialVault::open(Opened done) {
    opening_.push_back(std::move(done));
    if (opening_.size() > 1)
        return;
    store_.read(journalKeyItem, [this](Result<Secret> key) { onKeyRead(std::move(key)); });
}

void CredentialVault::onKeyRead(Result<Secret> key) {
    if (key)
        return finishOpening(journal_.open(*key));
    if (key.error().code == ErrorCode::NotFound)
        return makeKey();
    if (key.error().code == ErrorCode::ParseError) {
        // A store that can tell keeps the damaged item aside. What the journal still held cannot be opened
        // any more; everything that had reached the store can.
        qCWarning(logStore) << "the journal key in the store is damaged; a new one is made";
        return makeKey();
    }
    finishOpening(tl::unexpected(key.error()));
}

void CredentialVault::makeKey() {
    // Written, read back, and only what was read back is used: a store that forgets must be noticed now.
    store_.write(journalKeyItem, journalKeyLabel, Secret::random(keyBytes),
                 [this](const Result<void>& written) {
                     if (!written)
                         return finishOpening(written);
                     store_.read(journalKeyItem, [this](Result<Secret> key) {
                         finishOpening(key ? journal_.open(*key) : Result<void>(tl::unexpected(key.error())));
                     });
                 });
}

void CredentialVault::finishOpening(const Result<void>& opened) {
    std::vector<Opened> waiters;
    waiters.swap(opening_);
    for (const Opened& done : waiters) {
        if (!opened)
            done(tl::unexpected(opened.error()));
        else
            done(journal_.pending());
    }
}

void CredentialVault::lock() {
    journal_.close();
    waiting_.clear();
    Q_EMIT settledChanged();
}

Result<void> CredentialVault::keep(const std::string& id, const ItemTag& tag,
                                   const CredentialSecrets& secrets) {
    faultPoint("before_commit");
    if (auto committed = journal_.commit(id, secrets); !committed)
        return committed;
    faultPoint("after_commit");
    Write& write = waiting_[id];
    write.tag = tag;
    write.tag.generation = secrets.generation;
    write.packed = SealedSecret(packSecrets(secrets));
    write.generation = secrets.generation;
    write.failures = 0;
    if (!write.underWay)
        QTimer::singleShot(0, this, [this, id] { writeBehind(id); });
    return {};
}

void CredentialVault::writeBehind(const std::string& id) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end() || found->second.underWay)
        return;
    faultPoint("before_item_write");
    Write& write = found->second;
    write.underWay = true;
    const std::uint64_t generation = write.generation;
    store_.write(id, write.tag, write.packed.open(), [this, id, generation](const Result<void>& written) {
        onItemWritten(id, generation, written);
    });
}

void CredentialVault::onItemWritten(const std::string& id, std::uint64_t generation,
                                    const Result<void>& written) {
    faultPoint("after_item_write");
    if (!written && isSuperseded(written.error())) {
        settle(id, generation);
        Q_EMIT superseded(id);
        return;
    }
    if (!written)
        return onItemFailed(id);
    store_.read(id,
                [this, id, generation](const Result<Secret>& item) { onItemReadBack(id, generation, item); });
}

void CredentialVault::onItemReadBack(const std::string& id, std::uint64_t generation,
                                     const Result<Secret>& item) {
    const Result<CredentialSecrets> kept =
        item ? unpackSecrets(*item) : Result<CredentialSecrets>(tl::unexpected(item.error()));
    // In a shared store somebody else may have written the next one meanwhile.
    if (!kept || kept->generation < generation)
        return onItemFailed(id);
    settle(id, generation);
}

void CredentialVault::settle(const std::string& id, std::uint64_t generation) {
    // A row that cannot be cleared now is cleared at the next start: it is not newer than the item.
    static_cast<void>(journal_.clearCommit(id, generation).has_value());
    const auto found = waiting_.find(id);
    if (found == waiting_.end())
        return;
    found->second.underWay = false;
    if (found->second.generation == generation)
        waiting_.erase(found);
    else
        writeBehind(id); // a newer generation came meanwhile
    Q_EMIT settledChanged();
}

void CredentialVault::onItemFailed(const std::string& id) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end())
        return;
    found->second.underWay = false;
    const std::chrono::seconds pause = retryPause(found->second.failures++);
    qCWarning(logStore).noquote()
        << "an item could not be written to the store; the journal keeps it, next try in" << pause.count()
        << "s:" << QString::fromStdString(store_.health().problem);
    QTimer::singleShot(pause, this, [this, id] { writeBehind(id); });
    Q_EMIT settledChanged();
}

void CredentialVault::load(const std::string& id, Completion<CredentialSecrets> done) {
    store_.read(id, [done = std::move(done)](Result<Secret> item) {
        if (!item)
            return done(tl::unexpected(item.error()));
        done(unpackSecrets(*item));
    });
}

void CredentialVault::forget(const std::string& id) {
    waiting_.erase(id);
    static_cast<void>(journal_.forget(id).has_value()); // found again at the next start, and erased then
    Q_EMIT settledChanged();
}

void CredentialVault::erase(const std::string& id, Completion<void> done) {
    waiting_.erase(id);
    if (auto forgotten = journal_.forget(id); !forgotten) {
        QTimer::singleShot(0, this, [done = std::move(done), forgotten] { done(forgotten); });
        return;
    }
    store_.erase(id, std::move(done));
}

} // namespace keybearer
