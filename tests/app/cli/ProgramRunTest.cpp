#include "app/cli/ProgramRun.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using std::chrono::seconds;

const WallTime start = WallTime(seconds(1'000'000));

seconds restartsAfter(seconds life) {
    return std::chrono::duration_cast<seconds>(restartTime(start, start + life) - start);
}

TEST(ProgramRun, AProgramIsStartedAnewSomewhatBeforeItsTokenEnds) {
    EXPECT_EQ(restartsAfter(seconds(3600)), seconds(3540));
    EXPECT_EQ(restartsAfter(seconds(86'400)), seconds(86'340));
    EXPECT_EQ(restartsAfter(seconds(300)), seconds(270));
    EXPECT_EQ(restartsAfter(seconds(40)), seconds(36));
}

TEST(ProgramRun, NothingIsStartedTwiceWithinHalfAMinute) {
    for (const seconds life : {seconds(-3600), seconds(0), seconds(5), seconds(30), seconds(33)})
        EXPECT_EQ(restartsAfter(life), seconds(30)) << life.count();
}

} // namespace
} // namespace keybearer
