#pragma once

#include <filesystem>

namespace keybearer {

// The form of a path that the system takes as it stands: without the limit of 260 characters, without "." and
// "..", and with no name in it read as a device (\\?\C:\..., \\?\UNC\server\share\...). A relative path is
// taken from the working directory. A name that is in this form already, or names a pipe or device (\\.\),
// is left alone.
[[nodiscard]] std::filesystem::path asItStands(const std::filesystem::path& path);

} // namespace keybearer
