#pragma once

#include <QHostAddress>
#include <QUrl>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keybearer {

// What is reached without the proxy: the list of NO_PROXY. An entry is * (everything), a name with all names
// below it (example.com, .example.com, *.example.com), an address or a network (10.0.0.0/8, fd00::/8), each
// but * with an optional port. An entry that is none of these names nothing. Immutable; any thread.
class ProxyExceptions {
public:
    ProxyExceptions() = default;
    explicit ProxyExceptions(const std::vector<std::string>& entries);
    [[nodiscard]] bool covers(const QUrl& url) const;

private:
    struct Entry {
        QString name; // without dot at its start; empty: an address or a network
        std::optional<std::pair<QHostAddress, int>> network;
        int port = 0; // 0: every
    };
    [[nodiscard]] static std::optional<Entry> parse(std::string_view text);
    std::vector<Entry> entries_;
    bool everything_ = false;
};

} // namespace keybearer
