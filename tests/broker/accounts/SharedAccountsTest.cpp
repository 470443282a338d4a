#include "tests/broker/accounts/RotationHouse.h"
#include "tests/support/FakeSharedStore.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

// One broker on a shared ground.
struct Member {
    explicit Member(FakeSharedStore::Ground& ground) : store(ground) {
        disk.shared = &store;
        house = std::make_unique<RotationHouse>(disk);
        house->open();
        Q_EMIT store.connected();
        bool known = false;
        house->shared->whenKnown([&] { known = true; });
        EXPECT_TRUE(spinUntil([&] { return known; }));
    }
    [[nodiscard]] bool settled() {
        return spinUntil([&] { return house->vault.unsettled() == 0; });
    }
    [[nodiscard]] bool has(const std::string& id, std::uint64_t generation) {
        return spinUntil([&] {
            const Credential* found = house->registry.find(id);
            return found != nullptr && found->record.generation == generation;
        });
    }
    [[nodiscard]] std::string accessToken(const std::string& id) {
        bool loaded = false;
        house->registry.ensureLoaded(id, [&](const Result<void>& result) {
            EXPECT_TRUE(result) << result.error().message;
            loaded = true;
        });
        EXPECT_TRUE(spinUntil([&] { return loaded; }));
        return std::string(house->secrets(id).accessToken.reveal());
    }

    FakeSharedStore store;
    RotationHouse::Disk disk;
    std::unique_ptr<RotationHouse> house;
};

class SharedAccountsTest : public ::testing::Test {
protected:
    // Somebody has signed in at `first`, and `second` knows.
    std::string signedIn() {
        std::string id = first.house->signIn();
        EXPECT_TRUE(first.settled());
        EXPECT_TRUE(second.has(id, 1));
        return id;
    }
    FakeSharedStore::Ground ground;
    Member first{ground};
    Member second{ground};
};

TEST_F(SharedAccountsTest, S4_ASignInAtOneBrokerIsASessionAtEveryOther) {
    const std::string id = signedIn();
    const CredentialRecord& record = second.house->registry.find(id)->record;
    EXPECT_EQ(record.provider, "corp");
    EXPECT_EQ(record.issuer, "https://login.example.com");
    EXPECT_EQ(record.account.label, "42@example.com");
    EXPECT_EQ(record.scopes, std::vector<std::string>{"read"});
    EXPECT_TRUE(record.refreshable);
    EXPECT_FALSE(second.house->registry.find(id)->loaded) << "its secrets are fetched when somebody asks";
    EXPECT_EQ(second.accessToken(id), "at-1");
    Member late(ground);
    EXPECT_TRUE(late.has(id, 1)) << "by the list of the store";
}

TEST_F(SharedAccountsTest, S4_TwoBrokersThatRefreshAtOnceSendOneRequest) {
    const std::string id = signedIn();
    EXPECT_EQ(second.accessToken(id), "at-1");
    const auto here = first.house->refresh(id);
    const auto there = second.house->refresh(id);
    ASSERT_TRUE(spinUntil([&] { return !first.house->http.idle() || !second.house->http.idle(); }));
    Member& winner = first.house->http.idle() ? second : first;
    Member& loser = first.house->http.idle() ? first : second;
    spinOnce();
    EXPECT_TRUE(loser.house->http.idle()) << "who has no lease sends nothing";
    winner.house->http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return here->done && there->done; }));
    EXPECT_TRUE(here->result) << here->result.error().message;
    EXPECT_TRUE(there->result) << there->result.error().message;
    EXPECT_EQ(first.house->http.sent + second.house->http.sent, 1);
    EXPECT_EQ(loser.accessToken(id), "at-2");
    EXPECT_EQ(loser.house->secrets(id).refreshToken.reveal(), "rt-2");
    EXPECT_TRUE(spinUntil([&] { return ground.leases[id].by == nullptr; })) << "given back";
}

TEST_F(SharedAccountsTest, S4_TheLeaseIsKeptUntilTheStoreHasTheNewTokens) {
    const std::string id = signedIn();
    const auto outcome = first.house->refresh(id);
    ASSERT_TRUE(first.house->requestWaits());
    first.store.down = true;
    first.house->http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->result) << "durable in the journal, and so it is served";
    spinOnce();
    EXPECT_EQ(first.store.given, 0) << "another broker would refresh with the old token";
    EXPECT_EQ(ground.leases[id].by, &first.store);
    first.store.down = false;
    ASSERT_TRUE(first.settled()) << "tried again by itself";
    EXPECT_TRUE(spinUntil([&] { return first.store.given == 1; }));
    EXPECT_TRUE(second.has(id, 2));
}

TEST_F(SharedAccountsTest, S4_WhatWasRefreshedElsewhereUnheardIsFetchedInsteadOfRefreshed) {
    const std::string id = signedIn();
    EXPECT_EQ(second.accessToken(id), "at-1");
    ground.tells = false;
    const auto here = first.house->refresh(id);
    ASSERT_TRUE(first.house->requestWaits());
    first.house->http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return here->done; }));
    ASSERT_TRUE(first.settled());
    const auto there = second.house->refresh(id);
    ASSERT_TRUE(spinUntil([&] { return there->done; }));
    EXPECT_TRUE(there->result);
    EXPECT_EQ(second.house->http.sent, 0);
    EXPECT_EQ(second.accessToken(id), "at-2");
    EXPECT_EQ(ground.leases[id].by, nullptr);
}

