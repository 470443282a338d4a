#include "tests/broker/accounts/RotationHouse.h"

#include "broker/accounts/SessionRevocation.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class Rotation : public ::testing::Test {
protected:
    RotationHouse::Disk disk;
};

const char* const invalidGrant = R"({"error":"invalid_grant","error_description":"gone"})";

TEST_F(Rotation, T2_SEC_C_27_AThousandAskersCauseOneRequest) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    std::vector<std::shared_ptr<RotationHouse::Outcome>> outcomes;
    for (int i = 0; i < 1000; ++i)
        outcomes.push_back(house.refresh(id));
    ASSERT_TRUE(house.requestWaits());
    spinOnce();
    outcomes.push_back(house.refresh(id));
    EXPECT_EQ(house.http.sent, 1);
    EXPECT_NE(house.http.waiting.front().body.find("refresh_token=rt-1"), std::string::npos);
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcomes.back()->done; }));
    for (const auto& outcome : outcomes)
        EXPECT_TRUE(outcome->done && outcome->result);
    EXPECT_EQ(house.http.sent, 1);
    EXPECT_EQ(house.secrets(id).accessToken.reveal(), "at-2");
}

TEST_F(Rotation, SEC_C_28_NothingIsServedBeforeItIsDurable) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.journal.failCommit = true;
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_FALSE(outcome->result);
    EXPECT_EQ(outcome->result.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(house.secrets(id).accessToken.reveal(), "at-1");
    EXPECT_EQ(house.refresher.unsaved(), 1U);
    const auto second = house.refresh(id);
    EXPECT_TRUE(second->done && !second->result) << "a grant with unsaved tokens must not be refreshed again";
    EXPECT_EQ(house.http.sent, 1);
    house.journal.failCommit = false;
    ASSERT_TRUE(spinUntil([&] { return house.refresher.unsaved() == 0; })) << "it must go on trying";
    EXPECT_EQ(house.secrets(id).refreshToken.reveal(), "rt-2");
}

TEST_F(Rotation, WithoutADurableIntentNoRequestLeaves) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    house.journal.failIntent = true;
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(house.http.sent, 0);
}

TEST_F(Rotation, T4_TransientFailuresKeepTheCredential) {
    const std::vector<std::pair<int, std::string>> answers{
        {503, "busy"},      {500, ""},
        {429, "slow down"}, {200, "<html>Sign in to the hotel network</html>"},
        {200, ""},          {200, "{\"access_token\":"}};
    for (const auto& [status, body] : answers) {
        RotationHouse::Disk fresh;
        RotationHouse house(fresh);
        const std::string id = house.signIn();
        const auto outcome = house.refresh(id);
        while (!outcome->done) {
            ASSERT_TRUE(spinUntil([&] { return outcome->done || !house.http.idle(); }));
            if (!house.http.idle())
                house.http.answer(status, body);
            spinOnce();
        }
        ASSERT_FALSE(outcome->result);
        EXPECT_EQ(outcome->result.error().code, ErrorCode::ProviderUnavailable) << status << " " << body;
        EXPECT_TRUE(outcome->result.error().retryAfter);
        EXPECT_LE(house.http.sent, 2);
        EXPECT_EQ(house.secrets(id).refreshToken.reveal(), "rt-1");
        EXPECT_FALSE(house.registry.find(id)->record.needsSignIn);
    }
}

TEST_F(Rotation, T4_WhileBackingOffNobodyBothersTheProvider) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto first = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(503, "busy", {{"Retry-After", "60"}});
    ASSERT_TRUE(spinUntil([&] { return first->done; }));
    EXPECT_EQ(house.http.sent, 1) << "a provider that says when to come back is obeyed";
    const auto second = house.refresh(id);
    ASSERT_TRUE(second->done);
    EXPECT_EQ(second->result.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(second->result.error().retryAfter, 60s);
    house.clock.advance(61s);
    const auto third = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return third->done; }));
    EXPECT_TRUE(third->result);
}

