#pragma once

#include "broker/stores/shared/RemoteRecords.h"
#include "tests/support/EventLoop.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <set>

// What every RemoteRecords promises, whichever server it talks to. A test program instantiates it with the
// way to make brokers' connections to one server.
namespace keybearer {

struct RecordsMaker {
    const char* name;
    // One more broker's connection to the server, below one and the same prefix; `clean`: nothing is there.
    std::function<std::unique_ptr<RemoteRecords>(bool clean)> make;
    // So much time goes by for the server: by its clock, or by waiting.
    std::function<void(std::chrono::milliseconds)> pass;
    // The shortest time for which it can give leases and keep records.
    std::chrono::seconds shortest{1};
};

class RemoteRecordsContract : public ::testing::TestWithParam<RecordsMaker> {
protected:
    using Records = RemoteRecords;

    void SetUp() override {
        initialiseSecrets();
        a = connect(true);
        b = connect(false);
    }
    static std::unique_ptr<Records> connect(bool clean) {
        std::unique_ptr<Records> records = GetParam().make(clean);
        EXPECT_TRUE(spinUntil([&] {
            return records->health().state == CredentialStore::Health::State::Ready;
        })) << records->health().problem;
        return records;
    }
    // Waits for what a call completes with.
    template <typename Value>
    static Result<Value> wait(const std::function<void(Completion<Value>)>& call) {
        auto answer = std::make_shared<std::optional<Result<Value>>>();
        int times = 0;
        call([answer, &times](Result<Value> result) {
            ++times;
            answer->emplace(std::move(result));
        });
        EXPECT_EQ(times, 0) << "later, not from inside the call";
        if (!spinUntil([&] { return answer->has_value(); }))
            return failure(ErrorCode::TimedOut, "no answer");
        EXPECT_EQ(times, 1);
        return std::move(**answer);
    }
    static Result<Records::Record> get(Records& of, const std::string& name) {
        return wait<Records::Record>([&](auto done) { of.get(name, std::move(done)); });
    }
    static Result<void> put(Records& to, Records::Write write) {
        return wait<void>([&](auto done) { to.put(std::move(write), std::move(done)); });
    }
    static Result<void> put(Records& to, const std::string& name, std::uint64_t expected,
                            const std::string& sealed) {
        return put(to, {name, expected, {expected + 1, sealed}});
    }
    static Result<void> erase(Records& from, const std::string& name, std::uint64_t expected) {
        return wait<void>([&](auto done) { from.erase(name, expected, std::move(done)); });
    }
    static Result<std::vector<Records::Listed>> list(Records& of, const std::string& beginning) {
        return wait<std::vector<Records::Listed>>([&](auto done) { of.list(beginning, std::move(done)); });
    }
    static Result<Records::Lease> lease(Records& of, const std::string& name, const std::string& owner,
                                        std::chrono::milliseconds life = std::chrono::seconds(30)) {
        return wait<Records::Lease>([&](auto done) { of.lease(name, owner, life, std::move(done)); });
    }
    static void expectSuperseded(const Result<void>& result, std::int64_t revision) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::InvalidRequest) << result.error().message;
        const ErrorDetail* there = result.error().detail("superseded");
        ASSERT_NE(there, nullptr);
        ASSERT_TRUE(std::holds_alternative<std::int64_t>(*there));
        EXPECT_EQ(std::get<std::int64_t>(*there), revision);
    }
    // Longer than what was given for the shortest time.
    static void passShortest() { GetParam().pass(GetParam().shortest + std::chrono::milliseconds(300)); }

    std::unique_ptr<Records> a;
    std::unique_ptr<Records> b;
};

TEST_P(RemoteRecordsContract, WhatOneWritesTheOtherReads) {
    const std::string binary("a\0b\r\n\xff{}\"", 9);
    ASSERT_TRUE(put(*a, "item/s_one", 0, binary));
    const Result<Records::Record> there = get(*b, "item/s_one");
    ASSERT_TRUE(there) << there.error().message;
    EXPECT_EQ(there->sealed, binary);
    EXPECT_EQ(there->revision, 1U);
    EXPECT_EQ(a->health().problem, "");
    EXPECT_NE(a->description(), "");
}

