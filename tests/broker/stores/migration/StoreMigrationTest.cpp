#include "broker/stores/migration/StoreMigration.h"

#include "broker/stores/memory/MemoryStore.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

// A memory store that fails, forgets or damages on demand, and counts.
class FaultyStore final : public CredentialStore {
public:
    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override {
        ++calls;
        labels[id] = tag.label;
        if (calls == failAt)
            return below.read("", [done = std::move(done)](const Result<Secret>&) {
                done(failure(ErrorCode::StoreUnavailable, "no answer"));
            });
        below.write(forgets ? std::string("forgotten") : std::move(id), std::move(tag), std::move(value),
                    std::move(done));
    }
    void read(std::string id, Completion<Secret> done) override {
        ++calls;
        const bool fails = calls == failAt || id == damaged;
        const ErrorCode code = id == damaged ? ErrorCode::ParseError : ErrorCode::StoreUnavailable;
        below.read(std::move(id), [fails, code, done = std::move(done)](Result<Secret> value) {
            done(fails ? Result<Secret>(failure(code, "fault")) : std::move(value));
        });
    }
    void erase(std::string id, Completion<void> done) override {
        ++calls;
        if (calls == failAt)
            return below.read("", [done = std::move(done)](const Result<Secret>&) {
                done(failure(ErrorCode::StoreUnavailable, "no answer"));
            });
        below.erase(std::move(id), std::move(done));
    }
    [[nodiscard]] Health health() const override { return below.health(); }

    MemoryStore below;
    std::map<std::string, std::string> labels;
    int calls = 0;
    int failAt = 0;
    bool forgets = false;
    std::string damaged;
};

class StoreMigrationTest : public ::testing::Test {
protected:
    static constexpr int count = 5;

    void SetUp() override {
        initialiseSecrets();
        for (int i = 0; i < count; ++i) {
            items.push_back({"item" + std::to_string(i), "label" + std::to_string(i)});
            put(from, items.back().id, "value" + std::to_string(i));
        }
        ASSERT_TRUE(ledger->remember("store_place", "keychain"));
    }
    static void put(CredentialStore& store, const std::string& id, const std::string& value) {
        bool done = false;
        store.write(id, "", Secret::copyOf(value), [&](const Result<void>& r) { done = r.has_value(); });
        ASSERT_TRUE(spinUntil([&] { return done; }));
    }
    static std::string valueOf(CredentialStore& store, const std::string& id) {
        std::optional<std::string> value;
        store.read(id, [&](const Result<Secret>& r) { value = r ? std::string(r->reveal()) : "-"; });
        EXPECT_TRUE(spinUntil([&] { return value.has_value(); }));
        return *value;
    }
    std::unique_ptr<StoreMigration> make() {
        outcome.reset();
        return std::make_unique<StoreMigration>(
            StoreMigration::Rooms{from, to, "keychain", "file", *ledger, front, [this] { return items; }},
            [this](Result<StoreMigration::Outcome> result) { outcome = std::move(result); });
    }
    Result<StoreMigration::Outcome> run() {
        auto migration = make();
        migration->start();
        EXPECT_TRUE(spinUntil([&] { return outcome.has_value(); }));
        if (migration->switched())
            front.exchange(to);
        return *outcome;
    }
    void expectMoved() {
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(valueOf(to, items[static_cast<std::size_t>(i)].id), "value" + std::to_string(i));
            EXPECT_EQ(valueOf(from, items[static_cast<std::size_t>(i)].id), "-");
        }
        EXPECT_EQ(*ledger->recall("store_place"), "file");
        EXPECT_EQ(*ledger->recall("store_move"), "");
    }

    FaultyStore from;
    FaultyStore to;
    StoreFront front{from};
    std::vector<StoreItem> items;
    std::unique_ptr<StateDatabase> ledger = std::move(*StateDatabase::open(std::filesystem::path()));
    std::optional<Result<StoreMigration::Outcome>> outcome;
};

TEST_F(StoreMigrationTest, EverythingIsInTheNewStoreAndNothingInTheOld) {
    const auto done = run();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->moved, static_cast<std::size_t>(count));
    EXPECT_EQ(to.labels["item3"], "label3");
    expectMoved();
}

