#include "broker/stores/redis/RedisAddress.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(RedisAddress, AHostHasTheUsualPortAndDatabaseUnlessItSaysOtherwise) {
    const Result<RedisAddress> one = RedisAddress::parse("rediss://cache.example.com");
    ASSERT_TRUE(one);
    EXPECT_TRUE(one->tls);
    ASSERT_EQ(one->hosts.size(), 1U);
    EXPECT_EQ(one->hosts[0].name, "cache.example.com");
    EXPECT_EQ(one->hosts[0].port, 6379);
    EXPECT_EQ(one->database, 0);
    EXPECT_EQ(one->text(), "cache.example.com:6379");
    const Result<RedisAddress> other = RedisAddress::parse("rediss://10.0.0.7:7000/15");
    ASSERT_TRUE(other);
    EXPECT_EQ(other->text(), "10.0.0.7:7000, database 15");
}

TEST(RedisAddress, SeveralHostsStandWithCommas) {
    const Result<RedisAddress> three =
        RedisAddress::parse("rediss://a.example,b.example:6380,[2001:db8::1]/3");
    ASSERT_TRUE(three) << three.error().message;
    EXPECT_EQ(three->text(), "a.example:6379, b.example:6380, [2001:db8::1]:6379, database 3");
    EXPECT_EQ(three->hosts[2].name, "2001:db8::1");
}

TEST(RedisAddress, ASocketFileIsAHostWithoutAPort) {
    for (const char* url : {"unix:/run/redis/redis.sock", "unix:///run/redis/redis.sock"}) {
        const Result<RedisAddress> file = RedisAddress::parse(url);
        ASSERT_TRUE(file) << url;
        EXPECT_TRUE(file->hosts.at(0).isSocketFile());
        EXPECT_EQ(file->text(), "/run/redis/redis.sock");
    }
}

TEST(RedisAddress, InClearOnlyThisMachineIsReachable) {
    for (const char* url : {"redis://localhost", "redis://127.0.0.1:7000", "redis://[::1]:7000/2"})
        EXPECT_TRUE(RedisAddress::parse(url)) << url;
    for (const char* url : {"redis://cache.example.com", "redis://10.0.0.1", "redis://localhost,10.0.0.1",
                            "redis://127.0.0.1.example.com", "redis://localhost.example.com"}) {
        const Result<RedisAddress> refused = RedisAddress::parse(url);
        ASSERT_FALSE(refused) << url;
        EXPECT_NE(refused.error().action.find("rediss://"), std::string::npos);
    }
}

TEST(RedisAddress, APasswordInTheUrlIsRefusedAndNeverQuoted) {
    const Result<RedisAddress> refused = RedisAddress::parse("rediss://me:hunter2@cache.example.com");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("store.redis.url"), std::string::npos);
    EXPECT_NE(refused.error().action.find("store.redis.password_file"), std::string::npos);
    EXPECT_EQ((refused.error().message + refused.error().action).find("hunter2"), std::string::npos);
}

TEST(RedisAddress, EverythingElseIsRefusedByName) {
    for (const std::string& url : {std::string(),
                                   std::string("cache.example.com"),
                                   std::string("http://cache.example.com"),
                                   std::string("rediss://"),
                                   std::string("rediss:///1"),
                                   std::string("rediss://a,"),
                                   std::string("rediss://a,,b"),
                                   std::string("rediss://a:0"),
                                   std::string("rediss://a:65536"),
                                   std::string("rediss://a:x"),
                                   std::string("rediss://a:"),
                                   std::string("rediss://a/16"),
                                   std::string("rediss://a/-1"),
                                   std::string("rediss://a/x"),
                                   std::string("rediss://a/1/2"),
                                   std::string("rediss://a?x=1"),
                                   std::string("rediss://a#1"),
                                   std::string("rediss://[::1"),
                                   std::string("rediss://[]"),
                                   std::string("rediss://[nonsense]"),
                                   std::string("rediss://-a"),
                                   std::string("rediss://a b"),
                                   std::string("rediss://\xc3\xa4"),
                                   std::string("unix:redis.sock"),
                                   std::string("unix:"),
                                   "unix:/" + std::string(200, 'x'),
                                   "rediss://" + std::string(3000, 'a'),
                                   "rediss://a" + [] {
                                       std::string more;
                                       for (int i = 0; i < 16; ++i)
                                           more += ",a";
                                       return more;
                                   }()}) {
        const Result<RedisAddress> refused = RedisAddress::parse(url);
        ASSERT_FALSE(refused) << url;
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidParams);
        EXPECT_EQ(refused.error().message.rfind("store.redis.url ", 0), 0U) << refused.error().message;
        EXPECT_NE(refused.error().action, "") << url;
    }
}

} // namespace
} // namespace keybearer
