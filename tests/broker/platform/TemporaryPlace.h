#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace keybearer {

// A fresh private directory that goes with the object. Short, because socket paths are.
class TemporaryPlace {
public:
    TemporaryPlace() {
        std::string pattern = "/tmp/kbXXXXXX";
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryPlace() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryPlace(const TemporaryPlace&) = delete;
    TemporaryPlace& operator=(const TemporaryPlace&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace keybearer
