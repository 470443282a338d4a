#pragma once

#include "broker/base/Result.h"

#include <span>
#include <string>
#include <string_view>

// The settings of config.yaml that are one value each and that people change often: what `keybearer config`
// shows and sets. All others are for an editor. Constants and pure functions.
namespace keybearer {

struct ConfigKey {
    std::string_view section;
    std::string_view key;
    std::string_view kind; // "number", "switch", or the words that it takes, with "|" between them
    std::string_view usual;
    std::string_view meaning; // one sentence, in the words of `config show`

    [[nodiscard]] std::string name() const { // gateway.port
        return std::string(section).append(".").append(key);
    }
};

[[nodiscard]] std::span<const ConfigKey> configKeys();
// NotFound with did_you_mean.
[[nodiscard]] Result<const ConfigKey*> findConfigKey(const std::string& name);
// The value as YAML takes it. InvalidParams. Whether a number is in its range is for keybearerd to say.
[[nodiscard]] Result<std::string> configValue(const ConfigKey& key, const std::string& value);
// The environment variable that wins over the file: KEYBEARER_GATEWAY_PORT.
[[nodiscard]] std::string variableOf(const ConfigKey& key);

} // namespace keybearer
