#include "broker/stores/file/SealedFile.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/stores/file/SealedFileParts.h"

#include <system_error>

// The part of SealedFile that opens and makes the file, and knows its header and key rows.
namespace keybearer {

namespace {

constexpr std::int64_t fileVersion = 1;

constexpr const char* schema = R"(
CREATE TABLE header (
    one INTEGER PRIMARY KEY CHECK (one = 1), store_id TEXT NOT NULL, key_kind TEXT NOT NULL,
    key_name TEXT NOT NULL, memory INTEGER NOT NULL, passes INTEGER NOT NULL, salt BLOB NOT NULL,
    stale_key TEXT NOT NULL, digest BLOB NOT NULL);
CREATE TABLE keys (
    id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL, commitment BLOB NOT NULL, made_at INTEGER NOT NULL,
    digest BLOB NOT NULL);
CREATE TABLE records (
    id TEXT PRIMARY KEY NOT NULL, generation INTEGER NOT NULL, key_id INTEGER NOT NULL,
    sealed BLOB NOT NULL);
CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, generation INTEGER NOT NULL, key_id INTEGER NOT NULL,
    sealed BLOB NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
PRAGMA user_version = 1;
)";

constexpr auto putItBack = "Put back the newest copy of store.sqlite. To begin anew, move store.sqlite and "
                           "state.sqlite aside and sign in again.";

std::vector<std::string> partsOf(const SealedHeader& header) {
    return {"keybearer/v1 header",
            header.storeId,
            std::string(storeKeyKindWord(header.keyKind)),
            header.keyName,
            std::to_string(header.memory),
            std::to_string(header.passes),
            header.salt,
            header.staleKey};
}

std::string keyDigest(const std::string& storeId, std::int64_t id, const std::string& wrapped,
                      const std::string& commitment, std::int64_t madeAt) {
    return digestOf(
        {"keybearer/v1 key", storeId, std::to_string(id), wrapped, commitment, std::to_string(madeAt)});
}

// One value of a question with one row; empty text if there is none.
Result<std::string> single(Database& database, const char* sql) {
    Result<Statement> query = database.prepare(sql);
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> row = query->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? query->text(0) : std::string();
}

// What is there already; nothing if there is no file, or one without a byte in it.
Result<bool> isThere(const std::filesystem::path& path) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed == std::errc::no_such_file_or_directory)
        return false;
    if (failed)
        return failure(ErrorCode::StoreUnavailable,
                       std::string("the store file cannot be looked at: ").append(failed.message()),
                       "Check the rights of the state directory.");
    return size > 0;
}

// A file in which nothing was ever made: what is left if we die while making it.
bool isBlank(Database& database) {
    const Result<std::string> tables = single(database, "SELECT count(*) FROM sqlite_schema");
    return tables && *tables == "0";
}

Result<void> checkVersion(Database& database) {
    const Result<std::int64_t> version = database.schemaVersion();
    if (!version)
        return failure(damagedFile(version.error().message));
    if (*version == 0 && isBlank(database))
        return failure(ErrorCode::NotFound, "there is no store file yet");
    if (*version != fileVersion)
        return failure(damagedFile("it has no version"));
    return {};
}

} // namespace

Error damagedFile(const std::string& what) {
    return {ErrorCode::StoreUnavailable, "the store file is damaged: " + what, putItBack};
}

std::string wrongKeyWords(StoreKeyKind kind) {
    switch (kind) {
    case StoreKeyKind::Passphrase:
        return "the passphrase is wrong";
    case StoreKeyKind::Keychain:
        return "the key in the keychain does not open the store file";
    case StoreKeyKind::KeyFile:
        return "the key file does not open the store file";
    case StoreKeyKind::Credential:
        return "the credential does not open the store file";
    }
    return "the key is wrong";
}

std::string wrongKeyAction(StoreKeyKind kind) {
    return kind == StoreKeyKind::Passphrase
               ? "Try again with: keybearer store unlock"
               : "Use the key with which the file was made; nothing was changed.";
}

