#pragma once

#include "broker/base/Secret.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One setting of a configuration as it holds, and who said so. A value; a secret in it stays sealed and is
// never shown.
struct EffectiveSetting {
    enum class Source { Default, Preset, File, Environment };

    std::string key;                 // "services.linear.url", "callers[0].allow"
    std::vector<std::string> values; // one, unless it is a list; none: not set, or a secret
    bool isList = false;
    bool isNumber = false;
    bool isFlag = false;
    std::shared_ptr<const SealedSecret> secret; // null: it is none
    Source source = Source::Default;
    std::string where;                  // "config.yaml:12", a variable, the name of the preset, "default"
    int line = 0;                       // of the file
    std::vector<std::string> variables; // ${...} in its line
    std::size_t rank = 0;               // where its key stands in the table of keys

    [[nodiscard]] bool isSet() const { return secret != nullptr || isList || !values.empty(); }
    [[nodiscard]] bool saysTheSame(const EffectiveSetting& other) const;
};
[[nodiscard]] std::string_view wordOf(EffectiveSetting::Source source);

// The keys that say something else in `after`, are new there or gone; sorted, each once.
[[nodiscard]] std::vector<std::string> changedKeys(const std::vector<EffectiveSetting>& before,
                                                   const std::vector<EffectiveSetting>& after);

} // namespace keybearer
