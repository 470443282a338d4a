#pragma once

#include "broker/config/ConfigPlace.h"
#include "broker/config/ConfigValue.h"

#include <string>

namespace keybearer {

// Reads what stands behind one key of the configuration: takes variables in, and checks that the value is of
// the kind that the key has. Knows nothing of other keys.
class ValueReading {
public:
    ValueReading(const ConfigPlace& place, const Environment& environment)
        : place_(place), environment_(environment) {}

    // A list of words.
    [[nodiscard]] Result<ConfigValue> list(const ConfigNode& node, const KeyRule& rule,
                                           const std::string& shown) const;
    // VARIABLE: SELECTOR, as keybearer run --env takes them.
    [[nodiscard]] Result<ConfigValue> variables(const ConfigNode& node, const KeyRule& rule,
                                                const std::string& shown) const;
    // A single value.
    [[nodiscard]] Result<ConfigValue> text(const ConfigNode& node, const KeyRule& rule,
                                           const std::string& shown) const;

private:
    [[nodiscard]] Result<ConfigValue> number(const ConfigNode& node, const KeyRule& rule,
                                             const std::string& shown, const std::string& text) const;
    [[nodiscard]] Result<ConfigValue> secret(const ConfigNode& node, const KeyRule& rule,
                                             const std::string& shown, std::string& text) const;
    [[nodiscard]] Result<std::string> textOf(const ConfigNode& node, const std::string& shown) const;
    [[nodiscard]] Result<void> checkWord(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown, const std::string& word) const;
    [[nodiscard]] Result<std::string> programOf(const ConfigNode& node, const std::string& shown,
                                                const std::string& text) const;

    const ConfigPlace& place_;
    const Environment& environment_;
};

} // namespace keybearer
