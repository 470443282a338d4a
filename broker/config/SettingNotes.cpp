#include "broker/config/SettingNotes.h"

#include "broker/config/ConfigText.h"

#include <algorithm>

namespace keybearer {

namespace {

std::vector<std::string> textsOf(const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::List)
        return {node.text};
    std::vector<std::string> out;
    for (const ConfigNode& item : node.items)
        out.push_back(item.text);
    return out;
}

} // namespace

EffectiveSetting settingOf(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                           const ConfigValue& value, const ConfigPlace& place) {
    using Source = EffectiveSetting::Source;
    EffectiveSetting setting;
    setting.key = shown;
    setting.rank = static_cast<std::size_t>(&rule - configKeys().data());
    setting.secret = value.secret;
    setting.isNumber = rule.kind == KeyKind::Number;
    setting.isFlag = rule.kind == KeyKind::Flag;
    setting.isList = node.kind != ConfigNode::Kind::Text;
    if (rule.kind == KeyKind::Command) // as it stands there: a variable in it may be what nobody should read
        setting.values = textsOf(node);
    else if (setting.isList)
        setting.values = value.words;
    else if (setting.isNumber)
        setting.values = {std::to_string(value.number)};
    else if (value.secret == nullptr)
        setting.values = {value.text};
    setting.source = !node.variable.empty()    ? Source::Environment
                     : node.layer.empty()      ? Source::File
                     : node.layer == "default" ? Source::Default
                                               : Source::Preset;
    setting.where = place.whereOf(node);
    setting.line = setting.source == Source::File ? node.keyLine : 0;
    if (setting.source == Source::File) {
        addVariables(node.text, setting.variables);
        for (const ConfigNode& item : node.items)
            addVariables(item.text, setting.variables);
    }
    return setting;
}

void addUnset(std::vector<EffectiveSetting>& settings) {
    const std::vector<KeyRule>& rules = configKeys();
    std::vector<bool> there(rules.size(), false);
    for (const EffectiveSetting& setting : settings)
        there[setting.rank] = true;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const bool holds = rules[i].kind != KeyKind::Section && rules[i].kind != KeyKind::Entries &&
                           rules[i].kind != KeyKind::ToolEntries && rules[i].kind != KeyKind::Items;
        if (there[i] || !holds || !rules[i].available ||
            rules[i].path.find_first_of("*[") != std::string_view::npos)
            continue;
        EffectiveSetting setting;
        setting.key = rules[i].path;
        setting.where = "default";
        setting.rank = i;
        settings.push_back(std::move(setting));
    }
    std::stable_sort(settings.begin(), settings.end(),
                     [](const EffectiveSetting& a, const EffectiveSetting& b) { return a.rank < b.rank; });
}

} // namespace keybearer
