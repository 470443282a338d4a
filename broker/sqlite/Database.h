#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace keybearer {

class Database;

// One prepared statement, to be used many times: bind from 1, step, read columns from 0. reset() happens by
// itself before the next bind after the statement has run. Owned by whoever prepared it; must go before its
// Database.
class Statement {
public:
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bindBlob(int index,
                        std::string_view bytes); // the bytes are copied, and wiped by SQLite's own habits
    Statement& bindNull(int index);

    // True: a row is there. False: done. Error: StoreUnavailable with SQLite's words.
    [[nodiscard]] Result<bool> step();
    // step() for what returns no row; resets.
    [[nodiscard]] Result<void> run();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    void reset();

private:
    friend class Database;
    Statement(Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}
    void prepareToBind();

    Database* database_;
    sqlite3_stmt* statement_;
    int problem_ = 0; // first failed bind
    bool stepped_ = false;
};

// Which schema version the program knows at most, and what the file is called for people.
struct NewestSchema {
    std::int64_t version = 0;
    std::string_view what; // "the state database"
};

// One SQLite connection. To be used from one thread. The file is made with mode 0600.
class Database {
public:
    enum class Durability {
        Full,   // every commit is on the disk when it returns
        Normal, // a power cut may undo the last commits, never damages the file
    };
    // An empty path opens a database in memory. WAL, secure_delete, foreign keys, 2 s busy timeout. A file of
    // a newer version than `newest` is StoreUnavailable, with detail "newer_version", and it and its journal
    // keep every byte; with version 0 that is not looked at.
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open(const std::filesystem::path& path, Durability durability, NewestSchema newest = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] Result<void> execute(const char* sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    // The schema version that the application wrote (PRAGMA user_version).
    [[nodiscard]] Result<std::int64_t> schemaVersion();

    // SQLite's last complaint as an Error; its detail "damaged" is true if the file is no sound database.
    [[nodiscard]] Error problem(const std::string& what) const;

private:
    explicit Database(sqlite3* handle) : handle_(handle) {}
    [[nodiscard]] Result<void> refuseNewer(const std::filesystem::path& path, const NewestSchema& newest);
    sqlite3* handle_;
};

// BEGIN IMMEDIATE ... COMMIT; rolls back unless commit() succeeded.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

} // namespace keybearer
