#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// True for node, python3.11, bash, java ...: programs whose own path says little about who is asking.
[[nodiscard]] bool isInterpreter(std::string_view executable);

// The file that an interpreter was told to run: the first argument that is no option and names a readable
// regular file, made absolute against `workingDirectory`, links resolved. Empty if the code came from the
// command line
// (-c, -e, -m) or standard input.
[[nodiscard]] std::string scriptOf(const std::vector<std::string>& arguments,
                                   const std::filesystem::path& workingDirectory);

} // namespace keybearer
