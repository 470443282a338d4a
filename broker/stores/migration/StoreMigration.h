#pragma once

#include "broker/accounts/StoreLedger.h"
#include "broker/stores/migration/StoreFront.h"

#include <functional>
#include <set>
#include <vector>

namespace keybearer {

struct StoreItem {
    std::string id;
    ItemTag tag;
};

// Moves every item from one store to another while the broker goes on serving. In this order: copy, read
// back; look at everything once more; note in the ledger that the items now lie there (the one moment at
// which the answer to "where?" changes); erase the old copies. Killed at any point it is begun again with the
// same words, and nothing is lost: before that moment the old store has everything, after it the new one.
// What is damaged in the old store stays there. Owned by the Broker, event loop thread; destruction stops it,
// and each step has the deadline of its store.
class StoreMigration final {
public:
    struct Rooms {
        CredentialStore& from;
        CredentialStore& to;
        std::string fromName; // "keychain"
        std::string toName;   // "file"
        StoreLedger& ledger;
        StoreFront& front;
        std::function<std::vector<StoreItem>()> items;
    };
    struct Outcome {
        std::size_t moved = 0;
        std::size_t damaged = 0; // could not be read, and so stayed
    };
    struct Progress {
        std::string step; // "copying", "verifying", "erasing"
        std::size_t done = 0;
        std::size_t total = 0;
    };

    StoreMigration(Rooms rooms, Completion<Outcome> done);
    ~StoreMigration();
    StoreMigration(const StoreMigration&) = delete;
    StoreMigration& operator=(const StoreMigration&) = delete;

    void start();
    [[nodiscard]] const Progress& progress() const { return progress_; }
    // The new store is in use (also if the old copies could not all be erased yet).
    [[nodiscard]] bool switched() const { return switched_; }

    // The facts in the ledger: where the items lie, and which move is unfinished ("keychain file").
    static constexpr auto placeFact = "store_place";
    static constexpr auto moveFact = "store_move";

private:
    void begin(const char* step);
    void copyNext();
    void onOriginal(const Result<Secret>& original);
    void write(const Secret& original);
    void readBack();
    void next();
    void switchOver();
    void eraseNext();
    void eraseOld(const std::string& id);
    void finish(const Result<void>& outcome);

    Rooms rooms_;
    Completion<Outcome> done_;
    std::vector<StoreItem> items_;
    std::set<std::string> staying_; // damaged
    std::set<std::string> absent_;
    Progress progress_;
    std::size_t differing_ = 0; // found by the last look
    int looks_ = 0;
    bool switched_ = false;
    std::shared_ptr<int> alive_ = std::make_shared<int>(0); // stores may answer after we are gone
};

} // namespace keybearer