TEST_F(SharedAccountsTest, S4_WithoutTheStoreNobodyRefreshesAndTheTokenAtHandStays) {
    const std::string id = signedIn();
    EXPECT_EQ(second.accessToken(id), "at-1");
    second.store.down = true;
    const auto outcome = second.house->refresh(id);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_FALSE(outcome->result);
    EXPECT_EQ(outcome->result.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(second.house->http.sent, 0);
    EXPECT_EQ(second.accessToken(id), "at-1");
    EXPECT_EQ(second.house->registry.find(id)->state(), CredentialState::Active);
    second.store.down = false;
    Q_EMIT second.store.connected();
    ASSERT_TRUE(spinUntil([&] {
        return !second.house->refresher.pauseOf(id).has_value() ||
               second.house->refresher.pauseOf(id)->left == 0s;
    })) << "no back-off outlasts the outage";
}

TEST_F(SharedAccountsTest, S4_AnAbandonedLeaseMakesTheRefreshOneInDoubt) {
    const std::string id = signedIn();
    ground.leases[id].abandoned = true;
    const auto outcome = first.house->refresh(id);
    for (int turn = 0; turn < 2; ++turn) {
        ASSERT_TRUE(first.house->requestWaits());
        first.house->http.answer(400, R"({"error":"invalid_grant"})");
    }
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(first.house->registry.find(id)->record.reason, "lost_in_rotation");
    EXPECT_TRUE(spinUntil([&] { return second.house->registry.find(id)->record.needsSignIn; }))
        << "and everybody learns that a person has to sign in";
    EXPECT_EQ(second.house->registry.find(id)->record.reason, "lost_in_rotation");
}

TEST_F(SharedAccountsTest, S4_WhatIsEndedOrRenamedAtOneBrokerIsSoAtEveryOther) {
    const std::string id = signedIn();
    ASSERT_TRUE(first.house->registry.rename(id, "Work"));
    EXPECT_TRUE(spinUntil([&] { return second.house->registry.find(id)->record.account.label == "Work"; }));
    bool erased = false;
    first.house->registry.erase(id, [&](const Result<void>& result) { erased = result.has_value(); });
    ASSERT_TRUE(spinUntil([&] { return erased; }));
    EXPECT_TRUE(spinUntil([&] { return second.house->registry.find(id) == nullptr; }));
    Member late(ground);
    EXPECT_EQ(late.house->registry.find(id), nullptr);
}

TEST_F(SharedAccountsTest, T49_WhatTheServerLostIsBroughtBackByWhoHasIt) {
    const std::string id = signedIn();
    ground.items.clear();
    Q_EMIT second.store.connected();
    spinOnce();
    EXPECT_TRUE(ground.items.empty()) << "this broker never had the secrets";
    EXPECT_NE(second.house->registry.find(id), nullptr) << "absence alone ends nothing";
    Q_EMIT first.store.connected();
    ASSERT_TRUE(spinUntil([&] { return ground.items.contains(id); }));
    EXPECT_EQ(second.accessToken(id), "at-1");
}

TEST_F(SharedAccountsTest, T49_AnOlderGenerationOfTheServerDoesNotReplaceANewerOneHere) {
    const std::string id = signedIn();
    const FakeSharedStore::Ground::Kept old{ground.items[id].tag, ground.items[id].value, false};
    const auto outcome = first.house->refresh(id);
    ASSERT_TRUE(first.house->requestWaits());
    first.house->http.answer(200, RotationHouse::tokenJson("at-2", "rt-2"));
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_TRUE(first.settled());
    ground.items[id] = {old.tag, old.value, false};
    Q_EMIT first.store.connected();
    ASSERT_TRUE(spinUntil([&] { return ground.items[id].tag.generation == 2; }));
    EXPECT_EQ(first.accessToken(id), "at-2");
}

TEST_F(SharedAccountsTest, ARecordThatMakesNoSenseIsNotTakenOver) {
    ItemTag tag("label");
    tag.generation = 3;
    tag.record = "{\"v\":1,\"kind\":\"nonsense\"}";
    ground.items["s_bad"] = {tag, SealedSecret(Secret::copyOf("{}")), false};
    Q_EMIT first.store.itemChanged("s_bad", 3);
    spinOnce();
    EXPECT_EQ(first.house->registry.find("s_bad"), nullptr);
    EXPECT_EQ(unpackRecord("{\"v\":2}").error().code, ErrorCode::NotFound);
    EXPECT_EQ(unpackRecord("[").error().code, ErrorCode::ParseError);
}

TEST_F(SharedAccountsTest, AnApiKeyTravelsWithItsTerms) {
    const Result<std::string> id = first.house->registry.addApiKey(
        "acme", {"X-Key: {key}", "of the team", true, false}, Secret::copyOf("k-1"), std::nullopt);
    ASSERT_TRUE(id && first.settled() && second.has(*id, 1));
    EXPECT_EQ(second.house->registry.find(*id)->record.apiKey.header, "X-Key: {key}");
    EXPECT_FALSE(second.house->registry.find(*id)->record.apiKey.exportable);
    ApiKeyTerms off = second.house->registry.find(*id)->record.apiKey;
    off.active = false;
    ASSERT_TRUE(second.house->registry.setApiKeyTerms(*id, off));
    EXPECT_TRUE(spinUntil([&] { return !first.house->registry.find(*id)->record.apiKey.active; }));
}

} // namespace
} // namespace keybearer
