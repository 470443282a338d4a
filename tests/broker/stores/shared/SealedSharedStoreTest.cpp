#include "tests/broker/stores/shared/SharedStoreFixture.h"

#include "tests/broker/stores/StoreContract.h"

namespace keybearer {
namespace {

class SealedSharedStoreTest : public SharedStoreFixture {};

TEST_F(SealedSharedStoreTest, S4_WhatOneBrokerWritesTheOtherReads) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 3, "token"));
    EXPECT_EQ(valueOf(b, "s_one"), "token");
    const Result<SharedStore::Item> item =
        wait<SharedStore::Item>([&](auto done) { b.store->fetch("s_one", std::move(done)); });
    ASSERT_TRUE(item);
    EXPECT_EQ(item->tag.generation, 3U);
    EXPECT_EQ(item->tag.record, "record 3");
    EXPECT_EQ(item->tag.label, "Keybearer - github - ana@example.com");
    EXPECT_TRUE(heard(b, "changed s_one 3"));
    EXPECT_EQ(listOf(b), "s_one 3");
}

TEST_F(SealedSharedStoreTest, T49_NothingReadableLiesInTheServer) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "canary-token"));
    ASSERT_TRUE(write(a, "journal-key", 0, "canary-key"));
    const std::string there = server->bytes();
    for (const char* canary : {"canary", "github", "ana@", "Keybearer -", "record 1"})
        EXPECT_EQ(there.find(canary), std::string::npos) << canary;
    EXPECT_NE(there.find("item/s_one"), std::string::npos);
}

TEST_F(SealedSharedStoreTest, WhatBelongsToOneBrokerNoOtherSees) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "journal-key", 0, "of a"));
    EXPECT_EQ(valueOf(b, "journal-key"), "<there is no such record>");
    ASSERT_TRUE(write(b, "journal-key", 0, "of b"));
    EXPECT_EQ(valueOf(a, "journal-key"), "of a");
    start(a, fileSource());
    EXPECT_EQ(valueOf(a, "journal-key"), "of a") << "known again after a restart";
    EXPECT_EQ(listOf(b), "");
}

TEST_F(SealedSharedStoreTest, AStaleWriterLoses) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 4, "fourth"));
    for (const std::uint64_t generation : {std::uint64_t{3}, std::uint64_t{4}}) {
        const Result<void> late = write(b, "s_one", generation, "late");
        ASSERT_FALSE(late);
        EXPECT_TRUE(isSuperseded(late.error())) << late.error().message;
    }
    ASSERT_TRUE(write(b, "s_one", 5, "fifth"));
    EXPECT_EQ(valueOf(a, "s_one"), "fifth");
    EXPECT_TRUE(isSuperseded(write(a, "s_one", 5, "other").error()));
    EXPECT_TRUE(write(b, "s_one", 5, "fifth")) << "the same once more is no conflict";
}

TEST_F(SealedSharedStoreTest, OfTenWritersOfOneGenerationOneWins) {
    start(a, fileSource());
    start(b, fileSource());
    int won = 0;
    int lost = 0;
    for (int i = 0; i < 10; ++i) {
        ItemTag tag("x");
        tag.generation = 2;
        (i % 2 == 0 ? a : b)
            .store->write(
                "s_race", tag, Secret::copyOf("writer " + std::to_string(i)),
                [&](const Result<void>& r) { r ? ++won : lost += isSuperseded(r.error()) ? 1 : 0; });
    }
    ASSERT_TRUE(spinUntil([&] { return won + lost == 10; }));
    EXPECT_EQ(won, 1);
}

TEST_F(SealedSharedStoreTest, AWriteIsTriedAgainWhenAnotherWasFasterWithAnOlderOne) {
    start(a, fileSource());
    server->supersedes = 2;
    EXPECT_TRUE(write(a, "s_one", 2, "second"));
    EXPECT_EQ(valueOf(a, "s_one"), "second");
}

