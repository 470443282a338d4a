#pragma once

#include <filesystem>
#include <string>

#include <sys/stat.h>

namespace keybearer {

// Which file it is and when it was last changed, as text that is compared and never read: the broker says it
// of the file whose content it has looked at, and whoever is about to execute that file looks whether it
// still is the same one. No program can set the time of the change.
[[nodiscard]] std::string fileStamp(const struct stat& status); // not on Windows: its stat has no such time
[[nodiscard]] std::string fileStamp(const std::filesystem::path& file); // empty if it cannot be examined

} // namespace keybearer
