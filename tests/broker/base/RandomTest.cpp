#include "broker/base/Random.h"

#include <gtest/gtest.h>

#include <set>

namespace keybearer {
namespace {

TEST(RandomTest, Base64UrlIsThatOfRfc4648) {
    EXPECT_EQ(base64Url(""), "");
    EXPECT_EQ(base64Url("f"), "Zg");
    EXPECT_EQ(base64Url("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64Url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(fromBase64Url("Zm9vYmFy"), "foobar");
    EXPECT_EQ(fromBase64Url("Zg=="), "f");
    EXPECT_EQ(fromBase64Url("Zg"), "f");
}

TEST(RandomTest, WhatIsNoBase64UrlDecodesToNothing) {
    for (const char* text : {"a b", "+/+/", "Zm9v!", "Z"})
        EXPECT_EQ(fromBase64Url(text), "") << text;
}

TEST(RandomTest, HexAndDigestAreTheKnownOnes) {
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(""), "");
}

TEST(RandomTest, SEC_C_07_TokensHave256BitsAndNeverRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = randomToken();
        EXPECT_EQ(token.size(), 43U);
        EXPECT_EQ(fromBase64Url(token).size(), 32U);
        EXPECT_TRUE(seen.insert(token).second);
    }
}

} // namespace
} // namespace keybearer
