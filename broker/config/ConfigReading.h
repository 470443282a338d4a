#pragma once

#include "broker/config/Config.h"
#include "broker/config/ConfigKeys.h"
#include "broker/config/ConfigPlace.h"
#include "broker/config/ValueReading.h"
#include "broker/config/tree/ConfigTree.h"

#include <filesystem>
#include <string>

namespace keybearer {

// Turns the tree of one configuration into a Config by the table of keys: every key must be known, stand
// where it belongs and have a value of its kind. One use; the first fault ends it.
class ConfigReading {
public:
    ConfigReading(std::filesystem::path file, const Environment& environment)
        : place_(std::move(file)), values_(place_, environment) {}

    [[nodiscard]] Result<Config> read(const ConfigNode& root);

private:
    [[nodiscard]] Result<void> checkStoreKey(const ConfigNode& root) const;
    [[nodiscard]] Result<void> checkPreset(const ConfigNode& root) const;
    [[nodiscard]] Result<void> readMap(const ConfigNode& node, const std::string& path,
                                       const std::string& shown);
    [[nodiscard]] Result<void> readKey(const ConfigNode& node, const KeyRule& rule, const std::string& shown);
    void begin(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
               const std::string& name);
    [[nodiscard]] Result<void> readEntries(const ConfigNode& node, const KeyRule& rule,
                                           const std::string& shown);
    [[nodiscard]] Result<void> readItems(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown);
    [[nodiscard]] Result<void> take(Result<ConfigValue> value, const ConfigNode& node, const KeyRule& rule,
                                    const std::string& shown);

    ConfigPlace place_;
    ValueReading values_;
    Config config_;
};

} // namespace keybearer
