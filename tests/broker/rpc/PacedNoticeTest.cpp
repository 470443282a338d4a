#include "broker/rpc/PacedNotice.h"
#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <thread>

namespace keybearer {
namespace {

using std::chrono::milliseconds;

TEST(PacedNoticeTest, TheFirstIsToldAtOnce) {
    int told = 0;
    PacedNotice notice(milliseconds(60'000), [&] { ++told; });
    notice.due();
    EXPECT_EQ(told, 1);
}

TEST(PacedNoticeTest, ManyDuringThePauseAreToldOnceAtItsEnd) {
    int told = 0;
    PacedNotice notice(milliseconds(100), [&] { ++told; });
    for (int i = 0; i < 1000; ++i)
        notice.due();
    EXPECT_EQ(told, 1);
    ASSERT_TRUE(spinUntil([&] { return told == 2; }));
    spinOnce();
    EXPECT_EQ(told, 2);
}

TEST(PacedNoticeTest, WhatIsToldLaterSeesTheNewestState) {
    int state = 0;
    int seen = -1;
    PacedNotice notice(milliseconds(1), [&] { seen = state; });
    for (state = 1; state < 10; ++state)
        notice.due();
    state = 10;
    EXPECT_TRUE(spinUntil([&] { return seen == 10; }));
}

TEST(PacedNoticeTest, AfterAnEmptyPauseTheNextIsToldAtOnceAgain) {
    int told = 0;
    PacedNotice notice(milliseconds(1), [&] { ++told; });
    notice.due();
    std::this_thread::sleep_for(milliseconds(20));
    spinOnce(); // the pause ends
    notice.due();
    EXPECT_EQ(told, 2);
}

} // namespace
} // namespace keybearer
