#include "broker/platform/unix/SystemOwned.h"

#include <sys/stat.h>

namespace keybearer {

namespace {

// A sticky directory keeps others from replacing what is there, but not from adding: it does not count. The
// group's bits also bound what an access control list may allow.
bool isSystemAlone(const struct stat& status) {
    const bool group = (status.st_mode & S_IWGRP) != 0 && status.st_gid != 0;
    return status.st_uid == 0 && !group && (status.st_mode & S_IWOTH) == 0;
}

} // namespace

bool SystemOwned::file(const std::string& path) {
    struct stat status {};
    return !path.empty() && path.front() == '/' && ::lstat(path.c_str(), &status) == 0 &&
           S_ISREG(status.st_mode) && isSystemAlone(status) && directoryOf(path);
}

bool SystemOwned::directoryOf(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return false;
    const std::string_view directory = slash == 0 ? std::string_view("/") : path.substr(0, slash);
    if (const auto known = directories_.find(directory); known != directories_.end())
        return known->second;
    struct stat status {};
    const std::string name(directory);
    const bool here = ::lstat(name.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && isSystemAlone(status);
    const bool all = here && (slash == 0 || directoryOf(directory));
    directories_.emplace(name, all);
    return all;
}

} // namespace keybearer
