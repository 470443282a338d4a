#include "broker/platform/unix/PrivatePlace.h"

#include "broker/base/PrivateFile.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace keybearer {

namespace {

bool isShared(const std::filesystem::path& directory) {
    struct stat own {};
    struct stat parent {};
    if (::lstat(directory.c_str(), &own) != 0 || !S_ISDIR(own.st_mode) || (own.st_mode & 077) == 0)
        return false;
    if ((own.st_mode & S_ISVTX) != 0)
        return true;
    return ::stat((directory / "..").c_str(), &parent) == 0 &&
           (parent.st_dev != own.st_dev || parent.st_ino == own.st_ino);
}

} // namespace

tl::unexpected<Error> systemError(const std::string& what, const std::filesystem::path& path) {
    return failure(ErrorCode::StoreUnavailable, what + " " + path.string() + ": " + std::strerror(errno));
}

Result<void> makePlaceFor(const std::filesystem::path& file) {
    const std::filesystem::path directory = file.parent_path();
    if (!directory.is_absolute())
        return failure(ErrorCode::InvalidParams, file.string() + " is not an absolute path");
    if (isShared(directory)) {
        return failure(ErrorCode::StoreUnavailable,
                       directory.string() + " is shared with others; Keybearer needs a directory of its own",
                       "Name a directory of your own, for example " + (directory / "keybearer").string() +
                           ".");
    }
    return makePrivateDirectory(directory);
}

} // namespace keybearer
