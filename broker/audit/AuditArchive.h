#pragma once

#include "broker/audit/AuditChain.h"
#include "broker/base/Secret.h"
#include "broker/sqlite/Database.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The key of this log: for fingerprints of tokens and for the marks of the archive. Any thread.
class AuditKey {
public:
    static constexpr std::size_t length = 32;
    AuditKey() : bytes_(Secret::random(length)) {}
    explicit AuditKey(Secret bytes) : bytes_(std::move(bytes)) {}
    // Reads it from its file (mode 0600), or makes both.
    [[nodiscard]] static Result<AuditKey> load(const std::filesystem::path& path);

    // BLAKE2b-128 under the key, in hex; `purpose` keeps uses apart.
    [[nodiscard]] std::string tag(std::string_view purpose, std::string_view text) const;

    [[nodiscard]] std::string_view bytes() const { return bytes_.reveal(); }

private:
    Secret bytes_;
};

class AuditSeal;

// The rows in SQLite: their lines as they were written, by sequence (table rows; the view log shows their
// members as columns). Beside them keyed marks: the anchor is the last row that was removed for its age, the
// seal the newest row that was imported, so that rows cut off at either end are missed; the store's seal says
// the same of both under a key that lies beside no file; set_aside is where the rows begin after a damaged
// file had to be given up. One object a thread; several may have the same file open.
class AuditArchive {
public:
    [[nodiscard]] static Result<std::unique_ptr<AuditArchive>> open(const std::filesystem::path& path,
                                                                    const AuditKey& key);

    // The newest row; the anchor if there is none.
    [[nodiscard]] Result<ChainHead> head();
    [[nodiscard]] Result<ChainHead> anchor();

    // Moves a damaged file and what belongs to it to PATH.damaged-TIME and begins a new one, whose first row
    // is to follow `before`. Returns the new name.
    [[nodiscard]] static Result<std::string> setAside(const std::filesystem::path& path, const AuditKey& key,
                                                      const ChainHead& before, WallTime now);

    // In one transaction. A row whose sequence is there already stays as it is; a line without one is left
    // out, and the gap shows.
    [[nodiscard]] Result<void> import(const std::vector<std::string>& lines);
    // Seals what was imported with the key of the store, unless that would cover up what an older seal shows.
    // Returns the row that the seal stands on now.
    [[nodiscard]] Result<ChainHead> seal(const AuditSeal& seal);

    struct Retired {
        std::int64_t first = 0, last = 0; // sequences; 0: none
        bool more = false;
    };
    // Removes the rows older than `cutoff` (RFC 3339; empty: of any age), from the oldest on, a limited
    // number at a time. Where the store's seal stands, nothing is removed without its key.
    [[nodiscard]] Result<Retired> retire(const std::string& cutoff, const AuditSeal* seal);
    // Removes everything up to this row, which need not have been imported.
    [[nodiscard]] Result<void> retireThrough(const ChainHead& last, const AuditSeal* seal);
    [[nodiscard]] Result<bool> mayRetire(const AuditSeal* seal);
    // Bytes of the file that hold something.
    [[nodiscard]] Result<std::int64_t> usedBytes();
    // Everything imported is on the disk when this returns true.
    [[nodiscard]] Result<bool> makeDurable();

    // What is read until endReading() is of one moment.
    [[nodiscard]] Result<void> beginReading() { return database_->execute("BEGIN"); }
    void endReading() { static_cast<void>(database_->execute("COMMIT").has_value()); }

    using Visitor = std::function<bool(std::int64_t sequence, std::string_view line)>; // false: enough
    // Rows below `before` (0: all), the newest first; rows above `after`, the oldest first.
    [[nodiscard]] Result<void> descend(std::int64_t before, const Visitor& visit);
    [[nodiscard]] Result<void> ascend(std::int64_t after, const Visitor& visit);
    // A sequence below which, as far as times tell, no row is as young as `since`.
    [[nodiscard]] Result<std::int64_t> before(const std::string& since);
    // Puts every row to the verifier, beginning behind the anchor, or only so many of the newest, and checks
    // the marks; `seal` may be null.
    [[nodiscard]] Result<void> verify(ChainVerifier& verifier, const AuditSeal* seal, std::int64_t newest,
                                      const std::function<bool()>& goOn);
    // The line of a row; empty if it is not there.
    [[nodiscard]] Result<std::string> lineAt(std::int64_t sequence);

private:
    AuditArchive(std::unique_ptr<Database> database, const AuditKey& key)
        : database_(std::move(database)), key_(key) {}
    [[nodiscard]] Result<void> makeTables();
    struct Mark {
        ChainHead head;
        bool genuine = true;
        bool there = false;
    };
    struct Marks {
        Mark anchor, seal, setAside;
        // Rows that are missing because a file was set aside, and not yet too old anyway.
        [[nodiscard]] bool incomplete() const {
            return setAside.there && anchor.head.sequence <= setAside.head.sequence;
        }
    };
    [[nodiscard]] Result<Marks> marks();
    [[nodiscard]] Result<Mark> mark(const std::string& name, const AuditKey& key,
                                    const std::string& also = {});
    [[nodiscard]] Result<void> setMark(const std::string& name, const ChainHead& head, const AuditKey& key,
                                       const std::string& also = {});
    [[nodiscard]] Result<bool> rowIs(const ChainHead& head, const Marks& marks);
    [[nodiscard]] Result<std::string> sealProblem(const AuditSeal& seal, const Marks& marks);
    [[nodiscard]] Result<void> checkMarks(ChainVerifier& verifier, const AuditSeal* seal, const Marks& marks,
                                          bool sealMet);
    [[nodiscard]] Result<ChainHead> startOf(std::int64_t newest, const ChainHead& anchor);
    [[nodiscard]] Result<ChainHead> lastBefore(const std::string& cutoff, std::int64_t& first, bool& more);

    std::unique_ptr<Database> database_;
    const AuditKey& key_;
};

} // namespace keybearer
