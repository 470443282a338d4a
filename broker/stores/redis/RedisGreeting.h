#pragma once

#include "broker/base/Secret.h"
#include "broker/stores/redis/RedisConnection.h"

#include <memory>
#include <string>

namespace keybearer {

// What a server is to others.
struct RedisRole {
    int replicas = 0;  // that follow it
    bool known = true; // false: the user may not ask
};

// As the command ROLE answers. Failure: StoreUnavailable, if this is a replica, a Sentinel or no answer to
// that question.
[[nodiscard]] Result<RedisRole> redisRole(const RedisReply& reply);

// The first words on a connection, all at once: who we are, which database, whether this is a master, and
// whether scripts may run on our keys. `connection` must be open and owns `done`.
struct RedisGreeting {
    std::string username;
    std::string prefix;
    int database = 0;
    bool forNews = false; // only who we are
};
void greetRedis(RedisConnection& connection, const RedisGreeting& greeting, const Secret& password,
                Completion<RedisRole> done);

} // namespace keybearer