TEST_F(SealedSharedStoreTest, AnEndedSessionIsEndedForEverybody) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 4, "token"));
    ASSERT_TRUE(heard(b, "changed s_one 4"));
    ASSERT_TRUE(erase(a, "s_one"));
    EXPECT_TRUE(heard(b, "erased s_one"));
    EXPECT_EQ(valueOf(b, "s_one"), "<the item was erased>");
    EXPECT_EQ(listOf(b), "s_one 4 erased");
    EXPECT_TRUE(isSuperseded(write(b, "s_one", 5, "refreshed meanwhile").error()));
    EXPECT_EQ(lease(b, "s_one").error().code, ErrorCode::NotFound);
    EXPECT_TRUE(erase(b, "s_one"));
    server->pass(std::chrono::hours(24 * 31));
    EXPECT_EQ(listOf(b), "") << "and forgotten after a month";
    EXPECT_EQ(b.store->status().lost, 0U);
    EXPECT_TRUE(isSuperseded(write(b, "s_one", 5, "very late").error()));
}

TEST_F(SealedSharedStoreTest, WhatIsMovedHereMayTakeThePlaceOfWhatWasErased) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 4, "token"));
    ASSERT_TRUE(erase(a, "s_one"));
    ASSERT_TRUE(heard(b, "erased s_one"));
    a.store->welcomeErased(true);
    ASSERT_TRUE(write(a, "s_one", 4, "token"));
    EXPECT_TRUE(heard(b, "changed s_one 4"));
    EXPECT_EQ(valueOf(b, "s_one"), "token");
    start(b, fileSource());
    EXPECT_EQ(valueOf(b, "s_one"), "token")
        << "the local state agrees that it is no older than the tombstone";
}

TEST_F(SealedSharedStoreTest, T49_ARolledBackItemIsNotUsedAndAnnounced) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "first"));
    const auto old = server->dump();
    ASSERT_TRUE(write(a, "s_one", 2, "second"));
    ASSERT_TRUE(heard(b, "changed s_one 2"));
    b.store.reset(); // its memory is gone, its local state is not
    server->restore(old);
    start(b, fileSource());
    EXPECT_EQ(valueOf(b, "s_one").find("<an item of the shared store is older"), 0U);
    EXPECT_EQ(b.store->status().lost, 1U);
    EXPECT_EQ(listOf(b), "s_one 1") << "as it is there";
    ASSERT_TRUE(write(a, "s_one", 2, "second")) << "who has it writes it back";
    EXPECT_TRUE(heard(b, "changed s_one 2"));
    EXPECT_EQ(valueOf(b, "s_one"), "second");
    EXPECT_EQ(b.store->status().lost, 0U);
}

TEST_F(SealedSharedStoreTest, T49_AfterFlushAllTheStoreIsMadeWholeAgain) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 2, "token"));
    ASSERT_TRUE(write(a, "journal-key", 0, "key"));
    ASSERT_TRUE(heard(b, "changed s_one 2"));
    const std::string storeId = a.store->status().storeId;
    a.news.clear();
    server->restore({});
    ASSERT_TRUE(heard(a, "connected"));
    EXPECT_EQ(listOf(b), "");
    EXPECT_EQ(b.store->status().lost, 1U);
    EXPECT_EQ(valueOf(b, "s_one"), "<the server has lost an item of the shared store>");
    ASSERT_TRUE(write(a, "s_one", 2, "token"));
    EXPECT_EQ(valueOf(b, "s_one"), "token");
    EXPECT_EQ(b.store->status().lost, 0U);
    EXPECT_EQ(a.store->status().storeId, storeId) << "the header was kept outside, too";
    ASSERT_TRUE(spinUntil([&] { return valueOf(a, "journal-key") == "key"; })) << "by the store itself";
}

TEST_F(SealedSharedStoreTest, T49_AReplayedOrMovedRecordDoesNotOpen) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    ASSERT_TRUE(write(a, "s_two", 1, "two"));
    server->entries["item/s_one"].record.sealed = server->entries["item/s_two"].record.sealed;
    EXPECT_EQ(valueOf(a, "s_one").find("<a record in the shared store does not open"), 0U);
    server->entries["item/s_two"].record.revision = 7;
    EXPECT_EQ(valueOf(a, "s_two").find("<a record in the shared store does not open"), 0U);
    EXPECT_TRUE(write(a, "s_two", 2, "two again")) << "a damaged one is replaced";
    EXPECT_EQ(valueOf(a, "s_two"), "two again");
    EXPECT_EQ(a.store->health().state, CredentialStore::Health::State::Ready) << "only that item suffers";
}

