#include "broker/stores/file/SealedFile.h"

#include "broker/base/FaultPoint.h"
#include "broker/base/Text.h"
#include "broker/stores/envelope/Envelope.h"
#include "broker/stores/file/SealedFileParts.h"

// The part of SealedFile that holds the items.
namespace keybearer {

namespace {

constexpr std::size_t labelLengthBytes = 2;
constexpr std::size_t longestLabel = 512;

// Two bytes of length, the label, the value: people's names for items are as secret as the items.
Secret pack(const std::string& label, const Secret& value) {
    const std::string_view name = std::string_view(label).substr(0, longestLabel);
    std::string plain;
    plain.reserve(labelLengthBytes + name.size() + value.size());
    plain.push_back(static_cast<char>(name.size() & 0xFFU));
    plain.push_back(static_cast<char>(name.size() >> 8U));
    plain.append(name).append(value.reveal());
    return Secret::takeFrom(plain);
}

Result<SealedItem> unpack(const Secret& plain) {
    const std::string_view text = plain.reveal();
    const auto byteAt = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
    };
    if (text.size() < labelLengthBytes || text.size() < labelLengthBytes + (byteAt(0) | byteAt(1) << 8U))
        return failure(ErrorCode::ParseError, "an item in the store file is damaged");
    const std::size_t length = byteAt(0) | byteAt(1) << 8U;
    return SealedItem{std::string(text.substr(labelLengthBytes, length)),
                      Secret::copyOf(text.substr(labelLengthBytes + length))};
}

EnvelopeBinding recordBinding(const std::string& storeId, const std::string& id, std::int64_t generation) {
    return {storeId, "records", id, "item", static_cast<std::uint64_t>(generation)};
}

} // namespace

Result<void> SealedFile::unlock(const Secret& kek) {
    const Result<std::vector<KeyRow>> rows = keyRows();
    if (!rows)
        return tl::unexpected(rows.error());
    std::map<std::int64_t, SealedSecret> deks;
    for (const KeyRow& row : *rows) {
        const Result<Secret> dek = openEnvelope(kek, keyBinding(header_.storeId, row.id), row.wrapped);
        // The digest of the row holds, so it is as it was written: the key is what does not fit.
        if (!dek)
            return failure(ErrorCode::StoreLocked, wrongKeyWords(header_.keyKind),
                           wrongKeyAction(header_.keyKind));
        if (!isCommitment(header_.storeId, row.id, *dek, row.commitment))
            return failure(damagedFile("its key does not match its commitment"));
        deks.emplace(row.id, SealedSecret(*dek));
    }
    deks_ = std::move(deks);
    kek_ = SealedSecret(kek);
    return {};
}

void SealedFile::lock() {
    kek_ = SealedSecret();
    deks_.clear();
    verifiedUpTo_.clear();
}

Result<void> SealedFile::notWritable() const {
    if (!isUnlocked())
        return failure(ErrorCode::StoreLocked, "the store is locked",
                       "Unlock it with: keybearer store unlock");
    if (!damage_.empty())
        return failure(damagedFile(damage_));
    return {};
}

Result<std::optional<SealedFile::Row>> SealedFile::find(const std::string& id) {
    Result<Statement> query =
        database_->prepare("SELECT generation, key_id, sealed FROM records WHERE id = ?1");
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> row = query->bind(1, id).step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<Row>();
    return std::optional(Row{query->integer(0), query->integer(1), query->blob(2)});
}

Result<Secret> SealedFile::openRow(const std::string& id, const Row& row) const {
    const auto dek = deks_.find(row.keyId);
    if (dek == deks_.end())
        return failure(ErrorCode::ParseError, "an item in the store file names a key that does not exist");
    Result<Secret> plain =
        openEnvelope(dek->second.open(), recordBinding(header_.storeId, id, row.generation), row.sealed);
    if (!plain)
        return failure(ErrorCode::ParseError,
                       "an item in the store file does not open: " + plain.error().message);
    return plain;
}

