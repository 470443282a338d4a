#pragma once

#include "broker/accounts/CredentialStore.h"
#include "tests/support/EventLoop.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>

// What every CredentialStore promises, whatever it keeps things in. A test program instantiates it with the
// ways to make its stores.
namespace keybearer {

struct StoreMaker {
    const char* name;
    // A store over what the one made before has kept; `clean` begins with nothing.
    std::function<std::unique_ptr<CredentialStore>(bool clean)> make;
    bool lasting = true; // what is written is there for the next store
    // Damages the item "one" behind the store's back, or cuts the store off (true) and joins it again. Absent
    // where nothing of the kind can happen.
    std::function<void()> tamper = nullptr;
    std::function<void(bool)> outage = nullptr;
    std::size_t largest = 512 * 1024;
};

class StoreContract : public ::testing::TestWithParam<StoreMaker> {
protected:
    void SetUp() override {
        initialiseSecrets();
        store = GetParam().make(true);
    }
    void TearDown() override {
        if (GetParam().outage)
            GetParam().outage(false);
        for (const char* id : {"one", "two", "long", "many-0", "many-1", "many-2"})
            static_cast<void>(erase(id).has_value());
        store.reset();
    }
    Result<void> write(const std::string& id, std::string_view value) {
        std::optional<Result<void>> answer;
        store->write(id, "Keybearer - test - " + id, Secret::copyOf(value),
                     [&](Result<void> result) { answer.emplace(std::move(result)); });
        EXPECT_FALSE(answer) << "later, not from inside the call";
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    Result<Secret> read(const std::string& id) {
        std::optional<Result<Secret>> answer;
        store->read(id, [&](Result<Secret> result) { answer.emplace(std::move(result)); });
        EXPECT_FALSE(answer);
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    Result<void> erase(const std::string& id) {
        std::optional<Result<void>> answer;
        store->erase(id, [&](Result<void> result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    std::unique_ptr<CredentialStore> store;
};

TEST_P(StoreContract, WhatIsWrittenIsReadAlsoByTheNextStore) {
    const std::string_view binary("a\0b\xff", 4);
    const std::string longValue(20'000, 'x');
    ASSERT_TRUE(write("one", binary));
    ASSERT_TRUE(write("two", ""));
    ASSERT_TRUE(write("long", longValue));
    if (GetParam().lasting) {
        store.reset();
        store = GetParam().make(false);
    }
    EXPECT_TRUE(read("one")->equals(binary));
    EXPECT_TRUE(read("two")->empty());
    EXPECT_TRUE(read("long")->equals(longValue));
    EXPECT_EQ(store->health().state, CredentialStore::Health::State::Ready);
    EXPECT_EQ(store->health().problem, "");
}

TEST_P(StoreContract, ReplacedIsReplacedAndAbsentIsNotFound) {
    ASSERT_TRUE(write("one", "old"));
    ASSERT_TRUE(write("one", "new"));
    EXPECT_TRUE(read("one")->equals("new"));
    const Result<Secret> none = read("none");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    EXPECT_EQ(store->health().state, CredentialStore::Health::State::Ready) << "absence is no trouble";
}

TEST_P(StoreContract, ErasedIsGoneAndMayBeErasedAgain) {
    ASSERT_TRUE(write("one", "value"));
    ASSERT_TRUE(erase("one"));
    EXPECT_TRUE(erase("one"));
    EXPECT_EQ(read("one").error().code, ErrorCode::NotFound);
    ASSERT_TRUE(write("one", "again"));
    EXPECT_TRUE(read("one")->equals("again"));
}

TEST_P(StoreContract, CallsOnOneItemAreCarriedOutInOrder) {
    std::string order;
    store->write("one", "label", Secret::copyOf("first"),
                 [&](const Result<void>& r) { order += r ? "w" : "!"; });
    store->read("one", [&](const Result<Secret>& r) { order += r && r->equals("first") ? "r" : "!"; });
    store->erase("one", [&](const Result<void>& r) { order += r ? "e" : "!"; });
    store->read("one", [&](const Result<Secret>& r) { order += r ? "!" : "a"; });
    EXPECT_EQ(order, "");
    ASSERT_TRUE(spinUntil([&] { return order.size() == 4; }));
    EXPECT_EQ(order, "wrea");
}

TEST_P(StoreContract, LargeValuesAreKeptWhole) {
    std::string value(GetParam().largest, '\0');
    for (std::size_t i = 0; i < value.size(); ++i)
        value[i] = static_cast<char>(i % 251);
    ASSERT_TRUE(write("long", value));
    EXPECT_TRUE(read("long")->equals(value));
    ASSERT_TRUE(write("long", "short"));
    EXPECT_TRUE(read("long")->equals("short"));
}

TEST_P(StoreContract, ReplacingIsAtomic) {
    const std::string before(3000, 'b');
    const std::string after(5000, 'a');
    ASSERT_TRUE(write("one", before));
    int whole = 0;
    int written = 0;
    for (int i = 0; i < 6; ++i) {
        store->write("one", "label", Secret::copyOf(i % 2 == 0 ? after : before),
                     [&](const Result<void>& r) { written += r ? 1 : 0; });
        store->read("one", [&](const Result<Secret>& r) {
            whole += r && (r->equals(before) || r->equals(after)) ? 1 : 0;
        });
    }
    ASSERT_TRUE(spinUntil([&] { return written == 6 && whole == 6; })) << whole;
}

TEST_P(StoreContract, WritersAtOnceDoNotMixUpItems) {
    int written = 0;
    for (int i = 0; i < 30; ++i) {
        const std::string id = "many-" + std::to_string(i % 3);
        store->write(id, "label", Secret::copyOf(id + " " + std::to_string(i)),
                     [&](const Result<void>& r) { written += r ? 1 : 0; });
    }
    ASSERT_TRUE(spinUntil([&] { return written == 30; }, 30'000));
    EXPECT_TRUE(read("many-0")->equals("many-0 27"));
    EXPECT_TRUE(read("many-1")->equals("many-1 28"));
    EXPECT_TRUE(read("many-2")->equals("many-2 29"));
}

TEST_P(StoreContract, T49_DamageIsNoticedAndHarmsOneItem) {
    if (!GetParam().tamper)
        return; // nobody but the store has hands on it
    ASSERT_TRUE(write("one", "value"));
    ASSERT_TRUE(write("two", "other"));
    GetParam().tamper();
    const Result<Secret> damaged = read("one");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, ErrorCode::ParseError) << damaged.error().message;
    EXPECT_TRUE(read("two")->equals("other"));
    ASSERT_TRUE(write("one", "anew"));
    EXPECT_TRUE(read("one")->equals("anew"));
}

TEST_P(StoreContract, AnOutageIsSaidAndPasses) {
    if (!GetParam().outage)
        return; // it is part of this process
    ASSERT_TRUE(write("one", "value"));
    GetParam().outage(true);
    ASSERT_TRUE(
        spinUntil([&] { return store->health().state == CredentialStore::Health::State::Unavailable; }));
    const Result<Secret> none = read("one");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::StoreUnavailable) << none.error().message;
    EXPECT_NE(none.error().action, "");
    EXPECT_FALSE(write("one", "lost"));
    GetParam().outage(false);
    ASSERT_TRUE(
        spinUntil([&] { return store->health().state == CredentialStore::Health::State::Ready; }, 30'000));
    EXPECT_TRUE(read("one")->equals("value"));
    EXPECT_TRUE(write("one", "next"));
}

TEST_P(StoreContract, DestructionCancels) {
    bool called = false;
    store->read("one", [&](const Result<Secret>&) { called = true; });
    store.reset();
    spinOnce();
    EXPECT_FALSE(called);
    store = GetParam().make(false);
}

inline std::string storeMakerName(const ::testing::TestParamInfo<StoreMaker>& info) {
    return info.param.name;
}

} // namespace keybearer
