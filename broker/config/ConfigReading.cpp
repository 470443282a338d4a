#include "broker/config/ConfigReading.h"

#include "broker/base/Text.h"
#include "broker/config/ConfigStoreKeys.h"
#include "broker/config/ConfigText.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace keybearer {

namespace {

constexpr std::size_t textLimit = 8192; // a client secret that is a JWT
constexpr std::size_t wordLimit = 200;  // scopes of one provider

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string kindWord(ConfigNode::Kind kind) {
    switch (kind) {
    case ConfigNode::Kind::Empty:
        return "nothing";
    case ConfigNode::Kind::Text:
        return "a single value";
    case ConfigNode::Kind::List:
        return "a list";
    case ConfigNode::Kind::Map:
        break;
    }
    return "a block of keys";
}

std::vector<std::string> textsOf(const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::List)
        return {node.text};
    std::vector<std::string> out;
    for (const ConfigNode& item : node.items)
        out.push_back(item.text);
    return out;
}

} // namespace

Result<Config> ConfigReading::read(const ConfigNode& root) {
    if (root.kind != ConfigNode::Kind::Empty && root.kind != ConfigNode::Kind::Map)
        return fault(root, {}, "the file must be a block of keys, for example store: {backend: keychain}");
    if (Result<void> done = readMap(root, {}, {}); !done)
        return failure(done.error());
    if (Result<void> checked = checkPreset(root); !checked)
        return failure(checked.error());
    if (Result<void> checked = checkStoreKey(root); !checked)
        return failure(checked.error());
    noteUnset();
    return std::move(config_);
}

// Which key opens the store is said in full or not at all: nothing is guessed here.
Result<void> ConfigReading::checkStoreKey(const ConfigNode& root) const {
    if (const StoreFault wrong = storeFault(config_); !wrong.key.empty())
        return fault(root, wrong.key, wrong.sentence);
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
    return fault(root, "store.key",
                 "is missing: the preset headless keeps sessions in a sealed file; write key: key_file, key: "
                 "credential or key: passphrase, or choose another store.backend");
}

// What this setting says, for people who ask.
void ConfigReading::note(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                         const ConfigValue& value) {
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
    setting.where = whereOf(node);
    setting.line = setting.source == Source::File ? node.keyLine : 0;
    if (setting.source == Source::File) {
        addVariables(node.text, setting.variables);
        for (const ConfigNode& item : node.items)
            addVariables(item.text, setting.variables);
    }
    config_.settings.push_back(std::move(setting));
}

// Every setting is there, also those that nobody has said anything about.
void ConfigReading::noteUnset() {
    const std::vector<KeyRule>& rules = configKeys();
    std::vector<bool> there(rules.size(), false);
    for (const EffectiveSetting& setting : config_.settings)
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
        config_.settings.push_back(std::move(setting));
    }
    std::stable_sort(config_.settings.begin(), config_.settings.end(),
                     [](const EffectiveSetting& a, const EffectiveSetting& b) { return a.rank < b.rank; });
}

Result<void> ConfigReading::readMap(const ConfigNode& node, const std::string& path,
                                    const std::string& shown) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const std::string& key = node.keys[i];
        std::string keyShown = shown.empty() ? shown : shown + ".";
        keyShown += displaySafe(key, 60);
        // A path, as the table of keys writes them, is no key.
        if (key.find_first_of(".*[") != std::string::npos)
            return fault(node.items[i], keyShown,
                         "unknown key; a key has no dots: what stands behind one goes below it, indented");
        const KeyRule* rule = findKey(path.empty() ? key : path + "." + key);
        if (rule == nullptr)
            return fault(node.items[i], keyShown, "unknown key", nearest(key, keysBelow(path)));
        if (!rule->available)
            return fault(node.items[i], keyShown, "not available in this version; remove it");
        if (Result<void> done = readKey(node.items[i], *rule, keyShown); !done)
            return done;
    }
    return {};
}

