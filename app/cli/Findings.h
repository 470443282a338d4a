#pragma once

#include "app/cli/Output.h"
#include "broker/base/Json.h"

#include <string>
#include <vector>

namespace keybearer {

// One thing that is wrong, or right, with this installation, and what to do about it.
struct Finding {
    enum class Level { Good, Warning, Error };
    Level level = Level::Good;
    std::string name;    // for programs: socket_directory
    std::string message; // what
    std::string action;  // what to do; empty for Good
};

// The findings of health.get.
[[nodiscard]] std::vector<Finding> findingsOf(const Json& health);
[[nodiscard]] Json toJson(const Finding& finding);
[[nodiscard]] std::string findingLines(const Output& output, const std::vector<Finding>& findings);

} // namespace keybearer
