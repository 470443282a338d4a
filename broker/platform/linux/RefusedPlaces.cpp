#include "broker/platform/linux/RefusedPlaces.h"

#include <algorithm>
#include <deque>
#include <system_error>

namespace keybearer {

namespace {

constexpr int mostLinks = 40; // as the kernel has it

} // namespace

void RefusedPlaces::add(const std::vector<std::string>& places) {
    for (const std::string& place : places) {
        std::error_code failed;
        const std::filesystem::path resolved = std::filesystem::weakly_canonical(place, failed);
        places_.push_back(failed ? std::filesystem::path(place) : resolved);
    }
}

bool RefusedPlaces::has(const std::filesystem::path& place) const {
    return std::any_of(places_.begin(), places_.end(), [&](const std::filesystem::path& refused) {
        return std::mismatch(refused.begin(), refused.end(), place.begin(), place.end()).first ==
               refused.end();
    });
}

// Step by step, as the kernel walks: only a look at each link says where it lies.
bool RefusedPlaces::leadThrough(const std::filesystem::path& file) const {
    std::deque<std::filesystem::path> ahead(file.begin(), file.end());
    std::filesystem::path at = "/";
    int links = 0;
    while (!ahead.empty()) {
        const std::filesystem::path step = ahead.front();
        ahead.pop_front();
        if (step == ".." || step.empty() || step == "." || step == "/") {
            at = step == ".." ? at.parent_path() : at;
            continue;
        }
        const std::filesystem::path next = at / step;
        if (has(next) || links > mostLinks)
            return true;
        std::error_code none;
        const std::filesystem::path target = std::filesystem::read_symlink(next, none);
        if (none) {
            at = next;
            continue;
        }
        ++links;
        at = target.is_absolute() ? std::filesystem::path("/") : at;
        ahead.insert(ahead.begin(), target.begin(), target.end());
    }
    return false;
}

} // namespace keybearer
