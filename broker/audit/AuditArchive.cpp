#include "broker/audit/AuditArchive.h"

#include "broker/base/PrivateFile.h"
#include "broker/base/Random.h"

#include <algorithm>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::int64_t schema = 1;
// One transaction of this many takes some 20 ms, so a reader never waits longer.
constexpr std::int64_t retiredAtOnce = 2000;
constexpr std::size_t tagBytes = 16;

// The view is for people with another SQLite tool; this connection trusts no function in a schema and never
// uses it.
const char* const tables =
    "BEGIN;"
    "CREATE TABLE IF NOT EXISTS rows(seq INTEGER PRIMARY KEY, line TEXT NOT NULL);"
    "CREATE VIEW IF NOT EXISTS log AS SELECT seq,"
    " json_extract(line, '$.at') AS at,"
    " json_extract(line, '$.kind') AS kind,"
    " json_extract(line, '$.caller') AS caller,"
    " json_extract(line, '$.pid') AS pid,"
    " json_extract(line, '$.provider') AS provider,"
    " json_extract(line, '$.account') AS account,"
    " json_extract(line, '$.session_id') AS session_id,"
    " json_extract(line, '$.scopes') AS scopes,"
    " json_extract(line, '$.why') AS why,"
    " json_extract(line, '$.token') AS token,"
    " json_extract(line, '$.hash') AS hash FROM rows;"
    "CREATE TABLE IF NOT EXISTS marks(name TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
    " tag TEXT NOT NULL);"
    "PRAGMA user_version=1;"
    "COMMIT;";

std::string_view bytesOf(const AuditHash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

AuditHash hashFrom(std::string_view bytes) {
    AuditHash hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

// The head that a stored line stands for. One that cannot be read has a hash that nothing follows from.
ChainHead headOf(std::int64_t sequence, const std::string& line) {
    const auto row = parseAuditLine(line);
    return {sequence, row ? row->hash : AuditHash{}};
}

} // namespace

Result<AuditKey> AuditKey::load(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        AuditKey made;
        if (auto written = writePrivateFile(path, made.bytes_.reveal()); !written)
            return tl::unexpected(written.error());
        return made;
    }
    Result<std::string> read = readFile(path, length + 1);
    if (!read)
        return tl::unexpected(read.error());
    Secret bytes = Secret::takeFrom(*read);
    if (bytes.size() != length)
        return failure(ErrorCode::StoreUnavailable, "audit log: its key file is damaged: " + path.string(),
                       "Restore it from a backup, or move the audit log away; a new one is then begun.");
    return AuditKey(std::move(bytes));
}

std::string AuditKey::tag(std::string_view purpose, std::string_view text) const {
    std::string labelled(purpose);
    labelled += '\0';
    labelled += text;
    std::array<unsigned char, tagBytes> out{};
    const std::string_view key = bytes_.reveal();
    crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(labelled.data()),
                       labelled.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    wipe(labelled);
    return hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

Result<std::unique_ptr<AuditArchive>> AuditArchive::open(const std::filesystem::path& path,
                                                         const AuditKey& key) {
    Result<std::unique_ptr<Database>> database = Database::open(path, Database::Durability::Normal);
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<AuditArchive> archive(new AuditArchive(std::move(*database), key));
    if (auto made = archive->makeTables(); !made)
        return tl::unexpected(made.error());
    return archive;
}

Result<void> AuditArchive::makeTables() {
    // Small caches: two of these objects live in an idle process.
    if (auto set = database_->execute("PRAGMA cache_size=-256; PRAGMA temp_store=MEMORY"); !set)
        return set;
    const Result<std::int64_t> version = database_->schemaVersion();
    if (!version)
        return tl::unexpected(version.error());
    if (*version > schema)
        return failure(ErrorCode::StoreUnavailable,
                       "audit log: audit.sqlite was written by a newer Keybearer",
                       "Install that version again, or move audit.sqlite away; a new one is then begun.");
    return *version == schema ? Result<void>() : database_->execute(tables);
}

Result<ChainHead> AuditArchive::head() {
    Result<Statement> newestRow = database_->prepare("SELECT seq, line FROM rows ORDER BY seq DESC LIMIT 1");
    if (!newestRow)
        return tl::unexpected(newestRow.error());
    const Result<bool> found = newestRow->step();
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return anchor();
    return headOf(newestRow->integer(0), newestRow->text(1));
}

Result<ChainHead> AuditArchive::anchor() {
    const Result<Mark> found = mark("anchor");
    if (!found)
        return tl::unexpected(found.error());
    return found->head;
}

Result<AuditArchive::Mark> AuditArchive::mark(const std::string& name) {
    Result<Statement> query = database_->prepare("SELECT seq, hash, tag FROM marks WHERE name=?");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, name);
    const Result<bool> found = query->step();
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return Mark{};
    const ChainHead head{query->integer(0), hashFrom(query->blob(1))};
    const std::string content = std::to_string(head.sequence) + ' ' + std::string(bytesOf(head.hash));
    return Mark{head, query->text(2) == key_.tag(name, content)};
}

Result<void> AuditArchive::setMark(const std::string& name, const ChainHead& head) {
    Result<Statement> order =
        database_->prepare("INSERT OR REPLACE INTO marks(name, seq, hash, tag) VALUES(?,?,?,?)");
    if (!order)
        return tl::unexpected(order.error());
    const std::string content = std::to_string(head.sequence) + ' ' + std::string(bytesOf(head.hash));
    return order->bind(1, name)
        .bind(2, head.sequence)
        .bindBlob(3, bytesOf(head.hash))
        .bind(4, key_.tag(name, content))
        .run();
}