Result<std::unique_ptr<SealedFile>> SealedFile::open(const std::filesystem::path& path, StoreLedger& ledger,
                                                     const Clock& clock) {
    const Result<bool> there = isThere(path);
    if (!there)
        return tl::unexpected(there.error());
    const Result<std::string> known = ledger.recall(fileFact);
    if (!known)
        return tl::unexpected(known.error());
    if (!*there && !known->empty())
        return failure(ErrorCode::StoreUnavailable, "the store file is gone: " + displaySafe(path.string()),
                       putItBack);
    if (!*there)
        return failure(ErrorCode::NotFound, "there is no store file yet");
    Result<std::unique_ptr<Database>> database =
        Database::open(path, Database::Durability::Full, {fileVersion, "the store file"});
    if (!database && database.error().detail("newer_version") != nullptr)
        return tl::unexpected(database.error());
    if (!database)
        return failure(damagedFile(database.error().message));
    std::unique_ptr<SealedFile> file(new SealedFile(std::move(*database), ledger, clock));
    if (auto checked = file->check(*known); !checked)
        return tl::unexpected(checked.error());
    return file;
}

Result<void> SealedFile::check(const std::string& known) {
    if (auto version = checkVersion(*database_); !version)
        return version.error().code == ErrorCode::NotFound && !known.empty()
                   ? failure(damagedFile("it is empty"))
                   : failure(version.error());
    if (auto read = readHeader(); !read)
        return read;
    if (const Result<std::vector<KeyRow>> keys = keyRows(); !keys)
        return tl::unexpected(keys.error());
    if (!known.empty() && known != header_.storeId)
        return failure(ErrorCode::StoreUnavailable, "the store file is that of another store", putItBack);
    if (auto checked = checkLedger(); !checked)
        return checked;
    if (auto noted = ledger_.remember(fileFact, header_.storeId); !noted)
        return noted;
    // The schema is text, and as easily damaged as the rest.
    for (const char* table :
         {"SELECT id, generation, key_id, sealed FROM records LIMIT 0",
          "SELECT number, id, generation, key_id, sealed, why, at FROM quarantine LIMIT 0"}) {
        if (const Result<Statement> query = database_->prepare(table); !query)
            return failure(damagedFile(query.error().message));
    }
    const Result<std::string> integrity = single(*database_, "PRAGMA integrity_check(1)");
    if (!integrity || *integrity != "ok")
        damage_ = integrity ? displaySafe(*integrity) : integrity.error().message;
    return {};
}

Result<void> SealedFile::checkLedger() {
    Result<std::map<std::string, std::uint64_t>> expected = ledger_.expectedGenerations(header_.storeId);
    if (!expected)
        return tl::unexpected(expected.error());
    expected_ = std::move(*expected);
    const Result<std::vector<KeyRow>> keys = keyRows();
    if (!keys)
        return tl::unexpected(keys.error());
    const auto newest = expected_.find(keysEntry);
    if (newest != expected_.end() && static_cast<std::uint64_t>(keys->back().id) < newest->second)
        return failure(ErrorCode::StoreUnavailable,
                       "the store file is an older copy: its keys have been replaced since", putItBack);
    expected_.erase(keysEntry);
    // Two rows: a change of keys was interrupted, and the newer key may be given up.
    return keys->size() > 1 ? Result<void>()
                            : ledger_.expectGeneration(header_.storeId, keysEntry,
                                                       static_cast<std::uint64_t>(keys->back().id));
}

