#include "tests/broker/stores/RemoteRecordsContract.h"
#include "tests/broker/stores/redis/RedisTestRecords.h"

#include <QThread>

namespace keybearer {
namespace {

// One server for the program; a clean start is another prefix.
testing::RedisServer& server() {
    static testing::RedisServer one;
    return one;
}

int& deployment() {
    static int number = 0;
    return number;
}

std::unique_ptr<RemoteRecords> make(bool clean) {
    deployment() += clean ? 1 : 0;
    auto records = std::make_unique<RedisRecords>(
        RedisRecords::Setup{testing::redisConfig(server().url()), "contract/" + std::to_string(deployment()),
                            testing::systemClock()});
    EXPECT_TRUE(records->start().has_value());
    return records;
}

INSTANTIATE_TEST_SUITE_P(Redis, RemoteRecordsContract,
                         ::testing::Values(RecordsMaker{"Redis", make,
                                                        [](std::chrono::milliseconds by) {
                                                            // The time of a real server can only be waited
                                                            // for.
                                                            QThread::msleep(
                                                                static_cast<unsigned long>(by.count()));
                                                        }}),
                         recordsMakerName);

} // namespace
} // namespace keybearer
