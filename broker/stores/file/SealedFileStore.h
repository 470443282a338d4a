#pragma once

#include "broker/accounts/CredentialStore.h"
#include "broker/stores/file/SealedFile.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace keybearer {

// The credential store in store.sqlite. Its key comes from where the person said, and from nowhere else: from
// a file or a systemd credential when the store is first used, from the keychain likewise, from a passphrase
// only by unlock(). Owned by the Broker, event loop thread; a passphrase is turned into a key on a thread of
// its own. Calls on an open store take effect at once and are answered later; while the key is on its way
// they wait for it, and never longer than the keychain's deadline.
class SealedFileStore final : public QObject, public CredentialStore {
    Q_OBJECT
public:
    struct Setup {
        std::filesystem::path path;
        StoreKeySource source;
        StoreLedger& ledger;
        CredentialStore* keychain = nullptr; // for StoreKeyKind::Keychain; outlives the store
        const Clock& clock;
        PassphraseCost cost{}; // of new passphrases; a cheaper one in tests only
    };
    explicit SealedFileStore(Setup setup);
    ~SealedFileStore() override;

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override { return health_; }

    // With the passphrase if the key is one (it becomes the passphrase of a store that has no file yet);
    // without for every other kind. StoreLocked: wrong. InvalidParams: a passphrase is missing, too short for
    // a new store, or given where none is used. Fine if it is open already and no passphrase was given.
    void unlock(std::optional<Secret> passphrase, Completion<void> done);
    // Wipes the keys. From now on every call ends with StoreLocked until unlock().
    void lock();
    [[nodiscard]] bool isOpen() const { return file_ != nullptr && file_->isUnlocked(); }

    // New keys for every record, and, if `next` is there, another source for the key that wraps them.
    // Resumes a change that was interrupted. The store serves all the while.
    struct NextKey {
        StoreKeySource source;
        std::optional<Secret> passphrase;
    };
    void rekey(std::optional<NextKey> next, Completion<void> done);
    struct Progress {
        std::string step; // "", "records", "verifying"
        std::size_t done = 0;
        std::size_t total = 0;
    };
    [[nodiscard]] const Progress& progress() const { return progress_; }

    struct Status {
        StoreKeyKind keyKind = StoreKeyKind::Keychain;
        std::string keyName;
        bool isNew = false; // there is no file yet
        std::optional<SealedFile::Count> count;
        std::string damage;
    };
    [[nodiscard]] Status status() const;

Q_SIGNALS:
    void healthChanged();

private:
    using Act = std::function<void(const Result<void>& open)>;

    void whenOpen(Act act);
    void startOpening();
    void openWithKeychain();
    void makeKeychainKey();
    void readNewKey();
    void openWith(const Result<Secret>& kek);
    void finishOpening(const Result<void>& opened);
    void look();
    void unlockWithPassphrase(const Secret& passphrase, Completion<void> done);
    void derive(const Secret& passphrase, const SealedHeader& header,
                std::function<void(Result<Secret>)> then);
    [[nodiscard]] SealedHeader freshHeader(const StoreKeySource& source) const;
    [[nodiscard]] std::optional<Error> mismatch() const;
    [[nodiscard]] StoreKeySource sourceInUse() const;
    void obtainNextKey(const NextKey& next);
    void readNextKey(const SealedHeader& header);
    void onNextKey(SealedHeader header, Result<Secret> kek);
    void rekeyStep();
    void finishRekey(const Result<void>& outcome);
    void eraseStaleKey();
    void note(const Result<void>& outcome);
    void setHealth(Health::State state, std::string problem, std::string action);
    void later(std::function<void()> act);

    Setup setup_;
    std::unique_ptr<SealedFile> file_;
    std::optional<Error> broken_; // the file is there and cannot be used
    bool lockedByPerson_ = false;
    bool opening_ = false;
    std::vector<Act> waiting_;
    std::string newKeyName_; // of the keychain item that is being made
    std::optional<SealedFile::NewKey> nextKey_;
    std::vector<Completion<void>> rekeyDone_; // one at most
    Progress progress_;
    Health health_;
    QObject later_; // completions die with it
};

} // namespace keybearer
