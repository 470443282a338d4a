#pragma once

#include "broker/accounts/CredentialStore.h"

#include <QObject>

namespace keybearer {

// The one store that everybody knows, before whichever store is in use: it can be exchanged while the broker
// runs, and while items move to another store every change is made in both. Owns nothing; the stores outlive
// it. Owned by the Broker, event loop thread; deadlines are those of the stores.
class StoreFront final : public CredentialStore {
public:
    explicit StoreFront(CredentialStore& store) : store_(&store) {}

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override {
        store_->read(std::move(id), std::move(done));
    }
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override { return store_->health(); }

    // Every change is made there, too, and has succeeded only when both have. Null: no longer.
    void mirror(CredentialStore* second) { mirror_ = second; }
    // From now on this one. Changes that are under way in the one before are repeated here.
    void exchange(CredentialStore& next);

private:
    // Where a change that the store `first` has taken must go next; null: nowhere.
    [[nodiscard]] CredentialStore* after(const CredentialStore* first) const;

    CredentialStore* store_;
    CredentialStore* mirror_ = nullptr;
};

// Stands in for a store that must not be used: every call ends with the same failure.
class RefusingStore final : public CredentialStore {
public:
    RefusingStore(std::string backend, Error why) : backend_(std::move(backend)), why_(std::move(why)) {}

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override {
        return {Health::State::Unavailable, backend_, why_.message, why_.action};
    }

private:
    std::string backend_;
    Error why_;
    QObject later_; // completions die with it
};

} // namespace keybearer
