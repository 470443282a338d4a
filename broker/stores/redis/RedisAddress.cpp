#include "broker/stores/redis/RedisAddress.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace keybearer {

namespace {

constexpr std::size_t longestUrl = 2048;
constexpr std::size_t longestHost = 253;       // of a name, RFC 1035
constexpr std::size_t longestSocketPath = 100; // sun_path holds 108 bytes, on some systems 104
constexpr std::size_t mostHosts = 16;
constexpr int mostDatabases = 16; // what a server has unless told otherwise
constexpr std::uint16_t usualPort = 6379;
constexpr std::string_view example = "Write for example url: rediss://cache.example.com:6379/0";

tl::unexpected<Error> refuse(std::string_view what, std::string_view action = example) {
    return failure(ErrorCode::InvalidParams, std::string("store.redis.url ").append(what),
                   std::string(action).append("."));
}

template <typename Number>
std::optional<Number> numberOf(std::string_view text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, number);
    if (text.empty() || problem != std::errc() || stopped != end)
        return std::nullopt;
    return number;
}

bool isHostName(std::string_view name) {
    return !name.empty() && name.size() <= longestHost && name.front() != '-' && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_';
           });
}

bool isBracketed(std::string_view name) {
    return !name.empty() && name.size() <= longestHost && name.find(':') != std::string_view::npos &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') ||
                      c == ':' || c == '.';
           });
}

// Whether the name can only be this machine. What it leads to is looked at again once the connection stands.
bool isHere(std::string_view name) {
    return name == "localhost" || name == "::1" ||
           (name.starts_with("127.") &&
            std::all_of(name.begin(), name.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; }));
}

Result<RedisAddress::Host> parseHost(std::string_view text) {
    RedisAddress::Host host;
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || !isBracketed(text.substr(1, end - 1)))
            return refuse("has brackets without an IPv6 address in them");
        host.name = text.substr(1, end - 1);
        rest = text.substr(end + 1);
    } else {
        const std::size_t colon = text.find(':');
        host.name = text.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
        if (!isHostName(host.name))
            return refuse("names a host that cannot be one");
    }
    host.port = usualPort;
    if (rest.empty())
        return host;
    const std::optional<std::uint16_t> port =
        rest.front() == ':' ? numberOf<std::uint16_t>(rest.substr(1)) : std::nullopt;
    if (!port || *port == 0)
        return refuse("names a port that is not between 1 and 65535");
    host.port = *port;
    return host;
}

Result<RedisAddress> parseSocketFile(std::string_view path) {
    if (path.starts_with("//"))
        path.remove_prefix(2); // unix:///run/redis.sock means the same
    if (!path.starts_with('/') || path.size() > longestSocketPath)
        return refuse("must name the absolute path of a socket file after unix:",
                      "Write for example url: unix:/run/redis/redis.sock");
    RedisAddress address;
    address.hosts.push_back({std::string(path), 0});
    return address;
}

} // namespace

std::string RedisAddress::Host::text() const {
    if (isSocketFile())
        return name;
    std::string text = name.find(':') == std::string::npos ? name : std::string("[").append(name).append("]");
    return text.append(":").append(std::to_string(port));
}

std::string RedisAddress::text() const {
    std::string text;
    for (const Host& host : hosts)
        text.append(text.empty() ? "" : ", ").append(host.text());
    if (database != 0)
        text.append(", database ").append(std::to_string(database));
    return text;
}

Result<RedisAddress> RedisAddress::parse(std::string_view url) {
    if (url.empty() || url.size() > longestUrl || !isVisibleAscii(url))
        return refuse("is no address");
    if (url.starts_with("unix:"))
        return parseSocketFile(url.substr(5));
    RedisAddress address;
    address.tls = url.starts_with("rediss://");
    if (!address.tls && !url.starts_with("redis://"))
        return refuse("must begin with rediss://, redis:// or unix:");
    std::string_view rest = url.substr(url.find("://") + 3);
    if (rest.find('@') != std::string_view::npos)
        return refuse("must not hold a user name or a password",
                      "Take it out, and write store.redis.username and store.redis.password_file");
    if (rest.find_first_of("?#") != std::string_view::npos)
        return refuse("must end with the database; there are no further parameters");
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
        const std::string_view database = rest.substr(slash + 1);
        const std::optional<int> number = database.empty() ? 0 : numberOf<int>(database);
        if (!number || *number < 0 || *number >= mostDatabases)
            return refuse("names a database that is not between 0 and 15");
        address.database = *number;
        rest = rest.substr(0, slash);
    }
    for (std::size_t begin = 0; begin <= rest.size();) {
        const std::size_t comma = std::min(rest.find(',', begin), rest.size());
        Result<Host> host = parseHost(rest.substr(begin, comma - begin));
        if (!host)
            return failure(std::move(host.error()));
        if (!address.tls && !isHere(host->name))
            return refuse(std::string("would send the password and the records in clear to ")
                              .append(displaySafe(host->text())),
                          "Write rediss:// (TLS); redis:// is for this machine alone");
        address.hosts.push_back(std::move(*host));
        begin = comma + 1;
    }
    if (address.hosts.size() > mostHosts)
        return refuse("names more than 16 hosts");
    return address;
}

} // namespace keybearer
