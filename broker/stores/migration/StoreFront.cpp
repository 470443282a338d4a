#include "broker/stores/migration/StoreFront.h"

#include <QTimer>

#include <utility>

namespace keybearer {

CredentialStore* StoreFront::after(const CredentialStore* first) const {
    return first != store_ ? store_ : mirror_;
}

void StoreFront::write(std::string id, ItemTag tag, Secret value, Completion<void> done) {
    CredentialStore* first = store_;
    auto held = std::make_shared<SealedSecret>(value);
    first->write(id, tag, std::move(value),
                 [this, first, id, tag, held, done = std::move(done)](const Result<void>& written) {
                     CredentialStore* second = after(first);
                     if (!written || second == nullptr)
                         return done(written);
                     second->write(id, tag, held->open(), done);
                 });
}

void StoreFront::erase(std::string id, Completion<void> done) {
    CredentialStore* first = store_;
    first->erase(id, [this, first, id, done = std::move(done)](const Result<void>& erased) {
        CredentialStore* second = after(first);
        if (!erased || second == nullptr)
            return done(erased);
        second->erase(id, done);
    });
}

void StoreFront::exchange(CredentialStore& next) {
    store_ = &next;
    mirror_ = nullptr;
}

void RefusingStore::write(std::string, ItemTag, Secret, Completion<void> done) {
    QTimer::singleShot(0, &later_, [done = std::move(done), why = why_] { done(failure(why)); });
}

void RefusingStore::read(std::string, Completion<Secret> done) {
    QTimer::singleShot(0, &later_, [done = std::move(done), why = why_] { done(failure(why)); });
}

void RefusingStore::erase(std::string, Completion<void> done) {
    QTimer::singleShot(0, &later_, [done = std::move(done), why = why_] { done(failure(why)); });
}

} // namespace keybearer
