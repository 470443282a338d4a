#include "broker/gatekeeper/Tickets.h"

#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class TicketsTest : public ::testing::Test {
protected:
    Result<std::string> issue(const std::string& name = "linear") {
        McpTarget target;
        target.name = name;
        target.url = "https://mcp.example/mcp";
        return tickets_.issue({Caller(), target});
    }
    FakeClock clock_;
    Tickets tickets_{clock_};
};

TEST_F(TicketsTest, ATicketIsGoodOnce) {
    const auto ticket = issue();
    ASSERT_TRUE(ticket.has_value());
    EXPECT_GE(ticket->size(), 43U); // 256 bits
    const auto admitted = tickets_.redeem(*ticket);
    ASSERT_TRUE(admitted.has_value());
    EXPECT_EQ(admitted->target.name, "linear");
    const auto again = tickets_.redeem(*ticket);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, ErrorCode::InvalidRequest);
    EXPECT_NE(again.error().detail("transient"), nullptr);
}

TEST_F(TicketsTest, ATicketIsGoodForAMinute) {
    const auto ticket = issue();
    clock_.advance(Tickets::life - std::chrono::seconds(1));
    EXPECT_EQ(tickets_.open(), 1U);
    const auto late = issue();
    clock_.advance(std::chrono::seconds(1));
    EXPECT_FALSE(tickets_.redeem(*ticket).has_value());
    EXPECT_TRUE(tickets_.redeem(*late).has_value());
    EXPECT_EQ(tickets_.open(), 0U);
}

TEST_F(TicketsTest, NobodyGuessesOne) {
    static_cast<void>(issue());
    for (const char* guess : {"", "a", "9Qd"})
        EXPECT_FALSE(tickets_.redeem(guess).has_value());
    EXPECT_EQ(tickets_.open(), 1U);
}

TEST_F(TicketsTest, ThereAreNeverTooMany) {
    for (std::size_t at = 0; at < Tickets::most; ++at)
        ASSERT_TRUE(issue().has_value());
    const auto more = issue();
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().code, ErrorCode::RateLimited);
    clock_.advance(Tickets::life);
    EXPECT_TRUE(issue().has_value());
}

} // namespace
} // namespace keybearer
