// A whole configuration from arbitrary bytes: YAML, ${VAR}, keys and values. Looks for crashes, endless loops
// and the value of a variable in an error.
#include "broker/config/Config.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const keybearer::Environment environment = {
        {"A", "value"}, {"EMPTY", ""}, {"CANARY", "c4n4ry\x01"}};
    const auto config =
        keybearer::parseConfig({reinterpret_cast<const char*>(data), size}, "config.yaml", environment);
    // Whatever key it was written to: what stands in a variable may be a secret.
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (!config && input.find("c4n4ry") == std::string_view::npos &&
        config.error().message.find("c4n4ry") != std::string::npos)
        std::abort();
    return 0;
}
