#include "broker/access/ClientKeys.h"

#include "broker/access/ClientKey.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class MapStore final : public ClientStore {
public:
    Result<std::vector<RegisteredClient>> loadClients() override {
        std::vector<RegisteredClient> out;
        for (const auto& [id, client] : rows)
            out.push_back(client);
        return out;
    }
    Result<void> putClient(const RegisteredClient& client) override {
        if (broken)
            return failure(ErrorCode::StoreUnavailable, "full");
        ++writes;
        rows[client.id] = client;
        return {};
    }
    Result<void> removeClient(const std::string& id) override {
        if (broken)
            return failure(ErrorCode::StoreUnavailable, "full");
        rows.erase(id);
        return {};
    }
    std::map<std::string, RegisteredClient> rows;
    int writes = 0;
    bool broken = false;
};

class ClientKeysTest : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        QObject::connect(&clients_, &ClientKeys::withdrawn, &clients_, [this] { ++withdrawn_; });
        QObject::connect(&clients_, &ClientKeys::refused, &clients_,
                         [this](const Caller&, const std::string& why, const std::string& client) {
                             refused_.push_back(why + "/" + client);
                         });
    }
    std::string add(const std::string& name, ClientKeys::Wish wish = {}) {
        wish.name = name;
        Result<ClientKeys::Issued> issued = clients_.add(wish);
        EXPECT_TRUE(issued) << (issued ? "" : issued.error().message);
        return issued ? std::string(issued->key.reveal()) : std::string();
    }
    std::string rotate(const std::string& name, seconds overlap = seconds(0)) {
        Result<ClientKeys::Issued> issued = clients_.rotate(name, overlap, std::nullopt);
        EXPECT_TRUE(issued);
        return issued ? std::string(issued->key.reveal()) : std::string();
    }
    // The caller that shows the key, or why not.
    Result<Caller> show(const std::string& key, std::int64_t pid = 42) {
        Caller caller;
        caller.pid = pid;
        const Result<bool> known = clients_.recognise(caller, {key, ""});
        if (!known)
            return tl::unexpected(known.error());
        EXPECT_TRUE(*known);
        return caller;
    }
    static std::string reasonOf(const Error& error) {
        const ErrorDetail* reason = error.detail("reason");
        return reason == nullptr ? "" : std::get<std::string>(*reason);
    }

    FakeClock clock_;
    MapStore store_;
    ClientKeys clients_{store_, clock_};
    int withdrawn_ = 0;
    std::vector<std::string> refused_;
};

TEST_F(ClientKeysTest, KeyBringsRoleAndWhatIsAllowedAndNobodyIsAsked) {
    const std::string key = add("ci", {"", "ana", "builds", {"github", "apikey:npm"}, Role::User, {}});
    const Result<Caller> caller = show(key);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->role, Role::User);
    EXPECT_EQ(caller->clientId, clients_.find("ci")->id);
    ASSERT_TRUE(caller->prior);
    EXPECT_EQ(caller->prior->why, "client:ci");
    EXPECT_EQ(caller->prior->allowed, (std::vector<std::string>{"github", "apikey:npm"}));
    EXPECT_FALSE(caller->prior->until);
    EXPECT_TRUE(clients_.confirm(*caller));
}

TEST_F(ClientKeysTest, OnlyTheHashIsKept) {
    const std::string key = add("ci");
    for (const auto& [id, row] : store_.rows) {
        EXPECT_EQ(row.keyHash, clientKeyHash(key));
        EXPECT_TRUE(key.ends_with(row.keyEnds));
        for (const std::string& text : {row.id, row.name, row.owner, row.description, row.keyEnds})
            EXPECT_EQ(text.find("kbk_"), std::string::npos);
    }
}

TEST_F(ClientKeysTest, TypingMistakeIsToldFromAKeyThatNobodyHas) {
    std::string key = add("ci");
    key[20] = key[20] == 'a' ? 'b' : 'a';
    const Result<Caller> mistyped = show(key);
    ASSERT_FALSE(mistyped);
    EXPECT_EQ(mistyped.error().code, ErrorCode::ClientUnknown);
    EXPECT_EQ(reasonOf(mistyped.error()), "malformed");
    const Result<Caller> unknown = show(std::string(newClientKey().reveal()));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::ClientUnknown);
    EXPECT_EQ(reasonOf(unknown.error()), "unknown");
    EXPECT_EQ(refused_, (std::vector<std::string>{"malformed/", "client_unknown/"}));
    EXPECT_EQ(unknown.error().message.find("kbk_"), std::string::npos);
}

