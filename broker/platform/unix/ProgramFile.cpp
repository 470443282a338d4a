#include "broker/platform/ProgramFile.h"

#include <array>
#include <cstring>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace keybearer {

namespace {

constexpr std::size_t longestEntry = 16384; // of the user or group database

// A group of this user's name that nobody else is in: what distributions give each user.
bool isOwnGroup(gid_t group) {
    std::vector<char> userText(longestEntry);
    std::vector<char> groupText(longestEntry);
    passwd user{};
    passwd* foundUser = nullptr;
    ::group entry{};
    ::group* foundGroup = nullptr;
    if (::getpwuid_r(::geteuid(), &user, userText.data(), userText.size(), &foundUser) != 0 ||
        foundUser == nullptr || user.pw_gid != group ||
        ::getgrgid_r(group, &entry, groupText.data(), groupText.size(), &foundGroup) != 0 ||
        foundGroup == nullptr || std::strcmp(entry.gr_name, user.pw_name) != 0)
        return false;
    for (char** member = entry.gr_mem; *member != nullptr; ++member) {
        if (std::strcmp(*member, user.pw_name) != 0)
            return false;
    }
    return true;
}

// `administrator` owns the root directory: 0, but for a process in a user namespace, to which the system's
// administrator looks like nobody.
bool isOurs(const struct stat& status, uid_t administrator) {
    if (status.st_uid != 0 && status.st_uid != ::geteuid() && status.st_uid != administrator)
        return false;
    if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0)
        return true;
    return (status.st_mode & S_IWOTH) == 0 &&
           ((status.st_mode & S_IWGRP) == 0 || status.st_gid == 0 || isOwnGroup(status.st_gid));
}

} // namespace

std::optional<FileIdentity> fileIdentity(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return FileIdentity{static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
}

bool onlyThisUserReplaces(const std::filesystem::path& file) {
    struct stat root {};
    if (!file.is_absolute() || ::lstat("/", &root) != 0)
        return false;
    std::filesystem::path part;
    for (const std::filesystem::path& name : file) {
        part /= name;
        struct stat status {};
        if (::lstat(part.c_str(), &status) != 0 || S_ISLNK(status.st_mode) || !isOurs(status, root.st_uid))
            return false;
    }
    return true;
}

} // namespace keybearer
