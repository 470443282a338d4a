#pragma once

#include "broker/config/ConfigKeys.h"
#include "broker/config/ConfigPlace.h"
#include "broker/config/EffectiveSetting.h"

#include <string>
#include <vector>

namespace keybearer {

// What a key of the configuration says and who said so, for people who ask.
[[nodiscard]] EffectiveSetting settingOf(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown, const ConfigValue& value,
                                         const ConfigPlace& place);

// Adds the settings that nobody has said anything about, and puts all of them into the order of the keys.
void addUnset(std::vector<EffectiveSetting>& settings);

} // namespace keybearer
