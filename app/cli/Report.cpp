#include "app/cli/Report.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

// Sections of config.yaml whose keys are names that a person chose.
constexpr std::array named{"providers",    "services", "profiles", "service_overrides",
                           "capabilities", "tools",    "headers",  "env"};
// Values that say nothing about anybody.
constexpr std::array plainValues{"true",
                                 "false",
                                 "null",
                                 "keychain",
                                 "file",
                                 "memory",
                                 "redis",
                                 "vault",
                                 "ask",
                                 "trusting",
                                 "locked",
                                 "simple",
                                 "advanced",
                                 "rules",
                                 "oauth",
                                 "device_code",
                                 "api_key",
                                 "service_account",
                                 "browser",
                                 "device",
                                 "paste",
                                 "auto",
                                 "none",
                                 "client_secret_basic",
                                 "client_secret_post",
                                 "private_key_jwt",
                                 "tls_client_auth",
                                 "passphrase",
                                 "key_file",
                                 "credential",
                                 "warn",
                                 "block",
                                 "off",
                                 "on",
                                 "yes",
                                 "no"};
// Of a row of the audit log: what is no name.
constexpr std::array keptFields{"sequence",   "seq",          "timestamp", "at",      "time",
                                "event_type", "kind",         "result",    "outcome", "action",
                                "latency",    "caller_class", "level"};

template <typename Words>
bool isAmong(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

bool isNumber(std::string_view text) {
    constexpr std::size_t longestNumber = 9; // a port, a count, seconds
    return !text.empty() && text.size() <= longestNumber &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string maskedValue(std::string_view value) {
    value = trimmed(value);
    return value.empty() || isNumber(value) || isAmong(plainValues, value) ? std::string(value) : "***";
}

struct ConfigLine {
    std::size_t indent = 0;
    std::string_view dash; // "- " of an item of a list
    std::string_view key;  // empty: none that can be told
    std::string_view value;
};

ConfigLine taken(std::string_view text) {
    ConfigLine line;
    line.indent = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(line.indent);
    if (text.starts_with("- ")) {
        line.dash = "- ";
        text.remove_prefix(2);
        line.indent += 2;
    }
    const std::size_t colon = text.find(':');
    const std::string_view key = text.substr(0, colon);
    const bool isKey = colon != std::string_view::npos && !key.empty() &&
                       key.find_first_of(" \"'{}[],#&*!|>") == std::string_view::npos &&
                       (colon + 1 == text.size() || text[colon + 1] == ' ');
    if (isKey)
        line.key = key;
    line.value = isKey ? text.substr(colon + 1) : text;
    return line;
}

// Which keys are names: those one step inside a section of `named`.
class Sections {
public:
    // True if the line's key is a name.
    bool enter(const ConfigLine& line) {
        while (!open_.empty() && open_.back().indent >= line.indent)
            open_.pop_back();
        const bool isName = !open_.empty() && open_.back().named;
        open_.push_back({line.indent, !isName && isAmong(named, line.key)});
        return isName;
    }

private:
    struct Open {
        std::size_t indent;
        bool named;
    };
    std::vector<Open> open_;
};

template <typename Do>
void eachLine(std::string_view text, Do act) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        act(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string kindOf(const std::string& field) {
    if (field == "caller" || field == "program" || field == "executable")
        return "program";
    if (field == "session_id" || field == "provider" || field == "account" || field == "client_id" ||
        field == "tool")
        return field.substr(0, field.find('_'));
    return {};
}

} // namespace

void knowNamesIn(const std::string& config, Pseudonyms& names) {
    Sections sections;
    eachLine(config, [&](std::string_view text) {
        const ConfigLine line = taken(text);
        if (!line.key.empty() && sections.enter(line))
            names.know("name", std::string(line.key));
    });
}

std::vector<std::string> maskedConfig(const std::string& config, Pseudonyms& names) {
    std::vector<std::string> out;
    Sections sections;
    eachLine(config, [&](std::string_view text) {
        const std::string_view bare = trimmed(text);
        if (bare.empty() || bare.front() == '#')
            return;
        const ConfigLine line = taken(text);
        std::string shown(line.indent - line.dash.size(), ' ');
        shown.append(line.dash);
        if (line.key.empty()) {
            out.push_back(shown.append("***")); // a list, a block of text, or JSON
            return;
        }
        const bool isName = sections.enter(line);
        shown.append(isName ? names.of("name", std::string(line.key)) : names.hide(line.key));
        const std::string value = maskedValue(line.value);
        out.push_back(shown.append(value.empty() ? ":" : ": ").append(value));
    });
    return out;
}

Json auditRowFor(const Json& row, Pseudonyms& names) {
    Json out = Json::object();
    for (const auto& [field, value] : row.items()) {
        if (!value.is_string()) {
            if (value.is_number() || value.is_boolean())
                out[field] = value;
            continue;
        }
        const auto& text = value.get_ref<const std::string&>();
        const std::string kind = kindOf(field);
        if (text.empty())
            continue;
        if (isAmong(keptFields, field))
            out[field] = displaySafe(text, 64);
        else if (!kind.empty())
            out[field] = names.of(kind, text);
        else
            out[field] = names.hide(std::string_view(text));
    }
    return out;
}

Json report(const ReportMatter& matter, Pseudonyms& names) {
    Json findings = Json::array();
    for (const Finding& finding : matter.findings)
        findings.push_back(names.hide(toJson(finding)));
    Json config = Json::array();
    for (const std::string& line : maskedConfig(matter.config, names))
        config.push_back(line);
    Json rows = Json::array();
    for (const Json& row : matter.auditRows)
        rows.push_back(auditRowFor(row, names));
    Json log = Json::array();
    eachLine(matter.log, [&](std::string_view line) { log.push_back(names.hide(line)); });
    return Json{{"report", 1},
                {"platform", matter.platform},
                {"findings", std::move(findings)},
                {"config", std::move(config)},
                {"health", names.hide(matter.health)},
                {"metrics", names.hide(matter.metrics)},
                {"audit", std::move(rows)},
                {"log", std::move(log)}};
}

} // namespace keybearer
