#pragma once

#include "broker/config/Config.h"
#include "broker/config/ConfigKeys.h"
#include "broker/config/tree/ConfigTree.h"

#include <filesystem>
#include <string>

namespace keybearer {

// Turns the tree of one configuration into a Config by the table of keys: every key must be known and every
// value of its kind. One use; the first fault ends it.
class ConfigReading {
public:
    ConfigReading(std::filesystem::path file, const Environment& environment)
        : file_(std::move(file)), environment_(environment) {}

    [[nodiscard]] Result<Config> read(const ConfigNode& root);

private:
    [[nodiscard]] Result<void> checkStoreKey(const ConfigNode& root) const;
    [[nodiscard]] Result<void> checkPreset(const ConfigNode& root) const;
    void note(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
              const ConfigValue& value);
    void noteUnset();
    [[nodiscard]] Result<void> readMap(const ConfigNode& node, const std::string& path,
                                       const std::string& shown);
    [[nodiscard]] Result<void> readKey(const ConfigNode& node, const KeyRule& rule, const std::string& shown);
    void begin(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
               const std::string& name);
    [[nodiscard]] Result<void> readEntries(const ConfigNode& node, const KeyRule& rule,
                                           const std::string& shown);
    [[nodiscard]] Result<void> readItems(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown);
    [[nodiscard]] Result<void> readList(const ConfigNode& node, const KeyRule& rule,
                                        const std::string& shown);
    [[nodiscard]] Result<void> readVariables(const ConfigNode& node, const KeyRule& rule,
                                             const std::string& shown);
    [[nodiscard]] Result<void> readText(const ConfigNode& node, const KeyRule& rule,
                                        const std::string& shown);
    [[nodiscard]] Result<void> readNumber(const ConfigNode& node, const KeyRule& rule,
                                          const std::string& shown, const std::string& text);
    [[nodiscard]] Result<void> readSecret(const ConfigNode& node, const KeyRule& rule,
                                          const std::string& shown, std::string& text);
    [[nodiscard]] Result<std::string> textOf(const ConfigNode& node, const std::string& shown) const;
    [[nodiscard]] Result<void> checkWord(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown, const std::string& word) const;
    [[nodiscard]] Result<std::string> programOf(const ConfigNode& node, const std::string& shown,
                                                const std::string& text) const;

    [[nodiscard]] std::filesystem::path beside(const std::string& path) const; // this file

    [[nodiscard]] tl::unexpected<Error> fault(const ConfigNode& node, const std::string& shown,
                                              std::string what, std::string nearest = {}) const;
    [[nodiscard]] tl::unexpected<Error> wrongKind(const ConfigNode& node, const KeyRule& rule,
                                                  const std::string& shown) const;
    [[nodiscard]] std::string whereOf(const ConfigNode& node) const;

    std::filesystem::path file_;
    const Environment& environment_;
    Config config_;
};

} // namespace keybearer
