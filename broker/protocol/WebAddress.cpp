#include "broker/protocol/WebAddress.h"

#include "broker/base/Text.h"

#include <cstdlib>

namespace keybearer {

namespace {

constexpr std::size_t longestUrl = 8192;
constexpr std::size_t mostCommands = 8; // of $BROWSER

std::string environmentText(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::string withUrl(std::string word, const std::string& url, bool& used) {
    for (std::size_t at = word.find("%s"); at != std::string::npos; at = word.find("%s", at + url.size())) {
        word.replace(at, 2, url);
        used = true;
    }
    return word;
}

} // namespace

bool isOpenable(std::string_view url) {
    const std::string_view scheme = url.starts_with("https://") ? "https://" : "http://";
    if (!url.starts_with(scheme) || url.size() > longestUrl || url.size() <= scheme.size())
        return false;
    const char host = url[scheme.size()];
    if (host == '/' || host == '?' || host == '#' || host == ':')
        return false;
    return isVisibleAscii(url) && url.find_first_of(" \"'<>\\^`{|}") == std::string_view::npos;
}

bool isSafelyOpenable(std::string_view url) {
    if (!isOpenable(url))
        return false;
    const std::size_t begin = url.find("://") + 3;
    const std::string_view authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    if (authority.find('@') != std::string_view::npos)
        return false;
    const bool bracketed = authority.starts_with('[');
    const std::string_view host =
        authority.substr(0, bracketed ? authority.find(']') + 1 : authority.find(':'));
    return url.starts_with("https://") || host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

std::vector<std::vector<std::string>> browserCommands(const BrowserSurroundings& surroundings,
                                                      const std::string& url) {
    std::vector<std::vector<std::string>> commands;
    std::string_view rest = surroundings.browser;
    while (!rest.empty() && commands.size() < mostCommands) {
        const std::size_t colon = rest.find(':');
        std::vector<std::string> words = splitWords(rest.substr(0, colon));
        bool used = false;
        for (std::string& word : words)
            word = withUrl(std::move(word), url, used);
        if (!words.empty()) {
            if (!used)
                words.push_back(url);
            commands.push_back(std::move(words));
        }
        rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    }
    if (!commands.empty())
        return commands;
#ifdef __APPLE__
    commands.push_back({"open", url});
#else
    if (surroundings.hasDisplay)
        commands.push_back({"xdg-open", url});
#endif
    return commands;
}

BrowserSurroundings surroundingsFromEnvironment() {
    return {environmentText("BROWSER"),
            !environmentText("DISPLAY").empty() || !environmentText("WAYLAND_DISPLAY").empty()};
}

} // namespace keybearer
