#pragma once

#include "broker/base/Secret.h"

#include "broker/base/Result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One value of the configuration as it was written, before anybody knows what it means. Wiped when it goes,
// since any text may be a secret.
struct ConfigNode {
    enum class Kind { Empty, Text, List, Map };

    Kind kind = Kind::Empty;
    int line = 0;         // where the value stands, from 1
    int keyLine = 0;      // where its key stands
    std::string variable; // the environment variable it came from; empty: the file
    std::string layer;    // "default" or "preset headless" if nobody wrote it; empty: somebody did
    std::string text;
    std::vector<std::string> keys; // of a map, one for each of items
    std::vector<ConfigNode> items;

    ConfigNode() = default;
    ~ConfigNode() { wipe(text); }
    ConfigNode(ConfigNode&&) noexcept = default;
    ConfigNode& operator=(ConfigNode&&) noexcept = default;
    ConfigNode(const ConfigNode&) = delete;
    ConfigNode& operator=(const ConfigNode&) = delete;

    [[nodiscard]] ConfigNode* find(std::string_view key);
};

// What is wrong and where. `key` is a dotted path, or empty for the document as a whole.
struct ConfigFault {
    std::filesystem::path file;
    int line = 0;
    std::string variable;
    std::string key;
    std::string what;
    std::string nearest;
    std::string action;
};
[[nodiscard]] Error configError(const ConfigFault& fault);

// Reads one YAML 1.2 document into nodes: no anchors, aliases, tags or second document, no key twice, bounded
// in depth and number. Errors carry file and line.
[[nodiscard]] Result<ConfigNode> readConfigTree(std::string_view text, const std::filesystem::path& file);

} // namespace keybearer
