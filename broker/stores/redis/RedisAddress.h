#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Where a Redis server is, as `store.redis.url` says it: redis://host[:port][,host[:port]...][/database] with
// hosts of this machine, rediss:// (TLS) with any, or unix:/path. A value.
struct RedisAddress {
    struct Host {
        std::string name;       // of a machine or an IP address (without brackets), or the path of a socket
        std::uint16_t port = 0; // 0: a socket file
        [[nodiscard]] std::string text() const; // cache.example.com:6379, [::1]:6379, /run/redis.sock
        [[nodiscard]] bool isSocketFile() const { return port == 0; }
    };
    bool tls = false;
    std::vector<Host> hosts; // at least one
    int database = 0;

    // Failure: InvalidParams; the message names store.redis.url and never quotes what may be a password.
    [[nodiscard]] static Result<RedisAddress> parse(std::string_view url);

    [[nodiscard]] std::string text() const; // for people: all hosts, and the database unless it is 0
};

} // namespace keybearer
