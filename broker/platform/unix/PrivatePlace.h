#pragma once

#include "broker/base/Result.h"

#include <filesystem>
#include <string>

namespace keybearer {

// Makes the directory that will hold `file` private (makePrivateDirectory). A directory that is shared by its
// nature (sticky like /tmp, or the root of a file system) is refused instead of being closed to everybody
// else.
[[nodiscard]] Result<void> makePlaceFor(const std::filesystem::path& file);

// StoreUnavailable with the text of errno.
[[nodiscard]] tl::unexpected<Error> systemError(const std::string& what, const std::filesystem::path& path);

} // namespace keybearer
