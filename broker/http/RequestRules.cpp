#include "broker/http/RequestRules.h"

#include "broker/base/Text.h"
#include "broker/http/PublicAddress.h"

#include <QHostAddress>

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestAddress = 2048;

bool isTokenCharacter(char c) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
}

tl::unexpected<Error> refused(std::string why) {
    return failure(ErrorCode::InvalidParams, std::move(why));
}

} // namespace

bool isLoopback(const QUrl& url) {
    const QString host = url.host();
    return host == QStringLiteral("127.0.0.1") || host == QStringLiteral("::1") ||
           host == QStringLiteral("localhost");
}

Result<void> checkUrl(const QUrl& url) {
    if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        return refused("This is no web address: " + displaySafe(url.toEncoded().toStdString()));
    if (url.scheme() != QStringLiteral("https") &&
        !(url.scheme() == QStringLiteral("http") && isLoopback(url)))
        return refused("Only https is spoken, or http to this machine: " +
                       displaySafe(url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString()));
    if (url.authority().contains(u'@'))
        return refused("A web address must not hold a user name or password");
    if (url.hasFragment())
        return refused("A web address that is asked must not have a fragment");
    return {};
}

std::optional<QUrl> writtenAddress(std::string_view text) {
    static constexpr std::string_view forbidden = " \"<>\\^`{|}#";
    const bool web = text.substr(0, 8) == "https://" || text.substr(0, 7) == "http://";
    if (!web || text.size() > longestAddress || !isVisibleAscii(text) ||
        text.find_first_of(forbidden) != std::string_view::npos)
        return std::nullopt;
    const QUrl url(QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    if (!checkUrl(url))
        return std::nullopt;
    return url;
}

QUrl originOf(const QUrl& url) {
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    const int usual = url.scheme() == QStringLiteral("https") ? 443 : 80;
    origin.setPort(url.port(usual) == usual ? -1 : url.port());
    return origin;
}

bool isSameOrigin(const QUrl& a, const QUrl& b) {
    return originOf(a) == originOf(b);
}

bool pointsInside(const QUrl& named, const QUrl& by) {
    if (named.host() == by.host())
        return false;
    const QHostAddress address(named.host());
    return isLoopback(named) ? !isLoopback(by) : !address.isNull() && !isPublicAddress(address);
}

Result<void> checkHeader(const HttpHeader& header) {
    if (header.name.empty() || !std::all_of(header.name.begin(), header.name.end(), isTokenCharacter))
        return refused("A header name has characters that HTTP does not allow");
    if (!isVisibleAscii(header.value))
        return refused("The value of header " + header.name + " has characters that HTTP does not allow");
    return {};
}

Result<void> checkRequest(const HttpRequest& request) {
    if (Result<void> url = checkUrl(request.url); !url)
        return url;
    for (const HttpHeader& header : request.headers) {
        if (Result<void> checked = checkHeader(header); !checked)
            return checked;
    }
    if (Result<void> type = checkHeader({"Content-Type", request.contentType}); !type)
        return type;
    if (request.method == HttpRequest::Method::Get && !request.body.empty())
        return refused("A GET request has no body");
    return {};
}

} // namespace keybearer
