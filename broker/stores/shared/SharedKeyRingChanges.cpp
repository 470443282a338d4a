#include "broker/stores/shared/SharedKeyRing.h"

#include "broker/log/Log.h"
#include "broker/stores/envelope/PassphraseWork.h"

#include <QPointer>
#include <QTimer>

#include <utility>

// The part of SharedKeyRing that makes headers, changes them, locks and unlocks.
namespace keybearer {

SharedHeader SharedKeyRing::freshTerms() const {
    SharedHeader terms;
    terms.keyKind = setup_.source.kind;
    terms.wrapper = setup_.wrapper == nullptr ? std::string() : setup_.wrapper->name();
    if (terms.keyKind == StoreKeyKind::Passphrase) {
        terms.memory = setup_.cost.memory;
        terms.passes = setup_.cost.passes;
        terms.salt = std::string(Secret::random(passphraseSaltBytes).reveal());
    }
    return terms;
}

void SharedKeyRing::create() {
    const SharedHeader terms = freshTerms();
    if (terms.keyKind != StoreKeyKind::Passphrase)
        return createWith(readStoreKey(setup_.source), terms);
    if (passphrase_.empty())
        return refuse({ErrorCode::StoreLocked, "the shared store has no passphrase yet",
                       "Choose one with: keybearer store unlock"});
    const Secret phrase = passphrase_.open();
    if (const Result<void> good = checkNewPassphrase(phrase); !good)
        return refuse(good.error());
    deriveStoreKeyAside(phrase, terms.salt, {terms.memory, terms.passes, setup_.cost.leastMemory}, &later_,
                        [this, terms](const Result<Secret>& kek) { createWith(kek, terms); });
}

void SharedKeyRing::createWith(const Result<Secret>& kek, const SharedHeader& terms) {
    if (!kek)
        return refuse(kek.error());
    Result<SharedHeader> made = freshHeader(terms, *kek, setup_.clock.wall());
    if (!made)
        return refuse(made.error());
    revision_ = 0;
    change(std::make_shared<SharedHeader>(std::move(*made)), SealedSecret(*kek), 0,
           [this](const Result<void>& written) {
               if (!written && !isSuperseded(written.error()))
                   return end(written);
               // Read back, whether it is ours or another broker was faster.
               setup_.records.get(headerRecord,
                                  [this](const Result<RemoteRecords::Record>& record) { onHeader(record); });
           });
}

void SharedKeyRing::change(const std::shared_ptr<SharedHeader>& header, SealedSecret kek, std::size_t at,
                           Completion<void> done) {
    if (setup_.wrapper == nullptr || at == header->keys.size()) {
        sealHeader(*header, kek.open());
        return put(*header, revision_, std::move(done));
    }
    setup_.wrapper->wrap(header->keys[at].wrapped,
                         [self = QPointer(this), header, kek = std::move(kek), at,
                          done = std::move(done)](const Result<std::string>& wrapped) {
                             if (!self)
                                 return;
                             if (!wrapped)
                                 return done(failure(wrapped.error()));
                             header->keys[at].wrapped = *wrapped;
                             self->change(header, kek, at + 1, done);
                         });
}

void SharedKeyRing::addKey(Completion<void> done) {
    if (!isOpen() || !header_)
        return answer(std::move(done), failure(ErrorCode::StoreLocked, "the store is locked",
                                               "Unlock it with: keybearer store unlock"));
    auto next = std::make_shared<SharedHeader>(*header_);
    Result<SharedHeader::Key> key =
        freshKey(next->storeId, next->keys.back().number + 1, kek_.open(), setup_.clock.wall());
    if (!key)
        return answer(std::move(done), failure(key.error()));
    next->keys.push_back(std::move(*key));
    next->rekeying = true;
    ++next->serial;
    // Only the new key is not wrapped yet.
    change(next, kek_, next->keys.size() - 1, std::move(done));
}

void SharedKeyRing::retireKeys(std::size_t keep, const std::shared_ptr<const NextKey>& next,
                               Completion<void> done) {
    if (!isOpen() || !header_)
        return answer(std::move(done), failure(ErrorCode::StoreLocked, "the store is locked",
                                               "Unlock it with: keybearer store unlock"));
    auto header = std::make_shared<SharedHeader>(*header_);
    while (header->keys.size() > keep)
        header->keys.erase(header->keys.begin());
    header->rekeying = false;
    ++header->serial;
    if (!next)
        return change(header, kek_, header->keys.size(), std::move(done));
    const Secret kek = next->kek.open();
    header->keyKind = next->terms.keyKind;
    header->memory = next->terms.memory;
    header->passes = next->terms.passes;
    header->salt = next->terms.salt;
    header->keyId = keyIdOf(kek);
    for (SharedHeader::Key& key : header->keys) {
        const Result<std::string> envelope = wrapKey(*header, key.number, keys_.at(key.number).open(), kek);
        if (!envelope)
            return answer(std::move(done), failure(envelope.error()));
        key.wrapped = *envelope;
    }
    change(header, next->kek, 0, [this, next, header, done = std::move(done)](const Result<void>& written) {
        if (written) {
            setup_.source = next->source;
            kek_ = next->kek;
        }
        done(written);
    });
}

void SharedKeyRing::unlock(std::optional<Secret> passphrase, Completion<void> done) {
    const bool wanted = setup_.source.kind == StoreKeyKind::Passphrase;
    if (isOpen() && !passphrase)
        return answer(std::move(done), {});
    if (wanted != passphrase.has_value())
        return answer(std::move(done),
                      failure(ErrorCode::InvalidParams,
                              wanted ? "the store wants its passphrase" : "the store has no passphrase",
                              wanted ? "Unlock it with: keybearer store unlock"
                                     : "Unlock it without one: its key comes from where store.key says."));
    if (!passphrase_.empty())
        return answer(std::move(done), failure(Error(ErrorCode::RateLimited,
                                                     "a passphrase is being tried already", "Wait a second.")
                                                   .retry(std::chrono::seconds(1))));
    if (passphrase)
        passphrase_ = SealedSecret(*passphrase);
    else
        lockedByPerson_ = false;
    comesLater_ = looking_;
    unlocking_.push_back(std::move(done));
    look();
}

void SharedKeyRing::lock() {
    keys_.clear();
    kek_ = SealedSecret();
    opening_.reset();
    lockedByPerson_ = true;
    trouble_ = Error(ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock");
    Q_EMIT settled();
}

} // namespace keybearer
