#include "broker/gatekeeper/ServerRefusals.h"

#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(ServerRefusals, T_31_AnOperationStepsUpTwiceInTenMinutes) {
    FakeClock clock;
    ServerRefusals refusals(clock);
    EXPECT_TRUE(refusals.mayStepUp("https://a", "tools/call x"));
    EXPECT_TRUE(refusals.mayStepUp("https://a", "tools/call x"));
    EXPECT_FALSE(refusals.mayStepUp("https://a", "tools/call x"));
    EXPECT_TRUE(refusals.mayStepUp("https://a", "tools/call y"));
    EXPECT_TRUE(refusals.mayStepUp("https://b", "tools/call x"));
    clock.advance(ServerRefusals::stepUpMemory);
    EXPECT_TRUE(refusals.mayStepUp("https://a", "tools/call x"));
}

TEST(ServerRefusals, ARenewedTokenThatIsRefusedAtOnceIsHopeless) {
    FakeClock clock;
    ServerRefusals refusals(clock);
    EXPECT_FALSE(refusals.isHopeless("x1", "s1", "old"));
    refusals.renewed("x1", "s1", "new");
    EXPECT_TRUE(refusals.isHopeless("x1", "s1", "new"));
    EXPECT_FALSE(refusals.isHopeless("x1", "s1", "old"));
    EXPECT_FALSE(refusals.isHopeless("x1", "s2", "new"));
    EXPECT_FALSE(refusals.isHopeless("x2", "s1", "new")) << "revoked after it had worked elsewhere";
    clock.advance(ServerRefusals::freshLimit);
    EXPECT_FALSE(refusals.isHopeless("x1", "s1", "new")) << "it has worked for a while";
}

TEST(ServerRefusals, ARefusedTokenIsNewsOnce) {
    FakeClock clock;
    ServerRefusals refusals(clock);
    EXPECT_TRUE(refusals.isNews("s1", "one"));
    EXPECT_FALSE(refusals.isNews("s1", "one"));
    EXPECT_TRUE(refusals.isNews("s2", "one"));
    EXPECT_TRUE(refusals.isNews("s1", "two"));
}

TEST(ServerRefusals, MemoryIsBounded) {
    FakeClock clock;
    ServerRefusals refusals(clock);
    for (std::size_t at = 0; at < ServerRefusals::most + 10; ++at) {
        clock.advance(std::chrono::milliseconds(1));
        EXPECT_TRUE(refusals.mayStepUp("https://a", std::to_string(at)));
    }
    EXPECT_TRUE(refusals.mayStepUp("https://a", "0"));
}

} // namespace
} // namespace keybearer
