#include "broker/stores/memory/MemoryStore.h"

#include "tests/broker/stores/StoreContract.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <memory>
#include <optional>

namespace keybearer {
namespace {

class MemoryStoreTest : public ::testing::Test {
protected:
    void SetUp() override { initialiseSecrets(); }

    static void turn() { QCoreApplication::processEvents(QEventLoop::AllEvents); }

    Result<Secret> read(const std::string& id) {
        std::optional<Result<Secret>> answer;
        store_->read(id, [&](Result<Secret> result) { answer.emplace(std::move(result)); });
        while (!answer)
            turn();
        return std::move(*answer);
    }
    void write(const std::string& id, std::string_view value) {
        bool done = false;
        store_->write(id, "label", Secret::copyOf(value), [&](const Result<void>& result) {
            EXPECT_TRUE(result.has_value());
            done = true;
        });
        while (!done)
            turn();
    }

    std::unique_ptr<MemoryStore> store_ = std::make_unique<MemoryStore>();
};

TEST_F(MemoryStoreTest, BinaryValueComesBackUnchanged) {
    const std::string_view value("a\0b\xff", 4);
    write("one", value);
    const Result<Secret> found = read("one");
    ASSERT_TRUE(found.has_value());
    EXPECT_TRUE(found->equals(value));
}

TEST_F(MemoryStoreTest, WriteReplaces) {
    write("one", "old");
    write("one", "new");
    EXPECT_TRUE(read("one")->equals("new"));
}

TEST_F(MemoryStoreTest, AbsentIsNotFound) {
    const Result<Secret> found = read("none");
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(found.error().code, ErrorCode::NotFound);
}

TEST_F(MemoryStoreTest, EmptyValueIsNotAbsent) {
    write("empty", "");
    const Result<Secret> found = read("empty");
    ASSERT_TRUE(found.has_value());
    EXPECT_TRUE(found->empty());
}

TEST_F(MemoryStoreTest, EraseLeavesNothingAndMayBeRepeated) {
    write("one", "value");
    int erased = 0;
    const auto count = [&](const Result<void>& result) { erased += result.has_value() ? 1 : 0; };
    store_->erase("one", count);
    store_->erase("one", count);
    while (erased < 2)
        turn();
    EXPECT_EQ(read("one").error().code, ErrorCode::NotFound);
}

TEST_F(MemoryStoreTest, AnswersComeLaterAndInOrder) {
    std::string order;
    store_->write("one", "label", Secret::copyOf("first"), [&](const Result<void>&) { order += "w"; });
    store_->read("one", [&](const Result<Secret>& found) { order += found->equals("first") ? "r" : "?"; });
    store_->erase("one", [&](const Result<void>&) { order += "e"; });
    store_->read("one", [&](const Result<Secret>& found) { order += found.has_value() ? "?" : "a"; });
    EXPECT_EQ(order, "");
    while (order.size() < 4)
        turn();
    EXPECT_EQ(order, "wrea");
}

TEST_F(MemoryStoreTest, DestructionCancels) {
    bool called = false;
    store_->read("one", [&](const Result<Secret>&) { called = true; });
    store_.reset();
    turn();
    EXPECT_FALSE(called);
}

TEST_F(MemoryStoreTest, IsAlwaysReady) {
    EXPECT_EQ(store_->health().state, CredentialStore::Health::State::Ready);
    EXPECT_EQ(store_->health().backend, "memory");
}

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         ::testing::Values(StoreMaker{
                             "Memory", [](bool) { return std::make_unique<MemoryStore>(); }, false}),
                         storeMakerName);

} // namespace
} // namespace keybearer
