#pragma once

#include <span>

namespace keybearer {

// The whole program: takes the words after the program's name, returns the exit status (see exitStatus()).
[[nodiscard]] int runCommandLine(std::span<const char* const> words);

} // namespace keybearer
