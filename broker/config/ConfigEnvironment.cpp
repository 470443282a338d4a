#include "broker/config/ConfigEnvironment.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/config/ConfigKeys.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::string_view prefix = "KEYBEARER_";
constexpr std::string_view providersPrefix = "providers_";

// Variables of their own meaning, read elsewhere.
constexpr std::array<std::string_view, 9> reserved = {
    "KEYBEARER_HOME",          "KEYBEARER_CONFIG", "KEYBEARER_SOCKET",
    "KEYBEARER_CLIENT_KEY",    "KEYBEARER_LOG",    "KEYBEARER_FAULT_POINT",
    "KEYBEARER_PROVIDERS_DIR", "KEYBEARER_FD",     "KEYBEARER_CAPABILITY"};

std::string flat(std::string_view path) {
    std::string out(path);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::vector<std::string> splitPath(std::string_view path) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos)
            return parts;
        path.remove_prefix(dot + 1);
    }
}

struct Target {
    const KeyRule* rule = nullptr;
    std::vector<std::string> path;
};

ConfigNode* nodeAt(ConfigNode& root, const std::vector<std::string>& path) {
    ConfigNode* at = &root;
    for (const std::string& part : path) {
        at = at->find(part);
        if (at == nullptr)
            return nullptr;
    }
    return at;
}

// The file's own spelling of an entry: my-corp for MY_CORP.
std::string entryName(ConfigNode& root, const std::vector<std::string>& section, const std::string& spelled) {
    if (const ConfigNode* entries = nodeAt(root, section); entries != nullptr) {
        for (const std::string& name : entries->keys) {
            if (flat(lowered(name)) == spelled)
                return name;
        }
    }
    return spelled;
}

// A key of one entry: `section` is "providers", `rest` what stands behind it, "github_client_id".
Target entryTarget(ConfigNode& root, std::string_view section, const std::string& rest) {
    const std::string below = std::string(section).append(".*.");
    Target best;
    for (const KeyRule& rule : configKeys()) {
        if (rule.path.substr(0, below.size()) != below)
            continue;
        const std::string suffix = std::string("_").append(flat(rule.path.substr(below.size())));
        if (rest.size() <= suffix.size() ||
            rest.compare(rest.size() - suffix.size(), suffix.size(), suffix) != 0)
            continue;
        if (best.rule != nullptr && best.rule->path.size() > rule.path.size())
            continue; // the longer key wins: TOKEN_ENDPOINT before a key called ENDPOINT
        best.rule = &rule;
        best.path = splitPath(section);
        best.path.push_back(entryName(root, best.path, rest.substr(0, rest.size() - suffix.size())));
        for (std::string& part : splitPath(rule.path.substr(below.size())))
            best.path.push_back(std::move(part));
    }
    return best;
}

Target targetOf(ConfigNode& root, const std::string& name) {
    for (const KeyRule& rule : configKeys()) {
        if (rule.path.find_first_of("*[") == std::string_view::npos && flat(rule.path) == name)
            return {&rule, splitPath(rule.path)};
    }
    for (const KeyRule& rule : configKeys()) {
        const std::string section = flat(rule.path).append("_");
        if ((rule.kind != KeyKind::Entries && rule.kind != KeyKind::ToolEntries) ||
            name.compare(0, section.size(), section) != 0)
            continue;
        if (Target target = entryTarget(root, rule.path, name.substr(section.size())); target.rule != nullptr)
            return target;
    }
    return {};
}

void put(ConfigNode& root, const std::vector<std::string>& path, ConfigNode value) {
    ConfigNode* at = &root;
    for (const std::string& part : path) {
        if (at->kind != ConfigNode::Kind::Map) {
            at->kind = ConfigNode::Kind::Map;
            at->items.clear(); // what stood there was no map; the variable decides
            at->variable = value.variable;
        }
        ConfigNode* next = at->find(part);
        if (next == nullptr) {
            at->keys.push_back(part);
            next = &at->items.emplace_back();
            next->variable = value.variable;
        }
        at = next;
    }
    *at = std::move(value);
}

