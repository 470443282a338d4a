#include "broker/audit/AuditArchive.h"

#include "broker/audit/AuditMarks.h"
#include "broker/audit/AuditReader.h"
#include "broker/audit/AuditSeal.h"
#include "broker/base/Time.h"

namespace keybearer {

namespace {

constexpr std::int64_t schema = 2; // 1 had a view without the newer members
// One transaction of this many takes some 20 ms, so a reader never waits longer.
constexpr std::int64_t retiredAtOnce = 2000;
constexpr std::int64_t retiredForRoom = 500;
// The view is for people with another SQLite tool; this connection trusts no function in a schema and never
// uses it.
const char* const tables =
    "BEGIN;"
    "CREATE TABLE IF NOT EXISTS rows(seq INTEGER PRIMARY KEY, line TEXT NOT NULL);"
    "DROP VIEW IF EXISTS log;"
    "CREATE VIEW log AS SELECT seq,"
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
    " json_extract(line, '$.caller_class') AS caller_class,"
    " json_extract(line, '$.client') AS client,"
    " json_extract(line, '$.tool') AS tool,"
    " json_extract(line, '$.detail') AS detail,"
    " json_extract(line, '$.latency_us') AS latency_us,"
    " json_extract(line, '$.hash') AS hash FROM rows;"
    "CREATE TABLE IF NOT EXISTS marks(name TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
    " tag TEXT NOT NULL);"
    "PRAGMA user_version=2;"
    "COMMIT;";

Result<void> visitAll(Statement& query, const AuditArchive::Visitor& visit) {
    for (;;) {
        const Result<bool> found = query.step();
        if (!found)
            return tl::unexpected(found.error());
        if (!*found || !visit(query.integer(0), query.text(1)))
            return {};
    }
}

} // namespace

Result<std::unique_ptr<AuditArchive>> AuditArchive::open(const std::filesystem::path& path,
                                                         const AuditKey& key) {
    Result<std::unique_ptr<Database>> database =
        Database::open(path, Database::Durability::Normal, {schema, "the audit log"});
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<AuditArchive> archive(new AuditArchive(std::move(*database), key));
    if (auto made = archive->makeTables(); !made)
        return tl::unexpected(made.error());
    return archive;
}

Result<std::string> AuditArchive::setAside(const std::filesystem::path& path, const AuditKey& key,
                                           const ChainHead& before, WallTime now) {
    std::string name = path.filename().string().append(".damaged-").append(toRfc3339(now));
    std::erase(name, ':'); // not every file system takes it
    std::error_code error;
    std::filesystem::rename(path, path.parent_path() / name, error);
    if (error)
        return failure(ErrorCode::StoreUnavailable,
                       "audit log: a damaged audit.sqlite cannot be set aside: " + error.message(),
                       "Check the rights of the state directory.");
    for (const char* suffix : {"-wal", "-shm"}) {
        const std::filesystem::path beside = path.string() + suffix;
        if (std::filesystem::exists(beside, error))
            std::filesystem::rename(beside, path.parent_path() / (name + suffix), error);
    }
    auto archive = open(path, key);
    if (!archive)
        return tl::unexpected(archive.error());
    for (const char* mark : {anchorMark, setAsideMark}) {
        if (auto set = (*archive)->setMark(mark, before, key); !set)
            return tl::unexpected(set.error());
    }
    return name;
}

Result<void> AuditArchive::makeTables() {
    // Small caches: two of these objects live in an idle process.
    if (auto set = database_->execute("PRAGMA cache_size=-256; PRAGMA temp_store=MEMORY"); !set)
        return set;
    const Result<std::int64_t> version = database_->schemaVersion();
    if (!version)
        return tl::unexpected(version.error());
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
    const Result<Mark> found = mark(anchorMark, key_);
    if (!found)
        return tl::unexpected(found.error());
    return found->head;
}

Result<void> AuditArchive::import(const std::vector<std::string>& lines) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const Result<Marks> found = marks();
    if (!found)
        return tl::unexpected(found.error());
    const Result<bool> sealFits = rowIs(found->seal.head, *found);
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
    if (!*sealFits || !found->seal.genuine)
        return transaction->commit(); // a new seal would cover up what the old one shows
    const Result<ChainHead> newestRow = head();
    if (!newestRow)
        return tl::unexpected(newestRow.error());
    if (auto sealed = setMark(sealMark, *newestRow, key_); !sealed)
        return sealed;
    return transaction->commit();
}

// The last of the oldest rows that are older than the cutoff, a limited number; sequence 0 if there is none.
Result<ChainHead> AuditArchive::lastBefore(const std::string& cutoff, std::int64_t& first, bool& more) {
    const std::int64_t most = cutoff.empty() ? retiredForRoom : retiredAtOnce;
    Result<Statement> oldest = database_->prepare("SELECT seq, line FROM rows ORDER BY seq LIMIT ?");
    if (!oldest)
        return tl::unexpected(oldest.error());
    oldest->bind(1, most);
    ChainHead last;
    std::int64_t count = 0;
    for (;; ++count) {
        const Result<bool> found = oldest->step();
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            break;
        const std::string line = oldest->text(1);
        const auto row = parseAuditLine(line);
        if (!cutoff.empty() && row && row->at >= cutoff)
            break;
        last = headOf(oldest->integer(0), line);
        first = first == 0 ? last.sequence : first;
    }
    more = count == most;
    return last;
}

// Where the store's seal stands, only its key may move the anchor: the seal has to follow.
Result<bool> AuditArchive::mayRetire(const AuditSeal* seal) {
    const Result<Mark> sealed = mark(storeSealMark, key_);
    if (!sealed)
        return tl::unexpected(sealed.error());
    return !sealed->there || seal != nullptr;
}