// Whatever call fails, before the switch the old store has all, after it the new one; and the same again
// finishes it.
TEST_F(StoreMigrationTest, FailureAtAnyCallLosesNothingAndIsResumed) {
    for (FaultyStore* faulty : {&from, &to}) {
        for (int at = 1; at < 60; ++at) {
            faulty->calls = 0;
            faulty->failAt = at;
            const auto first = run();
            faulty->failAt = 0;
            CredentialStore& holder = *ledger->recall("store_place") == "file" ? to : from;
            for (int i = 0; i < count; ++i)
                EXPECT_EQ(valueOf(holder, items[static_cast<std::size_t>(i)].id), "value" + std::to_string(i))
                    << at;
            if (!first) {
                const auto second = run();
                ASSERT_TRUE(second) << at << second.error().message;
            }
            expectMoved();
            // Back to the beginning.
            front.exchange(from);
            ASSERT_TRUE(ledger->remember("store_place", "keychain"));
            for (int i = 0; i < count; ++i) {
                put(from.below, "item" + std::to_string(i), "value" + std::to_string(i));
                bool erased = false;
                to.below.erase("item" + std::to_string(i), [&](const Result<void>&) { erased = true; });
                ASSERT_TRUE(spinUntil([&] { return erased; }));
            }
        }
    }
}

TEST_F(StoreMigrationTest, StoppedAnywhereAndBegunAgain) {
    for (int turns = 0; turns < 40; ++turns) {
        auto migration = make();
        migration->start();
        for (int i = 0; i < turns && !outcome; ++i)
            QCoreApplication::processEvents();
        migration.reset();
        spinOnce();
        if (*ledger->recall("store_place") == "file")
            break;
        EXPECT_EQ(valueOf(from, "item4"), "value4");
    }
    front.exchange(*ledger->recall("store_place") == "file" ? to : from);
    ASSERT_TRUE(run());
    expectMoved();
}

TEST_F(StoreMigrationTest, ChangesMadeMeanwhileAreInTheNewStore) {
    auto migration = make();
    migration->start();
    int written = 0;
    for (int turn = 0; !outcome; ++turn) {
        front.write("item1", "label1", Secret::copyOf("newer" + std::to_string(turn)),
                    [&](const Result<void>& r) { written += r ? 1 : 0; });
        for (int i = 0; i < 7; ++i)
            QCoreApplication::processEvents();
        ASSERT_LT(turn, 200);
        if (outcome) {
            ASSERT_TRUE(*outcome) << outcome->error().message;
            ASSERT_TRUE(spinUntil([&] { return written == turn + 1; }));
            EXPECT_EQ(valueOf(to, "item1"), "newer" + std::to_string(turn));
        }
    }
    EXPECT_EQ(valueOf(to, "item2"), "value2");
}

TEST_F(StoreMigrationTest, DamagedItemStaysWhereItIsAndIsCounted) {
    from.damaged = "item2";
    const auto done = run();
    ASSERT_TRUE(done);
    EXPECT_EQ(done->damaged, 1U);
    EXPECT_EQ(done->moved, 4U);
    from.damaged.clear();
    EXPECT_EQ(valueOf(from, "item2"), "value2");
    EXPECT_EQ(valueOf(to, "item1"), "value1");
}

TEST_F(StoreMigrationTest, StoreThatForgetsIsNeverSwitchedTo) {
    to.forgets = true;
    EXPECT_FALSE(run());
    EXPECT_EQ(*ledger->recall("store_place"), "keychain");
    EXPECT_EQ(valueOf(front, "item0"), "value0");
}

TEST_F(StoreMigrationTest, RefusingStoreRefusesEverythingLater) {
    RefusingStore store("file", Error(ErrorCode::StoreUnavailable, "elsewhere", "Move them."));
    EXPECT_EQ(valueOf(store, "one"), "-");
    EXPECT_EQ(store.health().problem, "elsewhere");
    int refused = 0;
    store.write("one", "", Secret::copyOf("x"), [&](const Result<void>& r) { refused += r ? 0 : 1; });
    store.erase("one", [&](const Result<void>& r) { refused += r ? 0 : 1; });
    EXPECT_EQ(refused, 0);
    EXPECT_TRUE(spinUntil([&] { return refused == 2; }));
}

} // namespace
} // namespace keybearer
