#include "broker/daemon/StoreKeeper.h"

#include "broker/base/Text.h"

#include <QTimer>

#include <utility>

// The part of StoreKeeper that moves items to another store, and changes keys.
namespace keybearer {

namespace {

constexpr auto keychainWord = "keychain";
constexpr auto fileWord = "file";
constexpr auto memoryWord = "memory";

} // namespace

Result<void> StoreKeeper::checkMove(const std::string& from, const std::string& to) const {
    if (from == to)
        return failure(ErrorCode::InvalidParams, "the two stores are the same",
                       "Name another one; keys are changed with: keybearer store rekey");
    if (to == memoryWord || from == memoryWord || configured_ == memoryWord)
        return failure(ErrorCode::InvalidParams, "nothing is moved to or from the store memory",
                       "It keeps nothing on the disk, not even the list of sessions: change store.backend in "
                       "config.yaml, start the broker anew and sign in again.");
    if (move_)
        return failure(ErrorCode::InvalidRequest, "the sessions are being moved already",
                       "See how far it is with: keybearer store status");
    const Result<std::string> unfinished = setup_.state.recall(StoreMigration::moveFact);
    if (!unfinished)
        return tl::unexpected(unfinished.error());
    const bool resumes = *unfinished == std::string(from).append(" ").append(to);
    if (place_ == from || (place_ == to && resumes))
        return {};
    return failure(ErrorCode::InvalidRequest, "the sessions are in the store " + place_,
                   "Name it first: keybearer store migrate " + place_ + " " + from);
}

Result<StoreKeySource> StoreKeeper::sourceOf(const StoreKeyParams& params, const std::string& store) const {
    std::string kind = params.key.value_or("");
    if (kind.empty())
        kind = params.keyFile      ? "key_file"
               : params.credential ? "credential"
               : params.passphrase ? "passphrase"
                                   : "";
    if (kind.empty()) {
        const bool shared = setup_.backend == StoreBackend::Redis || setup_.backend == StoreBackend::Vault;
        // The key that the configuration says is that of the store it says, and of shared ones always.
        if (setup_.backend == StoreBackend::File || shared || store != fileWord)
            return StoreKeySource{storeKeyKindOf(setup_.key.kind).value_or(StoreKeyKind::Keychain),
                                  setup_.key.file, setup_.key.credential};
        kind = "keychain";
    }
    StoreKeySource source{*storeKeyKindOf(kind), params.keyFile.value_or(""), params.credential.value_or("")};
    if ((source.kind == StoreKeyKind::KeyFile) != params.keyFile.has_value() ||
        (source.kind == StoreKeyKind::Credential) != params.credential.has_value() ||
        (source.kind != StoreKeyKind::Passphrase && params.passphrase))
        return failure(ErrorCode::InvalidParams, "the key is not said in full, or in two ways",
                       "Give one of key_file, credential and passphrase, and the key that goes with it.");
    if (source.kind == StoreKeyKind::KeyFile && !source.file.is_absolute())
        return failure(ErrorCode::InvalidParams, "key_file must be an absolute path");
    if (source.credential.find('/') != std::string::npos || source.credential == "..")
        return failure(ErrorCode::InvalidParams, "credential must be a name, not a path");
    return source;
}

Result<CredentialStore*> StoreKeeper::storeNamed(const std::string& name, const StoreKeyParams& key) {
    if (name == keychainWord)
        return &keychain();
    if (SealedSharedStore* there = remote(name))
        return there;
    if (name == fileWord && file_)
        return file_.get();
    const Result<StoreKeySource> source = sourceOf(key, name);
    if (!source)
        return tl::unexpected(source.error());
    if (name != fileWord) {
        const Result<SealedSharedStore*> made = makeRemote(name, *source);
        return made ? Result<CredentialStore*>(*made) : failure(made.error());
    }
    file_ = makeFile(*source);
    return file_.get();
}

void StoreKeeper::migrate(const StoreMigrateParams& params, Completion<Json> done) {
    const auto refuse = [this, &done](Error error) {
        QTimer::singleShot(0, this,
                           [done = std::move(done), error = std::move(error)] { done(failure(error)); });
    };
    if (auto checked = checkMove(params.source, params.target); !checked)
        return refuse(checked.error());
    for (const std::string& name : {params.source, params.target}) {
        if (const Result<CredentialStore*> store = storeNamed(name, params.key); !store)
            return refuse(store.error());
    }
    std::optional<Secret> passphrase;
    if (params.key.passphrase)
        passphrase = Secret::copyOf(*params.key.passphrase);
    StoreMigrateParams plain = params;
    plain.key = {};
    openBoth(plain, std::move(passphrase), [this, plain, done = std::move(done)](const Result<void>& opened) {
        if (opened)
            return startMove(plain, done);
        forgetUnused(plain.source); // next time with other words
        forgetUnused(plain.target);
        done(failure(opened.error()));
    });
}

// One passphrase is that of whichever is not open yet.
void StoreKeeper::openBoth(const StoreMigrateParams& params, std::optional<Secret> passphrase,
                           Completion<void> done) {
    auto held = std::make_shared<SealedSecret>(passphrase ? SealedSecret(*passphrase) : SealedSecret());
    openOne(params.source, std::move(passphrase),
            [this, held, target = params.target, done = std::move(done)](const Result<void>& opened) {
                if (!opened)
                    return done(opened);
                openOne(target, held->empty() ? std::nullopt : std::optional(held->open()), done);
            });
}

void StoreKeeper::openOne(const std::string& name, std::optional<Secret> passphrase, Completion<void> done) {
    SealedSharedStore* shared = remote(name);
    if (name == keychainWord || (name == fileWord && file_->isOpen()) ||
        (shared != nullptr && shared->isOpen())) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done({}); });
        return;
    }
    if (shared != nullptr)
        return shared->unlock(std::move(passphrase), std::move(done));
    file_->unlock(std::move(passphrase), std::move(done));
}

