#include "broker/stores/file/SealedFileStore.h"

#include "broker/base/Random.h"
#include "broker/log/Log.h"
#include "broker/stores/envelope/PassphraseWork.h"

#include <QPointer>
#include <QTimer>

#include <utility>

// The part of SealedFileStore that makes keys of passphrases, and changes keys.
namespace keybearer {

namespace {

constexpr std::size_t batch = 25; // records between two turns of the event loop: some milliseconds
constexpr std::size_t keyNameBytes = 6;
constexpr auto keychainLabel = "Keybearer - key of the store file";

} // namespace

void SealedFileStore::derive(const Secret& passphrase, const SealedHeader& header,
                             std::function<void(Result<Secret>)> then) {
    deriveStoreKeyAside(passphrase, header.salt, {header.memory, header.passes, setup_.cost.leastMemory},
                        &later_, std::move(then));
}

void SealedFileStore::rekey(std::optional<NextKey> next, Completion<void> done) {
    const auto refuse = [this, &done](Error error) {
        later([done = std::move(done), error = std::move(error)] { done(failure(error)); });
    };
    if (!rekeyDone_.empty())
        return refuse({ErrorCode::InvalidRequest, "the keys are being changed already",
                       "See how far it is with: keybearer store status"});
    if (!isOpen())
        return refuse(
            {ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"});
    if (next && next->source.kind == StoreKeyKind::Passphrase) {
        if (!next->passphrase)
            return refuse({ErrorCode::InvalidParams, "the new passphrase is missing",
                           "Give it with: keybearer store rekey --new-key passphrase"});
        if (const Result<void> good = checkNewPassphrase(*next->passphrase); !good)
            return refuse(good.error());
    }
    rekeyDone_.push_back(std::move(done));
    nextKey_.reset();
    if (next)
        return obtainNextKey(*next);
    later([this] { onNextKey({}, Secret()); });
}

// The new key is at hand before anything is changed.
void SealedFileStore::obtainNextKey(const NextKey& next) {
    if (next.source.kind == StoreKeyKind::Keychain)
        newKeyName_ = "store-key-" + hex(Secret::random(keyNameBytes).reveal());
    const SealedHeader header = freshHeader(next.source);
    if (next.source.kind == StoreKeyKind::Passphrase)
        return derive(*next.passphrase, header,
                      [this, header](Result<Secret> kek) { onNextKey(header, std::move(kek)); });
    if (next.source.kind != StoreKeyKind::Keychain) {
        auto kek = std::make_shared<Result<Secret>>(readStoreKey(next.source));
        return later([this, header, kek] { onNextKey(header, std::move(*kek)); });
    }
    setup_.keychain->write(header.keyName, keychainLabel, Secret::random(storeKeyBytes),
                           [self = QPointer(this), header](const Result<void>& written) {
                               if (self && !written)
                                   return self->onNextKey(header, failure(written.error()));
                               if (self)
                                   self->readNextKey(header);
                           });
}

void SealedFileStore::readNextKey(const SealedHeader& header) {
    setup_.keychain->read(header.keyName, [self = QPointer(this), header](const Result<Secret>& kek) {
        if (self)
            self->onNextKey(header, kek ? Result<Secret>(kek->clone()) : failure(kek.error()));
    });
}

void SealedFileStore::onNextKey(SealedHeader header, Result<Secret> kek) {
    if (rekeyDone_.empty())
        return; // locked meanwhile
    if (!kek)
        return finishRekey(failure(kek.error()));
    if (!kek->empty())
        nextKey_ = SealedFile::NewKey{std::move(header), std::move(*kek)};
    if (auto begun = file_->beginRekey(); !begun)
        return finishRekey(begun);
    const Result<SealedFile::Count> count = file_->count();
    progress_ = {"records", 0, count ? count->underOldKey : 0};
    rekeyStep();
}

void SealedFileStore::rekeyStep() {
    if (rekeyDone_.empty())
        return;
    const bool verifying = progress_.step == "verifying";
    const Result<bool> more = verifying ? file_->verifySome(batch) : file_->rekeySome(batch);
    if (!more)
        return finishRekey(failure(more.error()));
    progress_.done = std::min(progress_.done + batch, progress_.total);
    if (*more)
        return later([this] { rekeyStep(); });
    if (!verifying) {
        const Result<SealedFile::Count> count = file_->count();
        progress_ = {"verifying", 0, count ? count->records : 0};
        return later([this] { rekeyStep(); });
    }
    finishRekey(file_->finishRekey(nextKey_ ? &*nextKey_ : nullptr));
}

void SealedFileStore::finishRekey(const Result<void>& outcome) {
    std::vector<Completion<void>> waiting;
    waiting.swap(rekeyDone_);
    if (outcome && nextKey_)
        setup_.source = sourceInUse();
    nextKey_.reset();
    progress_ = {};
    if (outcome && !file_->header().staleKey.empty())
        eraseStaleKey();
    for (const Completion<void>& done : waiting)
        later([done, outcome] { done(outcome); });
}

StoreKeySource SealedFileStore::sourceInUse() const {
    const SealedHeader& header = file_->header();
    StoreKeySource source{header.keyKind, {}, {}};
    if (header.keyKind == StoreKeyKind::KeyFile)
        source.file = header.keyName;
    if (header.keyKind == StoreKeyKind::Credential)
        source.credential = header.keyName;
    return source;
}

void SealedFileStore::eraseStaleKey() {
    if (setup_.keychain == nullptr)
        return;
    setup_.keychain->erase(file_->header().staleKey, [self = QPointer(this)](const Result<void>& erased) {
        if (!self)
            return;
        const Result<void> forgotten = erased ? self->file_->forgetStaleKey() : erased;
        if (!forgotten)
            qCWarning(logStore).noquote() << "the old key of the store file is still in the keychain:"
                                          << QString::fromStdString(forgotten.error().message);
    });
}

} // namespace keybearer
