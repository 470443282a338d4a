#include "broker/access/AuthRules.h"

#include <cstddef>
#include <cstdint>

// The first line is a pattern, the second a tool's name, the rest the section auth of a configuration.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const auto line = [&rest] {
        const std::size_t end = rest.find('\n');
        const std::string_view out = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return out;
    };
    const std::string_view pattern = line();
    const std::string_view tool = line().substr(0, 256);
    if (const auto parsed = ToolPattern::parse(pattern))
        static_cast<void>(parsed->matches(tool));
    static_cast<void>(capabilityOf(tool));
    const Result<Config> config = parseConfig(rest, "/config.yaml", {});
    if (!config)
        return 0;
    const Result<AuthRules> rules = AuthRules::compile(*config, {"corp", "github"});
    if (rules)
        static_cast<void>(rules->find(tool, "linear"));
    return 0;
}
