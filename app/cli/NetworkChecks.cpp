#include "app/cli/NetworkChecks.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

using Level = Finding::Level;

constexpr std::int64_t madeAt = 1'767'225'600; // 2026-01-01: no build of this program is older
constexpr const char* proxyAction = "Correct HTTPS_PROXY, or set network.proxy in config.yaml.";

class Socket {
public:
    explicit Socket(int family) : descriptor_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

struct HostAndPort {
    std::string host;
    std::string port = "80";
};

// Of http://user:password@host:port/; nothing if it is none that can be used.
std::optional<HostAndPort> proxyIn(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme != std::string_view::npos) {
        const std::string_view name = text.substr(0, scheme);
        if (name != "http" && name != "socks5" && name != "socks5h")
            return std::nullopt;
        text.remove_prefix(scheme + 3);
    }
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos)
        text.remove_prefix(at + 1);
    text = text.substr(0, text.find('/'));
    HostAndPort out;
    const std::size_t bracket = text.find(']');
    const std::size_t colon = text.rfind(':');
    const bool hasPort =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    if (hasPort)
        out.port = text.substr(colon + 1);
    out.host = hasPort ? text.substr(0, colon) : text;
    if (!out.host.empty() && out.host.front() == '[' && out.host.back() == ']')
        out.host = out.host.substr(1, out.host.size() - 2);
    const bool isNumber = !out.port.empty() && out.port.size() <= 5 &&
                          out.port.find_first_not_of("0123456789") == std::string::npos;
    return out.host.empty() || !isNumber ? std::nullopt : std::optional<HostAndPort>(out);
}

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

// Numbers only: a static program cannot look names up everywhere.
std::optional<Address> addressOf(const HostAndPort& where) {
    const auto port = htons(static_cast<std::uint16_t>(std::atoi(where.port.c_str())));
    const std::string host = where.host == "localhost" ? "127.0.0.1" : where.host;
    Address address;
    auto* four = reinterpret_cast<sockaddr_in*>(&address.bytes);
    if (::inet_pton(AF_INET, host.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = port;
        address.size = sizeof(sockaddr_in);
        return address;
    }
    auto* six = reinterpret_cast<sockaddr_in6*>(&address.bytes);
    if (::inet_pton(AF_INET6, host.c_str(), &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = port;
        address.size = sizeof(sockaddr_in6);
        return address;
    }
    return std::nullopt;
}

// Empty: connected. Otherwise what went wrong.
std::string connectProblem(const Address& address, std::chrono::milliseconds patience) {
    const Socket socket(address.bytes.ss_family);
    if (socket.descriptor() < 0)
        return std::strerror(errno);
    ::fcntl(socket.descriptor(), F_SETFL, O_NONBLOCK);
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0)
        return {};
    if (errno != EINPROGRESS)
        return std::strerror(errno);
    pollfd waited{socket.descriptor(), POLLOUT, 0};
    if (::poll(&waited, 1, static_cast<int>(patience.count())) <= 0)
        return "no answer in time";
    int problem = 0;
    socklen_t size = sizeof(problem);
    ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &problem, &size);
    return problem == 0 ? std::string() : std::strerror(problem);
}

} // namespace

Finding checkProxy(const Environment& environment, std::chrono::milliseconds patience) {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const std::optional<std::string> value = environment(name);
        if (!value)
            continue;
        const std::optional<HostAndPort> proxy = proxyIn(*value);
        if (!proxy)
            return {Level::Error, "proxy", std::string(name) + " names no proxy that can be used",
                    proxyAction};
        const std::string shown = displaySafe(proxy->host, 100) + ":" + proxy->port;
        const std::optional<Address> address = addressOf(*proxy);
        const std::string problem = address ? connectProblem(*address, patience) : std::string();
        if (!problem.empty())
            return {Level::Error, "proxy",
                    "the proxy " + shown + " of " + name + " cannot be reached: " + problem, proxyAction};
        return {Level::Good, "proxy",
                "providers are reached through the proxy " + shown + " of " + name +
                    (address ? ", which takes connections" : ""),
                ""};
    }
    return {Level::Good, "proxy", "the environment names no proxy", ""};
}

Finding checkAuthorities(const std::filesystem::path& root) {
    for (const char* file : {"etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt",
                             "etc/ssl/ca-bundle.pem", "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                             "usr/local/share/certs/ca-root-nss.crt", "etc/ssl/cert.pem"}) {
        std::error_code failed;
        if (std::filesystem::file_size(root / file, failed) > 0 && !failed)
            return {Level::Good, "authorities", "the system's certificate authorities are there", ""};
    }
    return {Level::Error, "authorities",
            "there are no certificate authorities, so no provider can be believed",
            "Install the package ca-certificates."};
}

Finding checkLoopback() {
    constexpr const char* action = "Let the firewall pass connections to 127.0.0.1, or sign in with --paste.";
    const Socket server(AF_INET);
    Address address = *addressOf({"127.0.0.1", "0"});
    auto* any = reinterpret_cast<sockaddr*>(&address.bytes);
    if (server.descriptor() < 0 || ::bind(server.descriptor(), any, address.size) != 0 ||
        ::listen(server.descriptor(), 1) != 0 || ::getsockname(server.descriptor(), any, &address.size) != 0)
        return {Level::Error, "loopback",
                std::string("no port of 127.0.0.1 can be opened: ") + std::strerror(errno), action};
    const std::string problem = connectProblem(address, std::chrono::seconds(2));
    if (!problem.empty())
        return {Level::Error, "loopback", "a connection to 127.0.0.1 does not arrive: " + problem, action};
    return {Level::Good, "loopback", "a browser on this machine can reach a port of 127.0.0.1", ""};
}

Finding checkClock(WallTime now) {
    if (toUnixSeconds(now) >= madeAt)
        return {Level::Good, "clock", "the clock says " + toRfc3339(now), ""};
    return {Level::Error, "clock", "the clock says " + toRfc3339(now) + ", which is long past",
            "Set the clock, for example with: timedatectl set-ntp true"};
}

} // namespace keybearer
