#include "broker/stores/redis/RedisProblem.h"

#include "broker/base/Text.h"
#include "broker/stores/redis/RedisScripts.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::size_t longestQuote = 160;

struct Known {
    std::string_view word; // of the answer
    std::string_view message;
    std::string_view action;
    bool endsConnection = false;
    int retrySeconds = 0;
};

constexpr std::string_view noCluster = "the server is part of a Redis Cluster, which is not supported";
constexpr std::string_view otherThanCluster =
    "Name a single server, with replicas if you like, in store.redis.url.";
constexpr std::string_view aclAction =
    "Give the user the commands, keys and channel that docs/redis.md lists: redis-cli ACL SETUSER.";

// In this order: the first one whose word occurs is it.
constexpr std::array known{
    Known{"NOAUTH", "the server asks for a password",
          "Set store.redis.password_file, and store.redis.username if it has ACL users.", true},
    Known{"WRONGPASS", "the server refuses the user name or the password",
          "Correct store.redis.username and store.redis.password_file.", true},
    Known{"invalid password", "the server refuses the password", "Correct store.redis.password_file.", true},
    Known{"without any password configured", "the server asks for no password, but one is configured",
          "Take the password out of store.redis, or protect the server with it.", true},
    Known{"no password is set", "the server asks for no password, but one is configured",
          "Take the password out of store.redis, or protect the server with it.", true},
    Known{"DENIED", "the server is in protected mode and lets nobody in from here",
          "Give the server a password or ACL users, or connect through its socket file.", true},
    Known{"READONLY", "the server is a read-only replica now",
          "Nothing to do if another server takes over; otherwise name the master in store.redis.url.", true},
    Known{"LOADING", "the server is still loading its data", "Nothing to do; it is asked again.", false, 1},
    Known{"MASTERDOWN", "the server is a replica without its master",
          "Start the master, or promote a replica.", true},
    Known{"MISCONF", "the server cannot save its data and accepts no writes",
          "Look at the disk of the Redis server: it may be full.", false, 10},
    Known{"OOM", "the server has no memory left (maxmemory)",
          "Give Redis more memory, and a database of its own to the store.", false, 10},
    Known{"NOREPLICAS", "the server has too few replicas to accept writes (min-replicas-to-write)",
          "Start the replicas again.", false, 5},
    Known{"BUSY", "the server is busy with somebody's script", "Ask whoever runs the server.", false, 5},
    Known{"max number of clients", "the server has too many connections", "Raise maxclients in Redis.", true},
    Known{"DB index is out of range", "the server has no database of that number",
          "Correct the number at the end of store.redis.url.", true},
    Known{"MOVED", noCluster, otherThanCluster, true},
    Known{"CROSSSLOT", noCluster, otherThanCluster, true},
    Known{"CLUSTERDOWN", noCluster, otherThanCluster, true},
    Known{"ASK", noCluster, otherThanCluster, true},
    Known{"cluster mode", noCluster, otherThanCluster, true},
};

bool isWordAt(std::string_view text, std::size_t at, std::size_t size) {
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return (at == 0 || !isLetter(text[at - 1])) && (at + size >= text.size() || !isLetter(text[at + size]));
}

// Errors from inside a script carry their code somewhere in the text before Redis 7.
bool holds(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (isWordAt(text, at, word.size()))
            return true;
    }
    return false;
}

bool isPermission(std::string_view text) {
    return text.starts_with("NOPERM") ||
           text.find("user executing the script can't") != std::string_view::npos;
}

Error unavailable(std::string_view message, std::string_view action, int retrySeconds) {
    Error error(ErrorCode::StoreUnavailable, std::string("Redis: ").append(message), std::string(action));
    if (retrySeconds > 0)
        error.retryAfter = std::chrono::seconds(retrySeconds);
    return error;
}

} // namespace

Error notARecord(std::string_view name, std::string_view why) {
    return {ErrorCode::ParseError,
            std::string("what lies under \"").append(displaySafe(name)).append("\" in Redis ").append(why),
            "See what writes there besides Keybearer, and delete it, or choose another store.prefix."};
}

RedisProblem redisProblem(std::string_view text, std::string_view name) {
    if (!name.empty() && holds(text, "WRONGTYPE"))
        return {notARecord(name, "is of another type than a record")};
    if (!name.empty() && holds(text, redisTooLong))
        return {notARecord(name, "is longer than any record")};
    if (!name.empty() && holds(text, redisNotOurs))
        return {notARecord(name, "is no record")};
    if (isPermission(text))
        return {
            unavailable(std::string("the user lacks a permission: ").append(displaySafe(text, longestQuote)),
                        aclAction, 0)};
    for (const Known& each : known) {
        if (holds(text, each.word))
            return {unavailable(each.message, each.action, each.retrySeconds), each.endsConnection};
    }
    return {unavailable(std::string("the server answers: ").append(displaySafe(text, longestQuote)),
                        "Look into the log of the Redis server.", 0)};
}

} // namespace keybearer
