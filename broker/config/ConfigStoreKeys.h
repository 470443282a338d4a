#pragma once

#include "broker/config/ConfigKeys.h"

#include <vector>

namespace keybearer {

// The keys of the section store, for the table in ConfigKeys.
[[nodiscard]] std::vector<KeyRule> storeKeys();

// What must not be left out, or does not go together: the key concerned ("store.key_file") and a sentence
// about it. Empty if all is well.
struct StoreFault {
    std::string key;
    std::string sentence;
};
[[nodiscard]] StoreFault storeFault(const Config& config);

} // namespace keybearer
