#include "broker/access/ClientKey.h"

#include <gtest/gtest.h>
#include <set>

namespace keybearer {
namespace {

class ClientKeyTest : public ::testing::Test {
protected:
    void SetUp() override { initialiseSecrets(); }
};

TEST_F(ClientKeyTest, KeyHasAPrefixThatScannersFindAndAFixedLength) {
    for (int i = 0; i < 100; ++i) {
        const Secret key = newClientKey();
        EXPECT_TRUE(key.reveal().starts_with("kbk_"));
        EXPECT_EQ(key.size(), clientKeyLength);
        EXPECT_TRUE(isClientKey(key.reveal()));
    }
}

TEST_F(ClientKeyTest, SEC_S_26_NoTwoKeysAreAlikeAndEveryLetterOccurs) {
    std::set<std::string> keys;
    std::set<char> letters;
    for (int i = 0; i < 1000; ++i) {
        const Secret key = newClientKey();
        EXPECT_TRUE(keys.insert(std::string(key.reveal())).second);
        letters.insert(key.reveal().begin() + 4, key.reveal().begin() + 47);
    }
    EXPECT_EQ(letters.size(), 62U);
}

TEST_F(ClientKeyTest, ChecksumIsTheCrc32OfTheRandomPart) {
    // zlib.crc32(b"0" * 43) == 2018072207 in Python, and that in base62
    EXPECT_TRUE(isClientKey("kbk_" + std::string(43, '0') + "2CZclj"));
}

TEST_F(ClientKeyTest, EveryTypingMistakeOfOneLetterIsSeen) {
    const std::string key(newClientKey().reveal());
    for (std::size_t i = 0; i < key.size(); ++i) {
        std::string wrong = key;
        wrong[i] = wrong[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(isClientKey(wrong)) << i;
    }
    for (std::size_t i = 4; i + 1 < key.size(); ++i) {
        std::string swapped = key;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_EQ(isClientKey(swapped), swapped == key) << i;
    }
}

TEST_F(ClientKeyTest, WhatIsNoKeyIsRefused) {
    const std::string key(newClientKey().reveal());
    for (const std::string& wrong :
         {std::string(), std::string("kbk_"), key.substr(0, 52), key + "a", key + "\n", " " + key,
          "KBK_" + key.substr(4), "kbc_" + key.substr(4), std::string(clientKeyLength, '\0'),
          std::string(100'000, 'a'), "kbk_" + std::string(49, '-'), "kbk_" + std::string(49, '\xff')})
        EXPECT_FALSE(isClientKey(wrong));
}

TEST_F(ClientKeyTest, HashesAreComparedWhole) {
    const std::string hash = clientKeyHash("kbk_x");
    EXPECT_EQ(hash.size(), 32U);
    EXPECT_TRUE(sameKeyHash(hash, clientKeyHash("kbk_x")));
    EXPECT_FALSE(sameKeyHash(hash, clientKeyHash("kbk_y")));
    EXPECT_FALSE(sameKeyHash(hash, hash.substr(1)));
    EXPECT_FALSE(sameKeyHash("", "")) << "a client without an old key matches nobody";
}

} // namespace
} // namespace keybearer
