#pragma once

#include "broker/config/Config.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Replaces ${VAR} and ${VAR:-default} by what the environment says; $$ is one dollar sign, any other dollar
// sign is itself. As in a shell, :- also stands in for an empty variable. The error is one sentence that
// names the variable and never its value.
[[nodiscard]] tl::expected<std::string, std::string> expandVariables(std::string_view text,
                                                                     const Environment& environment);

// Adds the names of the variables that the text takes, each once.
void addVariables(std::string_view text, std::vector<std::string>& names);

} // namespace keybearer
