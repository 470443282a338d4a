#include "broker/accounts/SharedAccounts.h"

#include "broker/accounts/SharedResources.h"
#include "broker/log/Log.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t mostFetches = 16;              // at once: a start with a thousand sessions is no flood
constexpr std::chrono::milliseconds patience{4'000}; // for the first list, before what is known must do

} // namespace

SharedAccounts::SharedAccounts(SharedStore& store, AccountRegistry& registry)
    : store_(store), registry_(registry) {
    registry_.share();
    connect(&store_, &SharedStore::connected, this, &SharedAccounts::compare);
    connect(&store_, &SharedStore::itemChanged, this, &SharedAccounts::onItemChanged);
    connect(&store_, &SharedStore::itemErased, this,
            [this](const std::string& id) { registry_.dropShared(id); });
    connect(&registry_.vault(), &CredentialVault::superseded, this,
            [this](const std::string& id) { fetch(id, [](const Result<void>&) {}); });
    connect(&registry_.vault(), &CredentialVault::settledChanged, this, &SharedAccounts::giveBackSettled);
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, &SharedAccounts::becomeKnown);
    patience_.start(patience);
}

void SharedAccounts::lease(const std::string& id, Completion<SharedStore::Lease> done) {
    released_.erase(id);
    store_.lease(id, std::move(done));
}

void SharedAccounts::release(const std::string& id) {
    released_.insert(id);
    giveBackSettled();
}

void SharedAccounts::giveBackSettled() {
    for (auto at = released_.begin(); at != released_.end();) {
        if (registry_.vault().isSettled(*at)) {
            store_.giveBack(*at);
            at = released_.erase(at);
        } else {
            ++at;
        }
    }
}

void SharedAccounts::whenKnown(std::function<void()> done) {
    if (known_)
        return done();
    waiting_.push_back(std::move(done));
}

void SharedAccounts::becomeKnown() {
    if (std::exchange(known_, true))
        return;
    patience_.stop();
    for (const std::function<void()>& done : std::exchange(waiting_, {}))
        done();
}

void SharedAccounts::compare() {
    if (comparing_) {
        compareAgain_ = true;
        return;
    }
    comparing_ = true;
    store_.list([this, alive = QPointer<SharedAccounts>(this)](
                    const Result<std::vector<SharedStore::Listed>>& listed) {
        if (alive)
            onListed(listed);
    });
}

void SharedAccounts::onListed(const Result<std::vector<SharedStore::Listed>>& listed) {
    comparing_ = false;
    if (!listed) {
        qCWarning(logStore).noquote()
            << "the shared store could not be compared:" << QString::fromStdString(listed.error().message);
    } else {
        std::set<std::string> missing;
        for (const Credential* credential : registry_.all())
            missing.insert(credential->record.id);
        for (const SharedStore::Listed& item : *listed) {
            missing.erase(item.id);
            compareOne(item);
        }
        for (const std::string& id : missing)
            registry_.bringBack(id);
        listed_ = true;
        if (fetches_.empty())
            becomeKnown();
        Q_EMIT returned();
    }
    if (std::exchange(compareAgain_, false))
        compare();
}

void SharedAccounts::compareOne(const SharedStore::Listed& item) {
    if (SharedResources::isOne(item.id))
        return;
    if (item.erased)
        return registry_.dropShared(item.id);
    const Credential* known = registry_.find(item.id);
    if (known == nullptr || known->record.generation < item.generation)
        return fetch(item.id, [](const Result<void>&) {});
    if (known->record.generation > item.generation)
        registry_.bringBack(item.id);
}

void SharedAccounts::onItemChanged(const std::string& id, std::uint64_t generation) {
    if (SharedResources::isOne(id))
        return;
    const Credential* known = registry_.find(id);
    // Generation 0: the store cannot tell without reading.
    if (known != nullptr && generation != 0 && known->record.generation >= generation)
        return;
    fetch(id, [](const Result<void>&) {});
}

void SharedAccounts::fetch(const std::string& id, Completion<void> done) {
    Fetch& wish = fetches_[id];
    const bool first = wish.waiters.empty();
    wish.waiters.push_back(std::move(done));
    if (!first) {
        wish.again = wish.again || wish.underWay;
        return;
    }
    queue_.push_back(id);
    fetchNext();
}

void SharedAccounts::fetchNext() {
    while (underWay_ < mostFetches && !queue_.empty()) {
        const std::string id = std::move(queue_.front());
        queue_.pop_front();
        ++underWay_;
        fetches_[id].underWay = true;
        store_.fetch(id, [this, id, alive = QPointer<SharedAccounts>(this)](Result<SharedStore::Item> item) {
            if (alive)
                onFetched(id, std::move(item));
        });
    }
}

void SharedAccounts::onFetched(const std::string& id, Result<SharedStore::Item> item) {
    --underWay_;
    Fetch& wish = fetches_[id];
    wish.underWay = false;
    Result<void> outcome;
    if (item)
        outcome = registry_.adoptShared(id, item->tag, item->value);
    else
        outcome = tl::unexpected(item.error());
    if (!outcome && outcome.error().code != ErrorCode::NotFound)
        qCWarning(logStore).noquote() << "what another broker wrote could not be taken over:"
                                      << QString::fromStdString(outcome.error().message);
    if (std::exchange(wish.again, false) && outcome) {
        queue_.push_back(id);
    } else {
        const std::vector<Completion<void>> waiters = std::move(wish.waiters);
        fetches_.erase(id);
        for (const Completion<void>& done : waiters)
            done(outcome);
    }
    fetchNext();
    if (listed_ && fetches_.empty())
        becomeKnown();
}

} // namespace keybearer
