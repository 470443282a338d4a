#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/SharedStore.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <map>
#include <set>

namespace keybearer {

// Keeps the registry of this broker in step with a store that it shares with others: takes over what they
// wrote, ends what they ended, writes again what the store has lost, and holds the right to refresh a
// credential until the new tokens have reached the store. Owned by the Broker, after the registry; event loop
// thread.
class SharedAccounts : public QObject {
    Q_OBJECT
public:
    SharedAccounts(SharedStore& store, AccountRegistry& registry);

    // The right to refresh, as SharedStore::lease().
    void lease(const std::string& id, Completion<SharedStore::Lease> done);
    // Given back as soon as what was written under it has reached the store.
    void release(const std::string& id);
    // Takes over what the store has now; completes when the registry has it, or with why not.
    void fetch(const std::string& id, Completion<void> done);

    // Completes when all that was in the store at the start is known here, or when the time is over: then the
    // store does not answer, and what is known is all there is. At once, from inside the call, if it is
    // known.
    void whenKnown(std::function<void()> done);

Q_SIGNALS:
    // The store is back: what waited for it may go on.
    void returned();

private:
    void compare();
    void onListed(const Result<std::vector<SharedStore::Listed>>& listed);
    void compareOne(const SharedStore::Listed& item);
    void onItemChanged(const std::string& id, std::uint64_t generation);
    void onFetched(const std::string& id, Result<SharedStore::Item> item);
    void fetchNext();
    void giveBackSettled();
    void becomeKnown();

    struct Fetch {
        std::vector<Completion<void>> waiters;
        bool underWay = false;
        bool again = false; // asked for while it was under way: there may be a newer one
    };
    SharedStore& store_;
    AccountRegistry& registry_;
    std::map<std::string, Fetch> fetches_;
    std::deque<std::string> queue_; // of fetches that have not begun
    std::size_t underWay_ = 0;
    std::set<std::string> released_; // leases that wait for their write
    std::vector<std::function<void()>> waiting_;
    bool known_ = false;
    bool listed_ = false;
    bool comparing_ = false;
    bool compareAgain_ = false;
    QTimer patience_;
};

} // namespace keybearer
