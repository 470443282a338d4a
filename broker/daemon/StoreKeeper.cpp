#include "broker/daemon/StoreKeeper.h"

#include "broker/daemon/AuditKeeper.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/stores/keychain/KeychainStore.h"
#include "broker/stores/memory/MemoryStore.h"

#include <QTimer>

#include <utility>

namespace keybearer {

namespace {

constexpr auto keychainWord = "keychain";
constexpr auto fileWord = "file";
constexpr auto memoryWord = "memory";
constexpr auto redisWord = "redis";
constexpr auto vaultWord = "vault";

StoreKeySource sourceFrom(const Config::StoreKey& key) {
    return {storeKeyKindOf(key.kind).value_or(StoreKeyKind::Keychain), key.file, key.credential};
}

const char* wordOf(StoreBackend backend) {
    return backend == StoreBackend::Memory  ? memoryWord
           : backend == StoreBackend::File  ? fileWord
           : backend == StoreBackend::Redis ? redisWord
           : backend == StoreBackend::Vault ? vaultWord
                                            : keychainWord;
}

std::string_view stateWordOf(CredentialStore::Health::State state) {
    using State = CredentialStore::Health::State;
    return state == State::Ready         ? "ready"
           : state == State::Locked      ? "locked"
           : state == State::Unavailable ? "unavailable"
                                         : "unknown";
}

template <typename Progress>
Json taskToWire(const char* name, const Progress& progress) {
    return Json{{"name", name}, {"step", progress.step}, {"done", progress.done}, {"total", progress.total}};
}

} // namespace

StoreKeeper::StoreKeeper(Setup setup) : setup_(std::move(setup)), configured_(wordOf(setup_.backend)) {}

StoreKeeper::~StoreKeeper() = default;

Result<std::unique_ptr<StoreKeeper>> StoreKeeper::make(Setup setup) {
    std::unique_ptr<StoreKeeper> keeper(new StoreKeeper(std::move(setup)));
    if (auto begun = keeper->begin(); !begun)
        return tl::unexpected(begun.error());
    return keeper;
}

Result<void> StoreKeeper::begin() {
    if (setup_.backend == StoreBackend::Memory) {
        place_ = memoryWord;
        memory_ = std::make_unique<MemoryStore>();
        front_ = std::make_unique<StoreFront>(*memory_);
        return {};
    }
    Result<std::string> place = placeOf(configured_);
    if (!place)
        return tl::unexpected(place.error());
    place_ = std::move(*place);
    if (setup_.backend == StoreBackend::File)
        file_ = makeFile(sourceFrom(setup_.key));
    if (setup_.backend == StoreBackend::Redis || setup_.backend == StoreBackend::Vault) {
        const Result<SealedSharedStore*> made = makeRemote(configured_, sourceFrom(setup_.key));
        if (!made)
            return tl::unexpected(made.error());
        if (place_ == configured_)
            shared_ = *made;
    }
    if (place_ != configured_)
        refuseMisplaced();
    else if (shared_ != nullptr)
        front_ = std::make_unique<StoreFront>(*shared_);
    else
        front_ = std::make_unique<StoreFront>(file_ ? static_cast<CredentialStore&>(*file_) : keychain());
    return {};
}

// Where the sessions are. An installation without one may begin anywhere; one from before this was remembered
// has them in the keychain.
Result<std::string> StoreKeeper::placeOf(const std::string& configured) {
    const Result<std::vector<CredentialRecord>> records = setup_.state.loadRecords();
    if (!records)
        return tl::unexpected(records.error());
    Result<std::string> place = setup_.state.recall(StoreMigration::placeFact);
    const Result<std::string> move = setup_.state.recall(StoreMigration::moveFact);
    if (!place || !move)
        return tl::unexpected(place ? move.error() : place.error());
    if (place->empty() && !records->empty())
        place = keychainWord;
    if (!place->empty() && (!records->empty() || !move->empty()))
        return place;
    if (auto noted = setup_.state.remember(StoreMigration::placeFact, configured); !noted)
        return tl::unexpected(noted.error());
    return configured;
}

void StoreKeeper::refuseMisplaced() {
    std::string action = "Move them with: keybearer store migrate ";
    action.append(place_)
        .append(" ")
        .append(configured_)
        .append("; or write ")
        .append(place_ == keychainWord ? "store: {backend: keychain}"
                                       : std::string("store: {backend: ").append(place_) + ", key: ...}");
    action.append(" into config.yaml and start the broker anew.");
    refusing_ =
        std::make_unique<RefusingStore>(configured_, Error(ErrorCode::StoreUnavailable,
                                                           std::string("the sessions are in the store ")
                                                               .append(place_)
                                                               .append(", and the configuration says ")
                                                               .append(configured_),
                                                           std::move(action)));
    front_ = std::make_unique<StoreFront>(*refusing_);
}

CredentialStore& StoreKeeper::keychain() {
    if (!keychain_)
        keychain_ = makeKeychainStore(setup_.keychainNamespace);
    return *keychain_;
}

std::unique_ptr<SealedFileStore> StoreKeeper::makeFile(const StoreKeySource& source) {
    auto file = std::make_unique<SealedFileStore>(
        SealedFileStore::Setup{setup_.file, source, setup_.state, &keychain(), setup_.clock, {}});
    connect(file.get(), &SealedFileStore::healthChanged, this, &StoreKeeper::healthChanged);
    return file;
}

SealedSharedStore* StoreKeeper::remote(const std::string& name) const {
    const auto found = remotes_.find(name);
    return found == remotes_.end() ? nullptr : found->second.get();
}

Result<SealedSharedStore*> StoreKeeper::makeRemote(const std::string& name, const StoreKeySource& source) {
    if (source.kind == StoreKeyKind::Keychain)
        return failure(ErrorCode::InvalidParams,
                       "the store " + name +
                           " is opened by a key that every broker has, not by this keychain",
                       "Give --key passphrase, --key-file or --credential.");
    Result<Setup::Connection> connection = setup_.connect(name);
    if (!connection)
        return tl::unexpected(connection.error());
    auto store = std::make_unique<SealedSharedStore>(SealedSharedStore::Setup{
        name, std::move(connection->records), source, setup_.state, setup_.clock, connection->wrapper});
    connect(store.get(), &SharedStore::healthChanged, this, &StoreKeeper::healthChanged);
    connect(store.get(), &SharedStore::connected, this, [this, made = store.get()] {
        if (made == remoteInUse())
            Q_EMIT opened();
    });
    return (remotes_[name] = std::move(store)).get();
}

std::vector<StoreItem> StoreKeeper::items() const {
    std::vector<StoreItem> out{{CredentialVault::journalKeyItem, CredentialVault::journalKeyLabel},
                               {AuditKeeper::sealItem, AuditKeeper::sealLabel}};
    for (const Credential* credential : registry_->all())
        out.push_back({credential->record.id, AccountRegistry::itemTag(credential->record)});
    return out;
}

Json StoreKeeper::status() const {
    const CredentialStore::Health health = front_->health();
    Json out{{"backend", configured_},
             {"place", place_},
             {"state", stateWordOf(health.state)},
             {"unsettled", registry_->vault().unsettled()},
             {"sessions", registry_->all().size()}};
    if (!health.problem.empty())
        out["problem"] = health.problem;
    if (!health.action.empty())
        out["action"] = health.action;
    if (file_)
        addFile(out);
    const SealedSharedStore* store = remote(place_) != nullptr ? remote(place_) : remote(configured_);
    if (store != nullptr)
        addShared(out, *store);
    if (const Result<std::string> move = setup_.state.recall(StoreMigration::moveFact);
        move && !move->empty())
        out["move_unfinished"] = *move;
    if (move_)
        out["task"] = taskToWire("migrate", move_->progress());
    out["remarks"] = remarksJson();
    return out;
}

void StoreKeeper::addFile(Json& out) const {
    const SealedFileStore::Status file = file_->status();
    Json key{{"kind", storeKeyKindWord(file.keyKind)}};
    if (!file.keyName.empty())
        key["name"] = displaySafe(file.keyName, 512);
    if (file.count) {
        key["made_at"] = toRfc3339(file.count->keyMadeAt);
        out["records"] = file.count->records;
        out["quarantined"] = file.count->quarantined;
        out["outdated"] = file.count->outdated;
        out["rekey_unfinished"] = file.count->rekeying;
    }
    out["key"] = std::move(key);
    out["file"] = displaySafe(setup_.file.string(), 512);
    out["new"] = file.isNew;
    if (!file_->progress().step.empty())
        out["task"] = taskToWire("rekey", file_->progress());
}

void StoreKeeper::addShared(Json& out, const SealedSharedStore& store) const {
    const SealedSharedStore::Status status = store.status();
    Json key{{"kind", storeKeyKindWord(status.keyKind)}};
    if (!status.keyId.empty())
        key["id"] = displaySafe(status.keyId);
    if (status.keyMadeAt)
        key["made_at"] = toRfc3339(*status.keyMadeAt);
    if (!status.wrapper.empty())
        key["wrapped_by"] = displaySafe(status.wrapper);
    out["key"] = std::move(key);
    Json shared{{"server", displaySafe(status.server, 512)},
                {"broker_id", status.brokerId},
                {"leases", status.leases},
                {"lost", status.lost}};
    if (!status.storeId.empty())
        shared["store_id"] = displaySafe(status.storeId);
    if (status.lastContact)
        shared["last_contact"] = toRfc3339(*status.lastContact);
    out["shared"] = std::move(shared);
    out["records"] = status.records;
    out["rekey_unfinished"] = status.rekeying;
    if (const SealedSharedStore::Progress progress = store.progress(); !progress.step.empty())
        out["task"] = taskToWire("rekey", progress);
}

Json StoreKeeper::remarksJson() const {
    Json out = Json::array();
    for (const Remark& remark : remarks())
        out.push_back(Json{{"name", remark.name}, {"message", remark.message}, {"action", remark.action}});
    return out;
}

std::vector<StoreKeeper::Remark> StoreKeeper::remarks() const {
    std::vector<Remark> out;
    if (place_ != configured_ && !refusing_)
        out.push_back({"store_moved",
                       "the sessions are in the store " + place_ + " now, and the configuration still says " +
                           configured_,
                       configLine()});
    const Result<std::string> move = setup_.state.recall(StoreMigration::moveFact);
    if (move && !move->empty() && !move_)
        out.push_back({"store_move_unfinished", "moving the sessions to another store was interrupted",
                       "Finish it with: keybearer store migrate " + *move});
    if (file_)
        addFileRemarks(out);
    if (remoteInUse() != nullptr)
        addSharedRemarks(out);
    return out;
}

void StoreKeeper::addSharedRemarks(std::vector<Remark>& out) const {
    const SealedSharedStore::Status status = remoteInUse()->status();
    if (status.lost > 0)
        out.push_back({"store_backend_lost",
                       std::to_string(status.lost) +
                           " items of the shared store are missing or older than they "
                           "should be: the server has lost or rolled back data",
                       "What a broker still holds is written back by itself; sign in again where it is asked "
                       "for, and let the server keep what it confirms (docs/stores.md)."});
    if (status.rekeying && remoteInUse()->progress().step.empty())
        out.push_back({"store_rekey_unfinished", "the change of the store's keys was interrupted",
                       "Finish it on one of the brokers with: keybearer store rekey"});
}

void StoreKeeper::addFileRemarks(std::vector<Remark>& out) const {
    const SealedFileStore::Status file = file_->status();
    const bool otherKey = storeKeyKindWord(file.keyKind) != setup_.key.kind ||
                          (file.keyKind == StoreKeyKind::KeyFile && file.keyName != setup_.key.file);
    if (place_ == fileWord && configured_ == fileWord && file_->isOpen() && otherKey)
        out.push_back({"store_key_changed",
                       "the store file is opened by another key than the configuration says", configLine()});
    if (file.count && file.count->outdated > 0)
        out.push_back({"store_outdated",
                       std::to_string(file.count->outdated) +
                           " items of the store file are missing or older than they should be",
                       "Put back the newest copy of store.sqlite, or sign in again where it is asked for."});
    if (file.count && file.count->quarantined > 0)
        out.push_back({"store_quarantined",
                       std::to_string(file.count->quarantined) +
                           " records of the store file could not be read and are kept aside",
                       "Sign in again where it is asked for: keybearer session list"});
    if (file.count && file.count->rekeying && file_->progress().step.empty())
        out.push_back({"store_rekey_unfinished", "the change of the store's keys was interrupted",
                       "Finish it with: keybearer store rekey"});
}

void StoreKeeper::unlock(std::optional<Secret> passphrase, Completion<void> done) {
    if (SealedSharedStore* store = remoteInUse())
        return store->unlock(std::move(passphrase),
                             [this, done = std::move(done)](const Result<void>& unlocked) {
                                 if (unlocked)
                                     registry_->unlocked(); // opened() follows with the first list
                                 done(unlocked);
                             });
    if (!file_ || place_ != fileWord) {
        const Error error =
            refusing_
                ? Error(ErrorCode::StoreUnavailable, refusing_->health().problem, refusing_->health().action)
                : Error(ErrorCode::InvalidRequest, "the store " + place_ + " is not unlocked by Keybearer",
                        place_ == keychainWord ? "Unlock your login keyring, for example by logging in."
                                               : "There is nothing to unlock.");
        QTimer::singleShot(0, this, [done = std::move(done), error] { done(failure(error)); });
        return;
    }
    file_->unlock(std::move(passphrase), [this, done = std::move(done)](const Result<void>& unlocked) {
        if (unlocked) {
            registry_->unlocked();
            Q_EMIT opened();
        }
        done(unlocked);
    });
}

Result<void> StoreKeeper::lock() {
    SealedSharedStore* store = remoteInUse();
    if (store == nullptr && (!file_ || place_ != fileWord))
        return failure(ErrorCode::InvalidRequest, "the store " + place_ + " is not locked by Keybearer",
                       place_ == keychainWord ? "Lock your keyring in its own application."
                                              : "Stop the broker; then nothing of it is left.");
    if (move_)
        return failure(ErrorCode::InvalidRequest, "the sessions are being moved to another store",
                       "Lock it when that is done; see: keybearer store status");
    if (store != nullptr)
        store->lock();
    else
        file_->lock();
    registry_->lock();
    return {};
}

} // namespace keybearer
