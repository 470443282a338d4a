#include "broker/base/Ascii.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(AsciiTest, OnlyLettersOfAsciiAreLowered) {
    EXPECT_EQ(lowered(std::string_view("Content-TYPE@[`{")), "content-type@[`{");
    EXPECT_EQ(lowered(std::string_view("\xC3\x84")), "\xC3\x84");
}

TEST(AsciiTest, NamesAreEqualWhateverTheirCase) {
    EXPECT_TRUE(equalIgnoringCase("Bearer", "bEARER"));
    EXPECT_FALSE(equalIgnoringCase("Bearer", "Bearer "));
    EXPECT_FALSE(equalIgnoringCase("@", "`")); // 0x20 apart, as letters are
}

TEST(AsciiTest, OnlySpacesAndTabsAreTrimmed) {
    EXPECT_EQ(trimmed(" \t a b \t"), "a b");
    EXPECT_EQ(trimmed(" \t "), "");
    EXPECT_EQ(trimmed("a\r"), "a\r");
}

} // namespace
} // namespace keybearer
