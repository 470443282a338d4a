#include "app/cli/ConfigSettings.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace keybearer {

namespace {

constexpr std::size_t longestNumber = 15; // digits

constexpr std::array keys{
    ConfigKey{"access", "mode", "ask|trusting|locked", "ask", "How programs get access."},
    ConfigKey{"access", "end_on_lock", "switch", "true",
              "Whether a locked screen ends what was allowed for a session."},
    ConfigKey{"signin", "wait_seconds", "number", "45", "How long a call waits for a sign-in."},
    ConfigKey{"refresh", "threshold_seconds", "number", "300",
              "How long before its end a token is renewed at the latest."},
    ConfigKey{"refresh", "max_backoff_seconds", "number", "900",
              "The longest pause between two tries to renew one."},
    ConfigKey{"audit", "retention_days", "number", "90", "For how long the audit log is kept."},
    ConfigKey{"gateway", "enabled", "switch", "false", "Whether the gateway is opened at the start."},
    ConfigKey{"gateway", "port", "number", "0", "Its port; 0: one that is free."},
    ConfigKey{"gateway", "pins", "off|warn|hold", "warn", "What happens to a tool that has changed."},
};

bool isNumber(const std::string& text) {
    return !text.empty() && text.size() <= longestNumber &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool isOneOf(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find('|'), words.size());
        if (words.substr(0, end) == word)
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

std::string wordsOf(std::string_view kind) {
    std::string out(kind);
    for (std::size_t bar = out.find('|'); bar != std::string::npos; bar = out.find('|', bar))
        out.replace(bar, 1, ", ");
    return out;
}

} // namespace

std::span<const ConfigKey> configKeys() {
    return keys;
}

Result<const ConfigKey*> findConfigKey(const std::string& name) {
    std::vector<std::string> names;
    for (const ConfigKey& key : keys) {
        if (key.name() == name)
            return &key;
        names.push_back(key.name());
    }
    Error error(ErrorCode::NotFound, "there is no setting " + displaySafe(name, 64) + " that is changed here",
                "See what there is with: keybearer config show; all else with: keybearer config edit");
    if (std::string meant = nearest(name, names); !meant.empty())
        error.details.emplace_back("did_you_mean", std::move(meant));
    return failure(std::move(error));
}

Result<std::string> configValue(const ConfigKey& key, const std::string& value) {
    if (key.kind == "number") {
        if (isNumber(value))
            return value;
        return failure(ErrorCode::InvalidParams, key.name() + " takes a whole number");
    }
    if (key.kind == "switch") {
        if (isOneOf("true|on|yes", value))
            return std::string("true");
        if (isOneOf("false|off|no", value))
            return std::string("false");
        return failure(ErrorCode::InvalidParams, key.name() + " takes true or false");
    }
    if (!isOneOf(key.kind, value))
        return failure(ErrorCode::InvalidParams, key.name() + " takes one of " + wordsOf(key.kind));
    return value == "off" ? std::string("\"off\"") : value; // which YAML reads as false
}

std::string variableOf(const ConfigKey& key) {
    std::string out = std::string("KEYBEARER_").append(key.section).append("_").append(key.key);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

} // namespace keybearer
