#include "broker/sqlite/Database.h"

#include "broker/base/Text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr int busyMilliseconds = 2000;

// SQLite would make the file with the umask's rights: make it before, closed to others, and never through a
// link.
Result<void> makeFile(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return failure(ErrorCode::StoreUnavailable,
                       "cannot open " + path.string() + ": " + std::strerror(errno),
                       "Check the rights of the directory and the free space on the disk.");
    ::close(fd);
    return {};
}

} // namespace

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)),
      problem_(other.problem_), stepped_(other.stepped_) {}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

void Statement::prepareToBind() {
    if (stepped_)
        reset();
}

Statement& Statement::bind(int index, std::int64_t value) {
    prepareToBind();
    problem_ |= sqlite3_bind_int64(statement_, index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    prepareToBind();
    problem_ |= sqlite3_bind_text(statement_, index, text.data() == nullptr ? "" : text.data(),
                                  static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view bytes) {
    prepareToBind();
    problem_ |= sqlite3_bind_blob(statement_, index, bytes.data() == nullptr ? "" : bytes.data(),
                                  static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bindNull(int index) {
    prepareToBind();
    problem_ |= sqlite3_bind_null(statement_, index);
    return *this;
}

Result<bool> Statement::step() {
    stepped_ = true;
    if (problem_ != SQLITE_OK)
        return tl::unexpected(database_->problem("bind"));
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return tl::unexpected(database_->problem("step"));
}

Result<void> Statement::run() {
    const Result<bool> stepped = step();
    if (!stepped) {
        Error error = stepped.error();
        reset();
        return failure(std::move(error));
    }
    reset();
    return {};
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    problem_ = SQLITE_OK;
    stepped_ = false;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    return blob(column);
}

std::string Statement::blob(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

// Before anything is set, for setting the journal mode writes. What another version left in the journal stays
// there: without this option the last one to close carries it over into the file.
Result<void> Database::refuseNewer(const std::filesystem::path& path, const NewestSchema& newest) {
    if (newest.version == 0)
        return {};
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const Result<std::int64_t> version = schemaVersion();
    if (!version)
        return tl::unexpected(version.error());
    if (*version > newest.version) {
        Error error(ErrorCode::StoreUnavailable,
                    std::string(newest.what) + " was written by a newer version of Keybearer: " +
                        displaySafe(path.string(), 512) + " has format " + std::to_string(*version) +
                        ", and this version knows up to " + std::to_string(newest.version),
                    "Install the newer version again; nothing was changed.");
        error.details.emplace_back("newer_version", *version);
        return failure(std::move(error));
    }
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return {};
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, Durability durability,
                                                 NewestSchema newest) {
    if (!path.empty()) {
        if (auto made = makeFile(path); !made)
            return tl::unexpected(made.error());
    }
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (code != SQLITE_OK)
        return tl::unexpected(database->problem("open " + path.string()));
    sqlite3_busy_timeout(handle, busyMilliseconds);
    if (auto checked = database->refuseNewer(path, newest); !checked)
        return tl::unexpected(checked.error());
    const char* pragmas = durability == Durability::Full
                              ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                                "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                              : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                                "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;";
    if (auto set = database->execute(pragmas); !set)
        return tl::unexpected(set.error());
    // What it puts aside stays out of /tmp: neither others nor the sandbox would have it there.
    if (auto set = database->execute("PRAGMA temp_store=MEMORY"); !set)
        return tl::unexpected(set.error());
    return database;
}

Database::~Database() {
    sqlite3_close_v2(handle_);
}

Result<void> Database::execute(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(problem("execute"));
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK)
        return tl::unexpected(problem("prepare"));
    return Statement(*this, statement);
}

Result<std::int64_t> Database::schemaVersion() {
    Result<Statement> query = prepare("PRAGMA user_version");
    if (!query)
        return tl::unexpected(query.error());
    const Result<bool> row = query->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? query->integer(0) : 0;
}

Error Database::problem(const std::string& what) const {
    const char* words = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
    Error error(ErrorCode::StoreUnavailable, "database: " + what + ": " + displaySafe(words),
                "Check the free space on the disk and the rights of the state directory.");
    const int code = handle_ == nullptr ? SQLITE_NOMEM : sqlite3_errcode(handle_);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        error.details.emplace_back("damaged", true);
    return error;
}

Result<Transaction> Transaction::begin(Database& database) {
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected(begun.error());
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    // Best effort: if the roll-back fails the connection is unusable and the next statement says so.
    if (database_ != nullptr)
        static_cast<void>(database_->execute("ROLLBACK").has_value());
}

Result<void> Transaction::commit() {
    auto committed = database_->execute("COMMIT");
    if (committed)
        database_ = nullptr;
    return committed;
}

} // namespace keybearer
