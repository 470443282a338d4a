#include "broker/authserver/RedirectUri.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t longestUri = 2048; // of those that clients have, the longest has 80 characters
constexpr std::string_view loopbackHosts[] = {"127.0.0.1", "localhost", "[::1]"};
constexpr std::string_view httpScheme = "http://";

// Schemes that a browser or a desktop acts upon by itself instead of giving the address to an application
// that registered it: a code in one of them would be run, shown, sent or opened.
constexpr std::array activeSchemes{
    "javascript", "data",   "file",   "vbscript", "blob",     "about",  "view-source", "filesystem",
    "jar",        "ws",     "wss",    "ftp",      "ftps",     "sftp",   "chrome",      "resource",
    "mailto",     "tel",    "sms",    "intent",   "content",  "shell",  "search-ms",   "ms-msdt",
    "feed",       "mocha",  "ssh",    "smb",      "telnet",   "ldap",   "gopher",      "livescript",
    "wyciwyg",    "magnet", "ms-its", "mk",       "hcp",      "res",    "afp",         "nfs",
    "dict",       "irc",    "urn",    "cid",      "facetime", "x-help", "help",        "steam",
};

bool isSchemeLetter(char letter, bool first) {
    const bool alpha = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    const bool further = (letter >= '0' && letter <= '9') || letter == '+' || letter == '-' || letter == '.';
    return alpha || (!first && further);
}

// In small letters; empty if it has none. One letter is the drive of a Windows path.
std::string schemeOf(std::string_view uri) {
    std::string scheme;
    for (const char letter : uri.substr(0, std::min(uri.find(':'), uri.size()))) {
        if (!isSchemeLetter(letter, scheme.empty()))
            return {};
        scheme += lowered(letter);
    }
    return scheme.size() < 2 || scheme.size() == uri.size() ? std::string() : scheme;
}

// RFC 3986 section 2: what can stand in an address at all, without the fragment.
bool hasOnlyAddressLetters(std::string_view uri) {
    return std::all_of(uri.begin(), uri.end(), [](char letter) {
        return letter > ' ' && letter < '\x7f' &&
               std::string_view("\"<>\\^`{|}#").find(letter) == std::string_view::npos;
    });
}

std::string_view authorityOf(std::string_view afterScheme) {
    return afterScheme.substr(0, std::min(afterScheme.find_first_of("/?"), afterScheme.size()));
}

bool isAuthority(std::string_view text) {
    return !text.empty() && text.front() != ':' && text.find('@') == std::string_view::npos;
}

bool isPort(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<LoopbackAddress> loopbackAddress(std::string_view uri) {
    if (!uri.starts_with(httpScheme))
        return std::nullopt;
    uri.remove_prefix(httpScheme.size());
    const std::string_view authority = authorityOf(uri);
    for (const std::string_view host : loopbackHosts) {
        if (!authority.starts_with(host))
            continue;
        const std::string_view port = authority.substr(host.size());
        if (!port.empty() && (port.front() != ':' || !isPort(port.substr(1))))
            continue;
        LoopbackAddress out{std::string(host), std::string(port.substr(port.empty() ? 0 : 1)),
                            std::string(uri.substr(authority.size()))};
        if (out.rest.empty() || out.rest.front() == '?')
            out.rest.insert(0, "/");
        return out;
    }
    return std::nullopt;
}

RedirectVerdict judgeRedirect(std::string_view uri) {
    if (uri.empty() || uri.size() > longestUri || !hasOnlyAddressLetters(uri))
        return RedirectVerdict::Refuse;
    const std::string scheme = schemeOf(uri);
    const std::string_view rest = uri.substr(std::min(scheme.size() + 1, uri.size()));
    if (scheme.empty() || rest.empty() ||
        std::find(activeSchemes.begin(), activeSchemes.end(), scheme) != activeSchemes.end())
        return RedirectVerdict::Refuse;
    if (scheme != "http" && scheme != "https")
        return RedirectVerdict::Accept;
    if (!rest.starts_with("//") || !isAuthority(authorityOf(rest.substr(2))))
        return RedirectVerdict::Refuse;
    if (scheme == "https" || loopbackAddress(uri))
        return RedirectVerdict::Accept;
    return RedirectVerdict::Drop;
}

bool matchesRedirect(std::string_view registered, std::string_view asked) {
    if (registered == asked)
        return true;
    const auto known = loopbackAddress(registered);
    const auto wanted = loopbackAddress(asked);
    return known && wanted && known->rest == wanted->rest && judgeRedirect(asked) == RedirectVerdict::Accept;
}

std::string redirectTarget(std::string_view uri) {
    if (loopbackAddress(uri))
        return "a program on this computer";
    const std::string scheme = schemeOf(uri);
    const std::string_view rest = uri.substr(std::min(scheme.size() + 1, uri.size()));
    const std::string_view host = rest.starts_with("//") ? authorityOf(rest.substr(2)) : std::string_view();
    if (scheme == "https")
        return displaySafe(host, 120);
    std::string out = "the application of " + displaySafe(scheme, 60) + ":";
    if (!host.empty())
        out.append("//").append(displaySafe(host, 120));
    return out;
}

} // namespace keybearer
