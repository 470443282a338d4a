#include "app/client/BrokerLock.h"

#include "broker/base/PrivateFile.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <sys/stat.h>

namespace keybearer {

namespace {
constexpr std::size_t longestLockList = 1U << 20;
} // namespace

LockState lockState(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return LockState::Free;
    const Result<std::string> list = readFile("/proc/locks", longestLockList);
    if (!list)
        return LockState::Unknown;
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:131337 0 EOF
    const std::string inode = ":" + std::to_string(status.st_ino) + " ";
    std::string_view rest = *list;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line.find("FLOCK") != std::string_view::npos && line.find(inode) != std::string_view::npos)
            return LockState::Held;
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return LockState::Free;
}

} // namespace keybearer
