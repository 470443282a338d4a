#include "tests/broker/stores/vault/VaultHouse.h"

namespace keybearer::test {

namespace {

class VaultRecordsTest : public VaultHouse {
protected:
    void SetUp() override {
        VaultHouse::SetUp();
        a = vaultRecords(vaultConfig(server));
        b = vaultRecords(vaultConfig(server));
        ASSERT_TRUE(ready(*a) && ready(*b)) << a->health().problem;
        server.command("forget");
    }
    std::unique_ptr<VaultRecords> a, b;
};

TEST_F(VaultRecordsTest, LiesUnderThePrefixAsTheEngineHasIt) {
    ASSERT_TRUE(put(*a, "item/x", 0, "sealed bytes"));
    const Json told = server.command(Json{{"do", "versions"}, {"key", "keybearer/test/item/x"}});
    ASSERT_EQ(told.at("versions").size(), 1U);
    const Json& data = told.at("versions").at(0).at("data");
    EXPECT_EQ(data.at("revision"), 1);
    EXPECT_TRUE(data.at("sealed").is_string());
}

// Rotated refresh tokens must not pile up, sealed though they are.
TEST_F(VaultRecordsTest, NoOldVersionIsKept) {
    for (std::uint64_t i = 0; i < 5; ++i)
        ASSERT_TRUE(put(*a, "item/x", i, "token " + std::to_string(i)));
    const Json told = server.command(Json{{"do", "versions"}, {"key", "keybearer/test/item/x"}});
    ASSERT_EQ(told.at("versions").size(), 1U);
    EXPECT_EQ(told.at("versions").at(0).at("number"), 5);
}

TEST_F(VaultRecordsTest, NobodyWritesPastCheckAndSet) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    const Json byHand =
        server.command(Json{{"do", "put"}, {"key", "keybearer/test/item/x"}, {"data", {{"a", 1}}}});
    EXPECT_EQ(byHand.value("status", 0), 400) << byHand.dump();
}

TEST_F(VaultRecordsTest, ARefreshCostsFourRequests) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    server.command("forget");
    const Result<Records::Lease> held = lease(*a, "item/x", "broker-a");
    ASSERT_TRUE(held);
    ASSERT_TRUE(put(*a, "item/x", 1, "two", held->fence));
    a->giveBack("item/x", "broker-a", held->fence);
    ASSERT_TRUE(spinUntil([&] { return server.count("POST secret/data/keybearer/test/item/x") == 3; }));
    EXPECT_EQ(server.count("GET secret/data/keybearer/test/item/x"), 1);
    EXPECT_EQ(get(*b, "item/x")->sealed, "two") << "giving back keeps what was written";
}

TEST_F(VaultRecordsTest, APollIsOneReadHoweverManyRecordsThereAre) {
    int left = 40;
    for (int i = 0; i < 40; ++i)
        a->put({"item/s_" + std::to_string(i), 0, {1, "x"}},
               [&](const Result<void>& r) { left -= r ? 1 : 0; });
    ASSERT_TRUE(spinUntil([&] { return left == 0; }));
    ASSERT_TRUE(spinUntil([&] { return server.count("POST secret/data/keybearer/test/.changes") > 0; }));
    server.command("forget");
    ASSERT_TRUE(spinUntil([&] { return server.count("GET secret/data/keybearer/test/.changes") >= 3; }));
    EXPECT_EQ(server.count("GET secret/data/keybearer/test/item"), 0);
    EXPECT_EQ(server.count("LIST"), 0);
}

TEST_F(VaultRecordsTest, OfTwoBrokersAtOneNameEachWriteCountsOnce) {
    ASSERT_TRUE(put(*a, "item/x", 0, "0"));
    std::uint64_t won = 1;
    int lost = 0;
    for (int round = 0; round < 10; ++round) {
        int answered = 0;
        for (VaultRecords* one : {a.get(), b.get()}) {
            one->put({"item/x", won, {won + 1, one == a.get() ? "a" : "b"}}, [&](const Result<void>& r) {
                ++answered;
                lost += r ? 0 : 1;
            });
        }
        ASSERT_TRUE(spinUntil([&] { return answered == 2; }));
        ++won;
    }
    EXPECT_EQ(lost, 10);
    EXPECT_EQ(get(*a, "item/x")->revision, 11U);
}

TEST_F(VaultRecordsTest, OfManyWhoAskForALeaseAtOnceOneGetsIt) {
    ASSERT_TRUE(put(*a, "item/x", 0, "0"));
    int given = 0;
    int refused = 0;
    for (int i = 0; i < 8; ++i) {
        (i % 2 == 0 ? *a : *b)
            .lease("item/x", "broker-" + std::to_string(i), std::chrono::seconds(30),
                   [&](const Result<Records::Lease>& r) {
                       ++(r ? given : refused);
                       EXPECT_TRUE(r || r.error().code == ErrorCode::RateLimited) << r.error().message;
                   });
    }
    ASSERT_TRUE(spinUntil([&] { return given + refused == 8; }));
    EXPECT_EQ(given, 1);
}

