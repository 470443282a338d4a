#pragma once

#include "app/cli/Verb.h"

#include <string>
#include <vector>

namespace keybearer {

// Help for people, at most 80 columns wide. Pure functions over the table of verbs.
[[nodiscard]] std::string overview();                                    // keybearer --help
[[nodiscard]] std::string helpFor(const std::vector<const Verb*>& path); // keybearer session list --help

} // namespace keybearer