void blame(ConfigNode& node, const std::string& variable) {
    node.variable = variable;
    for (ConfigNode& item : node.items)
        blame(item, variable);
}

bool isList(KeyKind kind) {
    return kind == KeyKind::Choices || kind == KeyKind::Scopes || kind == KeyKind::Names ||
           kind == KeyKind::Hosts || kind == KeyKind::Origins || kind == KeyKind::Selectors;
}

Result<ConfigNode> nodeOf(const KeyRule& rule, const std::string& variable, const std::string& value) {
    const bool deep = rule.kind == KeyKind::Section || rule.kind == KeyKind::Entries ||
                      rule.kind == KeyKind::ToolEntries || rule.kind == KeyKind::Items ||
                      rule.kind == KeyKind::Variables || rule.kind == KeyKind::Command;
    ConfigNode node;
    if ((deep && rule.available) || (isList(rule.kind) && value.front() == '[')) {
        Result<ConfigNode> read = readConfigTree(value, variable);
        if (!read)
            return read;
        node = std::move(*read);
    } else if (isList(rule.kind)) {
        std::string spaced = value;
        std::replace(spaced.begin(), spaced.end(), ',', ' ');
        node.kind = ConfigNode::Kind::List;
        for (std::string& word : splitWords(spaced)) {
            ConfigNode& item = node.items.emplace_back();
            item.kind = ConfigNode::Kind::Text;
            item.text = std::move(word);
        }
    } else {
        node.kind = ConfigNode::Kind::Text;
        node.text = value;
    }
    blame(node, variable);
    return node;
}

std::string nearestVariable(const std::string& name) {
    std::vector<std::string> candidates;
    for (const KeyRule& rule : configKeys()) {
        if (rule.available && rule.path.find_first_of("*[") == std::string_view::npos)
            candidates.push_back(flat(rule.path));
    }
    const std::string found = nearest(name, candidates);
    return found.empty() ? found : std::string(prefix) + upper(found);
}

// KEYBEARER_PROVIDERS_GITHUB_CLIENTID: the name ends at the first underscore, the rest should have been a
// key.
std::string nearestProviderVariable(const std::string& rest) {
    const std::size_t end = rest.find('_');
    std::vector<std::string> keys;
    for (const std::string& key : keysBelow("providers.*"))
        keys.push_back(key);
    std::string found = end == std::string::npos ? std::string() : nearest(rest.substr(end + 1), keys);
    if (found.empty())
        return found;
    return std::string(prefix) + "PROVIDERS_" + upper(rest.substr(0, end)) + "_" + upper(found);
}

bool isBelowASection(const std::string& name) {
    const std::vector<std::string> sections = keysBelow("");
    return std::any_of(sections.begin(), sections.end(), [&](const std::string& section) {
        return name == section || name.compare(0, section.size() + 1, section + "_") == 0;
    });
}

} // namespace

Result<void> applyEnvironment(ConfigNode& root, const Environment& environment,
                              std::vector<std::string>& warnings) {
    for (auto at = environment.lower_bound(std::string(prefix)); at != environment.end(); ++at) {
        const auto& [variable, value] = *at;
        if (variable.compare(0, prefix.size(), prefix) != 0)
            break;
        if (value.empty() || std::find(reserved.begin(), reserved.end(), variable) != reserved.end())
            continue;
        const std::string name = lowered(variable.substr(prefix.size()));
        const Target target = targetOf(root, name);
        if (target.rule != nullptr) {
            Result<ConfigNode> node = nodeOf(*target.rule, variable, value);
            if (!node)
                return failure(node.error());
            put(root, target.path, std::move(*node));
            continue;
        }
        ConfigFault fault;
        fault.variable = displaySafe(variable);
        fault.what = "names no key of the configuration";
        fault.nearest = name.compare(0, providersPrefix.size(), providersPrefix) == 0
                            ? nearestProviderVariable(name.substr(providersPrefix.size()))
                            : nearestVariable(name);
        if (isBelowASection(name))
            return failure(configError(fault));
        if (!fault.nearest.empty())
            warnings.push_back(configError(fault).message);
    }
    return {};
}

} // namespace keybearer