// It may be the one that calls.
void StoreKeeper::forgetUnused(const std::string& name) {
    if (place_ == name || configured_ == name)
        return;
    if (name == fileWord && file_)
        file_.release()->deleteLater();
    if (const auto found = remotes_.find(name); found != remotes_.end()) {
        found->second.release()->deleteLater();
        remotes_.erase(found);
    }
}

void StoreKeeper::startMove(const StoreMigrateParams& params, Completion<Json> done) {
    const Result<CredentialStore*> from = storeNamed(params.source, {});
    const Result<CredentialStore*> to = storeNamed(params.target, {});
    if (!from || !to)
        return done(failure(from ? to.error() : from.error()));
    if (SealedSharedStore* shared = remote(params.target))
        shared->welcomeErased(true);
    move_ = std::make_unique<StoreMigration>(
        StoreMigration::Rooms{**from, **to, params.source, params.target, setup_.state, *front_,
                              [this] { return items(); }},
        [this, source = params.source, target = params.target, done = std::move(done)](
            const Result<StoreMigration::Outcome>& outcome) { onMoved(source, target, outcome, done); });
    move_->start();
}

void StoreKeeper::onMoved(const std::string& from, const std::string& to,
                          const Result<StoreMigration::Outcome>& outcome, const Completion<Json>& done) {
    const bool switched = move_->switched();
    // It is the one that calls: gone when this turn of the event loop is over.
    QTimer::singleShot(0, this, [move = std::shared_ptr<StoreMigration>(std::move(move_))] {});
    if (SealedSharedStore* target = remote(to))
        target->welcomeErased(false);
    if (switched) {
        place_ = to;
        if (const Result<CredentialStore*> store = storeNamed(to, {}))
            front_->exchange(**store);
        if (SealedSharedStore* source = remote(from))
            source->retire();
        refusing_.reset();
        registry_->unlocked();
        Q_EMIT opened();
    }
    Q_EMIT healthChanged();
    if (!outcome)
        return done(failure(outcome.error()));
    Json out{{"from", from}, {"to", to}, {"moved", outcome->moved}, {"damaged", outcome->damaged}};
    if (place_ != configured_ || to != keychainWord)
        out["action"] = configLine();
    done(out);
}

