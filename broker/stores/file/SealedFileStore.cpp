#include "broker/stores/file/SealedFileStore.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <QPointer>
#include <QTimer>

#include <utility>

// The part of SealedFileStore that serves, opens and locks.
namespace keybearer {

namespace {

constexpr auto keychainLabel = "Keybearer - key of the store file";
constexpr std::size_t keyNameBytes = 6;

Error lockedStore(bool isNew) {
    if (isNew)
        return {ErrorCode::StoreLocked, "the store has no passphrase yet",
                "Choose one with: keybearer store unlock"};
    return {ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"};
}

} // namespace

SealedFileStore::SealedFileStore(Setup setup) : setup_(std::move(setup)) {
    health_.backend = "file";
    look();
    if (broken_)
        setHealth(Health::State::Unavailable, broken_->message, broken_->action);
    else if (setup_.source.kind == StoreKeyKind::Passphrase)
        note(failure(lockedStore(file_ == nullptr)));
}

SealedFileStore::~SealedFileStore() = default;

void SealedFileStore::write(std::string id, ItemTag tag, Secret value, Completion<void> done) {
    auto held = std::make_shared<SealedSecret>(value);
    whenOpen([this, id = std::move(id), label = std::move(tag.label), held,
              done = std::move(done)](const Result<void>& open) {
        Result<void> written = open ? file_->write(id, label, held->open()) : open;
        note(written);
        later([done, written = std::move(written)] { done(written); });
    });
}

void SealedFileStore::read(std::string id, Completion<Secret> done) {
    whenOpen([this, id = std::move(id), done = std::move(done)](const Result<void>& open) {
        Result<SealedItem> item = open ? file_->read(id) : failure(open.error());
        note(item ? Result<void>() : failure(item.error()));
        if (!item)
            return later([done, error = item.error()] { done(failure(error)); });
        // Sealed while it waits: many reads at once cost no locked pages.
        later([done, value = SealedSecret(item->value)] { done(value.open()); });
    });
}

void SealedFileStore::erase(std::string id, Completion<void> done) {
    whenOpen([this, id = std::move(id), done = std::move(done)](const Result<void>& open) {
        Result<void> erased = open ? file_->erase(id) : open;
        note(erased);
        later([done, erased = std::move(erased)] { done(erased); });
    });
}

void SealedFileStore::whenOpen(Act act) {
    if (isOpen())
        return act({});
    if (lockedByPerson_ || (setup_.source.kind == StoreKeyKind::Passphrase && !opening_))
        return act(broken_ ? failure(*broken_) : failure(lockedStore(file_ == nullptr)));
    waiting_.push_back(std::move(act));
    if (!std::exchange(opening_, true))
        startOpening();
}

// What is there, without a key.
void SealedFileStore::look() {
    if (file_ != nullptr)
        return;
    Result<std::unique_ptr<SealedFile>> file = SealedFile::open(setup_.path, setup_.ledger, setup_.clock);
    broken_.reset();
    if (file)
        file_ = std::move(*file);
    else if (file.error().code != ErrorCode::NotFound)
        broken_ = file.error();
    if (!broken_)
        broken_ = mismatch();
}

// The key is never taken from another place than the person said, also if the file would allow it.
std::optional<Error> SealedFileStore::mismatch() const {
    if (file_ == nullptr || file_->header().keyKind == setup_.source.kind)
        return std::nullopt;
    const std::string is(storeKeyKindWord(file_->header().keyKind));
    const std::string said(storeKeyKindWord(setup_.source.kind));
    return Error(ErrorCode::StoreUnavailable,
                 "the store file is sealed with a key of kind " + is + ", the configuration says " + said,
                 "Write store: {backend: file, key: " + is +
                     "} into config.yaml; to change the key itself, start "
                     "with that and run: keybearer store rekey");
}

void SealedFileStore::startOpening() {
    look();
    if (broken_)
        return later([this] { finishOpening(failure(*broken_)); });
    if (setup_.source.kind == StoreKeyKind::Keychain)
        return openWithKeychain();
    auto kek = std::make_shared<Result<Secret>>(readStoreKey(setup_.source));
    later([this, kek] { openWith(*kek); });
}

void SealedFileStore::openWithKeychain() {
    if (file_ == nullptr)
        return makeKeychainKey();
    // The keychain outlives this store, and may answer when it is gone.
    setup_.keychain->read(file_->header().keyName, [self = QPointer(this)](const Result<Secret>& kek) {
        if (!self)
            return;
        if (!kek && kek.error().code == ErrorCode::NotFound)
            return self->finishOpening(failure(
                ErrorCode::StoreUnavailable, "the key of the store file is not in this keychain",
                "Open the keychain in which it was made; without that key nobody can read the file."));
        self->openWith(kek);
    });
}

void SealedFileStore::makeKeychainKey() {
    newKeyName_ = "store-key-" + hex(Secret::random(keyNameBytes).reveal());
    // Read back before it is used: a keychain that forgets must be noticed before a file depends on it.
    setup_.keychain->write(newKeyName_, keychainLabel, Secret::random(storeKeyBytes),
                           [self = QPointer(this)](const Result<void>& written) {
                               if (self && !written)
                                   return self->finishOpening(written);
                               if (self)
                                   self->readNewKey();
                           });
}

void SealedFileStore::readNewKey() {
    setup_.keychain->read(newKeyName_, [self = QPointer(this)](const Result<Secret>& kek) {
        if (self)
            self->openWith(kek);
    });
}

SealedHeader SealedFileStore::freshHeader(const StoreKeySource& source) const {
    SealedHeader header;
    header.keyKind = source.kind;
    header.keyName = source.kind == StoreKeyKind::Keychain ? newKeyName_ : keySourceName(source);
    if (source.kind == StoreKeyKind::Passphrase) {
        header.memory = setup_.cost.memory;
        header.passes = setup_.cost.passes;
        header.salt = std::string(Secret::random(passphraseSaltBytes).reveal());
    }
    return header;
}

void SealedFileStore::openWith(const Result<Secret>& kek) {
    if (!kek)
        return finishOpening(failure(kek.error()));
    if (file_ != nullptr)
        return finishOpening(file_->unlock(*kek));
    Result<std::unique_ptr<SealedFile>> made =
        SealedFile::create(setup_.path, setup_.ledger, setup_.clock, freshHeader(setup_.source), *kek);
    if (!made)
        return finishOpening(failure(made.error()));
    file_ = std::move(*made);
    finishOpening({});
}

void SealedFileStore::finishOpening(const Result<void>& opened) {
    opening_ = false;
    if (opened)
        lockedByPerson_ = false;
    note(opened);
    if (opened && !file_->header().staleKey.empty())
        eraseStaleKey();
    std::vector<Act> waiting;
    waiting.swap(waiting_);
    for (const Act& act : waiting)
        act(opened);
}

void SealedFileStore::unlock(std::optional<Secret> passphrase, Completion<void> done) {
    const bool wanted = setup_.source.kind == StoreKeyKind::Passphrase;
    const auto answer = [this, &done](Result<void> outcome) {
        later([done = std::move(done), outcome = std::move(outcome)] { done(outcome); });
    };
    look();
    if (broken_)
        return answer(failure(*broken_));
    if (isOpen() && !passphrase)
        return answer({});
    if (wanted != passphrase.has_value())
        return answer(failure(ErrorCode::InvalidParams,
                              wanted ? "the store wants its passphrase" : "the store has no passphrase",
                              wanted ? "Unlock it with: keybearer store unlock"
                                     : "Unlock it without one: its key comes from where store.key says."));
    if (wanted)
        return unlockWithPassphrase(*passphrase, std::move(done));
    lockedByPerson_ = false;
    whenOpen(
        [this, done = std::move(done)](const Result<void>& open) { later([done, open] { done(open); }); });
}

void SealedFileStore::unlockWithPassphrase(const Secret& passphrase, Completion<void> done) {
    const SealedHeader header = file_ == nullptr ? freshHeader(setup_.source) : file_->header();
    if (const Result<void> good = file_ == nullptr ? checkNewPassphrase(passphrase) : Result<void>(); !good)
        return later([done = std::move(done), good] { done(good); });
    if (opening_)
        return later([done = std::move(done)] {
            done(
                failure(Error(ErrorCode::RateLimited, "a passphrase is being tried already", "Wait a second.")
                            .retry(std::chrono::seconds(1))));
        });
    opening_ = true;
    const bool wasOpen = isOpen();
    waiting_.emplace_back(
        [this, done = std::move(done)](const Result<void>& open) { later([done, open] { done(open); }); });
    derive(passphrase, header, [this, header, wasOpen](Result<Secret> kek) {
        if (kek && file_ == nullptr) {
            Result<std::unique_ptr<SealedFile>> made =
                SealedFile::create(setup_.path, setup_.ledger, setup_.clock, header, *kek);
            if (made)
                file_ = std::move(*made);
            return finishOpening(made ? Result<void>() : failure(made.error()));
        }
        const Result<void> unlocked = kek ? file_->unlock(*kek) : failure(kek.error());
        finishOpening(unlocked);
        if (wasOpen && isOpen())
            note({}); // a wrong passphrase does not close what is open
    });
}

void SealedFileStore::lock() {
    if (file_ != nullptr)
        file_->lock();
    lockedByPerson_ = true;
    progress_ = {};
    if (!rekeyDone_.empty())
        finishRekey(failure(lockedStore(false)));
    if (!broken_)
        note(failure(lockedStore(file_ == nullptr)));
}

SealedFileStore::Status SealedFileStore::status() const {
    Status out;
    out.keyKind = setup_.source.kind;
    out.keyName = keySourceName(setup_.source);
    out.isNew = file_ == nullptr && !broken_;
    if (file_ != nullptr) {
        out.keyKind = file_->header().keyKind;
        out.keyName = file_->header().keyName;
        out.damage = file_->damage();
        if (Result<SealedFile::Count> count = file_->count())
            out.count = *count;
    }
    return out;
}

// What the last call says of the store as a whole. That one item is absent or damaged says nothing of it.
void SealedFileStore::note(const Result<void>& outcome) {
    if (!outcome && outcome.error().code != ErrorCode::NotFound &&
        outcome.error().code != ErrorCode::ParseError) {
        const bool locked = outcome.error().code == ErrorCode::StoreLocked;
        return setHealth(locked ? Health::State::Locked : Health::State::Unavailable, outcome.error().message,
                         outcome.error().action);
    }
    if (isOpen() && !file_->damage().empty())
        return setHealth(
            Health::State::Unavailable, "the store file is damaged: " + file_->damage(),
            "What can still be read is served. Put back a copy of store.sqlite, or sign in again.");
    setHealth(Health::State::Ready, {}, {});
}

void SealedFileStore::setHealth(Health::State state, std::string problem, std::string action) {
    if (health_.state == state && health_.problem == problem)
        return;
    health_.state = state;
    health_.problem = std::move(problem);
    health_.action = std::move(action);
    later([this] { Q_EMIT healthChanged(); });
}

void SealedFileStore::later(std::function<void()> act) {
    QTimer::singleShot(0, &later_, std::move(act));
}

} // namespace keybearer
