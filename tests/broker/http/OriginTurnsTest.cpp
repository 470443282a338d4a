#include "broker/http/OriginTurns.h"

#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class OriginTurnsTest : public ::testing::Test {
protected:
    std::unique_ptr<OriginTurns::Turn> wait(const std::string& origin) {
        return turns.wait(origin, [this, origin] { came.push_back(origin); });
    }
    OriginTurns turns;
    std::vector<std::string> came;
};

TEST_F(OriginTurnsTest, NobodyIsCalledFromInside) {
    const auto turn = wait("a");
    EXPECT_TRUE(came.empty());
    spinOnce();
    EXPECT_EQ(came.size(), 1U);
}

TEST_F(OriginTurnsTest, TheSeventhWaitsForAnEnd) {
    std::vector<std::unique_ptr<OriginTurns::Turn>> held;
    for (int i = 0; i < OriginTurns::mostAtOnce + 2; ++i)
        held.push_back(wait("a"));
    spinOnce();
    EXPECT_EQ(came.size(), static_cast<std::size_t>(OriginTurns::mostAtOnce));
    held.erase(held.begin());
    spinOnce();
    EXPECT_EQ(came.size(), static_cast<std::size_t>(OriginTurns::mostAtOnce) + 1);
}

TEST_F(OriginTurnsTest, AnotherOriginDoesNotWait) {
    std::vector<std::unique_ptr<OriginTurns::Turn>> held;
    for (int i = 0; i < OriginTurns::mostAtOnce + 1; ++i)
        held.push_back(wait("a"));
    held.push_back(wait("b"));
    spinOnce();
    EXPECT_EQ(came.back(), "b");
}

TEST_F(OriginTurnsTest, WhoGivesUpWhileWaitingTakesNoTurn) {
    std::vector<std::unique_ptr<OriginTurns::Turn>> held;
    for (int i = 0; i < OriginTurns::mostAtOnce; ++i)
        held.push_back(wait("a"));
    auto given = wait("a");
    const auto last = wait("a");
    spinOnce();
    given.reset();
    held.clear();
    spinOnce();
    EXPECT_EQ(came.size(), static_cast<std::size_t>(OriginTurns::mostAtOnce) + 1);
}

TEST_F(OriginTurnsTest, ATurnMayEndFromInside) {
    std::unique_ptr<OriginTurns::Turn> turn;
    turn = turns.wait("a", [&] { turn.reset(); });
    const auto next = wait("a");
    spinOnce();
    EXPECT_EQ(turn, nullptr);
    EXPECT_EQ(came.size(), 1U);
}

} // namespace
} // namespace keybearer
