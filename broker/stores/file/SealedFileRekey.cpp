#include "broker/base/FaultPoint.h"
#include "broker/stores/file/SealedFile.h"
#include "broker/stores/file/SealedFileParts.h"

// The part of SealedFile that counts, and changes keys.
namespace keybearer {

namespace {

Result<std::int64_t> number(Database& database, const char* sql, std::int64_t parameter = 0) {
    Result<Statement> query = database.prepare(sql);
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> row = query->bind(1, parameter).step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? query->integer(0) : 0;
}

} // namespace

Result<SealedFile::Count> SealedFile::count() {
    const Result<std::vector<KeyRow>> keys = keyRows();
    if (!keys)
        return tl::unexpected(keys.error());
    Count out;
    out.rekeying = keys->size() > 1;
    out.keyMadeAt = WallTime(std::chrono::milliseconds(keys->back().madeAt));
    const auto take = [&](const char* sql, std::int64_t parameter, std::size_t& into) {
        const Result<std::int64_t> value = number(*database_, sql, parameter);
        into = static_cast<std::size_t>(value.value_or(0));
    };
    take("SELECT count(*) FROM records WHERE ?1 = 0", 0, out.records);
    take("SELECT count(*) FROM quarantine WHERE ?1 = 0", 0, out.quarantined);
    take("SELECT count(*) FROM records WHERE key_id <> ?1", keys->back().id, out.underOldKey);
    Result<Statement> query = database_->prepare("SELECT id, generation FROM records");
    if (!query)
        return tl::unexpected(query.error());
    out.outdated = expected_.size();
    for (Result<bool> row = query->step(); row && *row; row = query->step()) {
        const auto expected = expected_.find(query->text(0));
        if (expected != expected_.end() && static_cast<std::uint64_t>(query->integer(1)) >= expected->second)
            --out.outdated;
    }
    return out;
}

Result<void> SealedFile::beginRekey() {
    if (auto writable = notWritable(); !writable)
        return writable;
    verifiedUpTo_.clear();
    if (deks_.size() > 1)
        return {}; // interrupted: the new key is there
    const std::int64_t id = newestKey() + 1;
    Secret dek = Secret::random(storeKeyBytes);
    if (auto added = addKey(id, dek, kek_.open()); !added)
        return added;
    deks_.emplace(id, SealedSecret(dek));
    faultPoint("rekey_begun");
    return {};
}

Result<std::vector<std::string>> SealedFile::idsWithKey(std::int64_t keyId, bool other,
                                                        const std::string& after, std::size_t most) {
    Result<Statement> query = database_->prepare(
        other ? "SELECT id FROM records WHERE key_id <> ?1 AND id > ?2 ORDER BY id LIMIT ?3"
              : "SELECT id FROM records WHERE key_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, keyId).bind(2, after).bind(3, static_cast<std::int64_t>(most));
    std::vector<std::string> ids;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return ids;
        ids.push_back(query->text(0));
    }
}

Result<bool> SealedFile::rekeySome(std::size_t most) {
    if (auto writable = notWritable(); !writable)
        return tl::unexpected(writable.error());
    const Result<std::vector<std::string>> ids = idsWithKey(newestKey(), true, "", most);
    if (!ids)
        return tl::unexpected(ids.error());
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const std::string& id : *ids) {
        const Result<std::optional<Row>> row = find(id);
        if (!row || !*row)
            return tl::unexpected(row ? damagedFile("a row has vanished") : row.error());
        const Result<Secret> plain = openRow(id, **row);
        Result<void> moved;
        if (plain) {
            moved = put(id, (*row)->generation, *plain);
        } else if (moved = setAside(id, plain.error().message); moved) {
            // No key opens it. It is kept aside, and missed by the ledger.
            Result<Statement> remove = database_->prepare("DELETE FROM records WHERE id = ?1");
            moved = remove ? remove->bind(1, id).run() : Result<void>(tl::unexpected(remove.error()));
        }
        if (!moved)
            return tl::unexpected(moved.error());
    }
    if (auto committed = transaction->commit(); !committed)
        return tl::unexpected(committed.error());
    faultPoint("rekey_batch");
    return ids->size() == most;
}

Result<bool> SealedFile::verifySome(std::size_t most) {
    const Result<std::vector<std::string>> ids = idsWithKey(newestKey(), false, verifiedUpTo_, most);
    if (!ids)
        return tl::unexpected(ids.error());
    for (const std::string& id : *ids) {
        const Result<std::optional<Row>> row = find(id);
        if (!row || !*row)
            return tl::unexpected(row ? damagedFile("a row has vanished") : row.error());
        if (const Result<Secret> plain = openRow(id, **row); !plain)
            return failure(damagedFile("what was just written does not open"));
        verifiedUpTo_ = id;
    }
    return ids->size() == most;
}

Result<void> SealedFile::finishRekey(const NewKey* next) {
    if (auto writable = notWritable(); !writable)
        return writable;
    const std::int64_t key = newestKey();
    if (const Result<std::vector<std::string>> left = idsWithKey(key, true, "", 1); !left || !left->empty())
        return left ? failure(ErrorCode::InternalError, "the change of keys is not complete")
                    : Result<void>(tl::unexpected(left.error()));
    faultPoint("rekey_before_finish");
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const SealedHeader before = header_;
    if (next != nullptr) {
        header_.keyKind = next->header.keyKind;
        header_.keyName = next->header.keyName;
        header_.memory = next->header.memory;
        header_.passes = next->header.passes;
        header_.salt = next->header.salt;
        header_.staleKey = before.keyKind == StoreKeyKind::Keychain ? before.keyName : std::string();
    }
    const auto change = [&]() -> Result<void> {
        if (auto written = writeHeader(); !written)
            return written;
        if (next != nullptr) {
            if (auto wrapped = addKey(key, deks_.at(key).open(), next->kek); !wrapped)
                return wrapped;
        }
        Result<Statement> remove = database_->prepare("DELETE FROM keys WHERE id <> ?1");
        if (!remove)
            return tl::unexpected(remove.error());
        if (auto removed = remove->bind(1, key).run(); !removed)
            return removed;
        return transaction->commit();
    };
    if (auto changed = change(); !changed) {
        header_ = before;
        return changed;
    }
    faultPoint("rekey_finished");
    if (next != nullptr)
        kek_ = SealedSecret(next->kek);
    deks_.erase(deks_.begin(), deks_.find(key));
    // The pages of the old key leave the write-ahead log, too.
    static_cast<void>(database_->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    return ledger_.expectGeneration(header_.storeId, keysEntry, static_cast<std::uint64_t>(key));
}

Result<void> SealedFile::forgetStaleKey() {
    header_.staleKey.clear();
    return writeHeader();
}

} // namespace keybearer
