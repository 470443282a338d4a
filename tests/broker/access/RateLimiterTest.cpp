#include "broker/access/RateLimiter.h"

#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

Caller program(const std::string& path) {
    Caller caller;
    caller.uid = 1000;
    caller.executable = path;
    return caller;
}

int granted(RateLimiter& limiter, const Caller& caller, const FakeClock& clock, int asks) {
    int taken = 0;
    for (int i = 0; i < asks; ++i)
        taken += limiter.take(*limiter.bucketOf(caller), clock.boot()) ? 1 : 0;
    return taken;
}

TEST(RateLimiter, A6_WithoutALimitThereIsNothingToCount) {
    const FakeClock clock;
    RateLimiter limiter({}, {}, clock);
    EXPECT_FALSE(limiter.limits());
    EXPECT_EQ(limiter.bucketOf(program("/usr/bin/git")), nullptr);
}

TEST(RateLimiter, A6_BurstAtOnceThenTheAverage) {
    FakeClock clock;
    RateLimiter limiter({100, 60s, 10}, {}, clock);
    const Caller git = program("/usr/bin/git");
    EXPECT_EQ(granted(limiter, git, clock, 50), 10);
    clock.advance(600ms);
    EXPECT_EQ(granted(limiter, git, clock, 50), 1);
    clock.advance(500ms);
    EXPECT_EQ(granted(limiter, git, clock, 50), 0);
    clock.advance(60s);
    EXPECT_EQ(granted(limiter, git, clock, 50), 10) << "a bucket never holds more than the burst";
    EXPECT_EQ(limiter.counters().taken, 21);
}

TEST(RateLimiter, T07_AThousandAsksInTenSecondsGetBurstAndAverage) {
    FakeClock clock;
    RateLimiter limiter({100, 60s, 10}, {}, clock);
    const Caller git = program("/usr/bin/git");
    int taken = 0;
    for (int i = 0; i < 1000; ++i) {
        taken += granted(limiter, git, clock, 1);
        clock.advance(10ms);
    }
    EXPECT_EQ(taken, 10 + 16);
    EXPECT_EQ(limiter.counters().refused, 1000 - 26);
}

TEST(RateLimiter, A6_WithoutABurstTheWholeWindowMayComeAtOnce) {
    const FakeClock clock;
    RateLimiter limiter({5, 60s, 0}, {}, clock);
    EXPECT_EQ(granted(limiter, program("/usr/bin/git"), clock, 50), 5);
}

TEST(RateLimiter, A6_RefusalTellsLimitRemainingResetAndRetry) {
    FakeClock clock;
    RateLimiter limiter({60, 60s, 3}, {}, clock);
    const auto bucket = limiter.bucketOf(program("/usr/bin/git"));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(limiter.take(*bucket, clock.boot()));
    EXPECT_FALSE(limiter.take(*bucket, clock.boot()));
    const Error error = limiter.refusal(*bucket, clock.boot());
    EXPECT_EQ(error.code, ErrorCode::RateLimited);
    EXPECT_EQ(std::get<std::int64_t>(*error.detail("limit")), 60);
    EXPECT_EQ(std::get<std::int64_t>(*error.detail("remaining")), 0);
    EXPECT_EQ(std::get<std::string>(*error.detail("reset_at")), "2030-03-17T17:46:43Z");
    EXPECT_EQ(error.retryAfter, 1s);
    clock.advance(*error.retryAfter);
    EXPECT_TRUE(limiter.take(*bucket, clock.boot())) << "retry_after is long enough";
}

TEST(RateLimiter, A6_ComingAnewDoesNotHelpAndOthersDoNotSuffer) {
    const FakeClock clock;
    RateLimiter limiter({60, 60s, 2}, {}, clock);
    Caller git = program("/usr/bin/git");
    EXPECT_EQ(granted(limiter, git, clock, 5), 2);
    git.pid = 4711; // another process of the same program, on another connection
    EXPECT_EQ(granted(limiter, git, clock, 5), 0);
    EXPECT_EQ(granted(limiter, program("/usr/bin/gh"), clock, 5), 2);
}

TEST(RateLimiter, A6_OverallHoldsForAllTogether) {
    FakeClock clock;
    RateLimiter limiter({60, 60s, 4}, {60, 60s, 6}, clock);
    EXPECT_EQ(granted(limiter, program("/usr/bin/a"), clock, 4), 4);
    EXPECT_EQ(granted(limiter, program("/usr/bin/b"), clock, 4), 2);
    const auto bucket = limiter.bucketOf(program("/usr/bin/c"));
    EXPECT_FALSE(limiter.take(*bucket, clock.boot()));
    EXPECT_EQ(limiter.refusal(*bucket, clock.boot()).message, "all programs together ask too often");
}

TEST(RateLimiter, A6_OverallAloneIsALimitToo) {
    const FakeClock clock;
    RateLimiter limiter({}, {60, 60s, 3}, clock);
    EXPECT_EQ(granted(limiter, program("/usr/bin/a"), clock, 9), 3);
}

TEST(RateLimiter, A6_AHundredThousandCallersTakeBoundedMemory) {
    const FakeClock clock;
    RateLimiter limiter({60, 60s, 2}, {}, clock);
    for (int i = 0; i < 100'000; ++i)
        EXPECT_EQ(granted(limiter, program("/tmp/p" + std::to_string(i)), clock, 1), 1);
    EXPECT_LE(limiter.callers(), 8192U);
    EXPECT_EQ(granted(limiter, program("/tmp/p99999"), clock, 5), 1) << "the latest are remembered";
}

TEST(RateLimiter, A6_HugeFiguresStayInTheirType) {
    const FakeClock clock;
    RateLimiter limiter({1, 86'400s, 1'000'000'000}, {}, clock);
    EXPECT_EQ(granted(limiter, program("/usr/bin/a"), clock, 1000), 1000);
    RateLimiter fast({1'000'000'000, 1s, 0}, {}, clock);
    EXPECT_EQ(granted(fast, program("/usr/bin/a"), clock, 1000), 1000);
}

TEST(RateKey, A6_IsTheKeyShownOrTheProgramAndItsScript) {
    Caller node = program("/usr/bin/node");
    node.script = "/home/ana/a.js";
    Caller other = node;
    other.script = "/home/ana/b.js";
    EXPECT_NE(rateKey(node), rateKey(other));
    other = node;
    other.pid = 99;
    EXPECT_EQ(rateKey(node), rateKey(other));
    node.clientId = "c1";
    Caller copied = program("/tmp/copy");
    copied.clientId = "c1";
    EXPECT_EQ(rateKey(node), rateKey(copied)) << "one key is one caller, wherever it is used";
}

} // namespace
} // namespace keybearer