Result<std::unique_ptr<SealedFile>> SealedFile::create(const std::filesystem::path& path, StoreLedger& ledger,
                                                       const Clock& clock, SealedHeader header,
                                                       const Secret& kek) {
    const Result<std::string> known = ledger.recall(fileFact);
    if (!known)
        return tl::unexpected(known.error());
    Result<std::unique_ptr<Database>> database = Database::open(path, Database::Durability::Full);
    if (!database)
        return tl::unexpected(database.error());
    if (!isBlank(**database) || !known->empty())
        return failure(ErrorCode::InvalidRequest, "there is a store file already");
    std::unique_ptr<SealedFile> file(new SealedFile(std::move(*database), ledger, clock));
    header.storeId = randomToken(16);
    file->header_ = std::move(header);
    Result<Transaction> transaction = Transaction::begin(*file->database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (auto made = file->database_->execute(schema); !made)
        return tl::unexpected(made.error());
    if (auto written = file->writeHeader(); !written)
        return tl::unexpected(written.error());
    if (auto added = file->addKey(1, Secret::random(storeKeyBytes), kek); !added)
        return tl::unexpected(added.error());
    if (auto committed = transaction->commit(); !committed)
        return tl::unexpected(committed.error());
    if (auto noted = ledger.remember(fileFact, file->header_.storeId); !noted)
        return tl::unexpected(noted.error());
    if (auto unlocked = file->unlock(kek); !unlocked)
        return tl::unexpected(unlocked.error());
    return file;
}

Result<void> SealedFile::readHeader() {
    Result<Statement> query = database_->prepare(
        "SELECT store_id, key_kind, key_name, memory, passes, salt, stale_key, digest FROM header");
    if (!query)
        return failure(damagedFile(query.error().message));
    const Result<bool> row = query->step();
    if (!row || !*row)
        return failure(damagedFile("it has no header"));
    const std::optional<StoreKeyKind> kind = storeKeyKindOf(query->text(1));
    header_.storeId = query->text(0);
    header_.keyKind = kind.value_or(StoreKeyKind::Keychain);
    header_.keyName = query->text(2);
    header_.memory = static_cast<std::uint64_t>(query->integer(3));
    header_.passes = static_cast<std::uint64_t>(query->integer(4));
    header_.salt = query->blob(5);
    header_.staleKey = query->text(6);
    if (!kind || query->blob(7) != digestOf(partsOf(header_)))
        return failure(damagedFile("its header has changed"));
    return {};
}

Result<void> SealedFile::writeHeader() {
    Result<Statement> insert =
        database_->prepare("INSERT OR REPLACE INTO header VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, header_.storeId)
        .bind(2, storeKeyKindWord(header_.keyKind))
        .bind(3, header_.keyName)
        .bind(4, static_cast<std::int64_t>(header_.memory))
        .bind(5, static_cast<std::int64_t>(header_.passes))
        .bindBlob(6, header_.salt)
        .bind(7, header_.staleKey)
        .bindBlob(8, digestOf(partsOf(header_)))
        .run();
}

Result<std::vector<SealedFile::KeyRow>> SealedFile::keyRows() {
    Result<Statement> query =
        database_->prepare("SELECT id, wrapped, commitment, made_at, digest FROM keys ORDER BY id");
    if (!query)
        return failure(damagedFile(query.error().message));
    std::vector<KeyRow> rows;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row)
            return failure(damagedFile(row.error().message));
        if (!*row)
            break;
        KeyRow key{query->integer(0), query->blob(1), query->blob(2), query->integer(3), query->blob(4)};
        if (key.digest != keyDigest(header_.storeId, key.id, key.wrapped, key.commitment, key.madeAt))
            return failure(damagedFile("the row of a key has changed"));
        rows.push_back(std::move(key));
    }
    if (rows.empty())
        return failure(damagedFile("it has no key"));
    return rows;
}

Result<void> SealedFile::addKey(std::int64_t id, const Secret& dek, const Secret& kek) {
    const Result<std::string> wrapped = sealEnvelope(kek, keyBinding(header_.storeId, id), dek);
    if (!wrapped)
        return tl::unexpected(wrapped.error());
    const std::string commitment = commitmentOf(header_.storeId, id, dek);
    const std::int64_t madeAt = clock_.wall().time_since_epoch().count();
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO keys VALUES (?1, ?2, ?3, ?4, ?5)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, id)
        .bindBlob(2, *wrapped)
        .bindBlob(3, commitment)
        .bind(4, madeAt)
        .bindBlob(5, keyDigest(header_.storeId, id, *wrapped, commitment, madeAt))
        .run();
}

} // namespace keybearer