// A lease is a new version of the record, so that whoever had it before meets another one than it knows.
TEST_F(VaultRecordsTest, BetweenALookAndAWriteNoLeaseComesIn) {
    const Result<Records::Lease> old = lease(*a, "item/x", "broker-a", std::chrono::seconds(1));
    ASSERT_TRUE(old);
    ASSERT_TRUE(put(*a, "item/x", 0, "one", old->fence));
    server.command(Json{{"do", "advance"}, {"ms", 5000}});
    ASSERT_TRUE(lease(*b, "item/x", "broker-b"));
    server.command("forget");
    const Result<void> late = put(*a, "item/x", 1, "two", old->fence);
    ASSERT_FALSE(late);
    EXPECT_NE(late.error().detail("superseded"), nullptr);
    EXPECT_EQ(server.count("POST secret/data/keybearer/test/item/x"), 1)
        << "the first was refused by the server";
}

TEST_F(VaultRecordsTest, AWriteWhoseAnswerWasLostIsFoundAgain) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    fault(Json{{"match", "data/keybearer/test/item/x"}, {"method", "POST"}, {"dropAfter", true}});
    EXPECT_TRUE(put(*a, "item/x", 1, "two"));
    EXPECT_EQ(get(*b, "item/x")->sealed, "two");
    EXPECT_EQ(get(*b, "item/x")->revision, 2U);
}

TEST_F(VaultRecordsTest, ALeaseWhoseAnswerWasLostIsOursAllTheSame) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    fault(Json{{"match", "data/keybearer/test/item/x"}, {"method", "POST"}, {"dropAfter", true}});
    const Result<Records::Lease> held = lease(*a, "item/x", "broker-a");
    ASSERT_TRUE(held) << held.error().message;
    EXPECT_TRUE(put(*a, "item/x", 1, "two", held->fence));
}

TEST_F(VaultRecordsTest, AnErasedRecordIsClearedAwayAWeekLater) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    ASSERT_TRUE(put(*a, "item/y", 0, "one"));
    ASSERT_TRUE(wait<void>([&](auto done) { a->erase("item/x", 1, std::move(done)); }));
    const auto listed = [&] {
        return wait<std::vector<Records::Listed>>([&](auto done) { b->list("item/", std::move(done)); });
    };
    EXPECT_EQ(listed()->size(), 1U);
    EXPECT_EQ(server.count("DELETE"), 0) << "its fence still counts";
    server.command(Json{{"do", "advance"}, {"ms", 8LL * 24 * 3600 * 1000}});
    EXPECT_EQ(listed()->size(), 1U);
    ASSERT_TRUE(spinUntil([&] { return server.count("DELETE secret/metadata/keybearer/test/item/x") == 1; }));
    EXPECT_TRUE(put(*b, "item/x", 0, "anew"));
}

TEST_F(VaultRecordsTest, SomethingElseUnderANameIsListedAndRefused) {
    server.command(
        Json{{"do", "put"}, {"key", "keybearer/test/item/odd"}, {"data", {{"password", "hunter2"}}}});
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    const Result<Records::Record> odd = get(*a, "item/odd");
    ASSERT_FALSE(odd);
    EXPECT_EQ(odd.error().code, ErrorCode::ParseError);
    EXPECT_NE(odd.error().action.find("store.prefix"), std::string::npos);
    EXPECT_EQ(odd.error().message.find("hunter2"), std::string::npos);
    EXPECT_EQ(
        wait<std::vector<Records::Listed>>([&](auto done) { a->list("item/", std::move(done)); })->size(),
        2U);
    EXPECT_EQ(a->health().state, Health::State::Ready);
}

TEST_F(VaultRecordsTest, ManyChangesAtOnceMeanToCompare) {
    int compared = 0;
    QObject::connect(b.get(), &RemoteRecords::connected, b.get(), [&] { ++compared; });
    Json recent = Json::array();
    for (int i = 0; i < 256; ++i)
        recent.push_back(Json{{"name", "item/n" + std::to_string(i)}, {"revision", 1}});
    server.command(Json{{"do", "put"},
                        {"key", "keybearer/test/.changes"},
                        {"data", {{"sequence", 5000}, {"recent", recent}}}});
    ASSERT_TRUE(spinUntil([&] { return compared == 1; }));
}

TEST_F(VaultRecordsTest, DescribesWhereItIsWithoutASecret) {
    EXPECT_NE(a->description().find("127.0.0.1"), std::string::npos);
    EXPECT_NE(a->description().find("prefix keybearer/test"), std::string::npos);
    EXPECT_EQ(a->description().find("root-token"), std::string::npos);
    EXPECT_EQ(a->health().backend, "vault");
}

} // namespace

} // namespace keybearer::test
