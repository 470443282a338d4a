#include "broker/gatekeeper/Exchanges.h"

#include "broker/access/ConsentGate.h"
#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

Tickets::Admitted admitted(Caller caller = {}) {
    return {std::move(caller), {"example", "https://mcp.example/mcp", "", "", false, {}, {}}};
}

TEST(ExchangesTest, EachIsAConversationOfItsOwn) {
    Exchanges exchanges;
    const Exchange* one = *exchanges.open(admitted());
    const Exchange* two = *exchanges.open(admitted());
    EXPECT_NE(one->id, two->id);
    EXPECT_NE(one->connection, two->connection);
    EXPECT_NE(one->connection & ConsentGate::conversationBit, 0U) << "no connection of the server has it";
    EXPECT_EQ(exchanges.find(two->id), two);
    EXPECT_EQ(exchanges.everOpened(), 2U);
}

TEST(ExchangesTest, WhatIsClosedIsNotFoundAndToldOnce) {
    Exchanges exchanges;
    const std::string id = (*exchanges.open(admitted()))->id;
    static_cast<void>(exchanges.open(admitted()));
    int told = 0;
    bool found = true;
    QObject::connect(&exchanges, &Exchanges::closing, &exchanges, [&](const Exchange& exchange) {
        ++told;
        found = exchanges.find(exchange.id) != nullptr;
    });
    exchanges.close(id);
    exchanges.close(id);
    EXPECT_EQ(told, 1);
    EXPECT_FALSE(found);
    exchanges.closeAll();
    EXPECT_EQ(told, 2);
    EXPECT_EQ(exchanges.count(), 0U);
}

TEST(ExchangesTest, ThereAreNeverTooMany) {
    Exchanges exchanges;
    for (std::size_t at = 0; at < Exchanges::most; ++at)
        ASSERT_TRUE(exchanges.open(admitted()));
    const Result<Exchange*> more = exchanges.open(admitted());
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, ErrorCode::RateLimited);
}

// A program that waits, as a peer of the broker.
class ProgramOfExchange : public ::testing::Test {
protected:
    void SetUp() override {
        child_ = ::fork();
        if (child_ == 0) {
            ::pause();
            ::_exit(0);
        }
        auto process = std::make_shared<PeerProcess>();
        process->credentials.pid = child_;
        process->pin = ProcessPin::ofProcess(child_);
        process->mark = markOf(child_);
        caller_.pid = child_;
        caller_.process = process;
    }
    void TearDown() override { end(); }
    void end() {
        if (child_ <= 0)
            return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    pid_t child_ = 0;
    Caller caller_;
};

TEST_F(ProgramOfExchange, ItsEndIsTold) {
    Exchanges exchanges;
    std::string ended;
    QObject::connect(&exchanges, &Exchanges::programEnded, &exchanges,
                     [&](const std::string& id) { ended = id; });
    const Result<Exchange*> exchange = exchanges.open(admitted(caller_));
    ASSERT_TRUE(exchange) << exchange.error().message;
    end();
    EXPECT_TRUE(spinUntil([&] { return ended == (*exchange)->id; }));
}

TEST_F(ProgramOfExchange, T03_OneThatHasEndedMeanwhileGetsNone) {
    Exchanges exchanges;
    end();
    const Result<Exchange*> exchange = exchanges.open(admitted(caller_));
    ASSERT_FALSE(exchange);
    EXPECT_EQ(exchange.error().code, ErrorCode::ConsentDenied);
    EXPECT_EQ(exchanges.count(), 0U);
}

TEST_F(ProgramOfExchange, T03_OneThatHasBecomeAnotherProgramGetsNone) {
    auto other = std::make_shared<PeerProcess>(*caller_.process);
    other->mark.stack += 4096;
    caller_.process = other;
    Exchanges exchanges;
    EXPECT_FALSE(exchanges.open(admitted(caller_)));
    caller_.prior = PriorGrant{"client:ci", {}, {}};
    EXPECT_TRUE(exchanges.open(admitted(caller_))) << "what it showed counts, whatever it runs";
}

} // namespace
} // namespace keybearer
