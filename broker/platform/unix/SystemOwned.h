#pragma once

#include <map>
#include <string>
#include <string_view>

namespace keybearer {

// Answers who can replace a file: it and every directory above it belong to the superuser, and nobody else
// may write there. Remembers directories for as long as it lives, which is one measurement. One thread.
class SystemOwned {
public:
    // `path` is absolute and has no symbolic links in it.
    [[nodiscard]] bool file(const std::string& path);
    [[nodiscard]] bool directoryOf(std::string_view path);

private:
    std::map<std::string, bool, std::less<>> directories_;
};

} // namespace keybearer
