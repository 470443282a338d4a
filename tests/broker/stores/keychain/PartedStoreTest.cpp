#include "broker/stores/keychain/PartedStore.h"

#include "broker/stores/memory/MemoryStore.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <map>

namespace keybearer {
namespace {

constexpr std::size_t cap = 200;

// A memory store behind which the test looks: what items there are, how long they are, and which call is to
// fail.
class ObservedStore final : public CredentialStore {
public:
    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override {
        EXPECT_LE(value.size(), cap);
        if (countdown > 0 && --countdown == 0) {
            inner.read(id,
                       [done](const Result<Secret>&) { done(failure(ErrorCode::StoreUnavailable, "torn")); });
            return;
        }
        ids[id] = tag.label;
        inner.write(std::move(id), std::move(tag), std::move(value), std::move(done));
    }
    void read(std::string id, Completion<Secret> done) override {
        inner.read(std::move(id), std::move(done));
    }
    void erase(std::string id, Completion<void> done) override {
        ids.erase(id);
        inner.erase(std::move(id), std::move(done));
    }
    [[nodiscard]] Health health() const override { return inner.health(); }

    MemoryStore inner;
    std::map<std::string, std::string> ids; // with their labels
    int countdown = 0;                      // of writes until one fails
};

class PartedStoreTest : public ::testing::Test {
protected:
    PartedStoreTest() {
        initialiseSecrets();
        auto observed = std::make_unique<ObservedStore>();
        observed_ = observed.get();
        store_ = std::make_unique<PartedStore>(std::move(observed), cap);
    }

    template <typename T>
    static Result<T> wait(std::optional<Result<T>>& answer) {
        while (!answer)
            QCoreApplication::processEvents(QEventLoop::AllEvents);
        return std::move(*answer);
    }
    Result<void> write(const std::string& id, const std::string& value) {
        std::optional<Result<void>> answer;
        store_->write(id, "label", Secret::copyOf(value), [&](Result<void> r) { answer = std::move(r); });
        return wait(answer);
    }
    std::string read(const std::string& id) {
        std::optional<Result<Secret>> answer;
        store_->read(id, [&](Result<Secret> r) { answer.emplace(std::move(r)); });
        const Result<Secret> found = wait(answer);
        return found ? std::string(found->reveal()) : "failed: " + found.error().message;
    }
    Result<void> erase(const std::string& id) {
        std::optional<Result<void>> answer;
        store_->erase(id, [&](Result<void> r) { answer = std::move(r); });
        return wait(answer);
    }
    static std::string value(std::size_t size, char first = 'a') {
        std::string text(size, first);
        for (std::size_t i = 0; i < size; i += 3)
            text[i] = static_cast<char>('A' + i / 3 % 26);
        return text;
    }

