#include "broker/config/EffectiveSetting.h"

#include <map>
#include <set>

namespace keybearer {

bool EffectiveSetting::saysTheSame(const EffectiveSetting& other) const {
    if (values != other.values || isList != other.isList || (secret == nullptr) != (other.secret == nullptr))
        return false;
    return secret == nullptr || secret->open().equals(other.secret->open().reveal());
}

std::string_view wordOf(EffectiveSetting::Source source) {
    switch (source) {
    case EffectiveSetting::Source::Preset:
        return "preset";
    case EffectiveSetting::Source::File:
        return "file";
    case EffectiveSetting::Source::Environment:
        return "environment";
    case EffectiveSetting::Source::Default:
        break;
    }
    return "default";
}

std::vector<std::string> changedKeys(const std::vector<EffectiveSetting>& before,
                                     const std::vector<EffectiveSetting>& after) {
    std::map<std::string_view, const EffectiveSetting*> old;
    for (const EffectiveSetting& setting : before)
        old.emplace(setting.key, &setting);
    std::set<std::string> changed;
    for (const EffectiveSetting& setting : after) {
        const auto found = old.find(setting.key);
        if (found == old.end() ? setting.isSet() : !found->second->saysTheSame(setting))
            changed.insert(setting.key);
        if (found != old.end())
            old.erase(found);
    }
    for (const auto& [key, setting] : old) {
        if (setting->isSet())
            changed.emplace(key);
    }
    return {changed.begin(), changed.end()};
}

} // namespace keybearer
