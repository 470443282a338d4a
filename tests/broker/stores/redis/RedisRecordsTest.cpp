#include "tests/broker/stores/redis/RedisTestRecords.h"

namespace keybearer {
namespace {

using testing::RedisServer;
using testing::TestRecords;

class RedisRecordsAt : public ::testing::Test {
protected:
    RedisServer server;
    TestRecords a{server};
    TestRecords b{server};
    void SetUp() override { ASSERT_TRUE(a.becomesReady() && b.becomesReady()); }
};

TEST_F(RedisRecordsAt, SaysWhomItTalksToWithoutSecrets) {
    EXPECT_EQ(a.records->description(), "redis at " + server.socket() + ", prefix test/one");
}

TEST_F(RedisRecordsAt, TheServerHoldsNothingButTheRecordUnderThePrefix) {
    ASSERT_TRUE(a.put("item/x", 0, "sealed"));
    EXPECT_EQ(server.say({"KEYS", "*"}).elements.size(), 1U);
    EXPECT_EQ(server.say({"HGET", "test/one:item/x", "s"}).text, "sealed");
    EXPECT_EQ(server.say({"HGET", "test/one:item/x", "r"}).text, "1");
}

TEST_F(RedisRecordsAt, OtherDeploymentsAreNotSeen) {
    const TestRecords other(testing::redisConfig(server.url()), "test/one/more");
    ASSERT_TRUE(other.becomesReady());
    ASSERT_TRUE(other.put("item/x", 0, "theirs"));
    EXPECT_EQ(a.get("item/x").error().code, ErrorCode::NotFound);
    EXPECT_TRUE(a.list("")->empty());
}

TEST_F(RedisRecordsAt, OfAHundredWritersOfEachOfTwentyRevisionsOneWins) {
    constexpr int writers = 100;
    for (std::uint64_t revision = 0; revision < 20; ++revision) {
        int won = 0;
        int answered = 0;
        for (int i = 0; i < writers; ++i) {
            const TestRecords& who = i % 2 == 0 ? a : b;
            who.records->put({"item/x", revision, {revision + 1, "by " + std::to_string(i)}},
                             [&](const Result<void>& result) {
                                 ++answered;
                                 won += result ? 1 : 0;
                             });
        }
        ASSERT_TRUE(spinUntil([&] { return answered == writers; }));
        EXPECT_EQ(won, 1);
    }
    EXPECT_EQ(a.get("item/x")->revision, 20U);
}

TEST_F(RedisRecordsAt, APutThatIsRepeatedWordForWordSucceedsAgain) {
    ASSERT_TRUE(a.put("item/x", 0, "same"));
    EXPECT_TRUE(a.put("item/x", 0, "same")) << "its answer may have been lost";
    EXPECT_FALSE(a.put("item/x", 0, "other"));
    EXPECT_EQ(a.get("item/x")->revision, 1U);
}

TEST_F(RedisRecordsAt, FencesGoUpEvenWhenTheServerHasLostEverything) {
    const Result<RemoteRecords::Lease> before = a.lease("item/x", "a");
    ASSERT_TRUE(before);
    server.say({"FLUSHALL"});
    const Result<RemoteRecords::Lease> after = b.lease("item/x", "b");
    ASSERT_TRUE(after);
    EXPECT_GT(after->fence, before->fence);
    EXPECT_FALSE(a.put({"item/x", 0, {1, "late"}, before->fence})) << "and the old one is too old";
    EXPECT_TRUE(b.put({"item/x", 0, {1, "in turn"}, after->fence}));
}

TEST_F(RedisRecordsAt, ALeaseEndedWithoutAWriteIsToldToThoseWhoWait) {
    ASSERT_TRUE(a.put("item/x", 0, "one"));
    const Result<RemoteRecords::Lease> lease = a.lease("item/x", "a");
    ASSERT_TRUE(lease);
    ASSERT_FALSE(b.lease("item/x", "b"));
    int told = 0;
    QObject::connect(b.records.get(), &RemoteRecords::changed, b.records.get(),
                     [&](const std::string& name, std::uint64_t revision) {
                         told += name == "item/x" && revision == 1 ? 1 : 0;
                     });
    a.records->giveBack("item/x", "a", lease->fence);
    ASSERT_TRUE(spinUntil([&] { return told == 1; }));
    EXPECT_TRUE(b.lease("item/x", "b"));
}

TEST_F(RedisRecordsAt, SomethingElseUnderANameConcernsThatNameAlone) {
    ASSERT_TRUE(a.put("item/good", 0, "good"));
    server.say({"SET", "test/one:item/text", "x"});
    server.say({"RPUSH", "test/one:item/list", "x"});
    server.say({"HSET", "test/one:item/alien", "other", "x"});
    server.say({"HSET", "test/one:item/odd", "r", "not a number", "s", "x"});
    server.say({"HSET", "test/one:item/long", "r", std::string(5000, '1'), "s", "x"});
    server.say({"SET", "test/one:lease:item/leased", "x"});
    for (const char* name : {"item/text", "item/list", "item/alien", "item/odd", "item/long"}) {
        const Result<RemoteRecords::Record> record = a.get(name);
        ASSERT_FALSE(record) << name;
        EXPECT_EQ(record.error().code, ErrorCode::ParseError) << name << ": " << record.error().message;
        EXPECT_NE(record.error().message.find(name), std::string::npos);
        EXPECT_FALSE(a.put(name, 0, "x")) << name << " is not written over";
        EXPECT_FALSE(a.erase(name, 1)) << name << " is not ours to erase";
    }
    EXPECT_EQ(a.lease("item/leased", "a").error().code, ErrorCode::ParseError);
    EXPECT_EQ(a.get("item/good")->sealed, "good");
    EXPECT_TRUE(a.isReady()) << a.records->health().problem;
    const Result<std::vector<RemoteRecords::Listed>> all = a.list("item/");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 6U);
    for (const RemoteRecords::Listed& each : *all)
        EXPECT_EQ(each.revision, each.name == "item/good" ? 1U : 0U) << each.name;
}

TEST_F(RedisRecordsAt, AHugeValueUnderOurKeyIsNeitherFetchedNorInAnybodysWay) {
    server.say({"HSET", "test/one:item/huge", "r", "1", "s", std::string(std::size_t{10} << 20, 'x')});
    int answered = 0;
    for (int i = 0; i < 20; ++i)
        a.records->get("item/huge", [&](const Result<RemoteRecords::Record>& record) {
            ++answered;
            EXPECT_EQ(record.error().code, ErrorCode::ParseError);
        });
    ASSERT_TRUE(a.put("item/x", 0, "fine"));
    EXPECT_EQ(answered, 20);
    EXPECT_EQ(a.connections, 1) << "the connection has gone through it";
}

TEST_F(RedisRecordsAt, WhatNoRecordCanBeIsRefusedHere) {
    for (const std::string& name : {std::string(), std::string("a:b"), std::string("a*"), std::string("a b"),
                                    std::string(201, 'x'), std::string("\xc3\xa4")}) {
        EXPECT_EQ(a.get(name).error().code, ErrorCode::InvalidRequest) << name;
        EXPECT_EQ(a.put(name, 0, "x").error().code, ErrorCode::InvalidRequest);
        EXPECT_EQ(a.erase(name, 0).error().code, ErrorCode::InvalidRequest);
        EXPECT_EQ(a.lease(name, "a").error().code, ErrorCode::InvalidRequest);
    }
    EXPECT_EQ(a.list("item/*").error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(a.put("item/x", 0, std::string((std::size_t{1} << 20) + 1, 'x')).error().code,
              ErrorCode::InvalidRequest);
    EXPECT_EQ(a.put({"item/x", 5, {5, "x"}}).error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(a.lease("item/x", "a", std::chrono::hours(2)).error().code, ErrorCode::InvalidRequest);
}

TEST_F(RedisRecordsAt, ThousandsAreListedAmongOtherPeoplesKeys) {
    for (int i = 0; i < 5000; ++i)
        a.records->put({"item/" + std::to_string(i), 0, {1, "x"}}, [](const Result<void>&) {});
    server.say({"EVAL", "for i = 1, 20000 do redis.call('SET', 'theirs:' .. i, 'x') end", "0"});
    ASSERT_TRUE(a.put("own/x", 0, "x"));
    EXPECT_EQ(b.list("item/")->size(), 5000U);
}

TEST_F(RedisRecordsAt, WhatOthersPublishOnOurChannelIsBelievedOnlyAsFarAsItIsAName) {
    std::vector<std::string> told;
    QObject::connect(a.records.get(), &RemoteRecords::changed, a.records.get(),
                     [&](const std::string& name, std::uint64_t) { told.push_back(name); });
    for (const char* text :
         {"", "x", " item/x", "1", "1 ", "-1 item/x", "1 a:b", "99999999999999999999 item/x"})
        server.say({"PUBLISH", "test/one:changed", text});
    server.say({"PUBLISH", "test/one:changed", "7 item/last"});
    ASSERT_TRUE(spinUntil([&] { return !told.empty(); }));
    EXPECT_EQ(told, std::vector<std::string>{"item/last"});
}

} // namespace
} // namespace keybearer
