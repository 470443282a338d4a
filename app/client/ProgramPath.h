#pragma once

#include <filesystem>
#include <string_view>

namespace keybearer {

// Where one of Keybearer's own programs lies: beside the program that runs now, else in an absolute directory
// of PATH. Empty if nowhere. A relative directory in PATH is passed over: the working directory may be
// anybody's.
[[nodiscard]] std::filesystem::path findProgram(std::string_view name);

// The same, beside nothing: any program of PATH.
[[nodiscard]] std::filesystem::path findInPath(std::string_view name);

} // namespace keybearer
