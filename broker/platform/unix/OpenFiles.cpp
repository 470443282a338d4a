#include "broker/platform/ProcessFacts.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace keybearer {

int openForReading(const std::string& path) {
    return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

FileMark fileMark(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return {};
    constexpr std::int64_t second = 1'000'000'000;
#ifdef __APPLE__
    const timespec modified = status.st_mtimespec;
    const timespec changed = status.st_ctimespec;
#else
    const timespec modified = status.st_mtim;
    const timespec changed = status.st_ctim;
#endif
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size), modified.tv_sec * second + modified.tv_nsec,
            changed.tv_sec * second + changed.tv_nsec};
}

} // namespace keybearer
