#include "broker/http/NetworkRoute.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/http/RequestRules.h"

#include <QFile>

#include <algorithm>
#include <cstdlib>

namespace keybearer {

namespace {

constexpr qint64 longestCaFile = qint64{8} << 20; // the system's own bundle has a quarter of a MiB
constexpr std::size_t longestProxy = 2048;
constexpr int usualProxyPort = 80; // of http://proxy without a port, as other programs take it
constexpr int usualSocksPort = 1080;

std::vector<std::string> listOf(const std::string& text) {
    std::string spaced = text;
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    return splitWords(spaced);
}

std::shared_ptr<const SealedSecret> sealed(const QString& text) {
    if (text.isEmpty())
        return nullptr;
    std::string clear = text.toStdString();
    return std::make_shared<const SealedSecret>(Secret::takeFrom(clear));
}

QString opened(const std::shared_ptr<const SealedSecret>& secret) {
    if (!secret)
        return {};
    const Secret clear = secret->open();
    return QString::fromUtf8(clear.reveal().data(), static_cast<qsizetype>(clear.size()));
}

// A variable under its two names, the lower-case one first, and the name it was found under.
struct Found {
    std::string name;
    std::string value;
};
std::optional<Found> lookUp(const NetworkRoute::Variables& variables, std::string name) {
    const std::string small = lowered(name);
    for (const std::string& each : {small, name}) {
        std::optional<std::string> value = variables(each.c_str());
        if (value && !value->empty())
            return Found{each, std::move(*value)};
    }
    return std::nullopt;
}

tl::unexpected<Error> wrongFile(const std::filesystem::path& file, const std::string& what) {
    return failure(ErrorCode::InvalidParams,
                   std::string("network.ca_file: ").append(displaySafe(file.string())).append(what),
                   "Correct network.ca_file in config.yaml: a file of certificates in PEM.");
}

} // namespace

std::optional<std::string> NetworkRoute::processVariable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<NetworkRoute> NetworkRoute::from(const Wish& wish, const Variables& variables) {
    NetworkRoute route;
    if (wish.proxy) {
        const Secret text = wish.proxy->open();
        Result<Proxy> proxy = parseProxy(text.reveal(), "network.proxy");
        if (!proxy)
            return failure(std::move(proxy.error()));
        route.forHttp_ = *proxy;
        route.forHttps_ = std::move(*proxy);
    } else {
        for (const auto& [own, target] :
             {std::pair("HTTPS_PROXY", &route.forHttps_), std::pair("HTTP_PROXY", &route.forHttp_)}) {
            std::optional<Found> found = lookUp(variables, own);
            if (!found)
                found = lookUp(variables, "ALL_PROXY");
            if (!found)
                continue;
            Result<Proxy> proxy = parseProxy(found->value, found->name);
            wipe(found->value);
            if (!proxy)
                return failure(std::move(proxy.error()));
            *target = std::move(*proxy);
        }
    }
    if (wish.noProxy)
        route.exceptions_ = ProxyExceptions(*wish.noProxy);
    else if (const std::optional<Found> found = lookUp(variables, "NO_PROXY"))
        route.exceptions_ = ProxyExceptions(listOf(found->value));
    if (!wish.caFile.empty()) {
        if (Result<void> read = route.readAuthorities(wish.caFile); !read)
            return failure(std::move(read.error()));
    }
    return route;
}

Result<NetworkRoute::Proxy> NetworkRoute::parseProxy(std::string_view text, std::string_view where) {
    std::string whole(text.find("://") == std::string_view::npos ? "http://" : "");
    whole.append(text.substr(0, longestProxy + 1));
    const QUrl url(QString::fromStdString(whole), QUrl::StrictMode);
    const bool tooLong = whole.size() > longestProxy;
    wipe(whole);
    const bool isSocks =
        url.scheme() == QStringLiteral("socks5") || url.scheme() == QStringLiteral("socks5h");
    const bool bare =
        (url.path().isEmpty() || url.path() == QStringLiteral("/")) && !url.hasQuery() && !url.hasFragment();
    if (tooLong || !url.isValid() || url.host().isEmpty() || !bare ||
        (!isSocks && url.scheme() != QStringLiteral("http")))
        return failure(
            ErrorCode::InvalidParams, std::string(where).append(" names no proxy that can be used"),
            std::string("Set ").append(where).append(" to http://host:port, or set network.proxy in "
                                                     "config.yaml."));
    Proxy proxy;
    proxy.type = isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    proxy.host = url.host();
    proxy.port = static_cast<quint16>(url.port(isSocks ? usualSocksPort : usualProxyPort));
    proxy.user = sealed(url.userName(QUrl::FullyDecoded));
    proxy.password = sealed(url.password(QUrl::FullyDecoded));
    return proxy;
}

Result<void> NetworkRoute::readAuthorities(const std::filesystem::path& file) {
    QFile source(QString::fromStdString(file.string()));
    if (!source.open(QIODevice::ReadOnly))
        return wrongFile(file, ": " + displaySafe(source.errorString().toStdString()));
    const QByteArray text = source.read(longestCaFile + 1);
    if (text.size() > longestCaFile)
        return wrongFile(file, " is far too large for certificates");
    authorities_ = QSslCertificate::fromData(text);
    authorities_.removeIf([](const QSslCertificate& each) { return each.isNull(); });
    if (authorities_.isEmpty())
        return wrongFile(file, " holds no certificate in PEM");
    caFile_ = file;
    return {};
}

const NetworkRoute::Proxy* NetworkRoute::chosen(const QUrl& url) const {
    const std::optional<Proxy>& proxy = url.scheme() == QStringLiteral("http") ? forHttp_ : forHttps_;
    const QHostAddress address(url.host());
    const bool isHere = isLoopback(url) || (!address.isNull() && address.isLoopback());
    return proxy && !isHere && !exceptions_.covers(url) ? &*proxy : nullptr;
}

QNetworkProxy NetworkRoute::proxyFor(const QUrl& url) const {
    const Proxy* proxy = chosen(url);
    return proxy == nullptr ? QNetworkProxy(QNetworkProxy::NoProxy)
                            : QNetworkProxy(proxy->type, proxy->host, proxy->port, opened(proxy->user),
                                            opened(proxy->password));
}

bool NetworkRoute::isDirect(const QUrl& url) const {
    return chosen(url) == nullptr;
}

std::string NetworkRoute::proxyName(const QUrl& url) const {
    const Proxy* proxy = chosen(url);
    return proxy == nullptr ? std::string()
                            : displaySafe(proxy->host.toStdString()) + ":" + std::to_string(proxy->port);
}

} // namespace keybearer
