#pragma once

#include "broker/base/Result.h"
#include "broker/config/tree/ConfigTree.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// What holds where neither the file nor the environment says anything: the preset that was chosen, and below
// it what is usual. Constants and pure functions.
namespace keybearer {

struct LayerValue {
    std::string_view key; // "access.mode"
    std::string_view value;
};

// The usual value of every key that has one. The one place that knows them: the reader is fed from here, and
// docs/config.schema.json is held against it.
[[nodiscard]] std::span<const LayerValue> usualValues();

// A named set of usual values for one way to live: local (a desktop) or headless (a machine without a
// screen).
struct ConfigPreset {
    std::string_view name;
    std::string_view meaning; // one sentence
    std::span<const LayerValue> values;
};
[[nodiscard]] std::span<const ConfigPreset> configPresets();

// Lays them below what the tree says: `preset` over usualValues(). A key that is there stays as it is, and so
// does a section that is written as something else than a block.
void applyLayers(ConfigNode& root, std::string_view preset);

} // namespace keybearer
