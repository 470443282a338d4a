#include "broker/config/ConfigValue.h"

#include "broker/base/Text.h"

#include <QUrl>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t nameLimit = 64;
constexpr std::size_t toolLimit = 128; // the Model Context Protocol's own bound
constexpr std::size_t labelLimit = 256;
constexpr std::size_t hostLimit = 300;     // RFC 1035: 253 for a name; an address with its port is shorter
constexpr std::size_t addressLimit = 2048; // what every browser takes

bool isThisMachine(const QString& host) {
    return host == QLatin1String("localhost") || host == QLatin1String("::1") ||
           host == QLatin1String("127.0.0.1");
}

QUrl strictUrl(const std::string& text) {
    return QUrl(QString::fromStdString(text), QUrl::StrictMode);
}

std::string insteadOf(const std::string& text) {
    const QUrl guess = strictUrl("https://" + text);
    const bool fits =
        guess.isValid() && guess.host().contains(QLatin1Char('.')) && guess.userInfo().isEmpty();
    return "write " + (fits ? "https://" + displaySafe(text) : std::string("https://login.example.com"));
}

} // namespace

std::string addressProblem(const std::string& text, bool isIssuer, bool mayQuote) {
    if (text.size() > addressLimit)
        return "longer than " + std::to_string(addressLimit) + " bytes";
    if (text.find("://") == std::string::npos)
        return "not an address; " + insteadOf(mayQuote ? text : std::string());
    if (text.find_first_of("{}<>") != std::string::npos)
        return "holds a blank to fill in; write the real value for what stands in brackets";
    const QUrl url = strictUrl(text);
    if (!url.isValid() || url.host().isEmpty() || !isVisibleAscii(text))
        return "not a valid address; write for example https://login.example.com";
    if (!url.userInfo().isEmpty())
        return "must not hold a user name or password";
    if (url.scheme() == QLatin1String("http") && !isThisMachine(url.host()))
        return "plain http would show the tokens to the network; write https://" +
               (mayQuote ? displaySafe(text.substr(7)) : std::string());
    if (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http"))
        return "must begin with https://";
    if (url.hasFragment())
        return "must not hold a fragment (#...)";
    if (isIssuer && url.hasQuery())
        return "an issuer has no query (?...)";
    return {};
}

std::string proxyProblem(const std::string& text) {
    constexpr const char* form = "must be http://host:port, with user:password@ before the host if need be";
    if (text.size() > addressLimit || !isVisibleAscii(text) || text.find(' ') != std::string::npos)
        return form;
    const QUrl url = strictUrl(text);
    const bool bare =
        (url.path().isEmpty() || url.path() == QLatin1String("/")) && !url.hasQuery() && !url.hasFragment();
    if (!url.isValid() || url.scheme() != QLatin1String("http") || url.host().isEmpty() || url.port() < 1 ||
        !bare)
        return form;
    return {};
}

bool isDomain(const std::string& text) {
    if (text.empty() || text.front() == '/' || text.back() == '/' || text.find("..") != std::string::npos ||
        text.find("//") != std::string::npos || text.find_first_of("?#%@{}<>\\ ") != std::string::npos)
        return false;
    return addressProblem("https://" + text, true).empty();
}

bool isProxyException(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(".:-_*/[]").find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= hostLimit && std::all_of(text.begin(), text.end(), fits);
}

bool isScope(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return c > 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

bool isProviderName(std::string_view text) {
    const auto isWord = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= nameLimit && isWord(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return isWord(c) || c == '.' || c == '-' || c == '_'; });
}

bool isToolName(std::string_view text) {
    return !text.empty() && text.size() <= toolLimit && std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '\'';
    });
}

bool isLabel(std::string_view text) {
    return !text.empty() && text.size() <= labelLimit && displaySafe(text, labelLimit) == text;
}

bool isVariableName(std::string_view text) {
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !text.empty() && text.size() <= nameLimit && isLetter(text.front()) &&
           text.substr(0, 10) != "KEYBEARER_" && std::all_of(text.begin(), text.end(), [&](char c) {
               return isLetter(c) || (c >= '0' && c <= '9');
           });
}

bool isOrigin(std::string_view text) {
    const std::string whole(text.substr(0, hostLimit + 1));
    const std::size_t host = whole.find("://");
    if (whole.size() > hostLimit || host == 0 || host == std::string::npos || !isVisibleAscii(whole) ||
        whole.find_first_of("?#@\\* ") != std::string::npos || whole.find('/', host + 3) != std::string::npos)
        return false;
    const QUrl url = strictUrl(whole);
    if (!url.isValid() || url.host().isEmpty() || url.scheme() == QLatin1String("file"))
        return false;
    // As browsers write it: lower case, and no port that the scheme has anyway.
    const bool usual = (url.scheme() == QLatin1String("https") && url.port() == 443) ||
                       (url.scheme() == QLatin1String("http") && url.port() == 80);
    return !usual && url.toString(QUrl::FullyEncoded).toStdString() == whole;
}

bool isSelector(std::string_view text) {
    constexpr std::size_t longestAccount = 256;
    const std::size_t colon = text.find(':');
    if (!isProviderName(text.substr(0, colon)))
        return false;
    if (colon == std::string_view::npos)
        return true;
    const std::string_view account = text.substr(colon + 1);
    return !account.empty() && account.size() <= longestAccount &&
           displaySafe(account, longestAccount) == account;
}

} // namespace keybearer
