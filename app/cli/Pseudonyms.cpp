#include "app/cli/Pseudonyms.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace keybearer {

namespace {

constexpr std::size_t shortestName = 3;
constexpr std::size_t shortestSecret = 16; // a word of letters and digits; ours have 22 and more
constexpr std::size_t longestText = std::size_t{64} * 1024; // of one value
constexpr const char* hidden = "(hidden)";

// What has a dot and is no host: files, and keys of the configuration.
constexpr std::array endings{"yaml",    "json",    "jsonl",  "sqlite", "sock",  "log", "pid",
                             "lock",    "service", "socket", "md",     "plist", "xml", "conf",
                             "desktop", "h",       "cpp",    "so",     "pem",   "crt"};
constexpr std::array sections{"access", "agent",  "audit",   "auth",      "consent", "gateway", "network",
                              "policy", "pins",   "refresh", "services",  "signin",  "store",   "callers",
                              "rpc",    "health", "broker",  "providers", "session", "token",   "profiles"};

bool isWordPart(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '+' || c == '=' ||
           c == '.' || c == '~' || c == '@' || c == '%';
}

template <typename Words>
bool isAmong(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isAddress(std::string_view word) {
    const std::size_t at = word.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < word.size();
}

bool isHost(std::string_view word) {
    const std::size_t last = word.rfind('.');
    const std::size_t first = word.find('.');
    if (last == std::string_view::npos || first == 0 || last + 2 >= word.size() ||
        word.find_first_of("_+=~%") != std::string_view::npos)
        return false;
    const std::string_view ending = word.substr(last + 1);
    if (!std::all_of(ending.begin(), ending.end(), [](unsigned char c) { return std::isalpha(c) != 0; }))
        return false;
    return !isAmong(endings, ending) && !isAmong(sections, word.substr(0, first));
}

bool isNetworkAddress(std::string_view word) {
    return std::count(word.begin(), word.end(), '.') == 3 && !word.starts_with("127.") &&
           std::all_of(word.begin(), word.end(),
                       [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

// Long, and of letters and digits: a token, a key, a digest. Words have no digits, times have no letters but
// one.
bool isSecret(std::string_view word) {
    if (word.size() < shortestSecret)
        return false;
    const auto letters =
        std::count_if(word.begin(), word.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
    const auto digits =
        std::count_if(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    const bool mixed =
        std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isupper(c) != 0; }) &&
        std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::islower(c) != 0; }) &&
        word.find_first_of("-._") == std::string_view::npos;
    return (letters > 2 && digits > 0) || (mixed && word.size() >= 2 * shortestSecret);
}

} // namespace

void Pseudonyms::know(const std::string& kind, const std::string& name) {
    if (!keepNames_ && name.size() >= shortestName)
        static_cast<void>(of(kind, name));
}

void Pseudonyms::replace(const std::string& name, const std::string& with) {
    if (!keepNames_ && name.size() >= shortestName)
        names_[lowered(name)] = with;
}

std::string Pseudonyms::of(const std::string& kind, const std::string& name) {
    if (keepNames_)
        return displaySafe(name, longestText);
    std::string& known = names_[lowered(name)];
    if (known.empty())
        known = kind + "-" + std::to_string(++counts_[kind]);
    return known;
}

// The longest name that begins here wins, for one may be part of another.
std::string Pseudonyms::withoutNames(std::string text) const {
    std::vector<std::pair<std::string_view, std::string_view>> names(names_.begin(), names_.end());
    std::sort(names.begin(), names.end(),
              [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    const std::string lower = lowered(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = std::find_if(names.begin(), names.end(), [&lower, at](const auto& each) {
            return each.first.size() >= shortestName && lower.compare(at, each.first.size(), each.first) == 0;
        });
        if (found == names.end()) {
            out += text[at++];
            continue;
        }
        out += found->second;
        at += found->first.size();
    }
    return out;
}

std::string Pseudonyms::hideWord(std::string_view word) {
    std::string_view bare = word;
    while (!bare.empty() && (bare.back() == '.' || bare.back() == '='))
        bare.remove_suffix(1);
    const std::string rest(word.substr(bare.size()));
    if (!keepNames_) {
        if (isAddress(bare))
            return of("account", std::string(bare)) + rest;
        if (isHost(bare) || isNetworkAddress(bare))
            return of("host", std::string(bare)) + rest;
    } else if (isAddress(bare) || isHost(bare)) {
        return std::string(word);
    }
    return isSecret(bare) ? hidden + rest : std::string(word);
}

std::string Pseudonyms::hide(std::string_view text) {
    const std::string safe = displaySafe(text, longestText);
    const std::string plain = keepNames_ ? safe : withoutNames(safe);
    std::string out;
    std::string word;
    const auto finish = [this, &out, &word] {
        if (!word.empty())
            out += hideWord(word);
        word.clear();
    };
    for (const char c : plain) {
        if (isWordPart(c)) {
            word += c;
            continue;
        }
        finish();
        out += c;
    }
    finish();
    return out;
}

Json Pseudonyms::hide(const Json& document) {
    if (document.is_string())
        return hide(std::string_view(document.get_ref<const std::string&>()));
    if (document.is_array()) {
        Json out = Json::array();
        for (const Json& each : document)
            out.push_back(hide(each));
        return out;
    }
    if (document.is_object()) {
        Json out = Json::object();
        for (const auto& [key, value] : document.items())
            out[hide(std::string_view(key))] = hide(value);
        return out;
    }
    return document;
}

} // namespace keybearer