// Whether the newest row of the last import is still what it was.
Result<bool> AuditArchive::sealStillFits() {
    const Result<Mark> sealed = mark("seal");
    const Result<Mark> anchored = mark("anchor");
    if (!sealed || !anchored)
        return tl::unexpected((sealed ? anchored : sealed).error());
    if (!sealed->genuine || sealed->head.sequence <= anchored->head.sequence)
        return sealed->genuine;
    const Result<std::string> stored = lineAt(sealed->head.sequence);
    if (!stored)
        return tl::unexpected(stored.error());
    return headOf(sealed->head.sequence, *stored).hash == sealed->head.hash;
}

Result<void> AuditArchive::import(const std::vector<std::string>& lines) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const Result<bool> sealFits = sealStillFits();
    if (!sealFits)
        return tl::unexpected(sealFits.error());
    Result<Statement> insert = database_->prepare("INSERT OR IGNORE INTO rows(seq, line) VALUES(?,?)");
    if (!insert)
        return tl::unexpected(insert.error());
    for (const std::string& line : lines) {
        const std::int64_t sequence = sequenceOf(line);
        if (sequence == 0)
            continue;
        if (auto inserted = insert->bind(1, sequence).bind(2, line).run(); !inserted)
            return inserted;
    }
    if (!*sealFits)
        return transaction->commit(); // a new seal would cover up what the old one shows
    const Result<ChainHead> newestRow = head();
    if (!newestRow)
        return tl::unexpected(newestRow.error());
    if (auto sealed = setMark("seal", *newestRow); !sealed)
        return sealed;
    return transaction->commit();
}

Result<bool> AuditArchive::retire(const std::string& cutoff) {
    Result<Statement> oldest = database_->prepare("SELECT seq, line FROM rows ORDER BY seq LIMIT ?");
    if (!oldest)
        return tl::unexpected(oldest.error());
    oldest->bind(1, retiredAtOnce);
    ChainHead last;
    std::int64_t count = 0;
    for (;;) {
        const Result<bool> found = oldest->step();
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            break;
        const std::string line = oldest->text(1);
        const auto row = parseAuditLine(line);
        if (row && row->at >= cutoff)
            break;
        last = headOf(oldest->integer(0), line);
        ++count;
    }
    oldest->reset();
    if (count == 0)
        return false;
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    Result<Statement> removal = database_->prepare("DELETE FROM rows WHERE seq<=?");
    if (!removal)
        return tl::unexpected(removal.error());
    if (auto removed = removal->bind(1, last.sequence).run(); !removed)
        return tl::unexpected(removed.error());
    if (auto anchored = setMark("anchor", last); !anchored)
        return tl::unexpected(anchored.error());
    if (auto committed = transaction->commit(); !committed)
        return tl::unexpected(committed.error());
    return count == retiredAtOnce;
}

Result<bool> AuditArchive::makeDurable() {
    // With synchronous=NORMAL a commit is only certain after a checkpoint, which syncs the log and then the
    // database.
    Result<Statement> order = database_->prepare("PRAGMA wal_checkpoint(FULL)");
    if (!order)
        return tl::unexpected(order.error());
    const Result<bool> done = order->step();
    if (!done)
        return tl::unexpected(done.error());
    return *done && order->integer(0) == 0 && order->integer(1) == order->integer(2);
}

Result<std::vector<AuditLog::Row>> AuditArchive::newest(std::int64_t limit) {
    Result<Statement> query = database_->prepare("SELECT line FROM rows ORDER BY seq DESC LIMIT ?");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, limit);
    std::vector<AuditLog::Row> rows;
    for (;;) {
        const Result<bool> found = query->step();
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return rows;
        if (auto row = parseAuditLine(query->text(0)))
            rows.push_back({row->sequence, std::move(row->at), std::move(row->event)});
    }
}

Result<void> AuditArchive::verify(ChainVerifier& verifier) {
    const Result<Mark> anchored = mark("anchor");
    const Result<Mark> sealed = mark("seal");
    if (!anchored || !sealed)
        return tl::unexpected((anchored ? sealed : anchored).error());
    verifier = ChainVerifier(anchored->head);
    if (!anchored->genuine)
        verifier.spoil(anchored->head.sequence + 1);
    Result<Statement> query = database_->prepare("SELECT seq, line FROM rows ORDER BY seq");
    if (!query)
        return tl::unexpected(query.error());
    bool sealMet = sealed->head.sequence <= anchored->head.sequence;
    for (;;) {
        const Result<bool> found = query->step();
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            break;
        verifier.accept(query->text(1));
        if (verifier.head().sequence != query->integer(0))
            verifier.spoil(query->integer(0));
        if (query->integer(0) == sealed->head.sequence)
            sealMet = verifier.head().hash == sealed->head.hash;
    }
    if (!sealMet || !sealed->genuine)
        verifier.spoil(std::min(sealed->head.sequence, verifier.head().sequence + 1));
    return {};
}

Result<std::string> AuditArchive::lineAt(std::int64_t sequence) {
    Result<Statement> query = database_->prepare("SELECT line FROM rows WHERE seq=?");
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> found = query->bind(1, sequence).step();
    if (!found)
        return tl::unexpected(found.error());
    return *found ? query->text(0) : std::string();
}

} // namespace keybearer