TEST_P(RemoteRecordsContract, AbsentIsCertainlyAbsent) {
    const Result<Records::Record> there = get(*a, "item/none");
    ASSERT_FALSE(there);
    EXPECT_EQ(there.error().code, ErrorCode::NotFound);
    EXPECT_EQ(a->health().state, CredentialStore::Health::State::Ready) << "absence is no trouble";
}

TEST_P(RemoteRecordsContract, OnlyTheExpectedRevisionIsReplaced) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    expectSuperseded(put(*b, "item/x", 0, "also first"), 1);
    ASSERT_TRUE(put(*b, "item/x", 1, "two"));
    expectSuperseded(put(*a, "item/x", 1, "stale"), 2);
    expectSuperseded(put(*a, "item/y", 4, "of nothing"), 0);
    EXPECT_EQ(get(*a, "item/x")->sealed, "two");
    EXPECT_EQ(get(*a, "item/y").error().code, ErrorCode::NotFound);
}

TEST_P(RemoteRecordsContract, RevisionsMayJumpAhead) {
    ASSERT_TRUE(put(*a, {"item/x", 0, {40, "after a loss"}}));
    EXPECT_EQ(get(*b, "item/x")->revision, 40U);
    ASSERT_TRUE(put(*b, "item/x", 40, "next"));
    EXPECT_EQ(get(*a, "item/x")->revision, 41U);
}

TEST_P(RemoteRecordsContract, OfManyWritersAtOnceOneWins) {
    int won = 0;
    int lost = 0;
    for (int i = 0; i < 10; ++i) {
        Records& writer = i % 2 == 0 ? *a : *b;
        writer.put({"item/race", 0, {1, "writer " + std::to_string(i)}},
                   [&](const Result<void>& r) { ++(r ? won : lost); });
    }
    ASSERT_TRUE(spinUntil([&] { return won + lost == 10; }));
    EXPECT_EQ(won, 1);
}

TEST_P(RemoteRecordsContract, EraseIsForTheExpectedRevisionAndFineIfItIsGone) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    ASSERT_TRUE(put(*a, "item/x", 1, "two"));
    expectSuperseded(erase(*b, "item/x", 1), 2);
    EXPECT_TRUE(erase(*b, "item/x", 2));
    EXPECT_EQ(get(*a, "item/x").error().code, ErrorCode::NotFound);
    EXPECT_TRUE(erase(*b, "item/x", 2));
    EXPECT_TRUE(put(*a, "item/x", 0, "anew"));
}

TEST_P(RemoteRecordsContract, LargeRecordsAreKeptWhole) {
    const std::string half(512 * 1024, '\x80');
    const std::string most(1024 * 1024, '\n');
    ASSERT_TRUE(put(*a, "item/half", 0, half));
    ASSERT_TRUE(put(*a, "item/most", 0, most));
    EXPECT_TRUE(get(*b, "item/half")->sealed == half);
    EXPECT_TRUE(get(*b, "item/most")->sealed == most);
}

TEST_P(RemoteRecordsContract, LongNamesAreNamesToo) {
    const std::string name = "own/" + std::string(100, 'b') + "/" + std::string(94, '-') + "_";
    ASSERT_EQ(name.size(), 200U);
    ASSERT_TRUE(put(*a, name, 0, "x"));
    EXPECT_EQ(get(*b, name)->sealed, "x");
}

