#pragma once

#include "broker/accounts/CredentialStore.h"
#include "broker/accounts/RotationJournal.h"

#include <QObject>

#include <deque>
#include <map>
#include <memory>

namespace keybearer {

// Keeps secrets so that none is lost (rotation protocol): a new generation is first made durable in the
// sealed journal, then written to the store behind the scenes, read back, and only then cleared from the
// journal. At start a newer journal generation wins over the store's item. Owned by the Broker; event loop
// thread.
class CredentialVault : public QObject {
    Q_OBJECT
public:
    // The store's one item that belongs to no sign-in: the key of the journal.
    static constexpr auto journalKeyItem = "journal-key";
    static constexpr auto journalKeyLabel = "Keybearer - journal key";

    CredentialVault(CredentialStore& store, RotationJournal& journal, const Clock& clock);

    // Reads the journal key from the store, or makes one, and completes with what the journal still holds.
    // May be called again after a failure (StoreLocked, StoreUnavailable); concurrent calls join.
    void open(Completion<std::map<std::string, RotationJournal::Pending>> done);
    [[nodiscard]] bool isOpen() const { return journal_.isOpen(); }
    // The store was locked: wipes the journal key and what waits to be written, which the journal on the disk
    // holds. open() takes it up again.
    void lock();

    // Durable in the journal when this returns; the store's item follows by itself.
    [[nodiscard]] Result<void> keep(const std::string& id, const ItemTag& tag,
                                    const CredentialSecrets& secrets);
    // NotFound: the item is certainly gone. ParseError: damaged.
    void load(const std::string& id, Completion<CredentialSecrets> done);
    // Erases journal and item. The journal part is done when this returns.
    void erase(const std::string& id, Completion<void> done);

    [[nodiscard]] RotationJournal& journal() { return journal_; }
    // Another broker erased it: what waits here is void, and the store is not asked.
    void forget(const std::string& id);
    [[nodiscard]] bool isSettled(const std::string& id) const { return !waiting_.contains(id); }
    // Items that are in the journal but not yet in the store.
    [[nodiscard]] std::size_t unsettled() const { return waiting_.size(); }
    [[nodiscard]] CredentialStore::Health storeHealth() const { return store_.health(); }

Q_SIGNALS:
    void settledChanged();
    // A shared store has a newer generation than the one that was to be written there.
    void superseded(const std::string& id);

private:
    struct Write {
        ItemTag tag;
        SealedSecret packed;
        std::uint64_t generation = 0;
        int failures = 0;
        bool underWay = false;
    };
    using Opened = Completion<std::map<std::string, RotationJournal::Pending>>;

    void onKeyRead(Result<Secret> key);
    void makeKey();
    void finishOpening(const Result<void>& opened);
    void writeBehind(const std::string& id);
    void onItemWritten(const std::string& id, std::uint64_t generation, const Result<void>& written);
    void onItemReadBack(const std::string& id, std::uint64_t generation, const Result<Secret>& item);
    void onItemFailed(const std::string& id);
    void settle(const std::string& id, std::uint64_t generation);

    CredentialStore& store_;
    RotationJournal& journal_;
    const Clock& clock_;
    std::vector<Opened> opening_;
    std::map<std::string, Write> waiting_; // by credential id
};

} // namespace keybearer
