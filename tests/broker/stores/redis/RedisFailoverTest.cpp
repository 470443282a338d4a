#include "tests/broker/stores/redis/RedisTestRecords.h"

namespace keybearer {
namespace {

using testing::Health;
using testing::RedisServer;
using testing::TestRecords;

// A master and its replica.
class RedisFailover : public ::testing::Test {
protected:
    static RedisServer::Wish tcp() {
        RedisServer::Wish wish;
        wish.tcp = true;
        return wish;
    }
    void SetUp() override {
        second.say({"REPLICAOF", "127.0.0.1", std::to_string(first.port())});
        first.awaitReplica();
    }
    [[nodiscard]] RedisConfig both() const {
        return testing::redisConfig("redis://127.0.0.1:" + std::to_string(second.port()) +
                                    ",127.0.0.1:" + std::to_string(first.port()));
    }
    RedisServer first{tcp()};
    RedisServer second{tcp()};
};

TEST_F(RedisFailover, OfSeveralServersTheMasterIsUsed) {
    const TestRecords records(both());
    ASSERT_TRUE(records.becomesReady());
    ASSERT_TRUE(records.put("item/x", 0, "x"));
    EXPECT_EQ(first.say({"EXISTS", "test/one:item/x"}).integer, 1);
}

TEST_F(RedisFailover, AReplicaAloneIsNoStore) {
    const TestRecords records(testing::redisConfig(second.url()));
    const Health trouble = records.trouble();
    EXPECT_NE(trouble.problem.find("read-only replica"), std::string::npos) << trouble.problem;
}

TEST_F(RedisFailover, WhenTheMasterDiesThePromotedReplicaServes) {
    const TestRecords records(both());
    const TestRecords other(both());
    ASSERT_TRUE(records.becomesReady() && other.becomesReady());
    ASSERT_TRUE(records.put("item/x", 0, "before"));
    const Result<RemoteRecords::Lease> lease = records.lease("item/x", "a");
    ASSERT_TRUE(lease);
    first.awaitReplica();
    first.kill();
    EXPECT_EQ(records.trouble().state, Health::State::Unavailable);
    second.say({"REPLICAOF", "NO", "ONE"});
    ASSERT_TRUE(records.becomesReady(30'000) && other.becomesReady(30'000));
    EXPECT_EQ(records.get("item/x")->sealed, "before");
    EXPECT_EQ(other.lease("item/x", "b").error().code, ErrorCode::RateLimited) << "leases have come along";
    std::uint64_t told = 0;
    QObject::connect(other.records.get(), &RemoteRecords::changed, other.records.get(),
                     [&](const std::string&, std::uint64_t revision) { told = revision; });
    ASSERT_TRUE(records.put({"item/x", 1, {2, "after"}, lease->fence}));
    EXPECT_TRUE(spinUntil([&] { return told == 2; }));
}

TEST_F(RedisFailover, AMasterThatBecomesAReplicaIsLeftForTheNewOne) {
    const TestRecords records(both());
    ASSERT_TRUE(records.becomesReady());
    ASSERT_TRUE(records.put("item/x", 0, "before"));
    first.awaitReplica();
    second.say({"REPLICAOF", "NO", "ONE"});
    first.say({"REPLICAOF", "127.0.0.1", std::to_string(second.port())});
    EXPECT_TRUE(spinUntil([&] { return records.connections == 2; }, 30'000)) << "noticed without any call";
    ASSERT_TRUE(records.put("item/x", 1, "after"));
    EXPECT_EQ(second.say({"HGET", "test/one:item/x", "s"}).text, "after");
}

TEST_F(RedisFailover, AWriteWaitsForAsManyReplicasAsAreAskedFor) {
    RedisConfig config = both();
    config.replicas = 1;
    const TestRecords records(config);
    ASSERT_TRUE(records.becomesReady());
    ASSERT_TRUE(spinUntil([&] { return records.put("item/x", 0, "x").has_value(); }))
        << "a replica that has just come may take a second";
    EXPECT_EQ(second.say({"HGET", "test/one:item/x", "s"}).text, "x") << "it is there already";
    ASSERT_TRUE(records.lease("item/x", "a"));
    EXPECT_EQ(second.say({"EXISTS", "test/one:lease:item/x"}).integer, 1);
    ASSERT_TRUE(records.erase("item/x", 1));
    EXPECT_EQ(second.say({"EXISTS", "test/one:item/x"}).integer, 0);

    second.pause();
    const Result<void> alone = records.put("item/y", 0, "y");
    second.resume();
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(alone.error().message.find("0 of 1 replicas"), std::string::npos) << alone.error().message;
    EXPECT_TRUE(spinUntil([&] { return records.put("item/y", 0, "y").has_value(); }))
        << "the same write again, once the replica is back";
}

TEST_F(RedisFailover, WithoutAReplicaItWritesAndSaysThatThereIsNone) {
    RedisConfig config = testing::redisConfig(first.url());
    config.replicas = 1;
    const TestRecords records(config);
    ASSERT_TRUE(records.becomesReady());
    second.kill(); // while it writes its first file it would refuse to stop
    EXPECT_TRUE(spinUntil([&] { return !records.records->health().problem.empty(); }, 20'000));
    EXPECT_EQ(records.records->health().state, Health::State::Ready);
    EXPECT_NE(records.records->health().problem.find("0 of 1 replicas"), std::string::npos);
    EXPECT_TRUE(records.put("item/x", 0, "x"));
}

} // namespace
} // namespace keybearer
