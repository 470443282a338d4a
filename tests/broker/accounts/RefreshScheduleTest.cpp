#include "broker/accounts/RefreshSchedule.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

const WallTime start{std::chrono::seconds(1'900'000'000)};
const RefreshPlan plan{};

TEST(RefreshSchedule, T1_TheEarlierOfThreeQuartersAndFiveMinutesBeforeTheEnd) {
    EXPECT_EQ(refreshTime(plan, start, start + 3600s, 0), start + 2700s);
    EXPECT_EQ(refreshTime(plan, start, start + 600s, 0), start + 300s);
    EXPECT_EQ(refreshTime(plan, start, start + 24h, 0), start + 18h);
}

TEST(RefreshSchedule, AShortLifeIsHalfUsedAtLeast) {
    EXPECT_EQ(refreshTime(plan, start, start + 5s, 0), start + 2500ms);
    EXPECT_EQ(refreshTime(plan, start, start + 5s, 0.99), start + 2500ms);
}

TEST(RefreshSchedule, JitterMovesItForwardInTimeOnly) {
    const WallTime latest = refreshTime(plan, start, start + 3600s, 0);
    const WallTime earliest = refreshTime(plan, start, start + 3600s, 0.999);
    EXPECT_LT(earliest, latest);
    EXPECT_GE(earliest, latest - 181s);
}

TEST(RefreshSchedule, ATokenThatExpiredBeforeItWasIssuedIsDueAtOnce) {
    EXPECT_LE(refreshTime(plan, start, start - 10s, 0.5), start);
}

TEST(RefreshSchedule, T4_BackoffDoublesWithFullJitterAndIsBounded) {
    EXPECT_EQ(backoff(plan, 1, std::nullopt, 0.5), 1000ms);
    EXPECT_EQ(backoff(plan, 5, std::nullopt, 0.5), 8000ms);
    EXPECT_EQ(backoff(plan, 5, std::nullopt, 0.0), 1000ms);
    EXPECT_LE(backoff(plan, 1000, std::nullopt, 0.999), 900s);
    EXPECT_GT(backoff(plan, 1000, std::nullopt, 0.999), 890s);
}

TEST(RefreshSchedule, RetryAfterIsTheLeastAndBounded) {
    EXPECT_EQ(backoff(plan, 1, 30s, 0.1), 30s);
    EXPECT_EQ(backoff(plan, 1, std::chrono::hours(24), 0.1), 900s);
    EXPECT_GT(backoff(plan, 12, 1s, 0.9), 700s);
}

TEST(RefreshSchedule, FreshKeepsAMarginAndHonoursTheRequest) {
    const WallTime end = start + 3600s;
    EXPECT_TRUE(isFresh(end - 11s, start, end, 0s));
    EXPECT_FALSE(isFresh(end - 9s, start, end, 0s));
    EXPECT_FALSE(isFresh(end - 60s, start, end, 120s));
    EXPECT_TRUE(isFresh(start, start, std::nullopt, 3000s)) << "no expiry told: served until refused";
}

TEST(RefreshSchedule, AskingForMoreThanTheProviderGivesCausesNoRefreshEachTime) {
    EXPECT_TRUE(isFresh(start, start, start + 60s, 3600s));
    EXPECT_FALSE(isFresh(start + 10s, start, start + 60s, 3600s));
}

TEST(RefreshSchedule, T5_AnEndIsAnnouncedThreeDaysAheadOrInTheLastQuarter) {
    EXPECT_EQ(announceAt(start, start + std::chrono::hours(24 * 90)), start + std::chrono::hours(24 * 87));
    EXPECT_EQ(announceAt(start, start + std::chrono::hours(4)), start + std::chrono::hours(3));
    EXPECT_EQ(announceAt(start, start - std::chrono::hours(4)), start - std::chrono::hours(4));
}

TEST(RefreshSchedule, AShortLifeHasASmallMargin) {
    EXPECT_TRUE(isFresh(start + 4s, start, start + 5s, 0s));
    EXPECT_FALSE(isFresh(start + 4600ms, start, start + 5s, 0s));
    EXPECT_TRUE(isUsable(start + 4700ms, start + 5s));
    EXPECT_FALSE(isUsable(start + 5s, start + 5s));
}

} // namespace
} // namespace keybearer
