#include "broker/config/ConfigReading.h"

#include "broker/base/Text.h"
#include "broker/config/ConfigStoreKeys.h"
#include "broker/config/SettingNotes.h"

#include <algorithm>

namespace keybearer {

Result<Config> ConfigReading::read(const ConfigNode& root) {
    if (root.kind != ConfigNode::Kind::Empty && root.kind != ConfigNode::Kind::Map)
        return place_.fault(root, {},
                            "the file must be a block of keys, for example store: {backend: keychain}");
    if (Result<void> done = readMap(root, {}, {}); !done)
        return failure(done.error());
    if (Result<void> checked = checkPreset(root); !checked)
        return failure(checked.error());
    if (Result<void> checked = checkStoreKey(root); !checked)
        return failure(checked.error());
    addUnset(config_.settings);
    return std::move(config_);
}

// Which key opens the store is said in full or not at all: nothing is guessed here.
Result<void> ConfigReading::checkStoreKey(const ConfigNode& root) const {
    if (const StoreFault wrong = storeFault(config_); !wrong.key.empty())
        return place_.fault(root, wrong.key, wrong.sentence);
    return {};
}

// Where sessions lie without anybody to open a keychain is not chosen silently either.
Result<void> ConfigReading::checkPreset(const ConfigNode& root) const {
    if (config_.preset != "headless" || config_.store != StoreBackend::File)
        return {};
    const auto said = [&](const EffectiveSetting& setting) {
        return setting.key == "store.key" && setting.source != EffectiveSetting::Source::Default;
    };
    if (std::any_of(config_.settings.begin(), config_.settings.end(), said))
        return {};
    return place_.fault(
        root, "store.key",
        "is missing: the preset headless keeps sessions in a sealed file; write key: key_file, key: "
        "credential or key: passphrase, or choose another store.backend");
}

Result<void> ConfigReading::readMap(const ConfigNode& node, const std::string& path,
                                    const std::string& shown) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const std::string& key = node.keys[i];
        std::string keyShown = shown.empty() ? shown : shown + ".";
        keyShown += displaySafe(key, 60);
        // A path, as the table of keys writes them, is no key.
        if (key.find_first_of(".*[") != std::string::npos)
            return place_.fault(
                node.items[i], keyShown,
                "unknown key; a key has no dots: what stands behind one goes below it, indented");
        std::string whole = path.empty() ? path : path + ".";
        whole += key;
        const KeyRule* rule = findKey(whole);
        if (rule == nullptr)
            return place_.fault(node.items[i], keyShown, "unknown key", nearest(key, keysBelow(path)));
        if (!rule->available)
            return place_.fault(node.items[i], keyShown, "not available in this version; remove it");
        if (Result<void> done = readKey(node.items[i], *rule, keyShown); !done)
            return done;
    }
    return {};
}

Result<void> ConfigReading::readKey(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    switch (rule.kind) {
    case KeyKind::Section:
        if (node.kind != ConfigNode::Kind::Map && node.kind != ConfigNode::Kind::Empty)
            return place_.wrongKind(node, rule, shown);
        begin(node, rule, shown, {});
        return readMap(node, std::string(rule.path), shown);
    case KeyKind::Entries:
    case KeyKind::ToolEntries:
        return readEntries(node, rule, shown);
    case KeyKind::Items:
        return readItems(node, rule, shown);
    case KeyKind::Choices:
    case KeyKind::Scopes:
    case KeyKind::Names:
    case KeyKind::Hosts:
    case KeyKind::Selectors:
    case KeyKind::Command:
    case KeyKind::Origins:
        return take(values_.list(node, rule, shown), node, rule, shown);
    case KeyKind::Variables:
        return take(values_.variables(node, rule, shown), node, rule, shown);
    case KeyKind::Text:
    case KeyKind::Label:
    case KeyKind::ProviderName:
    case KeyKind::Secret:
    case KeyKind::Address:
    case KeyKind::Issuer:
    case KeyKind::Choice:
    case KeyKind::Number:
    case KeyKind::Flag:
    case KeyKind::Program:
    case KeyKind::File:
    case KeyKind::Proxy:
    case KeyKind::Domain:
        break;
    }
    return take(values_.text(node, rule, shown), node, rule, shown);
}

void ConfigReading::begin(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                          const std::string& name) {
    if (rule.set == nullptr)
        return;
    ConfigValue value;
    value.text = name;
    value.key = shown;
    value.where = place_.whereOf(node);
    rule.set(config_, value);
}

Result<void> ConfigReading::take(Result<ConfigValue> value, const ConfigNode& node, const KeyRule& rule,
                                 const std::string& shown) {
    if (!value)
        return failure(std::move(value.error()));
    config_.settings.push_back(settingOf(node, rule, shown, *value, place_));
    rule.set(config_, *value);
    return {};
}

Result<void> ConfigReading::readEntries(const ConfigNode& node, const KeyRule& rule,
                                        const std::string& shown) {
    if (node.kind != ConfigNode::Kind::Map && node.kind != ConfigNode::Kind::Empty)
        return place_.wrongKind(node, rule, shown);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& entry = node.items[i];
        const std::string entryShown = shown + "." + displaySafe(node.keys[i], 60);
        if (rule.kind == KeyKind::ToolEntries && !isToolName(node.keys[i]))
            return place_.fault(entry, entryShown, "is no name that a tool can have");
        if (rule.kind == KeyKind::Entries && !isProviderName(node.keys[i]))
            return place_.fault(entry, entryShown,
                                "a name has lower-case letters, digits, dots, dashes and underscores only");
        if (entry.kind != ConfigNode::Kind::Map && entry.kind != ConfigNode::Kind::Empty)
            return place_.wrongKind(entry, rule, entryShown);
        begin(entry, rule, entryShown, node.keys[i]);
        if (Result<void> done = readMap(entry, std::string(rule.path) + ".*", entryShown); !done)
            return done;
        const std::string problem = rule.problem != nullptr ? rule.problem(config_) : std::string();
        if (!problem.empty())
            return place_.fault(entry, entryShown, problem);
    }
    return {};
}

Result<void> ConfigReading::readItems(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    if (node.kind != ConfigNode::Kind::List && node.kind != ConfigNode::Kind::Empty)
        return place_.wrongKind(node, rule, shown);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& item = node.items[i];
        const std::string itemShown = shown + "[" + std::to_string(i) + "]";
        if (item.kind != ConfigNode::Kind::Map)
            return place_.wrongKind(item, rule, itemShown);
        begin(item, rule, itemShown, {});
        if (Result<void> done = readMap(item, std::string(rule.path) + "[]", itemShown); !done)
            return done;
        const std::string problem = rule.problem != nullptr ? rule.problem(config_) : std::string();
        if (!problem.empty())
            return place_.fault(item, itemShown, problem);
    }
    return {};
}

} // namespace keybearer