Result<void> ConfigReading::readKey(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    switch (rule.kind) {
    case KeyKind::Section:
        if (node.kind != ConfigNode::Kind::Map && node.kind != ConfigNode::Kind::Empty)
            return wrongKind(node, rule, shown);
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
        return readList(node, rule, shown);
    case KeyKind::Variables:
        return readVariables(node, rule, shown);
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
    return readText(node, rule, shown);
}

void ConfigReading::begin(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                          const std::string& name) {
    if (rule.set == nullptr)
        return;
    ConfigValue value;
    value.text = name;
    value.key = shown;
    value.where = whereOf(node);
    rule.set(config_, value);
}

Result<void> ConfigReading::readEntries(const ConfigNode& node, const KeyRule& rule,
                                        const std::string& shown) {
    if (node.kind != ConfigNode::Kind::Map && node.kind != ConfigNode::Kind::Empty)
        return wrongKind(node, rule, shown);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& entry = node.items[i];
        const std::string entryShown = shown + "." + displaySafe(node.keys[i], 60);
        if (rule.kind == KeyKind::ToolEntries && !isToolName(node.keys[i]))
            return fault(entry, entryShown, "is no name that a tool can have");
        if (rule.kind == KeyKind::Entries && !isProviderName(node.keys[i]))
            return fault(entry, entryShown,
                         "a name has lower-case letters, digits, dots, dashes and underscores only");
        if (entry.kind != ConfigNode::Kind::Map && entry.kind != ConfigNode::Kind::Empty)
            return wrongKind(entry, rule, entryShown);
        begin(entry, rule, entryShown, node.keys[i]);
        if (Result<void> done = readMap(entry, std::string(rule.path) + ".*", entryShown); !done)
            return done;
        const std::string problem = rule.problem != nullptr ? rule.problem(config_) : std::string();
        if (!problem.empty())
            return fault(entry, entryShown, problem);
    }
    return {};
}

Result<void> ConfigReading::readItems(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    if (node.kind != ConfigNode::Kind::List && node.kind != ConfigNode::Kind::Empty)
        return wrongKind(node, rule, shown);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& item = node.items[i];
        const std::string itemShown = shown + "[" + std::to_string(i) + "]";
        if (item.kind != ConfigNode::Kind::Map)
            return wrongKind(item, rule, itemShown);
        begin(item, rule, itemShown, {});
        if (Result<void> done = readMap(item, std::string(rule.path) + "[]", itemShown); !done)
            return done;
        const std::string problem = rule.problem != nullptr ? rule.problem(config_) : std::string();
        if (!problem.empty())
            return fault(item, itemShown, problem);
    }
    return {};
}

Result<void> ConfigReading::readList(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    if (node.kind != ConfigNode::Kind::List || node.items.size() > wordLimit)
        return wrongKind(node, rule, shown);
    ConfigValue value;
    for (const ConfigNode& item : node.items) {
        if (item.kind != ConfigNode::Kind::Text)
            return wrongKind(item, rule, shown);
        Result<std::string> word = textOf(item, shown);
        if (!word)
            return failure(word.error());
        if (Result<void> checked = checkWord(item, rule, shown, *word); !checked)
            return checked;
        if (rule.kind == KeyKind::Command || !contains(value.words, *word))
            value.words.push_back(std::move(*word));
    }
    if (rule.kind == KeyKind::Command && (value.words.empty() || value.words.front().front() != '/'))
        return fault(node, shown,
                     "must begin with the absolute path of a program; write for example " +
                         std::string(rule.example));
    note(node, rule, shown, value);
    rule.set(config_, value);
    return {};
}

