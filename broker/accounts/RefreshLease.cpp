#include "broker/accounts/RefreshLease.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

// Longer than another broker's request may take, with its one retry; its lease ends by itself before that.
constexpr milliseconds patience{60'000};
// News of what the other broker wrote comes by itself, mostly; asking again is for when it does not.
constexpr milliseconds leastPause{200};
constexpr milliseconds mostPause{1'000};

Error notNow(const Error& why) {
    Error error(why.code == ErrorCode::StoreUnavailable ? why.code : ErrorCode::ProviderUnavailable,
                why.message, why.action);
    return std::move(error).with("sent", false);
}

} // namespace

RefreshLease::RefreshLease(SharedAccounts& accounts, const AccountRegistry& registry, std::string id,
                           std::uint64_t generation, Completion<Outcome> done)
    : accounts_(accounts), registry_(registry), id_(std::move(id)), generation_(generation),
      done_(std::move(done)) {
    again_.setSingleShot(true);
    deadline_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &RefreshLease::ask);
    connect(&deadline_, &QTimer::timeout, this, [this] {
        end(failure(
            Error(ErrorCode::ProviderUnavailable, "another broker is refreshing it and does not finish")
                .with("sent", false)));
    });
    connect(&registry_, &AccountRegistry::changed, this,
            [this](const std::string& changed, AccountRegistry::Change) { onChanged(changed); });
}

void RefreshLease::start() {
    deadline_.start(patience);
    ask();
}

void RefreshLease::ask() {
    accounts_.lease(id_,
                    [this, alive = QPointer<RefreshLease>(this)](const Result<SharedStore::Lease>& lease) {
                        if (alive)
                            onLease(lease);
                    });
}

void RefreshLease::onLease(const Result<SharedStore::Lease>& lease) {
    if (!lease)
        return waitFor(lease.error());
    held_ = true;
    if (!done_) // overtaken meanwhile, which onChanged() has seen
        return end(Outcome::DoneElsewhere);
    if (lease->generation <= generation_)
        return end(lease->abandoned ? Outcome::GrantedInDoubt : Outcome::Granted);
    accounts_.fetch(id_, [this, alive = QPointer<RefreshLease>(this)](const Result<void>& fetched) {
        if (!alive)
            return;
        if (fetched && isOvertaken())
            end(Outcome::DoneElsewhere);
        else
            end(failure(notNow(fetched ? Error(ErrorCode::StoreUnavailable,
                                               "the shared store does not give out what it has listed")
                                       : fetched.error())));
    });
}

void RefreshLease::waitFor(const Error& error) {
    if (!done_)
        return; // overtaken while the question was on its way
    if (!error.retryAfter)
        return end(failure(notNow(error)));
    again_.start(std::clamp<milliseconds>(*error.retryAfter, leastPause, mostPause));
}

void RefreshLease::onChanged(const std::string& id) {
    if (id == id_ && done_ && !held_ && isOvertaken())
        end(Outcome::DoneElsewhere);
}

bool RefreshLease::isOvertaken() const {
    const Credential* credential = registry_.find(id_);
    return credential == nullptr || credential->record.generation > generation_;
}

// What was granted and is not needed is given back at once.
void RefreshLease::end(Result<Outcome> outcome) {
    again_.stop();
    deadline_.stop();
    if (held_ && (!outcome || *outcome == Outcome::DoneElsewhere))
        finish();
    if (const Completion<Outcome> done = std::exchange(done_, nullptr))
        done(std::move(outcome));
}

void RefreshLease::finish() {
    if (std::exchange(held_, false))
        accounts_.release(id_);
}

} // namespace keybearer
