#pragma once

#include <string>
#include <vector>

namespace keybearer {

// Those variables of an environment (as of environ, NAME=value, ended by null) that bring code into programs
// which is not theirs: a permission for a command is not one for that. Each of them, for a name may stand
// there twice and programs do not agree on which one counts; those without a value bring nothing.
[[nodiscard]] std::vector<std::string> foreignCodeIn(const char* const* environment);

} // namespace keybearer