Result<AuditArchive::Retired> AuditArchive::retire(const std::string& cutoff, const AuditSeal* seal) {
    Retired retired;
    const Result<bool> may = mayRetire(seal);
    if (!may)
        return tl::unexpected(may.error());
    const Result<ChainHead> last = lastBefore(cutoff, retired.first, retired.more);
    if (!last)
        return tl::unexpected(last.error());
    if (!*may || last->sequence == 0)
        return Retired{};
    retired.last = last->sequence;
    if (auto removed = retireThrough(*last, seal); !removed)
        return tl::unexpected(removed.error());
    return retired;
}

Result<void> AuditArchive::retireThrough(const ChainHead& last, const AuditSeal* seal) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const Result<Marks> found = marks();
    if (!found)
        return tl::unexpected(found.error());
    const Result<std::string> problem =
        seal != nullptr ? sealProblem(*seal, *found) : Result<std::string>(std::string());
    const Result<ChainHead> newestRow = head();
    if (!problem || !newestRow)
        return tl::unexpected(problem ? newestRow.error() : problem.error());
    Result<Statement> removal = database_->prepare("DELETE FROM rows WHERE seq<=?");
    if (!removal)
        return tl::unexpected(removal.error());
    if (auto removed = removal->bind(1, last.sequence).run(); !removed)
        return removed;
    if (auto anchored = setMark(anchorMark, last, key_); !anchored)
        return anchored;
    if (seal != nullptr && problem->empty()) {
        const ChainHead& end = newestRow->sequence > last.sequence ? *newestRow : last;
        if (auto again = setMark(storeSealMark, end, seal->key(), anchorText(last)); !again)
            return again;
    }
    return transaction->commit();
}

Result<std::int64_t> AuditArchive::usedBytes() {
    std::int64_t figures[3] = {};
    const char* const questions[] = {"PRAGMA page_count", "PRAGMA freelist_count", "PRAGMA page_size"};
    for (std::size_t i = 0; i < std::size(questions); ++i) {
        Result<Statement> query = database_->prepare(questions[i]);
        if (!query)
            return tl::unexpected(query.error());
        const Result<bool> found = query->step();
        if (!found)
            return tl::unexpected(found.error());
        figures[i] = query->integer(0);
    }
    return (figures[0] - figures[1]) * figures[2];
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

Result<void> AuditArchive::descend(std::int64_t before, const Visitor& visit) {
    Result<Statement> query = database_->prepare("SELECT seq, line FROM rows WHERE seq<? ORDER BY seq DESC");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, before == 0 ? INT64_MAX : before);
    return visitAll(*query, visit);
}

Result<void> AuditArchive::ascend(std::int64_t after, const Visitor& visit) {
    Result<Statement> query = database_->prepare("SELECT seq, line FROM rows WHERE seq>? ORDER BY seq");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, after);
    return visitAll(*query, visit);
}

// Halves the range: times rise with the sequence, but for a clock that was set back.
Result<std::int64_t> AuditArchive::before(const std::string& since) {
    const auto time = fromRfc3339(since);
    const std::string wanted = time ? toRfc3339(*time - AuditPageBounds::clockSlack) : std::string();
    const Result<ChainHead> first = anchor();
    const Result<ChainHead> last = head();
    if (!first || !last)
        return tl::unexpected((first ? last : first).error());
    std::int64_t low = first->sequence;
    std::int64_t high = last->sequence;
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        const Result<std::string> line = lineAt(middle);
        if (!line)
            return tl::unexpected(line.error());
        const auto row = parseAuditLine(*line);
        if (!row)
            return low; // damage: look at everything from here on
        if (row->at < wanted)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

// Behind which row a check of the newest rows begins: the anchor, or a row that is believed.
Result<ChainHead> AuditArchive::startOf(std::int64_t newest, const ChainHead& anchor) {
    const Result<ChainHead> last = head();
    if (!last || newest == 0 || last->sequence - newest <= anchor.sequence)
        return last ? anchor : last;
    const Result<std::string> line = lineAt(last->sequence - newest);
    if (!line)
        return tl::unexpected(line.error());
    return headOf(last->sequence - newest, *line);
}

Result<void> AuditArchive::verify(ChainVerifier& verifier, const AuditSeal* seal, std::int64_t newest,
                                  const std::function<bool()>& goOn) {
    const Result<Marks> found = marks();
    if (!found)
        return tl::unexpected(found.error());
    const Result<ChainHead> start = startOf(newest, found->anchor.head);
    if (!start)
        return tl::unexpected(start.error());
    verifier = ChainVerifier(*start);
    if (!found->anchor.genuine)
        verifier.spoil(found->anchor.head.sequence + 1, "head_cut");
    if (found->incomplete())
        verifier.spoil(found->setAside.head.sequence + 1, "set_aside");
    const ChainHead sealed = found->seal.head;
    const Result<bool> stands = rowIs(sealed, *found);
    if (!stands)
        return tl::unexpected(stands.error());
    bool sealMet = sealed.sequence <= start->sequence && *stands;
    const std::int64_t from = start->sequence == found->anchor.head.sequence ? INT64_MIN : start->sequence;
    const auto read = ascend(from, [&](std::int64_t sequence, std::string_view line) {
        verifier.accept(line);
        if (verifier.head().sequence != sequence)
            verifier.spoil(sequence, "order");
        if (sequence == sealed.sequence)
            sealMet = verifier.head().hash == sealed.hash;
        return goOn();
    });
    return read ? checkMarks(verifier, seal, *found, sealMet) : read;
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