TEST_F(SealedSharedStoreTest, SomethingElseUnderANameHarmsThatItemAlone) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    ASSERT_TRUE(write(a, "s_two", 1, "two"));
    server->damaged.insert("item/s_one");
    EXPECT_EQ(valueOf(a, "s_one"), "<something else lies under this name>");
    EXPECT_EQ(valueOf(a, "s_two"), "two");
    EXPECT_EQ(a.store->health().state, CredentialStore::Health::State::Ready);
    server->bounce();
    EXPECT_TRUE(
        spinUntil([&] { return !a.store->status().server.empty() && listOf(a) == "s_one 0, s_two 1"; }));
}

TEST_F(SealedSharedStoreTest, AnOutageFailsEveryCallAtOnceAndPasses) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    server->setOut(true);
    const Result<void> refused = write(a, "s_one", 2, "two");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(refused.error().message, "the server is switched off");
    EXPECT_NE(refused.error().action, "");
    EXPECT_EQ(valueOf(a, "s_one"), "<the server is switched off>");
    EXPECT_EQ(lease(a, "s_one").error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(a.store->health().state, CredentialStore::Health::State::Unavailable);
    EXPECT_EQ(a.store->health().backend, "redis");
    EXPECT_TRUE(a.store->status().lastContact.has_value());
    a.news.clear();
    server->setOut(false);
    ASSERT_TRUE(heard(a, "connected"));
    EXPECT_TRUE(write(a, "s_one", 2, "two"));
    EXPECT_EQ(problemOf(a), "");
}

TEST_F(SealedSharedStoreTest, CallsBeforeTheFirstContactWaitForIt) {
    server->delay = std::chrono::milliseconds(50);
    begin(a, fileSource());
    EXPECT_TRUE(write(a, "s_one", 1, "one"));
    begin(b, fileSource());
    EXPECT_EQ(valueOf(b, "s_one"), "one");
}

TEST_F(SealedSharedStoreTest, BeforeItIsKnownThatTheServerIsOutNothingHangs) {
    server->setOut(true);
    begin(a, fileSource());
    EXPECT_EQ(valueOf(a, "s_one"), "<the server is switched off>");
    server->setOut(false);
    ASSERT_TRUE(heard(a, "connected"));
    EXPECT_TRUE(write(a, "s_one", 1, "one"));
}

TEST_F(SealedSharedStoreTest, OneBrokerAtATimeHasTheLease) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 3, "three"));
    const Result<SharedStore::Lease> first = lease(a, "s_one");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->generation, 3U);
    EXPECT_FALSE(first->abandoned);
    const Result<SharedStore::Lease> other = lease(b, "s_one");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::RateLimited);
    EXPECT_TRUE(other.error().retryAfter.has_value());
    ASSERT_TRUE(write(a, "s_one", 4, "four"));
    a.store->giveBack("s_one");
    const Result<SharedStore::Lease> next = lease(b, "s_one");
    ASSERT_TRUE(next);
    EXPECT_EQ(next->generation, 4U) << "it sees that the work is done";
    EXPECT_FALSE(next->abandoned);
    EXPECT_EQ(b.store->status().leases, 1U);
}

TEST_F(SealedSharedStoreTest, AWriterWhoseLeaseEndedWaitsForTheOneWhoHasItNow) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 3, "three"));
    ASSERT_TRUE(lease(a, "s_one"));
    server->pass(SharedLeases::life + std::chrono::seconds(1));
    const Result<SharedStore::Lease> second = lease(b, "s_one");
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->abandoned);
    const Result<void> late = write(a, "s_one", 4, "late");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::StoreUnavailable) << late.error().message;
    EXPECT_TRUE(late.error().retryAfter.has_value());
    ASSERT_TRUE(write(b, "s_one", 4, "in time"));
    EXPECT_TRUE(isSuperseded(write(a, "s_one", 4, "late").error()));
    EXPECT_EQ(valueOf(a, "s_one"), "in time");
}