// What has to stand in the configuration so that the next start finds the sessions.
std::string StoreKeeper::configLine() const {
    const SealedSharedStore* shared = remote(place_);
    if (shared == nullptr && place_ != fileWord)
        return "Write into config.yaml: store: {backend: keychain}";
    const StoreKeyKind kind = shared != nullptr ? shared->status().keyKind : file_->status().keyKind;
    const std::string name = shared != nullptr ? shared->keyName() : file_->status().keyName;
    std::string line = "Write into config.yaml: store: {backend: ";
    line.append(place_).append(", key: ").append(storeKeyKindWord(kind));
    if (kind == StoreKeyKind::KeyFile)
        line.append(", key_file: ").append(displaySafe(name, 512));
    if (kind == StoreKeyKind::Credential)
        line.append(", credential: ").append(displaySafe(name));
    if (shared != nullptr)
        line.append(", ").append(place_).append(": {...}");
    line.append("}");
    // Leases and news of the others begin with the next start.
    return shared != nullptr && shared_ != shared ? line.append("; then start the broker anew") : line;
}

void StoreKeeper::rekey(const StoreRekeyParams& params, Completion<Json> done) {
    const auto refuse = [this, &done](Error error) {
        QTimer::singleShot(0, this,
                           [done = std::move(done), error = std::move(error)] { done(failure(error)); });
    };
    SealedSharedStore* shared = remoteInUse();
    if (shared == nullptr && (place_ != fileWord || !file_))
        return refuse({ErrorCode::InvalidRequest, "the store " + place_ + " has no keys of its own",
                       "The stores file, redis and vault have; see: keybearer store status"});
    if (move_)
        return refuse({ErrorCode::InvalidRequest, "the sessions are being moved to another store",
                       "Change the keys when that is done."});
    if (shared != nullptr)
        return rekeyShared(*shared, params, std::move(done));
    const StoreKeyParams& key = params.key;
    std::optional<SealedFileStore::NextKey> next;
    if (key.key || key.keyFile || key.credential || key.passphrase) {
        const Result<StoreKeySource> source = sourceOf(key, fileWord);
        if (!source)
            return refuse(source.error());
        next = SealedFileStore::NextKey{*source, std::nullopt};
        if (key.passphrase)
            next->passphrase = Secret::copyOf(*key.passphrase);
    }
    const bool sameKey = !next;
    const Completion<void> finished = [this, sameKey, done = std::move(done)](const Result<void>& changed) {
        Q_EMIT healthChanged();
        if (!changed)
            return done(failure(changed.error()));
        Json out{{"key", {{"kind", storeKeyKindWord(file_->status().keyKind)}}}};
        if (!sameKey)
            out["action"] = configLine();
        done(out);
    };
    if (file_->isOpen())
        return file_->rekey(std::move(next), finished);
    // A key that comes by itself is fetched; a passphrase has to be given first.
    auto held = std::make_shared<std::optional<SealedFileStore::NextKey>>(std::move(next));
    unlock(std::nullopt, [this, held, finished](const Result<void>& unlocked) {
        if (!unlocked)
            return finished(failure(unlocked.error().code == ErrorCode::InvalidParams
                                        ? Error(ErrorCode::StoreLocked, "the store is locked",
                                                "Unlock it with: keybearer store unlock")
                                        : unlocked.error()));
        file_->rekey(std::move(*held), finished);
    });
}

void StoreKeeper::rekeyShared(SealedSharedStore& store, const StoreRekeyParams& params,
                              Completion<Json> done) {
    const StoreKeyParams& key = params.key;
    std::optional<SealedSharedStore::NextKey> next;
    if (key.key || key.keyFile || key.credential || key.passphrase) {
        const Result<StoreKeySource> source = sourceOf(key, place_);
        if (!source) {
            QTimer::singleShot(0, this,
                               [done = std::move(done), why = source.error()] { done(failure(why)); });
            return;
        }
        next = SealedSharedStore::NextKey{*source, std::nullopt};
        if (key.passphrase)
            next->passphrase = Secret::copyOf(*key.passphrase);
    }
    const bool sameKey = !next;
    store.rekey(std::move(next),
                [this, sameKey, &store, done = std::move(done)](const Result<void>& changed) {
                    Q_EMIT healthChanged();
                    if (!changed)
                        return done(failure(changed.error()));
                    Json out{{"key", {{"kind", storeKeyKindWord(store.status().keyKind)}}}};
                    if (!sameKey)
                        out["action"] = configLine() +
                                        " - on every broker; the others are refused until they have the key.";
                    done(out);
                });
}

} // namespace keybearer
