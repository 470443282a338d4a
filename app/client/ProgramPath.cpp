#include "app/client/ProgramPath.h"

#include <array>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

namespace keybearer {

namespace {

constexpr std::size_t longestPath = 4096;

bool isProgram(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

std::filesystem::path ownPath() {
    std::array<char, longestPath> buffer{};
#ifdef __APPLE__
    auto size = static_cast<std::uint32_t>(buffer.size());
    return _NSGetExecutablePath(buffer.data(), &size) == 0 ? std::filesystem::path(buffer.data())
                                                           : std::filesystem::path();
#else
    const ssize_t size = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
    return size > 0 ? std::filesystem::path(std::string(buffer.data(), static_cast<std::size_t>(size)))
                    : std::filesystem::path();
#endif
}

} // namespace

std::filesystem::path findInPath(std::string_view name) {
    const char* value = std::getenv("PATH");
    std::string_view rest = value == nullptr ? std::string_view("/usr/local/bin:/usr/bin:/bin") : value;
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::filesystem::path directory(rest.substr(0, colon));
        if (directory.is_absolute() && isProgram(directory / name))
            return directory / name;
        rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    }
    return {};
}

std::filesystem::path findProgram(std::string_view name) {
    if (const std::filesystem::path self = ownPath(); !self.empty() && isProgram(self.parent_path() / name))
        return self.parent_path() / name;
    return findInPath(name);
}

} // namespace keybearer