// VARIABLE: SELECTOR, as keybearer run --env takes them.
Result<void> ConfigReading::readVariables(const ConfigNode& node, const KeyRule& rule,
                                          const std::string& shown) {
    if (node.kind != ConfigNode::Kind::Map || node.items.size() > wordLimit)
        return wrongKind(node, rule, shown);
    ConfigValue value;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& item = node.items[i];
        const std::string itemShown = shown + "." + displaySafe(node.keys[i], 60);
        if (!isVariableName(node.keys[i]))
            return fault(item, itemShown, "is no name of an environment variable");
        if (item.kind != ConfigNode::Kind::Text)
            return wrongKind(item, rule, itemShown);
        Result<std::string> word = textOf(item, itemShown);
        if (!word)
            return failure(word.error());
        if (Result<void> checked = checkWord(item, rule, itemShown, *word); !checked)
            return checked;
        value.words.push_back(node.keys[i] + "=" + *word);
    }
    note(node, rule, shown, value);
    rule.set(config_, value);
    return {};
}

Result<void> ConfigReading::readText(const ConfigNode& node, const KeyRule& rule, const std::string& shown) {
    if (node.kind != ConfigNode::Kind::Text)
        return wrongKind(node, rule, shown);
    Result<std::string> text = textOf(node, shown);
    if (!text)
        return failure(text.error());
    if (rule.kind == KeyKind::Number)
        return readNumber(node, rule, shown, *text);
    if (rule.kind == KeyKind::Secret || rule.kind == KeyKind::Proxy)
        return readSecret(node, rule, shown, *text);
    if (Result<void> checked = checkWord(node, rule, shown, *text); !checked)
        return checked;
    ConfigValue value;
    value.text = std::move(*text);
    value.number = value.text == "true" ? 1 : 0;
    value.where = whereOf(node);
    if (rule.kind == KeyKind::Program) {
        Result<std::string> program = programOf(node, shown, value.text);
        if (!program)
            return failure(program.error());
        value.text = std::move(*program);
    }
    if (rule.kind == KeyKind::File)
        value.text = beside(value.text).string();
    note(node, rule, shown, value);
    rule.set(config_, value);
    return {};
}

Result<void> ConfigReading::readNumber(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                                       const std::string& text) {
    ConfigValue value;
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, value.number);
    if (problem != std::errc() || stopped != end || value.number < rule.least || value.number > rule.most)
        return fault(node, shown,
                     "must be a whole number from " + std::to_string(rule.least) + " to " +
                         std::to_string(rule.most));
    note(node, rule, shown, value);
    rule.set(config_, value);
    return {};
}

Result<void> ConfigReading::readSecret(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                                       std::string& text) {
    ConfigValue value;
    const std::string wrongProxy = rule.kind == KeyKind::Proxy ? proxyProblem(text) : std::string();
    const bool usable =
        !text.empty() && text.size() <= textLimit && isVisibleAscii(text) && wrongProxy.empty();
    if (usable)
        value.secret = std::make_shared<const SealedSecret>(Secret::takeFrom(text));
    wipe(text);
    if (!usable)
        return fault(node, shown, wrongProxy.empty() ? "must be printable ASCII and not empty" : wrongProxy);
    note(node, rule, shown, value);
    rule.set(config_, value);
    return {};
}

Result<std::string> ConfigReading::textOf(const ConfigNode& node, const std::string& shown) const {
    if (!node.variable.empty() || !node.layer.empty())
        return node.text;
    tl::expected<std::string, std::string> text = expandVariables(node.text, environment_);
    if (!text)
        return fault(node, shown, text.error());
    return std::move(*text);
}