TEST_F(ClientKeysTest, NoKeyIsNobodysBusiness) {
    add("ci");
    Caller caller;
    const Result<bool> known = clients_.recognise(caller, {"", ""});
    ASSERT_TRUE(known);
    EXPECT_FALSE(*known);
    EXPECT_FALSE(caller.prior);
    EXPECT_TRUE(clients_.confirm(caller));
}

TEST_F(ClientKeysTest, DisabledClientIsOutAtOnceAndCanComeBack) {
    const std::string key = add("ci");
    const Result<Caller> running = show(key);
    ASSERT_TRUE(clients_.setActive("ci", false));
    EXPECT_EQ(withdrawn_, 1);
    EXPECT_EQ(clients_.confirm(*running).error().code, ErrorCode::ClientDisabled);
    EXPECT_EQ(show(key).error().code, ErrorCode::ClientDisabled);
    EXPECT_EQ(refused_.back(), "client_disabled/ci");
    ASSERT_TRUE(clients_.setActive("ci", true));
    EXPECT_TRUE(clients_.confirm(*running));
    EXPECT_TRUE(show(key));
}

TEST_F(ClientKeysTest, KeyEndsWithItsTime) {
    const std::string key = add("ci", {"", "", "", {}, Role::Agent, clock_.wall() + hours(1)});
    const Result<Caller> running = show(key);
    EXPECT_EQ(running->prior->until, clock_.wall() + hours(1));
    clock_.advance(hours(1));
    EXPECT_EQ(show(key).error().code, ErrorCode::ClientExpired);
    EXPECT_EQ(clients_.confirm(*running).error().code, ErrorCode::ClientExpired);
    EXPECT_EQ(clients_.rotate("ci", seconds(0), clock_.wall() - hours(1)).error().code,
              ErrorCode::InvalidParams);
    ASSERT_TRUE(clients_.rotate("ci", seconds(0), clock_.wall() + hours(1)));
}

TEST_F(ClientKeysTest, RemovedClientIsOutAtOnce) {
    const std::string key = add("ci");
    const Result<Caller> running = show(key);
    ASSERT_TRUE(clients_.remove("ci"));
    EXPECT_EQ(withdrawn_, 1);
    EXPECT_EQ(clients_.confirm(*running).error().code, ErrorCode::ClientUnknown);
    EXPECT_EQ(show(key).error().code, ErrorCode::ClientUnknown);
    EXPECT_TRUE(store_.rows.empty());
    const std::string again = add("ci"); // another client of the same name
    EXPECT_FALSE(clients_.confirm(*running));
    EXPECT_FALSE(show(key));
    EXPECT_TRUE(show(again));
}

TEST_F(ClientKeysTest, OldKeyWorksForTheOverlapAndNoLonger) {
    const std::string old = add("ci");
    const std::string fresh = rotate("ci", hours(24));
    EXPECT_NE(old, fresh);
    const Result<Caller> withOld = show(old);
    const Result<Caller> withNew = show(fresh);
    ASSERT_TRUE(withOld && withNew);
    EXPECT_EQ(withOld->prior->until, clock_.wall() + hours(24));
    EXPECT_FALSE(withNew->prior->until);
    clock_.advance(hours(24));
    EXPECT_FALSE(clients_.confirm(*withOld));
    EXPECT_TRUE(clients_.confirm(*withNew));
    const Result<Caller> replaced = show(old);
    ASSERT_FALSE(replaced);
    EXPECT_EQ(replaced.error().code, ErrorCode::ClientExpired);
    EXPECT_EQ(reasonOf(replaced.error()), "replaced");
}

TEST_F(ClientKeysTest, WithoutOverlapTheOldKeyEndsAtOnceAndThatVoidsWhatWasPrepared) {
    const std::string old = add("ci");
    const Result<Caller> running = show(old);
    const std::string fresh = rotate("ci");
    EXPECT_EQ(withdrawn_, 1);
    EXPECT_FALSE(clients_.confirm(*running));
    EXPECT_FALSE(show(old));
    EXPECT_TRUE(show(fresh));
}

TEST_F(ClientKeysTest, TheEndOfTheOverlapAndOfTheKeyVoidsWhatWasPrepared) {
    const std::string old = add("ci");
    const Result<Caller> running = show(old);
    ASSERT_TRUE(running);
    EXPECT_FALSE(running->prior->until) << "as of its hello the key had no end";
    ASSERT_TRUE(clients_.rotate("ci", seconds(1), clock_.wall() + seconds(2)));
    EXPECT_EQ(withdrawn_, 1);
    clock_.advance(seconds(1));
    EXPECT_TRUE(spinUntil([this] { return withdrawn_ == 2; }));
    EXPECT_FALSE(clients_.confirm(*running));
    clock_.advance(seconds(1));
    EXPECT_TRUE(spinUntil([this] { return withdrawn_ == 3; }));
}

