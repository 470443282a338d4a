#pragma once

#include "app/import/FileExchange.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// A copy of one file as it was before an import changed it, and what undoing takes. The copy holds the
// secrets in plain text: that is what it is for.
struct Backup {
    enum class State { CanUndo, ChangedSince, Undone, Older, Damaged };

    std::string id; // b-20261121-200511-7c1e, ascending with the time
    std::string madeAt;
    std::string source;           // cursor
    std::string file;             // f-5f0c31b2a9d4
    std::filesystem::path path;   // as the client knows it
    std::filesystem::path target; // behind all links
    std::uint32_t mode = 0;
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::string digestBefore;         // SHA-256 in hexadecimal
    std::string digestAfter;          // empty: the file was taken away
    std::vector<std::string> servers; // names
    struct Key {
        std::string name;
        std::string digest;
    };
    std::vector<Key> keys;
    bool undone = false;
    State state = State::Damaged; // of backups(): what undoing would meet
    std::string problem;          // of a damaged one
};
[[nodiscard]] std::string_view wordOf(Backup::State state);

// The backups in the state directory: backups/ID/manifest.json and content, 0700 and 0600. One thread; two
// processes do not get in each other's way, since every backup has a directory of its own.
class BackupStore {
public:
    explicit BackupStore(std::filesystem::path directory) : directory_(std::move(directory)) {}
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

    // On the disk when it returns; gives the id. StoreUnavailable.
    [[nodiscard]] Result<std::string> keep(Backup backup, std::string_view content, WallTime now);
    // The oldest first; what cannot be read is there as Damaged. Looks at the files they belong to.
    [[nodiscard]] Result<std::vector<Backup>> backups() const;
    // NotFound; InvalidParams if it is damaged.
    [[nodiscard]] Result<std::string> contentOf(const Backup& backup) const;
    [[nodiscard]] Result<void> markUndone(const Backup& backup);
    // Takes it away. What a disk keeps of a file that is gone is beyond us.
    [[nodiscard]] Result<void> forget(const std::string& id);

    [[nodiscard]] static bool isId(std::string_view word);

private:
    [[nodiscard]] Backup read(const std::string& id) const;
    [[nodiscard]] Result<void> writeManifest(const Backup& backup) const;

    std::filesystem::path directory_;
};

} // namespace keybearer
