#pragma once

#include "broker/config/Config.h"
#include "broker/config/tree/ConfigTree.h"

#include <string>
#include <vector>

namespace keybearer {

// Lays the variables KEYBEARER_<PATH> over the tree of the file: KEYBEARER_STORE_BACKEND, or with the name of
// a provider KEYBEARER_PROVIDERS_GITHUB_CLIENT_ID. Values are taken as they are, without ${}; a list is
// separated by spaces or commas, anything deeper is YAML. An empty variable counts as absent. A wrong name
// below a known section is an error; another variable that resembles a key gives a warning, since it may
// belong to somebody else.
[[nodiscard]] Result<void> applyEnvironment(ConfigNode& root, const Environment& environment,
                                            std::vector<std::string>& warnings);

} // namespace keybearer
