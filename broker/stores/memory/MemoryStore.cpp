#include "broker/stores/memory/MemoryStore.h"

#include <QTimer>

#include <utility>

namespace keybearer {

// The item changes at once and the answer comes later, so calls take effect in the order in which they were
// made.

void MemoryStore::write(std::string id, ItemTag /*tag*/, Secret value, Completion<void> done) {
    items_.insert_or_assign(std::move(id), SealedSecret(value));
    QTimer::singleShot(0, &later_, [done = std::move(done)] { done({}); });
}

void MemoryStore::read(std::string id, Completion<Secret> done) {
    const auto found = items_.find(id);
    // The copy stays sealed while it waits: many reads at once cost no locked pages.
    const bool present = found != items_.end();
    SealedSecret value = present ? found->second : SealedSecret();
    QTimer::singleShot(0, &later_, [present, value = std::move(value), done = std::move(done)] {
        if (present)
            done(value.open());
        else
            done(failure(ErrorCode::NotFound, "there is no such credential"));
    });
}

void MemoryStore::erase(std::string id, Completion<void> done) {
    items_.erase(id);
    QTimer::singleShot(0, &later_, [done = std::move(done)] { done({}); });
}

CredentialStore::Health MemoryStore::health() const {
    return {Health::State::Ready, "memory", {}, {}};
}

} // namespace keybearer
