// A whole configuration from arbitrary bytes: YAML, ${VAR}, keys and values. Looks for crashes, endless loops
// and the value of a variable in an error.
#include "broker/config/Config.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

// Whether an error shows the word that stands in the variable, with that variable or with another value of
// it.
bool shown(std::string_view text, const char* value) {
    const keybearer::Environment environment = {{"A", "value"}, {"EMPTY", ""}, {"CANARY", value}};
    const auto config = keybearer::parseConfig(text, "config.yaml", environment);
    return !config && config.error().message.find("c4n4ry") != std::string::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // Whatever key it was written to: what stands in a variable may be a secret. What the text itself says,
    // plainly or escaped, is none.
    if (shown(text, "c4n4ry\x01") && !shown(text, "an0ther\x01"))
        std::abort();
    return 0;
}
