#pragma once

#include "broker/accounts/SharedStore.h"
#include "broker/stores/shared/SharedKeyRing.h"
#include "broker/stores/shared/SharedLeases.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <set>

namespace keybearer {

class SharedRekey;

// The credential store that several brokers share, over a server that sees nothing but sealed records.
//
// Where things lie: credentials in "item/SESSION", what belongs to this broker alone (generation 0) in
// "own/BROKER/NAME"; ids of sessions begin with "s_" and are random. No account, provider or label stands in
// a name. What is erased leaves a tombstone for a month, so that every broker learns of it; only what is
// moved here from another store (welcomeErased) is written over one.
//
// The server is not believed: a seal binds each record to store, name and revision, and the local state
// remembers the highest rank that was seen of each. What is older than that, or missing without a tombstone,
// is not used, and stands in status().lost until somebody who holds it has written it back.
//
// Owned by the Broker, event loop thread. While the server is not there every call fails at once; only before
// it is known whether it is there do calls wait, some seconds at most.
class SealedSharedStore final : public SharedStore {
    Q_OBJECT
public:
    struct Setup {
        std::string backend; // "redis", "vault"
        std::unique_ptr<RemoteRecords> records;
        StoreKeySource source;
        StoreLedger& ledger;
        const Clock& clock;
        KeyWrapper* wrapper = nullptr; // outlives the store
        PassphraseCost cost{};         // of new passphrases; a cheaper one in tests only
        std::chrono::milliseconds settling = settlingTime;
    };
    // After the connection is there (again) everybody brings what is newer before anybody refreshes.
    static constexpr std::chrono::milliseconds settlingTime{3000};

    explicit SealedSharedStore(Setup setup);
    ~SealedSharedStore() override;

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override;

    void list(Completion<std::vector<Listed>> done) override;
    void fetch(std::string id, Completion<Item> done) override;
    void lease(std::string id, Completion<Lease> done) override;
    void giveBack(const std::string& id) override;

    // As SealedFileStore has them.
    void unlock(std::optional<Secret> passphrase, Completion<void> done);
    void lock();
    [[nodiscard]] bool isOpen() const { return ring_.isOpen(); }
    // Of a key file or credential: its path or name, for people.
    [[nodiscard]] std::string keyName() const { return keySourceName(ring_.source()); }
    // What was here has been moved to another store, and this broker has no part in it any more: nothing is
    // told or listed, and leases need no server.
    void retire() { retired_ = true; }
    // Items are being moved here: they may also take the place of what was erased.
    void welcomeErased(bool welcome) { welcome_ = welcome; }

    // New keys for every record, and, if `next` is there, another key from outside: the other brokers are
    // refused then until they have it, too. Resumes a change that was interrupted. The key before stays able
    // to open until the next change, for brokers that were away.
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
    [[nodiscard]] Progress progress() const;

    struct Status {
        std::string server; // for people
        StoreKeyKind keyKind = StoreKeyKind::KeyFile;
        std::string keyId; // empty: not known yet
        std::string storeId;
        std::string brokerId;
        std::string wrapper;
        std::size_t records = 0; // sessions that were there when we last looked
        std::size_t leases = 0;
        std::size_t lost = 0; // missing or older than they should be
        bool rekeying = false;
        std::optional<WallTime> keyMadeAt;
        std::optional<WallTime> lastContact;
    };
    [[nodiscard]] Status status() const;

private:
    friend class SharedRekey;

    struct Known {
        std::uint64_t revision = 0;
        std::uint64_t generation = 0;
        std::uint64_t births = 0;
        bool erased = false;
    };
    struct WriteJob {
        std::string id;
        std::string name;
        ItemTag tag;
        SealedSecret value;
        Completion<void> done;
        std::uint64_t fence = 0;
        std::uint64_t revision = 0; // what was expected
        int tries = 0;
    };
    struct ListJob {
        std::vector<Listed> found;
        std::deque<std::string> unknown; // names whose generation has to be fetched
        std::set<std::string> names;
        std::size_t underWay = 0;
        std::optional<Error> failed;
        Completion<std::vector<Listed>> done;
    };
    using Act = std::function<void(const std::optional<Error>&)>;
    using Job = std::shared_ptr<WriteJob>;
    using Opened = std::function<void(Result<SharedRecord>)>;

    [[nodiscard]] std::optional<Error> unusable() const;
    [[nodiscard]] bool isUndecided() const;
    [[nodiscard]] std::string nameOf(const std::string& id) const;
    void whenDecided(Act act);
    void decide();
    void inLane(const std::string& name, Act act);
    void leaveLane(const std::string& name);
    void runLane(const std::string& name);

    void onContact();
    void onRecordsHealth();
    void onSettled();
    void greet();
    void restoreOwn();
    void onChanged(const std::string& name, std::uint64_t revision);
    void lookAtChange(const std::string& name);
    void tell(const std::string& name, const Known& before, const Known& now);

    // Reads one record, opens it, and remembers what was seen. NotFound: absent. ParseError: damaged.
    void fetchRecord(const std::string& name, Opened then);
    void openFetched(const std::string& name, const RemoteRecords::Record& record, bool lookedAgain,
                     Opened then);
    void see(const std::string& name, std::uint64_t revision, const SharedRecord& record);
    [[nodiscard]] bool isOlder(const std::string& name, const SharedRecord& record) const;
    void readItem(const std::string& id, Completion<Item> done);
    void setLost(const std::string& name, bool lost);

    void startWrite(const Job& job);
    void putRecord(const Job& job);
    void onPut(const Job& job, std::uint64_t revision, const SharedRecord& record,
               const Result<void>& written);
    void review(const Job& job);
    void judge(const Job& job, const Result<SharedRecord>& there);
    void finish(const Job& job, const Result<void>& outcome);

    void eraseItem(const Job& job);
    void putTombstone(const Job& job);
    void eraseOwn(const Job& job);

    void listNext(const std::shared_ptr<ListJob>& job);
    void finishList(const std::shared_ptr<ListJob>& job);
    void onLease(const std::string& id, const SharedLeases::Held& lease, Completion<Lease> done);

    void loadLedger();
    void flushRanks();
    void publishHealth();
    void later(std::function<void()> act);

    Setup setup_;
    SharedKeyRing ring_;
    std::string brokerId_;
    SharedLeases leases_;
    bool contact_ = false;
    bool greeting_ = false; // connected() is due when the ring has settled
    bool welcome_ = false;
    bool retired_ = false;
    std::chrono::steady_clock::time_point settledAt_{};
    std::optional<WallTime> lastContact_;
    std::map<std::string, std::deque<Act>> lanes_; // calls on one name, one after the other
    std::deque<Act> undecided_;
    QTimer deciding_;
    std::map<std::string, Known> known_;
    std::string ledgerStore_;                    // whose ranks these are
    std::map<std::string, std::uint64_t> ranks_; // the least rank of every record
    std::map<std::string, std::uint64_t> unnoted_;
    QTimer noting_;
    std::set<std::string> lost_;
    struct Own {
        ItemTag tag;
        SealedSecret value;
    };
    std::map<std::string, Own> own_; // by id: written back if the server loses it
    std::unique_ptr<SharedRekey> rekey_;
    std::string lastHealth_;
    QObject later_; // completions die with it
};

} // namespace keybearer
