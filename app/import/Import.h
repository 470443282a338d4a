#pragma once

#include "app/import/BackupStore.h"
#include "app/import/FilePlan.h"
#include "broker/base/Clock.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keybearer {

// What is to be looked at.
struct ImportWish {
    std::vector<ImportSource> sources;
    std::vector<std::filesystem::path> files; // beside the sources
    ClientSurroundings surroundings;
    ImportRules rules;
    bool listsMissing = false; // places of clients where nothing is
};

// Plans all of it: clients first, then the tokens of mcp-remote that nobody needs any more. Reads only.
[[nodiscard]] std::vector<FilePlan> planImport(const ImportWish& wish, ImportNames& names);

// Where secrets go: the broker, or a test. Every call answers for itself;
// the drop...() take back what the same run has stored.
class ImportTarget {
public:
    virtual ~ImportTarget() = default;
    [[nodiscard]] virtual Result<void> storeKey(const KeyToStore& key) = 0;
    virtual void dropKey(const std::string& name) = 0;
    // Whether config.yaml may become this. InvalidParams with the words of the broker's reader.
    [[nodiscard]] virtual Result<void> approve(const std::filesystem::path& config,
                                               const std::string& text) = 0;
};

struct AppliedFile {
    enum class Outcome { Applied, Failed, Unchanged };
    Outcome outcome = Outcome::Unchanged;
    std::string backup;
    std::vector<std::string> servers; // ids
    std::vector<std::string> keys;
    std::vector<std::string> signIn;
    std::optional<Error> error;
};

// Carries plans out, each file by itself: secrets, backup, replacement; what was stored for a file
// that then failed is taken back. Owned by the verb, one thread.
class ImportRun {
public:
    // `stored`: the names of API keys that are there.
    ImportRun(ImportTarget& target, BackupStore& backups, std::set<std::string> stored)
        : target_(target), backups_(backups), stored_(std::move(stored)) {}

    // Wipes the values of the plan's keys.
    [[nodiscard]] AppliedFile apply(FilePlan& plan, WallTime now);

private:
    [[nodiscard]] Result<std::string> carryOut(FilePlan& plan, AppliedFile& out, WallTime now);
    [[nodiscard]] Result<void> store(FilePlan& plan);
    [[nodiscard]] Result<void> checkNeeds(const FilePlan& plan) const;
    void takeBack();

    ImportTarget& target_;
    BackupStore& backups_;
    std::set<std::string> stored_;
    std::map<std::string, ErrorCode> failed_; // ids of files
    std::vector<std::string> newKeys_;        // of the file at hand
};

struct UndoneFile {
    Backup backup;
    std::string kept; // the backup of what was there instead; empty: none
    std::optional<Error> error;
};

// Puts back what the backup holds, byte for byte and with its mode. Refuses (detail "reason":
// "changed_since") if the file is not as the import left it, unless `force`, which keeps that one as a backup
// first.
[[nodiscard]] UndoneFile undoBackup(const Backup& backup, BackupStore& backups, bool force, WallTime now);

} // namespace keybearer