Result<SealedItem> SealedFile::read(const std::string& id) {
    if (!isUnlocked())
        return failure(ErrorCode::StoreLocked, "the store is locked",
                       "Unlock it with: keybearer store unlock");
    Result<SealedItem> item = readRow(id);
    // Damage of the file as a whole is no fault of this item, which may be whole in the copy that is put
    // back.
    if (!item && !damage_.empty())
        return failure(damagedFile(damage_));
    return item;
}

Result<SealedItem> SealedFile::readRow(const std::string& id) {
    const Result<std::optional<Row>> row = find(id);
    if (!row)
        return tl::unexpected(row.error());
    const auto expected = expected_.find(id);
    if (!*row && expected == expected_.end())
        return failure(ErrorCode::NotFound, "the store file has no such item");
    if (!*row)
        return failure(ErrorCode::ParseError, "an item is missing from the store file");
    if (expected != expected_.end() && static_cast<std::uint64_t>((*row)->generation) < expected->second)
        return failure(ErrorCode::ParseError,
                       "an item in the store file is older than it should be: an older copy was put back");
    const Result<Secret> plain = openRow(id, **row);
    if (!plain)
        return tl::unexpected(plain.error());
    return unpack(*plain);
}

Result<void> SealedFile::write(const std::string& id, const std::string& label, const Secret& value) {
    if (auto writable = notWritable(); !writable)
        return writable;
    faultPoint("store_before_write");
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const Result<std::optional<Row>> before = find(id);
    if (!before)
        return tl::unexpected(before.error());
    const auto expected = expected_.find(id);
    std::int64_t generation = expected == expected_.end() ? 0 : static_cast<std::int64_t>(expected->second);
    if (*before) {
        generation = std::max(generation, (*before)->generation);
        if (const Result<Secret> plain = openRow(id, **before); !plain) {
            if (auto kept = setAside(id, plain.error().message); !kept)
                return kept;
            // What a damaged row says of its generation may be anything.
            generation = expected == expected_.end() ? 0 : static_cast<std::int64_t>(expected->second);
        }
    }
    ++generation;
    if (auto written = put(id, generation, pack(label, value)); !written)
        return written;
    if (auto committed = transaction->commit(); !committed)
        return committed;
    faultPoint("store_after_write");
    // The file first: if we die in between it is newer than the ledger says, which is fine.
    if (auto noted = ledger_.expectGeneration(header_.storeId, id, static_cast<std::uint64_t>(generation));
        !noted)
        return noted;
    expected_[id] = static_cast<std::uint64_t>(generation);
    return {};
}

Result<void> SealedFile::put(const std::string& id, std::int64_t generation, const Secret& plain) {
    const std::int64_t key = newestKey();
    const Result<std::string> sealed =
        sealEnvelope(deks_.at(key).open(), recordBinding(header_.storeId, id, generation), plain);
    if (!sealed)
        return tl::unexpected(sealed.error());
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, id).bind(2, generation).bind(3, key).bindBlob(4, *sealed).run();
}

Result<void> SealedFile::setAside(const std::string& id, const std::string& why) {
    Result<Statement> insert =
        database_->prepare("INSERT INTO quarantine (id, generation, key_id, sealed, why, at) "
                           "SELECT id, generation, key_id, sealed, ?2, ?3 FROM records WHERE id = ?1");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, id).bind(2, why).bind(3, clock_.wall().time_since_epoch().count()).run();
}

Result<void> SealedFile::erase(const std::string& id) {
    if (auto writable = notWritable(); !writable)
        return writable;
    // The ledger first: if we die in between nobody misses the item, and nobody asks for it.
    if (auto forgotten = ledger_.expectNothing(header_.storeId, id); !forgotten)
        return forgotten;
    expected_.erase(id);
    Result<Statement> remove = database_->prepare("DELETE FROM records WHERE id = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    return remove->bind(1, id).run();
}

} // namespace keybearer
