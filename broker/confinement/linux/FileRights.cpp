#include "broker/confinement/linux/FileRights.h"

#include "broker/base/UnderSanitizer.h"

#include <cstdint>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Since Linux 5.19 and 6.2; older headers lack the names.
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

namespace keybearer {

namespace {

constexpr std::uint64_t changingFiles = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;
constexpr std::uint64_t changingDirectories = LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                              LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                              LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                                              LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;
constexpr std::uint64_t changing = changingFiles | changingDirectories;
constexpr std::uint64_t executing = LANDLOCK_ACCESS_FS_EXECUTE;

// What this kernel knows of all that. Without REFER it lets nothing be moved between directories at all.
std::uint64_t knownRights() {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return 0;
    std::uint64_t known = changing | executing;
    if (version < 2)
        known &= ~LANDLOCK_ACCESS_FS_REFER;
    if (version < 3)
        known &= ~LANDLOCK_ACCESS_FS_TRUNCATE;
    return known;
}

bool allow(int rules, const std::filesystem::path& place, std::uint64_t rights) {
    const int fd = ::open(place.c_str(), O_PATH | O_CLOEXEC);
    if (fd < 0)
        return true; // it is not there, so there is nothing to allow
    struct stat status {};
    landlock_path_beneath_attr rule{};
    rule.parent_fd = fd;
    rule.allowed_access = rights;
    if (::fstat(fd, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed_access &= changingFiles | executing;
    const bool added = rule.allowed_access == 0 ||
                       ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    ::close(fd);
    return added;
}

} // namespace

bool restrictFiles(const std::vector<std::filesystem::path>& writable,
                   const std::vector<std::filesystem::path>& executable) {
    const std::uint64_t known = knownRights();
    if (known == 0)
        return false;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = known;
    const long made = ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0);
    if (made < 0)
        return false;
    const int rules = static_cast<int>(made);
    bool good = true;
    for (const std::filesystem::path& place : writable)
        good = allow(rules, place, known & changing) && good;
    if constexpr (underSanitizer)
        good = allow(rules, sanitizerReports, known & changing) && good;
    for (const std::filesystem::path& place : executable)
        good = allow(rules, place, executing) && good;
    good = good && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return good;
}

} // namespace keybearer
