#include "tests/broker/stores/state/StateFixture.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

class StateJournalTest : public StateFixture {};

TEST_F(StateJournalTest, WithoutItsKeyTheJournalRefuses) {
    const auto state = open();
    EXPECT_EQ(state->commit("s_1", secrets(1)).error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(state->intend("s_1", {}, RefreshToken(Secret::copyOf("x"))).error().code,
              ErrorCode::StoreLocked);
    EXPECT_EQ(state->open(Secret::random(16)).error().code, ErrorCode::StoreUnavailable);
}

TEST_F(StateJournalTest, ACommitReplacesItsIntentAndSurvives) {
    const Secret key = Secret::random(32);
    {
        const auto state = open();
        ASSERT_TRUE(state->open(key));
        ASSERT_TRUE(state->intend("s_1", {3, "a", WallTime{}, false}, RefreshToken(Secret::copyOf("rt"))));
        EXPECT_TRUE(state->pending()->at("s_1").intent);
        ASSERT_TRUE(state->commit("s_1", secrets(4)));
    }
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    const auto pending = state->pending();
    ASSERT_TRUE(pending);
    EXPECT_FALSE(pending->at("s_1").intent);
    ASSERT_TRUE(pending->at("s_1").commit);
    EXPECT_EQ(pending->at("s_1").commit->refreshToken.reveal(), "rt-canary-4");
    ASSERT_TRUE(state->clearCommit("s_1", 3));
    EXPECT_EQ(state->pending()->size(), 1U) << "an older item must not clear a newer commit";
    ASSERT_TRUE(state->clearCommit("s_1", 4));
    EXPECT_TRUE(state->pending()->empty());
}

TEST_F(StateJournalTest, AnIntentKeepsTheCommitBeforeIt) {
    const auto state = open();
    ASSERT_TRUE(state->open(Secret::random(32)));
    ASSERT_TRUE(state->commit("s_1", secrets(4)));
    ASSERT_TRUE(state->intend("s_1", {4, "a", WallTime{}, true}, RefreshToken(Secret::copyOf("rt"))));
    const auto pending = state->pending();
    EXPECT_TRUE(pending->at("s_1").commit);
    ASSERT_TRUE(pending->at("s_1").intent);
    EXPECT_TRUE(pending->at("s_1").intent->ambiguous);
}

TEST_F(StateJournalTest, T38_WhatWasCommittedSurvivesAKill) {
    const Secret key = Secret::random(32);
    static_cast<void>(open());
    const pid_t child = ::fork();
    if (child == 0) {
        auto state = StateDatabase::open(path);
        if (!state || !(*state)->open(key) || !(*state)->commit("s_1", secrets(9)))
            ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    EXPECT_EQ(state->pending()->at("s_1").commit->generation, 9U);
}

TEST_F(StateJournalTest, T35_ADamagedCommitIsMarkedAndKept) {
    const Secret key = Secret::random(32);
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    ASSERT_TRUE(state->commit("s_1", secrets(4)));
    ASSERT_TRUE(state->commit("s_2", secrets(4)));
    {
        auto raw = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(
            (*raw)->execute("UPDATE commits SET sealed = (SELECT sealed FROM commits WHERE id = 's_2') "
                            "WHERE id = 's_1'"));
    }
    const auto pending = state->pending();
    EXPECT_TRUE(pending->at("s_1").damaged) << "a swapped record was believed";
    EXPECT_FALSE(pending->at("s_1").commit);
    EXPECT_TRUE(pending->at("s_2").commit);
    EXPECT_EQ(state->pending()->size(), 2U);
}

} // namespace
} // namespace keybearer
