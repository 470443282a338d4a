#pragma once

#include "broker/audit/AuditChain.h"
#include "broker/base/Secret.h"
#include "broker/sqlite/Database.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The key of this log: for fingerprints of tokens and for the marks of the archive. Any thread.
class AuditKey {
public:
    AuditKey() : bytes_(Secret::random(length)) {}
    // Reads it from its file (mode 0600), or makes both.
    [[nodiscard]] static Result<AuditKey> load(const std::filesystem::path& path);

    // BLAKE2b-128 under the key, in hex; `purpose` keeps uses apart.
    [[nodiscard]] std::string tag(std::string_view purpose, std::string_view text) const;

private:
    explicit AuditKey(Secret bytes) : bytes_(std::move(bytes)) {}
    static constexpr std::size_t length = 32;
    Secret bytes_;
};

// The rows in SQLite: their lines as they were written, by sequence (table rows; the view log shows their
// members as columns). Beside them two keyed marks: the anchor is the last row that was removed for its age,
// the seal the newest row that was imported, so that rows cut off at either end are missed. One object a
// thread; several may have the same file open.
class AuditArchive {
public:
    [[nodiscard]] static Result<std::unique_ptr<AuditArchive>> open(const std::filesystem::path& path,
                                                                    const AuditKey& key);

    // The newest row; the anchor if there is none.
    [[nodiscard]] Result<ChainHead> head();
    [[nodiscard]] Result<ChainHead> anchor();

    // In one transaction. A row whose sequence is there already stays as it is; a line without one is left
    // out, and the gap shows.
    [[nodiscard]] Result<void> import(const std::vector<std::string>& lines);
    // Removes the rows older than `cutoff` (RFC 3339), from the oldest on, a limited number at a time. True
    // if there may be more.
    [[nodiscard]] Result<bool> retire(const std::string& cutoff);
    // Everything imported is on the disk when this returns true.
    [[nodiscard]] Result<bool> makeDurable();

    // What is read until endReading() is of one moment.
    [[nodiscard]] Result<void> beginReading() { return database_->execute("BEGIN"); }
    void endReading() { static_cast<void>(database_->execute("COMMIT").has_value()); }

    [[nodiscard]] Result<std::vector<AuditLog::Row>> newest(std::int64_t limit);
    // Puts every row to the verifier, beginning behind the anchor, and checks the marks.
    [[nodiscard]] Result<void> verify(ChainVerifier& verifier);
    // The line of a row; empty if it is not there.
    [[nodiscard]] Result<std::string> lineAt(std::int64_t sequence);

private:
    AuditArchive(std::unique_ptr<Database> database, const AuditKey& key)
        : database_(std::move(database)), key_(key) {}
    [[nodiscard]] Result<void> makeTables();
    struct Mark {
        ChainHead head;
        bool genuine = true;
    };
    [[nodiscard]] Result<Mark> mark(const std::string& name);
    [[nodiscard]] Result<bool> sealStillFits();
    [[nodiscard]] Result<void> setMark(const std::string& name, const ChainHead& head);

    std::unique_ptr<Database> database_;
    const AuditKey& key_;
};

} // namespace keybearer