    ObservedStore* observed_ = nullptr;
    std::unique_ptr<PartedStore> store_;
};

TEST_F(PartedStoreTest, EveryLengthAroundTheCapComesBack) {
    for (const std::size_t size :
         {std::size_t{0}, cap - 1, cap, cap + 1, 2 * cap, 2 * cap + 1, 17 * cap + 5}) {
        ASSERT_TRUE(write("one", value(size)).has_value()) << size;
        EXPECT_EQ(read("one"), value(size)) << size;
    }
}

TEST_F(PartedStoreTest, ShortValueIsOneItem) {
    ASSERT_TRUE(write("one", value(cap)).has_value());
    EXPECT_EQ(observed_->ids.size(), 1U);
}

TEST_F(PartedStoreTest, ReplacingLeavesNoOldPart) {
    ASSERT_TRUE(write("one", value(5 * cap)).has_value());
    EXPECT_EQ(observed_->ids.size(), 6U);
    ASSERT_TRUE(write("one", value(3 * cap)).has_value());
    EXPECT_EQ(observed_->ids.size(), 4U);
    ASSERT_TRUE(write("one", "short").has_value());
    EXPECT_EQ(observed_->ids.size(), 1U);
}

TEST_F(PartedStoreTest, EraseTakesThePartsToo) {
    ASSERT_TRUE(write("one", value(5 * cap)).has_value());
    ASSERT_TRUE(write("two", value(2 * cap)).has_value());
    ASSERT_TRUE(erase("one").has_value());
    EXPECT_EQ(observed_->ids.size(), 3U);
    EXPECT_EQ(read("one"), "failed: there is no such credential");
    EXPECT_EQ(read("two"), value(2 * cap));
    EXPECT_TRUE(erase("one").has_value());
}

TEST_F(PartedStoreTest, WriteThatFailsHalfWayLeavesTheOldValue) {
    ASSERT_TRUE(write("one", value(3 * cap, 'o')).has_value());
    for (int step = 1; step <= 4; ++step) { // three parts and the head
        observed_->countdown = step;
        EXPECT_FALSE(write("one", value(3 * cap, 'n')).has_value()) << step;
        EXPECT_EQ(read("one"), value(3 * cap, 'o')) << step;
    }
}

TEST_F(PartedStoreTest, MissingOrForeignPartIsDamageAndNotAValue) {
    ASSERT_TRUE(write("one", value(3 * cap)).has_value());
    std::string part;
    for (const auto& [id, label] : observed_->ids) {
        if (id.ends_with(".2"))
            part = id;
    }
    ASSERT_FALSE(part.empty());
    observed_->inner.write(part, "", Secret::copyOf(value(cap, 'x')), [](const Result<void>&) {});
    EXPECT_NE(read("one").find("damaged"), std::string::npos);
    observed_->inner.erase(part, [](const Result<void>&) {});
    EXPECT_NE(read("one").find("damaged"), std::string::npos);
}

TEST_F(PartedStoreTest, ValueThatLooksLikeAHeadComesBack) {
    const std::string head = toHead({"00112233", 2, 300, std::string(64, 'a')});
    ASSERT_TRUE(write("one", head).has_value());
    EXPECT_EQ(read("one"), head);
}

TEST_F(PartedStoreTest, TooLongIsRefusedBeforeAnythingIsWritten) {
    EXPECT_FALSE(write("one", value(64 * cap + 1)).has_value());
    EXPECT_TRUE(observed_->ids.empty());
    EXPECT_TRUE(write("one", value(64 * cap)).has_value());
}

TEST_F(PartedStoreTest, PartsAreNumberedForThePerson) {
    ASSERT_TRUE(write("one", value(2 * cap)).has_value());
    for (const auto& [id, label] : observed_->ids) {
        if (id.ends_with(".2")) {
            EXPECT_EQ(label, "label (part 2)");
        }
    }
}

TEST(PartListTest, OnlyAWholeHeadIsAHead) {
    const PartList parts{"0a1b2c3d", 3, 999, std::string(64, 'f')};
    const std::string head = toHead(parts);
    ASSERT_TRUE(fromHead(head).has_value());
    EXPECT_EQ(fromHead(head)->count, 3U);
    EXPECT_EQ(fromHead(head)->size, 999U);
    for (std::size_t length = 0; length < head.size(); ++length)
        EXPECT_FALSE(fromHead(head.substr(0, length)).has_value()) << length;
    EXPECT_FALSE(fromHead(head + " ").has_value());
    EXPECT_FALSE(fromHead(toHead({"0a1b2c3d", 65, 999, std::string(64, 'f')})).has_value());
    EXPECT_FALSE(fromHead(toHead({"0a1b2c3d", 0, 0, std::string(64, 'f')})).has_value());
    EXPECT_FALSE(fromHead(toHead({"XXXXXXXX", 1, 9, std::string(64, 'f')})).has_value());
    EXPECT_FALSE(fromHead("{\"access_token\":\"x\"}").has_value());
}

} // namespace
} // namespace keybearer
