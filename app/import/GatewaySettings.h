#pragma once

#include "broker/base/Result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One member of an entry of config.yaml, as the person's gateway has it.
struct GatewayMember {
    std::string key; // of config.yaml: token_endpoint
    std::vector<std::string> values;
    bool isList = false;
    bool isNumber = false;
    bool isSecret = false; // in plain text; ${VAR} is none
};

// One provider or service of such a file, and what it would be in config.yaml.
struct GatewayEntry {
    bool isService = false;
    std::string written; // its name there
    std::string name;    // as config.yaml takes it
    std::string place;   // oauth_providers, mcp_services
    std::string address; // of a service; of a provider where one signs in
    int line = 0;
    std::vector<GatewayMember> members;
    std::vector<std::string> notTaken; // keys without a meaning here
    std::string problem;               // why it is left alone; empty: it can be taken over
    ~GatewayEntry();
    GatewayEntry() = default;
    GatewayEntry(GatewayEntry&&) noexcept = default;
    GatewayEntry& operator=(GatewayEntry&&) noexcept = default;
    GatewayEntry(const GatewayEntry&) = delete;
    GatewayEntry& operator=(const GatewayEntry&) = delete;
};

struct GatewaySettings {
    std::vector<GatewayEntry> entries;
    std::vector<std::string> notTaken; // keys at the top that mean nothing here
};

// Whether a file that somebody named is to be read as this: by its name (.yaml, .yml).
[[nodiscard]] bool isGatewayFile(const std::filesystem::path& file);

// Reads `oauth_providers` and `mcp_services` of the YAML that common MCP gateways are configured with. What
// is not understood is named and left alone, entry by entry. InvalidParams with file and line: no YAML, or
// neither of the two is there.
[[nodiscard]] Result<GatewaySettings> readGatewaySettings(std::string_view text,
                                                          const std::filesystem::path& file);

} // namespace keybearer