TEST_F(Rotation, APersonMayTryAtOnceWhileProgramsWait) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto first = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(503, "busy", {{"Retry-After", "600"}});
    ASSERT_TRUE(spinUntil([&] { return first->done; }));
    const auto person = house.refresh(id, TokenRefresher::Urgency::Person);
    EXPECT_TRUE(house.requestWaits());
}

TEST_F(Rotation, T43_InvalidGrantIsBelievedWhenItIsSaidTwice) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    house.clock.advance(3600s);
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, invalidGrant);
    spinOnce();
    EXPECT_FALSE(outcome->done);
    EXPECT_FALSE(house.registry.find(id)->record.needsSignIn);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, invalidGrant);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::SignInAgain);
    EXPECT_EQ(std::get<std::string>(*outcome->result.error().detail("reason")), "revoked");
    EXPECT_EQ(house.registry.find(id)->state(), CredentialState::NeedsSignIn);
    EXPECT_EQ(house.secrets(id).refreshToken.reveal(), "rt-1") << "nothing is deleted";
}

TEST_F(Rotation, AnInvalidGrantThatWasAMistakeEndsNothing) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, invalidGrant);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->result);
}

TEST_F(Rotation, T44_AnAnswerThatNeverCameIsRetriedOnceWithTheSameToken) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.fail(Error(ErrorCode::ProviderUnavailable, "cut off").with("sent", true));
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(house.http.waiting.front().body.find("refresh_token=rt-1"), std::string::npos);
    house.http.answer(400, invalidGrant);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, invalidGrant);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(std::get<std::string>(*outcome->result.error().detail("reason")), "lost_in_rotation");
}

TEST_F(Rotation, OtherRefusalsKeepTheCredential) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(401, R"({"error":"invalid_client"})");
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::ProviderError);
    EXPECT_FALSE(house.registry.find(id)->record.needsSignIn);
}

TEST_F(Rotation, T3_ANewerJournalEntryWinsOverTheItem) {
    std::string id;
    auto time = std::make_shared<FakeClock>();
    {
        RotationHouse house(disk, time);
        id = house.signIn();
        ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
        const auto outcome = house.refresh(id);
        ASSERT_TRUE(house.requestWaits());
        house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
        ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
        // The broker dies before the item of the store is written.
    }
    RotationHouse again(disk, time);
    again.open();
    ASSERT_NE(again.registry.find(id), nullptr);
    EXPECT_EQ(again.secrets(id).refreshToken.reveal(), "rt-2");
    ASSERT_TRUE(spinUntil([&] { return again.vault.unsettled() == 0; }));
    EXPECT_TRUE(disk.state->pending()->empty()) << "the item was read back, so the journal is clear";
}

TEST_F(Rotation, T38_AnInterruptedRefreshIsRetriedAtStartAtOnce) {
    std::string id;
    auto time = std::make_shared<FakeClock>();
    {
        RotationHouse house(disk, time);
        id = house.signIn();
        ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
        static_cast<void>(house.refresh(id));
        ASSERT_TRUE(house.requestWaits()); // the request is out, the broker dies
    }
    time->advance(3s);
    RotationHouse again(disk, time);
    again.open();
    ASSERT_TRUE(again.requestWaits()) << "nobody asked, and yet the retry must aim inside the grace window";
    EXPECT_NE(again.http.waiting.front().body.find("refresh_token=rt-1"), std::string::npos);
    again.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return again.secrets(id).refreshToken.reveal() == "rt-2"; }));
}

TEST_F(Rotation, AnOldInterruptedRefreshWaitsForDemand) {
    auto time = std::make_shared<FakeClock>();
    {
        RotationHouse house(disk, time);
        const std::string id = house.signIn();
        ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
        static_cast<void>(house.refresh(id));
        ASSERT_TRUE(house.requestWaits());
    }
    time->advance(20min);
    RotationHouse again(disk, time);
    again.open();
    spinOnce();
    EXPECT_EQ(again.http.sent, 0);
}

