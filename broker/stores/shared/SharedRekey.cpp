#include "broker/stores/shared/SharedRekey.h"

#include "broker/base/Random.h"
#include "broker/stores/envelope/PassphraseWork.h"

#include <utility>

namespace keybearer {

namespace {

constexpr int mostPasses = 10; // others write under the old key until they have read the header
constexpr int mostTries = 5;   // of one record against other writers
constexpr std::size_t keysKept = 2;

} // namespace

std::optional<Error> SharedRekey::refusal(const std::optional<SealedSharedStore::NextKey>& next) const {
    if (isRunning())
        return Error(ErrorCode::InvalidRequest, "the keys are being changed already",
                     "See how far it is with: keybearer store status");
    if (std::optional<Error> why = store_.unusable())
        return why;
    if (!next)
        return std::nullopt;
    if (next->source.kind == StoreKeyKind::Keychain)
        return Error(ErrorCode::InvalidParams,
                     "a key in the keychain of one machine opens nothing on another",
                     "Give passphrase, key_file or credential.");
    if (next->source.kind != StoreKeyKind::Passphrase)
        return std::nullopt;
    if (!next->passphrase)
        return Error(ErrorCode::InvalidParams, "the new passphrase is missing",
                     "Give it with: keybearer store rekey --new-key passphrase");
    const Result<void> good = checkNewPassphrase(*next->passphrase);
    return good ? std::nullopt : std::optional(good.error());
}

void SharedRekey::start(std::optional<SealedSharedStore::NextKey> next, Completion<void> done) {
    if (const std::optional<Error> why = refusal(next))
        return store_.later([done = std::move(done), why = *why] { done(failure(why)); });
    done_ = std::move(done);
    next_.reset();
    passes_ = 0;
    progress_ = {"records", 0, 0};
    if (next)
        return obtainKey(*next);
    addKey();
}

void SharedRekey::obtainKey(const SealedSharedStore::NextKey& next) {
    SharedHeader terms;
    terms.keyKind = next.source.kind;
    const StoreKeySource source = next.source;
    if (source.kind != StoreKeyKind::Passphrase)
        return onNextKey(source, std::move(terms), readStoreKey(source));
    const PassphraseCost& cost = ring_.setup().cost;
    terms.memory = cost.memory;
    terms.passes = cost.passes;
    terms.salt = std::string(Secret::random(passphraseSaltBytes).reveal());
    const std::string salt = terms.salt;
    deriveStoreKeyAside(*next.passphrase, salt, cost, this,
                        [this, source, terms = std::move(terms)](const Result<Secret>& kek) {
                            onNextKey(source, terms, kek);
                        });
}

void SharedRekey::onNextKey(const StoreKeySource& source, SharedHeader terms, const Result<Secret>& kek) {
    if (!isRunning())
        return;
    if (!kek)
        return finish(failure(kek.error()));
    next_ = std::make_shared<SharedKeyRing::NextKey>(
        SharedKeyRing::NextKey{source, std::move(terms), SealedSecret(*kek)});
    addKey();
}

void SharedRekey::addKey() {
    if (ring_.header()->rekeying) // interrupted, here or elsewhere: the new key is there
        return listRecords();
    ring_.addKey([this](const Result<void>& added) {
        if (!isRunning())
            return;
        if (!added)
            return finish(added);
        connect(&ring_, &SharedKeyRing::settled, this, &SharedRekey::listRecords, Qt::SingleShotConnection);
        ring_.look();
    });
}

void SharedRekey::listRecords() {
    if (!isRunning())
        return;
    if (const std::optional<Error> why = store_.unusable())
        return finish(failure(*why));
    names_.clear();
    resealed_ = 0;
    if (++passes_ > mostPasses)
        return finish(failure(ErrorCode::StoreUnavailable, "other brokers still write under the old key",
                              "Look whether one of them cannot read the header, then go on with: keybearer "
                              "store rekey"));
    store_.setup_.records->list(
        "item/", [this](const Result<std::vector<RemoteRecords::Listed>>& rows) { onNames(false, rows); });
}

void SharedRekey::onNames(bool own, const Result<std::vector<RemoteRecords::Listed>>& rows) {
    if (!isRunning())
        return;
    if (!rows)
        return finish(failure(rows.error()));
    for (const RemoteRecords::Listed& row : *rows)
        names_.push_back(row.name);
    if (!own)
        return store_.setup_.records->list(
            "own/", [this](const Result<std::vector<RemoteRecords::Listed>>& more) { onNames(true, more); });
    progress_ = {passes_ == 1 ? "records" : "verifying", 0, names_.size()};
    nextRecord();
}

void SharedRekey::nextRecord() {
    if (names_.empty())
        return resealed_ == 0 ? retire() : listRecords();
    tries_ = 0;
    progress_.done = progress_.total - names_.size();
    const std::string name = names_.front();
    names_.pop_front();
    look(name);
}

void SharedRekey::look(const std::string& name) {
    store_.setup_.records->get(
        name, [this, name](const Result<RemoteRecords::Record>& record) { onRecord(name, record); });
}

void SharedRekey::onRecord(const std::string& name, const Result<RemoteRecords::Record>& record) {
    if (!isRunning())
        return;
    if (!ring_.isOpen())
        return finish(
            failure(ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"));
    if (!record && record.error().code != ErrorCode::NotFound && record.error().code != ErrorCode::ParseError)
        return finish(failure(record.error()));
    // What is damaged stays as it is: nobody could open it before, either.
    if (!record || keyNumberOf(record->sealed) >= ring_.header()->keys.back().number)
        return nextRecord();
    reseal(name, *record);
}

void SharedRekey::reseal(const std::string& name, const RemoteRecords::Record& record) {
    const std::string& storeId = ring_.header()->storeId;
    const Result<SharedRecord> opened =
        openRecord(ring_.keys(), {storeId, name, record.revision}, record.sealed);
    if (!opened)
        return nextRecord();
    const std::uint64_t revision = record.revision + 1;
    Result<std::string> sealed = sealRecord(ring_.keys(), {storeId, name, revision}, *opened);
    if (!sealed)
        return finish(failure(sealed.error()));
    // A tombstone gets a new month: nobody asks when it began.
    const std::chrono::seconds life = opened->erased ? std::chrono::days(30) : std::chrono::seconds(0);
    store_.setup_.records->put({name, record.revision, {revision, std::move(*sealed)}, 0, life},
                               [this, name](const Result<void>& written) {
                                   if (!isRunning())
                                       return;
                                   if (!written && !isSuperseded(written.error()))
                                       return finish(written);
                                   if (!written && ++tries_ <= mostTries)
                                       return look(name);
                                   ++resealed_;
                                   nextRecord();
                               });
}

void SharedRekey::retire() {
    ring_.retireKeys(keysKept, next_, [this](const Result<void>& retired) {
        if (retired)
            ring_.look();
        finish(retired);
    });
}

void SharedRekey::stop() {
    if (isRunning())
        finish(
            failure(ErrorCode::StoreLocked, "the store is locked", "Unlock it with: keybearer store unlock"));
}

void SharedRekey::finish(const Result<void>& outcome) {
    if (!isRunning())
        return;
    progress_ = {};
    next_.reset();
    store_.later([done = std::exchange(done_, nullptr), outcome] { done(outcome); });
}

} // namespace keybearer