TEST_P(RemoteRecordsContract, ListsWhatBeginsSoAndNothingElse) {
    std::set<std::string> names;
    int left = 0;
    for (int i = 0; i < 150; ++i) {
        const std::string name = "item/s_" + std::to_string(i);
        names.insert(name);
        ++left;
        a->put({name, 0, {1, "value"}}, [&](const Result<void>& r) { left -= r ? 1 : 0; });
    }
    ASSERT_TRUE(spinUntil([&] { return left == 0; }, 30'000));
    ASSERT_TRUE(put(*a, "own/broker/key", 0, "x"));
    ASSERT_TRUE(put(*a, "header", 0, "x"));
    ASSERT_TRUE(put(*a, "item/s_0", 1, "again"));
    const Result<std::vector<Records::Listed>> there = list(*b, "item/");
    ASSERT_TRUE(there) << there.error().message;
    std::set<std::string> seen;
    for (const Records::Listed& row : *there) {
        seen.insert(row.name);
        EXPECT_EQ(row.revision, row.name == "item/s_0" ? 2U : 1U) << row.name;
    }
    EXPECT_EQ(there->size(), names.size()) << "each once";
    EXPECT_EQ(seen, names);
    EXPECT_EQ(list(*b, "own/broker/")->size(), 1U);
    EXPECT_TRUE(list(*b, "nothing/")->empty());
}

TEST_P(RemoteRecordsContract, WhatHasALifeIsForgottenAfterIt) {
    const std::chrono::seconds shortest = GetParam().shortest;
    ASSERT_TRUE(put(*a, {"item/brief", 0, {1, "x"}, 0, shortest}));
    ASSERT_TRUE(put(*a, {"item/kept", 0, {1, "x"}, 0, shortest}));
    ASSERT_TRUE(put(*a, "item/kept", 1, "for good now"));
    EXPECT_TRUE(get(*a, "item/brief"));
    passShortest();
    EXPECT_EQ(get(*a, "item/brief").error().code, ErrorCode::NotFound);
    EXPECT_TRUE(get(*a, "item/kept")) << "the last write had no life";
    EXPECT_EQ(list(*b, "item/")->size(), 1U);
    EXPECT_TRUE(put(*b, "item/brief", 0, "again"));
}

TEST_P(RemoteRecordsContract, CallsOnOneNameAreCarriedOutInOrder) {
    std::string order;
    a->put({"item/x", 0, {1, "one"}}, [&](const Result<void>& r) { order += r ? "p" : "!"; });
    a->get("item/x", [&](const Result<Records::Record>& r) { order += r && r->sealed == "one" ? "g" : "!"; });
    a->put({"item/x", 1, {2, "two"}}, [&](const Result<void>& r) { order += r ? "p" : "!"; });
    a->erase("item/x", 2, [&](const Result<void>& r) { order += r ? "e" : "!"; });
    a->get("item/x", [&](const Result<Records::Record>& r) { order += r ? "!" : "a"; });
    EXPECT_EQ(order, "");
    ASSERT_TRUE(spinUntil([&] { return order.size() == 5; }));
    EXPECT_EQ(order, "pgpea");
}

TEST_P(RemoteRecordsContract, ALeaseIsForOneOwnerAtATime) {
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    const Result<Records::Lease> first = lease(*a, "item/x", "broker-a");
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_GT(first->fence, 0U);
    EXPECT_EQ(first->revision, 1U);
    EXPECT_FALSE(first->abandoned);
    const Result<Records::Lease> other = lease(*b, "item/x", "broker-b");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::RateLimited) << other.error().message;
    EXPECT_TRUE(other.error().retryAfter.has_value());
    EXPECT_TRUE(lease(*b, "item/y", "broker-b")) << "of another name; a record need not be there";
    const Result<Records::Lease> again = lease(*a, "item/x", "broker-a");
    ASSERT_TRUE(again) << "longer, and the same one";
    EXPECT_EQ(again->fence, first->fence);
    EXPECT_FALSE(again->abandoned);
}

TEST_P(RemoteRecordsContract, ALeaseThatWasGivenBackIsForTheNextAtOnce) {
    const Result<Records::Lease> first = lease(*a, "item/x", "broker-a");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->revision, 0U);
    a->giveBack("item/x", "broker-a", first->fence);
    Result<Records::Lease> second = failure(ErrorCode::TimedOut, "");
    ASSERT_TRUE(spinUntil([&] {
        second = lease(*b, "item/x", "broker-b");
        return second.has_value();
    })) << "it need not have arrived yet";
    EXPECT_GT(second->fence, first->fence);
    EXPECT_FALSE(second->abandoned);
    a->giveBack("item/x", "broker-a", first->fence); // late, and no longer theirs
    a->giveBack("item/x", "broker-b", first->fence);
    EXPECT_EQ(lease(*a, "item/x", "broker-a").error().code, ErrorCode::RateLimited);
}