TEST_F(SealedSharedStoreTest, WhatTheLateWriterHasIsTakenIfTheOtherHasNothing) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(lease(a, "s_one"));
    server->pass(SharedLeases::life + std::chrono::seconds(1));
    ASSERT_TRUE(lease(b, "s_one"));
    ASSERT_FALSE(write(a, "s_one", 4, "late"));
    EXPECT_TRUE(write(a, "s_one", 4, "late")) << "the tokens of the only request that worked are not lost";
}

TEST_F(SealedSharedStoreTest, NobodyRefreshesBeforeEverybodyHasBroughtWhatIsNewer) {
    start(a, fileSource(), std::chrono::milliseconds(300));
    const Result<SharedStore::Lease> early = lease(a, "s_one");
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(early.error().retryAfter, std::chrono::seconds(1));
    EXPECT_TRUE(write(a, "s_one", 2, "brought at once"));
    EXPECT_TRUE(spinUntil([&] { return lease(a, "s_one").has_value(); }));
    server->bounce();
    ASSERT_TRUE(spinUntil([&] { return problemOf(a).empty(); }));
    EXPECT_FALSE(lease(a, "s_one")) << "again after every loss of the connection";
}

TEST_F(SealedSharedStoreTest, OnlySessionsAreSharedAndNothingIsTooLong) {
    start(a, fileSource());
    EXPECT_EQ(write(a, "s_one", 0, "x").error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(write(a, "other", 3, "x").error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(write(a, "s_one", 1, std::string(1'000'000, 'x')).error().code, ErrorCode::InvalidParams);
    EXPECT_TRUE(write(a, "s_one", 1, std::string(512 * 1024, 'x')));
}

TEST_F(SealedSharedStoreTest, AThousandItemsAreListed) {
    start(a, fileSource());
    int left = 1000;
    for (int i = 0; i < 1000; ++i) {
        ItemTag tag("x");
        tag.generation = 1;
        a.store->write("s_" + std::to_string(i), tag, Secret::copyOf("v"),
                       [&](const Result<void>& r) { left -= r ? 1 : 0; });
    }
    ASSERT_TRUE(spinUntil([&] { return left == 0; }, 30'000));
    start(b, fileSource());
    const auto rows =
        wait<std::vector<SharedStore::Listed>>([&](auto done) { b.store->list(std::move(done)); });
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), 1000U);
    EXPECT_EQ(b.store->status().records, 1000U);
}

// Each program has one place for it; the contract's stores come and go over it.
struct ContractGround {
    ~ContractGround() { std::filesystem::remove_all(directory); }
    std::filesystem::path directory;
    std::filesystem::path key;
    std::shared_ptr<MemoryServer> server;
    SharedBroker broker;
};

std::unique_ptr<ContractGround>& contractGround() {
    static std::unique_ptr<ContractGround> ground;
    return ground;
}

void damageOne() {
    for (auto& [name, entry] : contractGround()->server->entries) {
        if (name.size() > 4 && name.rfind("/one") == name.size() - 4)
            entry.record.sealed.back() ^= 1;
    }
}

std::unique_ptr<CredentialStore> makeContractStore(bool clean) {
    std::unique_ptr<ContractGround>& ground = contractGround();
    if (clean) {
        ground = std::make_unique<ContractGround>();
        ground->server = std::make_shared<MemoryServer>();
        std::string name = "/tmp/kb-shared-XXXXXX";
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        ground->directory = name;
        ground->key = ground->directory / "key";
        std::ofstream(ground->key, std::ios::binary) << std::string(storeKeyBytes, 'k');
        std::filesystem::permissions(ground->key, std::filesystem::perms::owner_read);
    }
    return std::make_unique<SealedSharedStore>(
        SealedSharedStore::Setup{"redis", std::make_unique<MemoryRecords>(ground->server),
                                 StoreKeySource{StoreKeyKind::KeyFile, ground->key, {}},
                                 *ground->broker.ledger, ground->broker.clock});
}

INSTANTIATE_TEST_SUITE_P(Shared, StoreContract,
                         ::testing::Values(StoreMaker{
                             "Shared", makeContractStore, true, damageOne,
                             [](bool out) { contractGround()->server->setOut(out); }}),
                         storeMakerName);

} // namespace
} // namespace keybearer
