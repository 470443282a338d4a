// A whole configuration from arbitrary bytes: YAML, ${VAR}, keys and values. Looks for crashes, endless loops
// and a value of a secret in an error.
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
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const bool isSecret = input.find("client_secret") != std::string_view::npos &&
                          input.find("c4n4ry") == std::string_view::npos;
    if (!config && isSecret && config.error().message.find("client_secret") != std::string::npos &&
        config.error().message.find("c4n4ry") != std::string::npos)
        std::abort();
    return 0;
}