TEST_F(Rotation, T7_AnItemThatIsGoneIsQuarantinedNotDeleted) {
    std::string id;
    {
        RotationHouse house(disk);
        id = house.signIn();
        ASSERT_TRUE(spinUntil([&] { return house.vault.unsettled() == 0; }));
    }
    bool erased = false;
    disk.store.erase(id, [&](Result<void>) { erased = true; });
    ASSERT_TRUE(spinUntil([&] { return erased; }));
    RotationHouse again(disk);
    bool done = false;
    again.registry.ensureLoaded(id, [&](Result<void> loaded) {
        EXPECT_EQ(loaded.error().code, ErrorCode::SignInAgain);
        done = true;
    });
    ASSERT_TRUE(spinUntil([&] { return done; }));
    EXPECT_EQ(again.registry.find(id)->state(), CredentialState::Quarantined);
    EXPECT_EQ(disk.state->loadRecords()->size(), 1U);
}

TEST_F(Rotation, ASignInAgainReplacesTheSameAccountAndAddsAnother) {
    RotationHouse house(disk);
    const std::string first = house.signIn("42");
    const std::string other = house.signIn("43");
    EXPECT_NE(first, other);
    house.registry.markNeedsSignIn(first, "revoked", "gone");
    EXPECT_EQ(house.signIn("42", "rt-9"), first);
    EXPECT_EQ(house.registry.find(first)->state(), CredentialState::Active);
    EXPECT_EQ(house.secrets(first).refreshToken.reveal(), "rt-9");
    EXPECT_EQ(house.registry.all().size(), 2U);
}

TEST_F(Rotation, ARefreshThatASignInOvertookIsDropped) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    static_cast<void>(house.refresh(id));
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(house.signIn("42", "rt-new"), id);
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return !house.refresher.underWay(id); }));
    EXPECT_EQ(house.secrets(id).refreshToken.reveal(), "rt-new");
}

TEST_F(Rotation, T1_TheBackgroundRefreshesBeforeAnybodyAsks) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    house.clock.advance(2600s);
    spinOnce();
    EXPECT_EQ(house.http.sent, 0);
    house.clock.advance(200s);
    house.registry.setProblem(id, "look again"); // any change makes it look at the clock
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return house.secrets(id).accessToken.reveal() == "at-2"; }));
}

TEST_F(Rotation, T6_SEC_C_36_RevocationTellsTheProviderAndErases) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    bool done = false;
    SessionRevocation revocation(house.registry, house.directory, house.http, id, false,
                                 [&](Result<SessionRevocation::Outcome> outcome) {
                                     EXPECT_TRUE(outcome->revokedAtProvider) << outcome->problem;
                                     done = true;
                                 });
    revocation.start();
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(house.http.waiting.front().body.find("token=rt-1"), std::string::npos);
    house.http.answer(200, "");
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(house.http.waiting.front().body.find("token=at-1"), std::string::npos);
    house.http.answer(200, "");
    ASSERT_TRUE(spinUntil([&] { return done; }));
    EXPECT_EQ(house.registry.find(id), nullptr);
    EXPECT_TRUE(disk.state->loadRecords()->empty());
    EXPECT_TRUE(disk.state->pending()->empty());
}

TEST_F(Rotation, SEC_C_36_AProviderThatIsDownDoesNotKeepTheTokensHere) {
    RotationHouse house(disk);
    const std::string id = house.signIn();
    bool done = false;
    SessionRevocation revocation(house.registry, house.directory, house.http, id, false,
                                 [&](Result<SessionRevocation::Outcome> outcome) {
                                     EXPECT_FALSE(outcome->revokedAtProvider);
                                     EXPECT_FALSE(outcome->problem.empty());
                                     done = true;
                                 });
    revocation.start();
    ASSERT_TRUE(house.requestWaits());
    house.http.fail(Error(ErrorCode::ProviderUnavailable, "down"));
    ASSERT_TRUE(spinUntil([&] { return done; }));
    EXPECT_EQ(house.registry.find(id), nullptr);
    bool absent = false;
    disk.store.read(id, [&](Result<Secret> item) { absent = !item; });
    EXPECT_TRUE(spinUntil([&] { return absent; }));
}

} // namespace
} // namespace keybearer
