#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"
#include "broker/http/ProxyExceptions.h"

#include <QList>
#include <QNetworkProxy>
#include <QSslCertificate>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The way from here into the network, as this machine's company wants it: a proxy, exceptions from it, and
// certificate authorities beside those of the system. A value made once at start; any thread. This machine
// itself is never reached through a proxy. A proxy's password stays sealed until a connection is made.
class NetworkRoute {
public:
    struct Wish {                                        // of the configuration
        std::shared_ptr<const SealedSecret> proxy;       // http://[user:password@]host:port; null: not said
        std::optional<std::vector<std::string>> noProxy; // absent: not said
        std::filesystem::path caFile;                    // PEM; empty: none
    };
    // HTTPS_PROXY and its kin, in either case; nothing if unset.
    using Variables = std::function<std::optional<std::string>(const char* name)>;

    NetworkRoute() = default; // straight, with the system's authorities
    // What the wish leaves open is taken from the variables HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY,
    // the lower-case one first. Failure: InvalidParams that names the key, variable or file, never a
    // password.
    [[nodiscard]] static Result<NetworkRoute> from(const Wish& wish, const Variables& variables);
    [[nodiscard]] static std::optional<std::string> processVariable(const char* name);

    [[nodiscard]] QNetworkProxy proxyFor(const QUrl& url) const; // NoProxy: straight
    [[nodiscard]] bool isDirect(const QUrl& url) const;
    // "proxy.example.com:3128", for people; empty if the address is reached without one.
    [[nodiscard]] std::string proxyName(const QUrl& url) const;
    [[nodiscard]] const QList<QSslCertificate>& extraAuthorities() const { return authorities_; }
    [[nodiscard]] const std::filesystem::path& caFile() const { return caFile_; }

private:
    struct Proxy {
        QNetworkProxy::ProxyType type = QNetworkProxy::NoProxy;
        QString host;
        quint16 port = 0;
        std::shared_ptr<const SealedSecret> user, password;
    };
    [[nodiscard]] static Result<Proxy> parseProxy(std::string_view text, std::string_view where);
    [[nodiscard]] const Proxy* chosen(const QUrl& url) const; // null: straight
    [[nodiscard]] Result<void> readAuthorities(const std::filesystem::path& file);

    std::optional<Proxy> forHttps_, forHttp_;
    ProxyExceptions exceptions_;
    QList<QSslCertificate> authorities_;
    std::filesystem::path caFile_;
};

} // namespace keybearer
