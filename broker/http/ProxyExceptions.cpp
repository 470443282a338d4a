#include "broker/http/ProxyExceptions.h"

#include <algorithm>

namespace keybearer {

namespace {

// Cuts ":8080" off; a lone IPv6 address keeps its colons, one in brackets may have a port behind them.
int takePort(QString& text) {
    const bool bracketed = text.startsWith(u'[') && text.contains(u']');
    const qsizetype colon = text.lastIndexOf(u':');
    const bool hasPort = bracketed ? colon > text.indexOf(u']') : text.count(u':') == 1;
    int port = 0;
    if (hasPort && colon >= 0) {
        bool isNumber = false;
        port = text.mid(colon + 1).toUShort(&isNumber);
        if (!isNumber || port == 0)
            return -1;
        text.truncate(colon);
    }
    if (bracketed)
        text = text.mid(1, text.indexOf(u']') - 1);
    return port;
}

int portOf(const QUrl& url) {
    return url.port(url.scheme() == QStringLiteral("http") ? 80 : 443);
}

} // namespace

ProxyExceptions::ProxyExceptions(const std::vector<std::string>& entries) {
    for (const std::string& text : entries) {
        if (text == "*")
            everything_ = true;
        else if (std::optional<Entry> entry = parse(text))
            entries_.push_back(std::move(*entry));
    }
}

std::optional<ProxyExceptions::Entry> ProxyExceptions::parse(std::string_view text) {
    QString rest = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).trimmed().toLower();
    Entry entry;
    if (rest.contains(u'/')) {
        const QPair<QHostAddress, int> network = QHostAddress::parseSubnet(rest);
        if (network.second < 0)
            return std::nullopt;
        entry.network = {network.first, network.second};
        return entry;
    }
    entry.port = takePort(rest);
    if (entry.port < 0)
        return std::nullopt;
    if (const QHostAddress address(rest); !address.isNull()) {
        entry.network = {address, address.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128};
        return entry;
    }
    if (rest.startsWith(QStringLiteral("*.")))
        rest.remove(0, 1);
    while (rest.startsWith(u'.'))
        rest.remove(0, 1);
    while (rest.endsWith(u'.'))
        rest.chop(1);
    if (rest.isEmpty())
        return std::nullopt;
    entry.name = rest;
    return entry;
}

bool ProxyExceptions::covers(const QUrl& url) const {
    if (everything_)
        return true;
    QString host = url.host().toLower();
    while (host.endsWith(u'.'))
        host.chop(1);
    const QHostAddress address(host);
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        if (entry.port != 0 && entry.port != portOf(url))
            return false;
        if (entry.network)
            return !address.isNull() && address.isInSubnet(entry.network->first, entry.network->second);
        return address.isNull() && (host == entry.name || host.endsWith(u'.' + entry.name));
    });
}

} // namespace keybearer
