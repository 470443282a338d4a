#include "broker/config/ValueReading.h"

#include "broker/base/Text.h"
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

} // namespace

Result<ConfigValue> ValueReading::list(const ConfigNode& node, const KeyRule& rule,
                                       const std::string& shown) const {
    if (node.kind != ConfigNode::Kind::List || node.items.size() > wordLimit)
        return place_.wrongKind(node, rule, shown);
    ConfigValue value;
    for (const ConfigNode& item : node.items) {
        if (item.kind != ConfigNode::Kind::Text)
            return place_.wrongKind(item, rule, shown);
        Result<std::string> word = textOf(item, shown);
        if (!word)
            return failure(word.error());
        if (Result<void> checked = checkWord(item, rule, shown, *word); !checked)
            return failure(checked.error());
        if (rule.kind == KeyKind::Command || !contains(value.words, *word))
            value.words.push_back(std::move(*word));
    }
    if (rule.kind == KeyKind::Command && (value.words.empty() || value.words.front().front() != '/'))
        return place_.fault(node, shown,
                            "must begin with the absolute path of a program; write for example " +
                                std::string(rule.example));
    return value;
}

Result<ConfigValue> ValueReading::variables(const ConfigNode& node, const KeyRule& rule,
                                            const std::string& shown) const {
    if (node.kind != ConfigNode::Kind::Map || node.items.size() > wordLimit)
        return place_.wrongKind(node, rule, shown);
    ConfigValue value;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const ConfigNode& item = node.items[i];
        const std::string itemShown = shown + "." + displaySafe(node.keys[i], 60);
        if (!isVariableName(node.keys[i]))
            return place_.fault(item, itemShown, "is no name of an environment variable");
        if (item.kind != ConfigNode::Kind::Text)
            return place_.wrongKind(item, rule, itemShown);
        Result<std::string> word = textOf(item, itemShown);
        if (!word)
            return failure(word.error());
        if (Result<void> checked = checkWord(item, rule, itemShown, *word); !checked)
            return failure(checked.error());
        value.words.push_back(node.keys[i] + "=" + *word);
    }
    return value;
}

Result<ConfigValue> ValueReading::text(const ConfigNode& node, const KeyRule& rule,
                                       const std::string& shown) const {
    if (node.kind != ConfigNode::Kind::Text)
        return place_.wrongKind(node, rule, shown);
    Result<std::string> text = textOf(node, shown);
    if (!text)
        return failure(text.error());
    if (rule.kind == KeyKind::Number)
        return number(node, rule, shown, *text);
    if (rule.kind == KeyKind::Secret || rule.kind == KeyKind::Proxy)
        return secret(node, rule, shown, *text);
    if (Result<void> checked = checkWord(node, rule, shown, *text); !checked)
        return failure(checked.error());
    ConfigValue value;
    value.text = std::move(*text);
    value.number = value.text == "true" ? 1 : 0;
    value.where = place_.whereOf(node);
    if (rule.kind == KeyKind::Program) {
        Result<std::string> program = programOf(node, shown, value.text);
        if (!program)
            return failure(program.error());
        value.text = std::move(*program);
    }
    if (rule.kind == KeyKind::File)
        value.text = place_.beside(value.text).string();
    return value;
}

Result<ConfigValue> ValueReading::number(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown, const std::string& text) const {
    ConfigValue value;
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, value.number);
    if (problem != std::errc() || stopped != end || value.number < rule.least || value.number > rule.most)
        return place_.fault(node, shown,
                            "must be a whole number from " + std::to_string(rule.least) + " to " +
                                std::to_string(rule.most));
    return value;
}

Result<ConfigValue> ValueReading::secret(const ConfigNode& node, const KeyRule& rule,
                                         const std::string& shown, std::string& text) const {
    ConfigValue value;
    const std::string wrongProxy = rule.kind == KeyKind::Proxy ? proxyProblem(text) : std::string();
    const bool usable =
        !text.empty() && text.size() <= textLimit && isVisibleAscii(text) && wrongProxy.empty();
    if (usable)
        value.secret = std::make_shared<const SealedSecret>(Secret::takeFrom(text));
    wipe(text);
    if (!usable)
        return place_.fault(node, shown,
                            wrongProxy.empty() ? "must be printable ASCII and not empty" : wrongProxy);
    return value;
}

