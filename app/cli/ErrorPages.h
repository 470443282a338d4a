#pragma once

#include <string>
#include <string_view>
#include <vector>

// The pages of docs/errors, one for each name of a finding or an error, made part of the program by CMake.
namespace keybearer {

// As it was written, in Markdown; empty if there is none of that name.
[[nodiscard]] std::string_view errorPage(std::string_view name);
[[nodiscard]] std::vector<std::string> errorPageNames();
// For a terminal: without marks, commands indented.
[[nodiscard]] std::string plainPage(std::string_view markdown);

} // namespace keybearer