TEST_P(RemoteRecordsContract, ALeaseEndsByTheServersClock) {
    const Result<Records::Lease> first = lease(*a, "item/x", "broker-a", GetParam().shortest);
    ASSERT_TRUE(first);
    passShortest();
    const Result<Records::Lease> second = lease(*b, "item/x", "broker-b");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_GT(second->fence, first->fence);
    EXPECT_TRUE(second->abandoned) << "nobody gave it back: its work may have been done";
    b->giveBack("item/x", "broker-b", second->fence);
    Result<Records::Lease> third = failure(ErrorCode::TimedOut, "");
    ASSERT_TRUE(spinUntil([&] {
        third = lease(*a, "item/x", "broker-a");
        return third.has_value();
    }));
    EXPECT_FALSE(third->abandoned);
    EXPECT_GT(third->fence, second->fence);
}

TEST_P(RemoteRecordsContract, AWriterWhoseLeaseWasGivenToAnotherLoses) {
    const Result<Records::Lease> first = lease(*a, "item/x", "broker-a", GetParam().shortest);
    ASSERT_TRUE(first);
    ASSERT_TRUE(put(*a, {"item/x", 0, {1, "under the lease"}, first->fence}));
    passShortest();
    ASSERT_TRUE(put(*a, {"item/x", 1, {2, "late, but nobody else came"}, first->fence}));
    const Result<Records::Lease> second = lease(*b, "item/x", "broker-b");
    ASSERT_TRUE(second);
    expectSuperseded(put(*a, {"item/x", 2, {3, "too late"}, first->fence}), 2);
    ASSERT_TRUE(put(*b, {"item/x", 2, {3, "whose turn it is"}, second->fence}));
    EXPECT_TRUE(put(*a, {"item/x", 3, {4, "without a lease"}})) << "0: none is needed";
}

TEST_P(RemoteRecordsContract, TheOthersAreToldOfAWriteAndOfAnErase) {
    std::optional<std::uint64_t> told;
    QObject listener;
    QObject::connect(b.get(), &RemoteRecords::changed, &listener,
                     [&](const std::string& name, std::uint64_t revision) {
                         if (name == "item/x")
                             told = revision;
                     });
    ASSERT_TRUE(put(*a, "item/x", 0, "one"));
    ASSERT_TRUE(spinUntil([&] { return told == 1U; }));
    ASSERT_TRUE(put(*a, "item/x", 1, "two"));
    ASSERT_TRUE(spinUntil([&] { return told == 2U; }));
    ASSERT_TRUE(erase(*a, "item/x", 2));
    ASSERT_TRUE(spinUntil([&] { return told == 0U; }));
}

TEST_P(RemoteRecordsContract, SaysWhenItIsConnected) {
    std::unique_ptr<RemoteRecords> records = GetParam().make(false);
    bool said = false;
    QObject listener;
    QObject::connect(records.get(), &RemoteRecords::connected, &listener, [&] { said = true; });
    EXPECT_TRUE(spinUntil([&] { return said; })) << "by itself, without any call";
}

TEST_P(RemoteRecordsContract, DestructionCancels) {
    bool called = false;
    a->get("item/x", [&](const Result<Records::Record>&) { called = true; });
    a->list("item/", [&](const Result<std::vector<Records::Listed>>&) { called = true; });
    a.reset();
    EXPECT_FALSE(get(*b, "item/x"));
    spinOnce();
    EXPECT_FALSE(called);
}

inline std::string recordsMakerName(const ::testing::TestParamInfo<RecordsMaker>& info) {
    return info.param.name;
}

} // namespace keybearer
