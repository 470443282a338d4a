#pragma once

#include "broker/accounts/SharedAccounts.h"

#include <QObject>
#include <QTimer>

namespace keybearer {

// The right to refresh one credential of a shared store, for one refresh: obtained, or found needless because
// another broker did it meanwhile. Destroyed without finish() it is not given back: the request that was made
// under it may have been carried out, and whoever has it next is told so. Owned by the RefreshRun; event loop
// thread.
class RefreshLease : public QObject {
    Q_OBJECT
public:
    enum class Outcome {
        Granted,
        GrantedInDoubt, // whoever had it before may have sent the refresh token
        DoneElsewhere,  // the registry has a newer generation
    };
    // `generation`: the one that is to be refreshed. Waits for another broker's refresh. Failures:
    // StoreUnavailable and ProviderUnavailable, with detail "sent" false: nobody refreshes now.
    RefreshLease(SharedAccounts& accounts, const AccountRegistry& registry, std::string id,
                 std::uint64_t generation, Completion<Outcome> done);

    void start();
    // Every answer is in, and what was to be written is on its way.
    void finish();

private:
    void ask();
    void onLease(const Result<SharedStore::Lease>& lease);
    void waitFor(const Error& error);
    void onChanged(const std::string& id);
    void end(Result<Outcome> outcome);
    [[nodiscard]] bool isOvertaken() const;

    SharedAccounts& accounts_;
    const AccountRegistry& registry_;
    std::string id_;
    std::uint64_t generation_;
    Completion<Outcome> done_; // empty: called
    QTimer again_;
    QTimer deadline_;
    bool held_ = false;
};

} // namespace keybearer
