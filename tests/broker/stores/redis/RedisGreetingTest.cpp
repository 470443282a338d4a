#include "broker/stores/redis/RedisGreeting.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<RedisRole> roleOf(const std::string& bytes) {
    RedisReplyReader reader;
    const Result<std::vector<RedisReply>> replies = reader.take(bytes);
    EXPECT_TRUE(replies && replies->size() == 1) << bytes;
    return redisRole(replies->front());
}

TEST(RedisRole, AMasterSaysHowManyFollowIt) {
    const Result<RedisRole> alone = roleOf("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->replicas, 0);
    const Result<RedisRole> followed =
        roleOf("*3\r\n$6\r\nmaster\r\n:9\r\n*1\r\n*3\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\n9\r\n");
    ASSERT_TRUE(followed);
    EXPECT_EQ(followed->replicas, 1);
}

TEST(RedisRole, WhatIsNoMasterIsNoStore) {
    const struct {
        const char* bytes;
        const char* says;
    } cases[]{{"*5\r\n$5\r\nslave\r\n$1\r\na\r\n:1\r\n$9\r\nconnected\r\n:0\r\n", "read-only replica"},
              {"*2\r\n$8\r\nsentinel\r\n*0\r\n", "Sentinel"},
              {"*0\r\n", "does not say what it is"},
              {"+OK\r\n", "does not say what it is"},
              {"-NOAUTH Authentication required.\r\n", "asks for a password"},
              {"-LOADING Redis is loading the dataset in memory\r\n", "still loading"}};
    for (const auto& each : cases) {
        const Result<RedisRole> role = roleOf(each.bytes);
        ASSERT_FALSE(role) << each.bytes;
        EXPECT_EQ(role.error().code, ErrorCode::StoreUnavailable);
        EXPECT_NE(role.error().message.find(each.says), std::string::npos) << role.error().message;
        EXPECT_NE(role.error().action, "");
    }
}

TEST(RedisRole, WhoMayNotAskTakesTheServerAsItIs) {
    for (const char* bytes : {"-NOPERM this user has no permissions to run the 'role' command\r\n",
                              "-ERR unknown command 'ROLE'\r\n"}) {
        const Result<RedisRole> role = roleOf(bytes);
        ASSERT_TRUE(role);
        EXPECT_FALSE(role->known);
    }
}

} // namespace
} // namespace keybearer
