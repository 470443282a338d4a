#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// What a program of ours said on standard error, one safe line, and how it ended.
struct Spoken {
    int status = -1; // -1: it did not start or did not end in time
    std::string text;
};

// Runs the program without input, listens, and ends it when the time is over. Blocks.
[[nodiscard]] Spoken hear(const std::filesystem::path& program, const std::vector<std::string>& options);

// The same for what it answers on standard output, as it is; what it says besides is dropped. At most a few
// megabytes.
[[nodiscard]] Spoken answerOf(const std::filesystem::path& program, const std::vector<std::string>& options);

} // namespace keybearer
