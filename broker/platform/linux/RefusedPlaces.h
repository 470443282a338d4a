#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// Directories that no program may come from: whoever can write there could put one in.
class RefusedPlaces {
public:
    void add(const std::vector<std::string>& places);
    // Whether the way to the file goes through one of them, be it by a symbolic link only. A way that has no
    // end counts as one that does.
    [[nodiscard]] bool leadThrough(const std::filesystem::path& file) const;

private:
    [[nodiscard]] bool has(const std::filesystem::path& place) const;
    std::vector<std::filesystem::path> places_; // resolved
};

} // namespace keybearer
