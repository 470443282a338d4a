#include "broker/stores/state/StateDatabase.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <iterator>

namespace keybearer {

namespace {

constexpr std::int64_t schemaVersion = 8;

constexpr const char* schema = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE credentials (
    id TEXT PRIMARY KEY, provider TEXT NOT NULL, issuer TEXT NOT NULL, resource TEXT,
    subject TEXT NOT NULL, label TEXT NOT NULL, scopes TEXT NOT NULL, generation INTEGER NOT NULL,
    access_issued_at INTEGER, access_expires_at INTEGER, created_at INTEGER NOT NULL,
    refreshed_at INTEGER NOT NULL, refreshable INTEGER NOT NULL, needs_sign_in INTEGER NOT NULL,
    quarantined INTEGER NOT NULL, reason TEXT NOT NULL, problem TEXT NOT NULL,
    last_used_at INTEGER, last_used_by TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE intents (
    id TEXT PRIMARY KEY, generation INTEGER NOT NULL, attempt TEXT NOT NULL, at INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL, refresh_token_mac BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE commits (
    id TEXT PRIMARY KEY, generation INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE consents (
    id TEXT PRIMARY KEY, executable TEXT NOT NULL, script TEXT NOT NULL, started_by TEXT NOT NULL,
    provider TEXT NOT NULL, provider_name TEXT NOT NULL, account TEXT NOT NULL, session_id TEXT NOT NULL,
    scopes TEXT NOT NULL, granted_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL, uses INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
)";

// What a later version added, one step a version.
constexpr const char* steps[] = {
    // 2: what only some kinds of credential have, as a JSON object.
    "ALTER TABLE credentials ADD COLUMN more TEXT NOT NULL DEFAULT '{}'; PRAGMA user_version = 2;",
    // 3: what a store must hold, remembered outside of it.
    "CREATE TABLE store_items (store_id TEXT NOT NULL, id TEXT NOT NULL, generation INTEGER NOT NULL,"
    " PRIMARY KEY (store_id, id)) WITHOUT ROWID; PRAGMA user_version = 3;",
    // 4: what else a consent remembers, as a JSON object; registered clients.
    "ALTER TABLE consents ADD COLUMN more TEXT NOT NULL DEFAULT '{}';"
    "CREATE TABLE clients (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, key_hash BLOB NOT NULL,"
    " more TEXT NOT NULL) WITHOUT ROWID; PRAGMA user_version = 4;",
    // 5: consents are sealed; those from before are not, so they do not count any more.
    "INSERT INTO meta VALUES ('row_key', lower(hex(randomblob(32)))); DELETE FROM consents;"
    "PRAGMA user_version = 5;",
    // 6: MCP servers and our clients at their authorization servers; a secret is sealed with the journal key.
    "CREATE TABLE servers (url TEXT PRIMARY KEY, more TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE registrations (issuer TEXT PRIMARY KEY, more TEXT NOT NULL, sealed BLOB) WITHOUT ROWID;"
    "PRAGMA user_version = 6;",
    // 7: the tools of MCP servers, with what their definitions were.
    "CREATE TABLE tool_services (service TEXT PRIMARY KEY, more TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE tools (service TEXT NOT NULL, name TEXT NOT NULL, more TEXT NOT NULL,"
    " PRIMARY KEY (service, name)) WITHOUT ROWID;"
    "CREATE TABLE tool_definitions (service TEXT NOT NULL, name TEXT NOT NULL, fingerprint TEXT NOT NULL,"
    " definition TEXT NOT NULL, PRIMARY KEY (service, name, fingerprint));"
    "PRAGMA user_version = 7;",
    // 8: the gateway's own authorization server; secret parts of keys are sealed with the journal key.
    "CREATE TABLE local_clients (id TEXT PRIMARY KEY, more TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE local_grants (id TEXT PRIMARY KEY, more TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE local_keys (id TEXT PRIMARY KEY, more TEXT NOT NULL, sealed BLOB) WITHOUT ROWID;"
    "PRAGMA user_version = 8;",
};
static_assert(std::size(steps) + 1 == schemaVersion);

} // namespace

Result<std::unique_ptr<StateDatabase>> StateDatabase::open(const std::filesystem::path& path) {
    Result<std::unique_ptr<Database>> database =
        Database::open(path, Database::Durability::Full, {schemaVersion, "the state database"});
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<StateDatabase> state(new StateDatabase(std::move(*database)));
    if (auto prepared = state->prepareSchema(); !prepared)
        return tl::unexpected(prepared.error());
    return state;
}

Result<void> StateDatabase::prepareSchema() {
    const Result<std::int64_t> version = database_->schemaVersion();
    if (!version)
        return failure(ErrorCode::StoreUnavailable,
                       "the state database cannot be read: " + version.error().message,
                       "Move state.sqlite aside and sign in again; the keychain keeps what it has.");
    if (*version == 0) {
        Result<Transaction> transaction = Transaction::begin(*database_);
        if (!transaction)
            return tl::unexpected(transaction.error());
        if (auto made = database_->execute(schema); !made)
            return made;
        Result<Statement> insert = database_->prepare("INSERT INTO meta VALUES ('store_id', ?1)");
        if (!insert)
            return tl::unexpected(insert.error());
        if (auto inserted = insert->bind(1, randomToken(16)).run(); !inserted)
            return inserted;
        if (auto committed = transaction->commit(); !committed)
            return committed;
    }
    if (auto upgraded = upgradeFrom(std::max<std::int64_t>(*version, 1)); !upgraded)
        return upgraded;
    return readIdentity();
}

Result<void> StateDatabase::readIdentity() {
    Result<Statement> query =
        database_->prepare("SELECT value FROM meta WHERE key IN ('store_id', 'row_key') ORDER BY key DESC");
    if (!query)
        return tl::unexpected(query.error());
    for (std::string* text : {&storeId_, &rowKey_}) {
        const Result<bool> row = query->step();
        if (!row || !*row)
            return failure(ErrorCode::StoreUnavailable, "the state database is damaged: it has no identity",
                           "Move state.sqlite aside and sign in again; the keychain keeps what it has.");
        *text = query->text(0);
    }
    return {};
}

Result<void> StateDatabase::upgradeFrom(std::int64_t version) {
    for (; version < schemaVersion; ++version) {
        Result<Transaction> transaction = Transaction::begin(*database_);
        if (!transaction)
            return tl::unexpected(transaction.error());
        if (auto stepped = database_->execute(steps[version - 1]); !stepped)
            return stepped;
        if (auto committed = transaction->commit(); !committed)
            return committed;
    }
    return {};
}

Result<void> StateDatabase::removeById(const char* sql, const std::string& id) {
    Result<Statement> statement = database_->prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    return statement->bind(1, id).run();
}

} // namespace keybearer