Result<std::string> ValueReading::textOf(const ConfigNode& node, const std::string& shown) const {
    if (!node.variable.empty() || !node.layer.empty())
        return node.text;
    tl::expected<std::string, std::string> text = expandVariables(node.text, environment_);
    if (!text)
        return place_.fault(node, shown, text.error());
    return std::move(*text);
}

Result<void> ValueReading::checkWord(const ConfigNode& node, const KeyRule& rule, const std::string& shown,
                                     const std::string& word) const {
    // As it is written: what stands in a variable may be a secret that was meant for another key.
    const std::string quoted = std::string("\"").append(displaySafe(node.text, 60)).append("\"");
    if (word.empty())
        return place_.fault(node, shown, "is empty");
    if (!rule.choices.empty()) {
        if (contains(rule.later, word))
            return place_.fault(
                node, shown, quoted + " is not available in this version; use " + join(rule.choices, " or "));
        if (!contains(rule.choices, word))
            return place_.fault(node, shown, quoted + " is none of " + join(rule.choices, ", "),
                                nearest(word, rule.choices));
        return {};
    }
    if (rule.kind == KeyKind::Address || rule.kind == KeyKind::Issuer) {
        const std::string problem = addressProblem(word, rule.kind == KeyKind::Issuer, word == node.text);
        return problem.empty() ? Result<void>() : place_.fault(node, shown, problem);
    }
    if (rule.kind == KeyKind::Scopes && !isScope(word))
        return place_.fault(node, shown,
                            quoted + " is not one scope; scopes have no spaces, quotes or backslashes");
    if ((rule.kind == KeyKind::Names || rule.kind == KeyKind::ProviderName) && !isProviderName(word))
        return place_.fault(node, shown, quoted + " is not the name of a provider");
    if (rule.kind == KeyKind::Origins && !isOrigin(word))
        return place_.fault(node, shown,
                            quoted + " is no origin of a web page; write for example http://localhost:6274");
    if ((rule.kind == KeyKind::Selectors || rule.kind == KeyKind::Variables) && !isSelector(word))
        return place_.fault(node, shown, quoted + " is neither PROVIDER, PROVIDER:ACCOUNT nor apikey:NAME");
    if (rule.kind == KeyKind::Command && (!isValidUtf8(word) || word.size() > textLimit))
        return place_.fault(node, shown, "must be UTF-8");
    if (rule.kind == KeyKind::Flag && word != "true" && word != "false")
        return place_.fault(node, shown, "must be true or false");
    if (rule.kind == KeyKind::Hosts && !isProxyException(word))
        return place_.fault(node, shown,
                            quoted + " is no host name, address or network; write for example .example.com");
    if (rule.kind == KeyKind::Domain && !isDomain(word))
        return place_.fault(node, shown, quoted + " is no host name; write for example login.example.com");
    if (rule.kind == KeyKind::File && (!isValidUtf8(word) || word.size() > textLimit))
        return place_.fault(node, shown, "must be the path of a file");
    if (rule.kind == KeyKind::Label && !isLabel(word))
        return place_.fault(node, shown, "must be one line of at most 256 printable characters");
    if (rule.kind == KeyKind::Text && (word.size() > textLimit || !isVisibleAscii(word)))
        return place_.fault(node, shown, "must be printable ASCII");
    return {};
}

Result<std::string> ValueReading::programOf(const ConfigNode& node, const std::string& shown,
                                            const std::string& text) const {
    if (text.find('/') == std::string::npos || !isValidUtf8(text))
        return place_.fault(node, shown,
                            "must be the path of a program, for example /usr/bin/" +
                                (text == node.text && isProviderName(text) ? text : std::string("git")));
    std::error_code failed;
    const std::filesystem::path path = place_.beside(text);
    // The system reports programs by their real path, without links.
    const std::filesystem::path real = std::filesystem::canonical(path, failed);
    return failed ? path.string() : real.string();
}

} // namespace keybearer
