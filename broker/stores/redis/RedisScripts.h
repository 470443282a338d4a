#pragma once

#include <string>
#include <string_view>

namespace keybearer {

// What runs inside the Redis server, each script atomically. A record is a hash of two fields: r, its
// revision in decimal digits, and s, what is sealed. Its lease is another hash: o, the owner (empty once it
// was given back), u, until when by the server's clock in milliseconds, f, the fence, a, whether the lease
// before was abandoned, r, the revision of the record when it was given.
//
// They are sent as text with every call (EVAL): the largest has 1.5 KB, and so calls on one name stay in the
// order in which they were made even if the server has just forgotten its scripts.

// Codes of errors that the scripts answer with.
inline constexpr std::string_view redisTooLong = "KEYBEARERTOOLONG";
inline constexpr std::string_view redisNotOurs = "KEYBEARERNOTOURS";

namespace redis_scripts {

// Touches two keys and does nothing: fails where scripts are not allowed, and in a cluster.
extern const std::string probe;
// KEYS record; ARGV longest. {revision, sealed}, or {} if absent.
extern const std::string get;
// KEYS record, lease; ARGV expected, revision, sealed, fence, life in ms, channel, name.
// {1, told} or {0, revision that is there}.
extern const std::string put;
// KEYS record; ARGV expected, channel, name. As put.
extern const std::string erase;
// ARGV cursor, pattern, count. {next cursor, key, revision, key, revision ...}; revision "" is not ours.
extern const std::string list;
// KEYS record, lease; ARGV owner, life in ms, how long the lease's hash is kept in ms.
// {1, fence, revision, abandoned} or {0, ms until it ends}.
extern const std::string lease;
// KEYS record, lease; ARGV owner, fence, channel, name.
extern const std::string giveBack;

} // namespace redis_scripts

} // namespace keybearer
