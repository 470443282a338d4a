#include "broker/access/SharingPause.h"

#include "broker/base/Time.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class SharingPauseTest : public ::testing::Test {
protected:
    std::unique_ptr<SharingPause> make() {
        auto pause = std::make_unique<SharingPause>(
            SharingPause::Memory{[this](const std::string&) -> Result<std::string> {
                                     if (unreadable)
                                         return failure(ErrorCode::StoreUnavailable, "damaged");
                                     return kept;
                                 },
                                 [this](const std::string&, const std::string& text) -> Result<void> {
                                     if (full)
                                         return failure(ErrorCode::StoreUnavailable, "disk full");
                                     kept = text;
                                     return {};
                                 }},
            clock);
        pause->load();
        return pause;
    }
    static std::string reasonOf(const std::optional<Error>& error) {
        const ErrorDetail* reason = error ? error->detail("reason") : nullptr;
        return reason == nullptr ? std::string() : std::get<std::string>(*reason);
    }

    FakeClock clock;
    std::string kept;
    bool unreadable = false;
    bool full = false;
};

TEST_F(SharingPauseTest, NothingIsRefusedUntilSomebodyPauses) {
    const auto pause = make();
    EXPECT_FALSE(pause->isPaused());
    EXPECT_FALSE(pause->refusal());
    EXPECT_FALSE(pause->until());
}

TEST_F(SharingPauseTest, RefusalSaysUntilWhenAndWhenToComeBack) {
    const auto pause = make();
    ASSERT_TRUE(pause->pause(minutes(15)));
    const std::optional<Error> refusal = pause->refusal();
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, ErrorCode::PolicyDenied);
    EXPECT_EQ(reasonOf(refusal), "sharing_paused");
    EXPECT_EQ(refusal->retryAfter, minutes(15));
    EXPECT_NE(refusal->message.find(toRfc3339(*pause->until())), std::string::npos);
    ASSERT_TRUE(pause->pause(std::nullopt));
    EXPECT_FALSE(pause->refusal()->retryAfter);
    EXPECT_FALSE(pause->until());
}

TEST_F(SharingPauseTest, EndsByItselfAndTellsOnce) {
    SystemClock real;
    SharingPause pause({[](const std::string&) { return std::string(); },
                        [this](const std::string&, const std::string& text) -> Result<void> {
                            kept = text;
                            return {};
                        }},
                       real);
    int ends = 0;
    QObject::connect(&pause, &SharingPause::ended, &pause, [&] { ++ends; });
    ASSERT_TRUE(pause.pause(std::chrono::seconds(1)));
    ASSERT_TRUE(spinUntil([&] { return !pause.isPaused(); }));
    EXPECT_EQ(ends, 1);
    EXPECT_EQ(kept, "");
}

TEST_F(SharingPauseTest, OutlivesTheBrokerWithWhatIsLeft) {
    ASSERT_TRUE(make()->pause(hours(1)));
    clock.advance(minutes(20));
    const auto again = make();
    ASSERT_TRUE(again->isPaused());
    const auto left = *again->until() - clock.wall();
    EXPECT_LE(left, minutes(40));
    EXPECT_GE(left, minutes(39));
    clock.advance(hours(1));
    EXPECT_FALSE(make()->isPaused());
    EXPECT_EQ(kept, "") << "what is over is not kept";
}

TEST_F(SharingPauseTest, AClockThatJumpedBackMakesItNoLonger) {
    ASSERT_TRUE(make()->pause(hours(1)));
    clock.jumpWall(-hours(24 * 365));
    const auto again = make();
    ASSERT_TRUE(again->isPaused());
    EXPECT_LE(*again->until() - clock.wall(), hours(1) + minutes(1));
}

TEST_F(SharingPauseTest, WhatCannotBeReadOrUnderstoodIsAPauseWithoutAnEnd) {
    for (const char* text : {"?", "2026-05-01T09:30:00Z", "2026-05-01T09:30:00Z x", "2026-05-01T09:30:00Z -5",
                             "2026-05-01T09:30:00Z 99999999", "until_resumed"}) {
        kept = text;
        const auto pause = make();
        EXPECT_TRUE(pause->isPaused()) << text;
        EXPECT_FALSE(pause->until()) << text;
    }
    unreadable = true;
    EXPECT_TRUE(make()->isPaused());
}

TEST_F(SharingPauseTest, TakesEffectEvenIfItCannotBeWrittenDown) {
    const auto pause = make();
    full = true;
    const Result<void> paused = pause->pause(hours(1));
    ASSERT_FALSE(paused);
    EXPECT_EQ(paused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(pause->isPaused());
    EXPECT_FALSE(pause->resume());
    EXPECT_FALSE(pause->isPaused());
}

} // namespace
} // namespace keybearer
