#include "broker/rpc/WipedBuffer.h"

#include <gtest/gtest.h>

#include <string>

namespace keybearer {
namespace {

TEST(WipedBufferTest, QueuesBytesInOrder) {
    WipedBuffer buffer(1 << 20);
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        const std::string piece = std::to_string(i) + ",";
        ASSERT_TRUE(buffer.append(piece));
        expected += piece;
        if (i % 3 == 0) {
            buffer.consume(2);
            expected.erase(0, 2);
        }
    }
    EXPECT_EQ(buffer.view(), expected);
    EXPECT_EQ(buffer.size(), expected.size());
}

TEST(WipedBufferTest, T_46_GrowsToItsLimitAndNotBeyond) {
    WipedBuffer buffer(1000);
    EXPECT_TRUE(buffer.append(std::string(999, 'a')));
    EXPECT_FALSE(buffer.append("bc"));
    EXPECT_EQ(buffer.size(), 999U);
    EXPECT_TRUE(buffer.append("b"));
    EXPECT_FALSE(buffer.append("c"));
    buffer.consume(500); // room at the front counts
    EXPECT_TRUE(buffer.append(std::string(500, 'd')));
    EXPECT_FALSE(buffer.append("e"));
    EXPECT_EQ(buffer.view(), std::string(499, 'a') + "b" + std::string(500, 'd'));
}

TEST(WipedBufferTest, WhatWasConsumedIsOverwrittenWhenTheRestMovesForward) {
    WipedBuffer buffer(64);
    ASSERT_TRUE(buffer.append(std::string(56, 's')));
    const char* memory = buffer.view().data();
    buffer.consume(50);
    ASSERT_TRUE(buffer.append("0123456789"));
    ASSERT_EQ(buffer.view().data(), memory); // the same memory, moved to its front
    EXPECT_EQ(buffer.view(), "ssssss0123456789");
    const std::string behind(memory + buffer.size(), 56 - buffer.size());
    EXPECT_EQ(behind, std::string(behind.size(), '\0'));
}

TEST(WipedBufferTest, ClearedMemoryThatIsKeptIsOverwritten) {
    WipedBuffer buffer(4096);
    ASSERT_TRUE(buffer.append("a secret"));
    const char* memory = buffer.view().data();
    buffer.clear(4096);
    EXPECT_TRUE(buffer.empty());
    EXPECT_EQ(std::string(memory, 8), std::string(8, '\0'));
}

} // namespace
} // namespace keybearer
