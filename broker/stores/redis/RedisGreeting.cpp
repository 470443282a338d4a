#include "broker/stores/redis/RedisGreeting.h"

#include "broker/stores/redis/RedisProblem.h"
#include "broker/stores/redis/RedisScripts.h"

#include <utility>

namespace keybearer {

namespace {

tl::unexpected<Error> wrongServer(std::string what, std::string action) {
    return failure(ErrorCode::StoreUnavailable, std::move(what), std::move(action));
}

// One greeting. Lives in the answers that are still due.
struct Greeted {
    Completion<RedisRole> done;
    RedisRole role;
    bool over = false;

    void fail(Error error) {
        if (std::exchange(over, true))
            return;
        const Completion<RedisRole> tell = std::move(done);
        tell(failure(std::move(error)));
    }
    // False if that was the end of it.
    bool accept(const Result<RedisReply>& reply) {
        if (!reply)
            fail(reply.error());
        else if (reply->isError())
            fail(redisProblem(reply->text, {}).error);
        return !over;
    }
};

void askRole(RedisConnection& connection, const std::shared_ptr<Greeted>& greeted) {
    connection.call({"ROLE"}, [greeted](Result<RedisReply> reply) {
        if (!reply)
            return greeted->fail(std::move(reply.error()));
        Result<RedisRole> role = redisRole(*reply);
        if (!role)
            return greeted->fail(std::move(role.error()));
        greeted->role = *role;
    });
}

void tellWho(RedisConnection& connection, const RedisGreeting& greeting, const Secret& password,
             const std::shared_ptr<Greeted>& greeted) {
    if (password.empty())
        return;
    std::vector<std::string> words{"AUTH"};
    if (!greeting.username.empty())
        words.push_back(greeting.username);
    words.emplace_back(password.reveal());
    connection.call(
        words, [greeted](const Result<RedisReply>& reply) { static_cast<void>(greeted->accept(reply)); });
    wipe(words.back());
}

} // namespace

Result<RedisRole> redisRole(const RedisReply& reply) {
    if (reply.isError()) {
        const bool unasked =
            reply.text.starts_with("NOPERM") || reply.text.starts_with("ERR unknown command");
        if (unasked)
            return RedisRole{0, false};
        return failure(redisProblem(reply.text, {}).error);
    }
    const std::string_view role = reply.textAt(0);
    if (role == "master") {
        RedisRole master;
        if (reply.elements.size() > 2)
            master.replicas = static_cast<int>(reply.elements[2].elements.size());
        return master;
    }
    if (role == "slave" || role == "replica")
        return wrongServer("Redis: the server is a read-only replica",
                           "Name the master in store.redis.url, or all servers with commas between them.");
    if (role == "sentinel")
        return wrongServer("Redis: the server is a Sentinel, not a store",
                           "Name the servers that it watches in store.redis.url, with commas between them.");
    return wrongServer("Redis: the server does not say what it is", "Check that this is a Redis server.");
}

void greetRedis(RedisConnection& connection, const RedisGreeting& greeting, const Secret& password,
                Completion<RedisRole> done) {
    const auto greeted = std::make_shared<Greeted>();
    greeted->done = std::move(done);
    tellWho(connection, greeting, password, greeted);
    if (greeting.database != 0)
        connection.call(
            {"SELECT", std::to_string(greeting.database)},
            [greeted](const Result<RedisReply>& reply) { static_cast<void>(greeted->accept(reply)); });
    if (!greeting.forNews) {
        askRole(connection, greeted);
        connection.call(
            {"EVAL", redis_scripts::probe, "2", greeting.prefix + ":probe", greeting.prefix + ":lease:probe"},
            [greeted](const Result<RedisReply>& reply) { static_cast<void>(greeted->accept(reply)); });
    }
    // For whoever looks at CLIENT LIST; a user who may not is none the worse for it.
    connection.call({"CLIENT", "SETNAME", "keybearer"}, [greeted](const Result<RedisReply>& reply) {
        if (greeted->over)
            return;
        if (!reply || reply->text.starts_with("NOAUTH")) {
            static_cast<void>(greeted->accept(reply));
            return;
        }
        greeted->over = true;
        const Completion<RedisRole> tell = std::move(greeted->done);
        tell(greeted->role);
    });
}

} // namespace keybearer
