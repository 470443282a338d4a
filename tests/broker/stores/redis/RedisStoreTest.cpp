#include "tests/broker/stores/SharedStoreMaker.h"
#include "tests/broker/stores/StoreContract.h"
#include "tests/broker/stores/redis/RedisTestRecords.h"

namespace keybearer {
namespace {

struct Ground {
    testing::RedisServer server;
    SharedStoreMaker maker;
    bool out = false;
};

std::unique_ptr<Ground>& ground() {
    static std::unique_ptr<Ground> one;
    return one;
}

std::unique_ptr<CredentialStore> make(bool clean) {
    initialiseSecrets();
    if (clean)
        ground() = std::make_unique<Ground>();
    auto records = std::make_unique<RedisRecords>(RedisRecords::Setup{
        testing::redisConfig(ground()->server.url()), "test/store", testing::systemClock()});
    EXPECT_TRUE(records->start().has_value());
    return ground()->maker.over(std::move(records), "redis");
}

void tamper() {
    const std::string key = "test/store:" + ground()->maker.nameOf("one");
    std::string sealed = ground()->server.say({"HGET", key, "s"}).text;
    ASSERT_GT(sealed.size(), 100U);
    sealed.back() ^= 1;
    ground()->server.say({"HSET", key, "s", sealed});
}

void outage(bool out) {
    if (out == std::exchange(ground()->out, out))
        return;
    out ? ground()->server.kill() : ground()->server.start();
}

INSTANTIATE_TEST_SUITE_P(Redis, StoreContract,
                         ::testing::Values(StoreMaker{"Redis", make, true, tamper, outage}), storeMakerName);

} // namespace
} // namespace keybearer
