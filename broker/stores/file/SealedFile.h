#pragma once

#include "broker/accounts/StoreLedger.h"
#include "broker/base/Clock.h"
#include "broker/sqlite/Database.h"
#include "broker/stores/envelope/StoreKey.h"

#include <map>
#include <memory>
#include <vector>

namespace keybearer {

// The plain part of a sealed file: which key opens it. Nothing in it is secret, and all of it is covered by a
// digest, so that damage is told apart from a wrong key.
struct SealedHeader {
    std::string storeId; // random; what the records are bound to
    StoreKeyKind keyKind = StoreKeyKind::Keychain;
    std::string keyName; // of a keychain item; otherwise a hint for people
    std::uint64_t memory = 0;
    std::uint64_t passes = 0;
    std::string salt;
    std::string staleKey; // keychain item of the key before, to be erased
};

struct SealedItem {
    std::string label;
    Secret value;
};

// store.sqlite: items under AES-256-GCM (Envelope.h). A key from outside (KEK) wraps random keys of the file
// (DEK); a record is bound to store, id, generation and owner. Synchronous; owned by the SealedFileStore,
// event loop thread. What is damaged, older than the ledger says, or from a newer version is never
// overwritten and never deleted: it is refused, or moved to the table `quarantine` before its successor takes
// its place.
class SealedFile {
public:
    // NotFound if there is no such file yet. StoreUnavailable, and the file as it was: no SQLite file, cut
    // short, header damaged, newer version, or an older copy whose keys are no longer valid. Damage elsewhere
    // opens, but then only reads are served.
    [[nodiscard]] static Result<std::unique_ptr<SealedFile>> open(const std::filesystem::path& path,
                                                                  StoreLedger& ledger, const Clock& clock);
    // Makes the file. InvalidRequest if there is one, or if the ledger expects one.
    [[nodiscard]] static Result<std::unique_ptr<SealedFile>> create(const std::filesystem::path& path,
                                                                    StoreLedger& ledger, const Clock& clock,
                                                                    SealedHeader header, const Secret& kek);

    [[nodiscard]] const SealedHeader& header() const { return header_; }
    // StoreLocked: the key is a wrong one. StoreUnavailable: damaged.
    [[nodiscard]] Result<void> unlock(const Secret& kek);
    // Wipes every key.
    void lock();
    [[nodiscard]] bool isUnlocked() const { return !kek_.empty(); }
    // What does not fit although the file could be opened; empty if all is well.
    [[nodiscard]] const std::string& damage() const { return damage_; }

    // NotFound: certainly absent. ParseError: this item is damaged, missing, or older than it should be.
    // StoreUnavailable: the file as a whole is damaged, and this item is not to be had from it.
    [[nodiscard]] Result<SealedItem> read(const std::string& id);
    [[nodiscard]] Result<void> write(const std::string& id, const std::string& label, const Secret& value);
    [[nodiscard]] Result<void> erase(const std::string& id);

    struct Count {
        std::size_t records = 0;
        std::size_t quarantined = 0; // kept aside
        std::size_t outdated = 0;    // older than the ledger says, or missing
        std::size_t underOldKey = 0; // not yet taken over by an unfinished change of keys
        bool rekeying = false;
        WallTime keyMadeAt{};
    };
    [[nodiscard]] Result<Count> count();

    // The change of keys, in steps that each leave the file complete and openable with the present key: a new
    // DEK, record after record under it, a look at every one, and only then the old DEK goes, together with
    // the old KEK if there is a new one. Interrupted anywhere it is begun again with beginRekey().
    [[nodiscard]] Result<void> beginRekey();
    // True: there are more.
    [[nodiscard]] Result<bool> rekeySome(std::size_t most);
    // True: there are more. Call it until it says false.
    [[nodiscard]] Result<bool> verifySome(std::size_t most);
    struct NewKey {
        SealedHeader header; // key fields only
        Secret kek;
    };
    [[nodiscard]] Result<void> finishRekey(const NewKey* next);
    // The keychain item of the key before is gone.
    [[nodiscard]] Result<void> forgetStaleKey();

private:
    struct Row {
        std::int64_t generation = 0;
        std::int64_t keyId = 0;
        std::string sealed;
    };
    struct KeyRow {
        std::int64_t id = 0;
        std::string wrapped;
        std::string commitment;
        std::int64_t madeAt = 0;
        std::string digest;
    };

    SealedFile(std::unique_ptr<Database> database, StoreLedger& ledger, const Clock& clock)
        : database_(std::move(database)), ledger_(ledger), clock_(clock) {}
    [[nodiscard]] Result<void> check(const std::string& known);
    [[nodiscard]] Result<void> readHeader();
    [[nodiscard]] Result<void> writeHeader();
    [[nodiscard]] Result<std::vector<KeyRow>> keyRows();
    [[nodiscard]] Result<void> addKey(std::int64_t id, const Secret& dek, const Secret& kek);
    [[nodiscard]] Result<void> checkLedger();
    [[nodiscard]] Result<std::optional<Row>> find(const std::string& id);
    [[nodiscard]] Result<SealedItem> readRow(const std::string& id);
    [[nodiscard]] Result<Secret> openRow(const std::string& id, const Row& row) const;
    [[nodiscard]] Result<void> put(const std::string& id, std::int64_t generation, const Secret& plain);
    [[nodiscard]] Result<void> setAside(const std::string& id, const std::string& why);
    [[nodiscard]] Result<std::vector<std::string>> idsWithKey(std::int64_t keyId, bool other,
                                                              const std::string& after, std::size_t most);
    [[nodiscard]] Result<void> notWritable() const;
    [[nodiscard]] std::int64_t newestKey() const { return deks_.empty() ? 0 : deks_.rbegin()->first; }

    std::unique_ptr<Database> database_;
    StoreLedger& ledger_;
    const Clock& clock_;
    SealedHeader header_;
    std::string damage_;
    std::map<std::string, std::uint64_t> expected_; // by item
    SealedSecret kek_;
    std::map<std::int64_t, SealedSecret> deks_; // by key id; the highest seals
    std::string verifiedUpTo_;
};

} // namespace keybearer
