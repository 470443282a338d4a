#pragma once

#include "broker/base/Result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace keybearer {

// Files that only this user may read. Writing is atomic and durable: a new file with mode 0600, written,
// synced, renamed over the old one, and the directory synced; every step is checked.
[[nodiscard]] Result<void> writePrivateFile(const std::filesystem::path& path, std::string_view content);

// Reads at most `limit` bytes; a longer file is an error, so is a symbolic link.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit);

// Makes the directory with mode 0700 (parents too). An existing one must belong to us and be no symbolic
// link; if others may enter it, that is taken away.
[[nodiscard]] Result<void> makePrivateDirectory(const std::filesystem::path& path);

} // namespace keybearer
