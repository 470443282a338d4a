#pragma once

#include "broker/base/Result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace keybearer {

// A file that decides where tokens are sent, and so must not be writable for anybody but us and root. Links
// are followed: many keep their settings in a repository. The content may hold secrets: wipe it.
struct TrustedFile {
    std::string content;
    bool othersMayRead = false;
};

// NotFound if there is none; InvalidParams, with the file's name and an action, if it belongs to somebody
// else, is writable by others, is no regular file or is longer than `limit`.
[[nodiscard]] Result<TrustedFile> readTrustedFile(const std::filesystem::path& file, std::size_t limit);

} // namespace keybearer
