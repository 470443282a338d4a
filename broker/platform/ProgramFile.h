#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace keybearer {

// Which file it is, whatever it is called: a path may show another file to a process that has mounts of its
// own.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t file = 0;
    [[nodiscard]] bool operator==(const FileIdentity&) const = default;
};

// Nothing if it cannot be examined. Any thread.
[[nodiscard]] std::optional<FileIdentity> fileIdentity(const std::filesystem::path& file);

// The file that a process runs. Linux: through the kernel's own link, so that a name cannot deceive;
// elsewhere the file that has the process's name now.
[[nodiscard]] std::optional<FileIdentity> programIdentity(std::int64_t pid);

// True if nobody but this user and the system's administrator can put another file in its place: the file
// and every directory above it belong to one of them, and nobody else may write there (the entries of a
// sticky directory are their owners' alone, and a group that has only this user is no one else). `file` is
// absolute and has no symbolic links in it. Some system calls a directory; any thread.
[[nodiscard]] bool onlyThisUserReplaces(const std::filesystem::path& file);

} // namespace keybearer
