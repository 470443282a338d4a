#pragma once

#include "broker/accounts/SharedStore.h"
#include "broker/accounts/StoreLedger.h"
#include "broker/base/Clock.h"
#include "broker/stores/shared/KeyWrapper.h"
#include "broker/stores/shared/RemoteRecords.h"
#include "broker/stores/shared/SharedHeader.h"
#include "broker/stores/shared/SharedRecord.h"

#include <QObject>

#include <optional>

namespace keybearer {

// The keys of a shared store: reads the header, makes it if there is none, and opens it with the key that the
// person named, and with no other. Of several brokers that make one at once the first wins, and the others
// take its header. A copy of the header is kept in the local state, so that a server that lost everything, or
// went back to an older one, is given the present one again. Owned by the SealedSharedStore, event loop
// thread; deadlines are those of the records.
class SharedKeyRing final : public QObject {
    Q_OBJECT
public:
    struct Setup {
        RemoteRecords& records;
        std::string backend; // "redis", "vault"
        StoreKeySource source;
        StoreLedger& ledger;
        const Clock& clock;
        KeyWrapper* wrapper = nullptr; // wraps the keys once more; outlives the store
        PassphraseCost cost{};         // of new passphrases; a cheaper one in tests only
    };
    explicit SharedKeyRing(Setup setup) : setup_(std::move(setup)) {}

    // Reads the header and opens it as far as that goes by itself. Ends with settled(); calls meanwhile make
    // it look once more.
    void look();
    [[nodiscard]] bool isLooking() const { return looking_; }
    [[nodiscard]] bool isOpen() const { return !keys_.empty(); }
    // Why it does not open although the server is there; nothing if it does or if nobody knows yet.
    [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }

    // With the passphrase if the key is one (it becomes that of a store that is new). Errors as
    // SealedFileStore::unlock(); StoreUnavailable also if the server is not there.
    void unlock(std::optional<Secret> passphrase, Completion<void> done);
    void lock();

    [[nodiscard]] const SharedKeys& keys() const { return keys_; }
    [[nodiscard]] const std::optional<SharedHeader>& header() const { return header_; }
    [[nodiscard]] const StoreKeySource& source() const { return setup_.source; }
    [[nodiscard]] const Setup& setup() const { return setup_; }

    // The change of keys, for SharedRekey. Each writes a new header with compare-and-set; InvalidRequest with
    // "superseded" if another broker has changed it meanwhile.
    struct NextKey {
        StoreKeySource source;
        SharedHeader terms; // key kind, salt and cost
        SealedSecret kek;
    };
    // One more key: it seals from now on, and the others only open.
    void addKey(Completion<void> done);
    // Only the newest `keep` keys stay, wrapped under the next key from outside if there is one.
    void retireKeys(std::size_t keep, const std::shared_ptr<const NextKey>& next, Completion<void> done);

Q_SIGNALS:
    void settled();

private:
    void onHeader(const Result<RemoteRecords::Record>& record);
    void onNoHeader();
    void take(const SharedHeader& theirs, std::uint64_t revision);
    void obtainKey(const SharedHeader& header);
    void create();
    void createWith(const Result<Secret>& kek, const SharedHeader& terms);
    void put(const SharedHeader& header, std::uint64_t expected, Completion<void> done);
    void putAndLookAgain(const SharedHeader& header, std::uint64_t expected);
    void tryKey(const SharedHeader& header, const Result<Secret>& kek);
    [[nodiscard]] std::optional<Error> mismatch(const SharedHeader& header) const;
    [[nodiscard]] Error wrongKey(const SharedHeader& header, const Secret& kek) const;
    void openKeys(const SharedHeader& header, SealedSecret kek);
    void openNextKey(std::size_t at);
    void onEnvelope(std::size_t at, const Result<std::string>& envelope);
    void adopt();
    // Wraps the keys of `header` from number `at` on, seals it and writes it.
    void change(const std::shared_ptr<SharedHeader>& header, SealedSecret kek, std::size_t at,
                Completion<void> done);
    [[nodiscard]] std::optional<SharedHeader> rememberedHeader() const;
    [[nodiscard]] std::string headerFact() const { return setup_.backend + "_header"; }
    [[nodiscard]] SharedHeader freshTerms() const;
    void refuse(const Error& why);
    void end(const Result<void>& outcome);
    void answer(Completion<void> done, Result<void> outcome);

    Setup setup_;
    std::optional<SharedHeader> header_; // the last one that was genuine
    std::uint64_t revision_ = 0;         // of the header in the server
    SealedSecret kek_;
    SharedKeys keys_;
    std::optional<Error> trouble_;
    bool lockedByPerson_ = false;
    bool looking_ = false;
    bool lookAgain_ = false;
    int tries_ = 0; // of this look
    SealedSecret passphrase_;
    bool comesLater_ = false; // the passphrase came while a look was under way: it is for the next one
    std::vector<Completion<void>> unlocking_;
    struct Opening { // what is being opened
        SharedHeader header;
        SealedSecret kek;
        SharedKeys keys;
    };
    std::optional<Opening> opening_;
    QObject later_; // completions die with it
};

} // namespace keybearer
