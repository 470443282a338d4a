#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace keybearer {

// How long something took, counted into fixed classes: plain integers, whatever comes. One thread.
struct LatencyCounts {
    // Upper bounds in seconds: from an answer out of memory to a person who thinks about a question.
    static constexpr std::array<double, 12> bounds{0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05,
                                                   0.1,    0.5,    1,     5,     30,   120};

    void add(std::chrono::nanoseconds taken) {
        const double seconds =
            std::chrono::duration<double>(std::max(taken, std::chrono::nanoseconds(0))).count();
        const auto* const bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
        ++counts[static_cast<std::size_t>(bound - bounds.begin())];
        sum += seconds;
    }

    std::array<std::uint64_t, bounds.size() + 1> counts{}; // the last one: longer than every bound
    double sum = 0;
};

} // namespace keybearer