TEST_F(ClientKeysTest, KeyBeforeTheOldOneIsUnknown) {
    const std::string first = add("ci");
    const Result<Caller> running = show(first);
    rotate("ci", hours(24));
    rotate("ci", hours(24));
    EXPECT_EQ(show(first).error().code, ErrorCode::ClientUnknown);
    EXPECT_EQ(clients_.confirm(*running).error().code, ErrorCode::ClientExpired);
}

TEST_F(ClientKeysTest, EverythingSurvivesARestart) {
    const std::string old = add("ci", {"", "ana", "builds", {"github"}, Role::Readonly, {}});
    const std::string fresh = rotate("ci", hours(1));
    ASSERT_TRUE(show(fresh));
    clients_.saveUses();
    ClientKeys after(store_, clock_);
    ASSERT_TRUE(after.load());
    const Result<RegisteredClient> client = after.find("ci");
    ASSERT_TRUE(client);
    EXPECT_EQ(client->owner, "ana");
    EXPECT_EQ(client->role, Role::Readonly);
    EXPECT_EQ(client->uses, 1);
    EXPECT_EQ(client->lastUsedAt, clock_.wall());
    Caller caller;
    EXPECT_TRUE(after.recognise(caller, {old, ""}).value());
    EXPECT_TRUE(after.recognise(caller, {fresh, ""}).value());
}

TEST_F(ClientKeysTest, UsesAreWrittenNowAndThenAndNotWithEachHello) {
    const std::string key = add("ci");
    const int before = store_.writes;
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(show(key));
    EXPECT_EQ(store_.writes, before);
    clients_.saveUses();
    clients_.saveUses();
    EXPECT_EQ(store_.writes, before + 1);
    EXPECT_EQ(clients_.find("ci")->uses, 10);
    clock_.advance(seconds(5));
    clients_.noteUse(*show(key));
    EXPECT_EQ(clients_.find("ci")->lastUsedAt, clock_.wall());
}

TEST_F(ClientKeysTest, SEC_S_26_ProcessThatShowsManyBadKeysHasToWait) {
    const std::string key = add("ci");
    const std::string wrong(newClientKey().reveal());
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(show(wrong).error().code, ErrorCode::ClientUnknown);
    const Result<Caller> limited = show(key);
    ASSERT_FALSE(limited);
    EXPECT_EQ(limited.error().code, ErrorCode::RateLimited);
    EXPECT_EQ(limited.error().retryAfter, seconds(60));
    EXPECT_TRUE(show(key, 43)) << "another program is served all the same";
    clock_.advance(seconds(60));
    EXPECT_TRUE(show(key));
    EXPECT_EQ(clients_.counters().unknown, 10U);
    EXPECT_EQ(clients_.counters().limited, 1U);
    EXPECT_EQ(clients_.counters().admitted, 2U);
}

TEST_F(ClientKeysTest, SEC_S_26_WhoComesWithoutAProcessIsNotMadeToWaitForTheFailuresOfOthers) {
    const std::string key = add("ci");
    const std::string wrong(newClientKey().reveal());
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(show(wrong, 0).error().code, ErrorCode::ClientUnknown);
    EXPECT_TRUE(show(key, 0));
}

TEST_F(ClientKeysTest, NameIsTakenOnceAndAMistypedOneIsGuessed) {
    add("build-machine");
    ClientKeys::Wish again;
    again.name = "build-machine";
    EXPECT_EQ(clients_.add(again).error().code, ErrorCode::InvalidParams);
    const Result<RegisteredClient> missing = clients_.find("build-mashine");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_EQ(std::get<std::string>(*missing.error().detail("did_you_mean")), "build-machine");
    EXPECT_EQ(clients_.find(clients_.find("build-machine")->id)->name, "build-machine");
}

TEST_F(ClientKeysTest, WhatCannotBeStoredDidNotHappen) {
    const std::string key = add("ci");
    store_.broken = true;
    ClientKeys::Wish other;
    other.name = "other";
    EXPECT_FALSE(clients_.add(other));
    EXPECT_EQ(clients_.all().size(), 1U);
    EXPECT_FALSE(clients_.rotate("ci", seconds(0), {}));
    EXPECT_FALSE(clients_.setActive("ci", false));
    EXPECT_FALSE(clients_.remove("ci"));
    EXPECT_TRUE(show(key));
}

TEST_F(ClientKeysTest, ClientsAreBounded) {
    for (int i = 0; i < 1000; ++i)
        add("c" + std::to_string(i));
    ClientKeys::Wish more;
    more.name = "more";
    EXPECT_FALSE(clients_.add(more));
}

} // namespace
} // namespace keybearer
