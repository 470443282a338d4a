#include "broker/base/FileStamp.h"

#include <cstdint>

namespace keybearer {

std::string fileStamp(const struct stat& status) {
#ifdef __APPLE__
    const timespec& changed = status.st_ctimespec;
#else
    const timespec& changed = status.st_ctim;
#endif
    std::string stamp = std::to_string(status.st_dev);
    for (const auto part :
         {static_cast<std::int64_t>(status.st_ino), static_cast<std::int64_t>(status.st_size),
          static_cast<std::int64_t>(changed.tv_sec), static_cast<std::int64_t>(changed.tv_nsec)})
        stamp.append(":").append(std::to_string(part));
    return stamp;
}

std::string fileStamp(const std::filesystem::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? fileStamp(status) : std::string();
}

} // namespace keybearer
