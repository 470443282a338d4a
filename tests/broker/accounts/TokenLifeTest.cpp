#include "tests/broker/accounts/RotationHouse.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

// What time does to tokens: sleep, wake, clocks that jump, networks that come and go.
class TokenLife : public ::testing::Test {
protected:
    [[nodiscard]] bool quiet() {
        return !spinUntil([&] { return !house.http.idle(); }, 60);
    }
    void answerWithNewTokens() { house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2")); }
    [[nodiscard]] WallTime expiry(const std::string& id) const {
        return house.registry.find(id)->record.accessExpiresAt.value_or(WallTime{});
    }
    RotationHouse::Disk disk;
    std::shared_ptr<FakeClock> time = std::make_shared<FakeClock>();
    RotationHouse house{disk, time};
};

const char* const invalidGrant = R"({"error":"invalid_grant"})";

TEST_F(TokenLife, AnEarlyRefusalKeepsTheAccessTokenInUse) {
    const std::string id = house.signIn();
    const auto outcome = house.refresh(id);
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(house.requestWaits());
        house.http.answer(400, invalidGrant);
    }
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::SignInAgain);
    const CredentialRecord& record = house.registry.find(id)->record;
    EXPECT_FALSE(record.needsSignIn);
    EXPECT_NE(record.problem.find("works until"), std::string::npos) << record.problem;
    // Nobody asks again before the token ends; then the answer is believed.
    ASSERT_TRUE(house.refresher.pauseOf(id));
    EXPECT_GE(house.refresher.pauseOf(id)->left, 3590s);
    time->advance(3601s);
    const auto last = house.refresh(id);
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(house.requestWaits());
        house.http.answer(400, invalidGrant);
    }
    ASSERT_TRUE(spinUntil([&] { return last->done; }));
    EXPECT_TRUE(house.registry.find(id)->record.needsSignIn);
    EXPECT_EQ(house.registry.find(id)->record.reason, "revoked");
}

TEST_F(TokenLife, T40_AClockThatJumpsForwardRenewsNothing) {
    const std::string id = house.signIn();
    const WallTime before = expiry(id);
    time->jumpWall(24h);
    house.registry.checkClock();
    EXPECT_EQ(expiry(id) - before, 24h);
    EXPECT_TRUE(isFresh(time->wall(), house.registry.find(id)->record.accessIssuedAt, expiry(id), 0s));
    EXPECT_TRUE(quiet());
}

TEST_F(TokenLife, T40_AClockThatJumpsBackProlongsNothing) {
    const std::string id = house.signIn();
    time->jumpWall(-24h);
    house.registry.checkClock();
    time->advance(3601s);
    EXPECT_FALSE(isUsable(time->wall(), expiry(id)));
}

TEST_F(TokenLife, T40_SmallStepsOfTheClockMoveNothing) {
    const std::string id = house.signIn();
    const WallTime before = expiry(id);
    time->jumpWall(1500ms);
    house.registry.checkClock();
    EXPECT_EQ(expiry(id), before);
}

TEST_F(TokenLife, T40_WhatTheStoreToldIsBelievedWhenTheClockGoesForward) {
    const std::string id = house.signIn();
    ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
    RotationHouse later(disk, time);
    later.open();
    bool loaded = false;
    later.registry.ensureLoaded(id, [&](const Result<void>& result) { loaded = result.has_value(); });
    ASSERT_TRUE(spinUntil([&] { return loaded; }));
    const WallTime before = *later.registry.find(id)->record.accessExpiresAt;
    time->jumpWall(24h); // a clock that was wrong at the start of the machine is set right
    later.registry.checkClock();
    EXPECT_EQ(*later.registry.find(id)->record.accessExpiresAt, before);
    time->jumpWall(-48h);
    later.registry.checkClock();
    EXPECT_EQ(*later.registry.find(id)->record.accessExpiresAt, before - 48h);
}

TEST_F(TokenLife, T40_TheCorrectedExpirySurvivesARestart) {
    const std::string id = house.signIn();
    time->jumpWall(-24h);
    house.registry.checkClock();
    const WallTime corrected = expiry(id);
    ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
    RotationHouse later(disk, time);
    later.open();
    bool loaded = false;
    later.registry.ensureLoaded(id, [&](const Result<void>& result) { loaded = result.has_value(); });
    ASSERT_TRUE(spinUntil([&] { return loaded; }));
    EXPECT_EQ(*later.registry.find(id)->record.accessExpiresAt, corrected);
}

TEST_F(TokenLife, T5_NothingIsBegunWhileTheMachineGoesToSleep) {
    const std::string id = house.signIn();
    house.refresher.setSleeping(true);
    time->advance(10h);
    house.registry.setProblem(id, "look again"); // any change makes it look at the clock
    EXPECT_TRUE(quiet());
    house.refresher.setSleeping(false);
    ASSERT_TRUE(house.requestWaits());
    answerWithNewTokens();
    ASSERT_TRUE(spinUntil([&] { return house.secrets(id).accessToken.reveal() == "at-2"; }));
    EXPECT_TRUE(quiet());
    EXPECT_EQ(house.http.sent, 1);
}

TEST_F(TokenLife, T5_WhoeverAsksAfterAWakeUpSharesTheOneRefresh) {
    const std::string id = house.signIn();
    house.refresher.setSleeping(true);
    time->advance(10h);
    house.refresher.setSleeping(false);
    std::vector<std::shared_ptr<RotationHouse::Outcome>> askers;
    for (int i = 0; i < 10; ++i)
        askers.push_back(house.refresh(id));
    ASSERT_TRUE(house.requestWaits());
    answerWithNewTokens();
    ASSERT_TRUE(spinUntil([&] { return askers.back()->done; }));
    EXPECT_TRUE(quiet());
    EXPECT_EQ(house.http.sent, 1);
}

TEST_F(TokenLife, T5_WithoutANetworkNothingIsBegunInTheBackground) {
    const std::string id = house.signIn();
    house.refresher.setOnline(false);
    time->advance(3000s);
    house.registry.setProblem(id, "look again");
    EXPECT_TRUE(quiet());
    house.refresher.setOnline(true);
    EXPECT_TRUE(house.requestWaits());
}

TEST_F(TokenLife, T5_ANetworkThatIsBackEndsTheWaitingForIt) {
    const std::string id = house.signIn();
    time->advance(3000s);
    std::shared_ptr<RotationHouse::Outcome> last;
    for (int i = 0; i < 8; ++i) {
        last = house.refresh(id, TokenRefresher::Urgency::Person);
        ASSERT_TRUE(house.requestWaits());
        house.http.fail(Error(ErrorCode::ProviderUnavailable, "no route").with("sent", false));
        ASSERT_TRUE(spinUntil([&] { return last->done; }));
    }
    house.refresher.setOnline(false);
    house.refresher.setOnline(true);
    EXPECT_TRUE(house.requestWaits());
}

TEST_F(TokenLife, T4_ANetworkThatIsBackDoesNotOverruleTheProvider) {
    const std::string id = house.signIn();
    time->advance(3000s);
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(429, "", {{"Retry-After", "600"}});
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    house.refresher.setOnline(false);
    house.refresher.setOnline(true);
    EXPECT_TRUE(quiet());
    ASSERT_TRUE(house.refresher.pauseOf(id));
    EXPECT_EQ(house.refresher.pauseOf(id)->left, 600s);
}

} // namespace
} // namespace keybearer
