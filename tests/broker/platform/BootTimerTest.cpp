#include "broker/platform/BootTimer.h"
#include "broker/platform/LookingTimer.h"

#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

namespace keybearer {
namespace {

using std::chrono::milliseconds;
using Maker = std::unique_ptr<BootTimer> (*)(std::function<void()>);

std::unique_ptr<BootTimer> makeLooking(std::function<void()> due) {
    return std::make_unique<LookingTimer>(std::move(due));
}

class BootTimerTest : public ::testing::TestWithParam<Maker> {};

TEST_P(BootTimerTest, FiresOnceWhenItIsDue) {
    int fired = 0;
    const auto timer = GetParam()([&] { ++fired; });
    ASSERT_NE(timer, nullptr);
    timer->start(milliseconds(10));
    ASSERT_TRUE(spinUntil([&] { return fired > 0; }));
    EXPECT_FALSE(spinUntil([&] { return fired > 1; }, 50));
}

TEST_P(BootTimerTest, WhatIsDueAlreadyFiresToo) {
    int fired = 0;
    const auto timer = GetParam()([&] { ++fired; });
    timer->start(milliseconds(0));
    EXPECT_TRUE(spinUntil([&] { return fired == 1; }));
    timer->start(milliseconds(-5));
    EXPECT_TRUE(spinUntil([&] { return fired == 2; }));
}

TEST_P(BootTimerTest, StoppedItIsSilent) {
    int fired = 0;
    const auto timer = GetParam()([&] { ++fired; });
    timer->start(milliseconds(5));
    timer->stop();
    EXPECT_FALSE(spinUntil([&] { return fired > 0; }, 50));
}

TEST_P(BootTimerTest, ALaterStartReplacesTheEarlier) {
    int fired = 0;
    const auto timer = GetParam()([&] { ++fired; });
    timer->start(milliseconds(5));
    timer->start(std::chrono::hours(1));
    EXPECT_FALSE(spinUntil([&] { return fired > 0; }, 50));
}

TEST_P(BootTimerTest, MayBeDestroyedFromInside) {
    bool fired = false;
    std::unique_ptr<BootTimer> timer;
    timer = GetParam()([&] {
        timer.reset();
        fired = true;
    });
    timer->start(milliseconds(1));
    EXPECT_TRUE(spinUntil([&] { return fired; }));
    spinOnce();
}

// A broker that has no descriptor left goes on with a timer that needs none.
TEST(BootTimerWithoutDescriptors, IsAnOrdinaryTimer) {
    // UndefinedBehaviorSanitizer looks at an object of a type that is new to it through a pipe.
    ASSERT_NE(makeLooking([] {}), nullptr);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const int next = ::dup(STDERR_FILENO);
    ::close(next);
    const rlimit none{static_cast<rlim_t>(next), before.rlim_max}; // the next one would be one too many
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    bool fired = false;
    const auto timer = BootTimer::create([&] { fired = true; });
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    ASSERT_NE(timer, nullptr);
    timer->start(milliseconds(5));
    EXPECT_TRUE(spinUntil([&] { return fired; }));
}

INSTANTIATE_TEST_SUITE_P(Kinds, BootTimerTest, ::testing::Values(&BootTimer::create, &makeLooking));

} // namespace
} // namespace keybearer
