#include "broker/config/Config.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Variables KEYBEARER_... over a configuration that has one of each kind of entry: a line NAME=value each.
// Looks for crashes, endless loops and a secret in an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view file = "providers: {my-corp: {}}\n"
                                      "services: {linear: {url: \"https://mcp.linear.app/mcp\"}}\n"
                                      "profiles: {notes: {allow: [github]}}\n"
                                      "auth: {tools: {github.create_issue: {provider: github}}}\n";
    keybearer::Environment environment{{"KEYBEARER_PROVIDERS_MY_CORP_CLIENT_SECRET", "c4n4ry"}};
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos)
            environment.insert_or_assign("KEYBEARER_" + std::string(line.substr(0, equals)),
                                         std::string(line.substr(equals + 1)));
        rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : line.size());
    }
    const auto config = keybearer::parseConfig(file, "config.yaml", environment);
    if (!config &&
        std::string_view(reinterpret_cast<const char*>(data), size).find("c4n4ry") ==
            std::string_view::npos &&
        config.error().message.find("c4n4ry") != std::string::npos)
        std::abort();
    return 0;
}