Result<void> ConfigReading::checkWord(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                                      const std::string& word) const {
    // As it is written: what stands in a variable may be a secret that was meant for another key.
    const std::string quoted = std::string("\"").append(displaySafe(node.text, 60)).append("\"");
    if (word.empty())
        return fault(node, shown, "is empty");
    if (!rule.choices.empty()) {
        if (contains(rule.later, word))
            return fault(node, shown,
                         quoted + " is not available in this version; use " + join(rule.choices, " or "));
        if (!contains(rule.choices, word))
            return fault(node, shown, quoted + " is none of " + join(rule.choices, ", "),
                         nearest(word, rule.choices));
        return {};
    }
    if (rule.kind == KeyKind::Address || rule.kind == KeyKind::Issuer) {
        const std::string problem = addressProblem(word, rule.kind == KeyKind::Issuer, word == node.text);
        return problem.empty() ? Result<void>() : fault(node, shown, problem);
    }
    if (rule.kind == KeyKind::Scopes && !isScope(word))
        return fault(node, shown, quoted + " is not one scope; scopes have no spaces, quotes or backslashes");
    if ((rule.kind == KeyKind::Names || rule.kind == KeyKind::ProviderName) && !isProviderName(word))
        return fault(node, shown, quoted + " is not the name of a provider");
    if (rule.kind == KeyKind::Origins && !isOrigin(word))
        return fault(node, shown,
                     quoted + " is no origin of a web page; write for example http://localhost:6274");
    if ((rule.kind == KeyKind::Selectors || rule.kind == KeyKind::Variables) && !isSelector(word))
        return fault(node, shown, quoted + " is neither PROVIDER, PROVIDER:ACCOUNT nor apikey:NAME");
    if (rule.kind == KeyKind::Command && (!isValidUtf8(word) || word.size() > textLimit))
        return fault(node, shown, "must be UTF-8");
    if (rule.kind == KeyKind::Flag && word != "true" && word != "false")
        return fault(node, shown, "must be true or false");
    if (rule.kind == KeyKind::Hosts && !isProxyException(word))
        return fault(node, shown,
                     quoted + " is no host name, address or network; write for example .example.com");
    if (rule.kind == KeyKind::Domain && !isDomain(word))
        return fault(node, shown, quoted + " is no host name; write for example login.example.com");
    if (rule.kind == KeyKind::File && (!isValidUtf8(word) || word.size() > textLimit))
        return fault(node, shown, "must be the path of a file");
    if (rule.kind == KeyKind::Label && !isLabel(word))
        return fault(node, shown, "must be one line of at most 256 printable characters");
    if (rule.kind == KeyKind::Text && (word.size() > textLimit || !isVisibleAscii(word)))
        return fault(node, shown, "must be printable ASCII");
    return {};
}

Result<std::string> ConfigReading::programOf(const ConfigNode& node, const std::string& shown,
                                             const std::string& text) const {
    if (text.find('/') == std::string::npos || !isValidUtf8(text))
        return fault(node, shown,
                     "must be the path of a program, for example /usr/bin/" +
                         (text == node.text && isProviderName(text) ? text : std::string("git")));
    std::error_code failed;
    const std::filesystem::path path = beside(text);
    // The system reports programs by their real path, without links.
    const std::filesystem::path real = std::filesystem::canonical(path, failed);
    return failed ? path.string() : real.string();
}

std::filesystem::path ConfigReading::beside(const std::string& path) const {
    std::error_code failed;
    return (std::filesystem::absolute(file_, failed).parent_path() / path).lexically_normal();
}

tl::unexpected<Error> ConfigReading::fault(const ConfigNode& node, const std::string& shown, std::string what,
                                           std::string nearest) const {
    ConfigFault fault;
    fault.file = file_;
    fault.line = node.variable.empty() && node.layer.empty() ? node.keyLine : 0;
    fault.variable = node.variable;
    fault.key = shown;
    fault.what = std::move(what);
    fault.nearest = std::move(nearest);
    return failure(configError(fault));
}

tl::unexpected<Error> ConfigReading::wrongKind(const ConfigNode& node, const KeyRule& rule,
                                               const std::string& shown) const {
    return fault(node, shown,
                 "has " + kindWord(node.kind) + "; write for example " + std::string(rule.example));
}

std::string ConfigReading::whereOf(const ConfigNode& node) const {
    if (!node.layer.empty())
        return node.layer;
    return node.variable.empty() ? file_.filename().string() + ":" + std::to_string(node.keyLine)
                                 : node.variable;
}

} // namespace keybearer
