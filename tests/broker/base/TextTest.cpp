#include "broker/base/Text.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(TextTest, SEC_C_38_ControlAndHiddenCharactersAreShownAsEscapes) {
    EXPECT_EQ(displaySafe("\x1b]0;title\x07"), "\\u{1B}]0;title\\u{7}");
    EXPECT_EQ(displaySafe("a\r\nb\tc"), "a\\u{D}\\u{A}b\\u{9}c");
    EXPECT_EQ(displaySafe("\u202Eevil\u2066"), "\\u{202E}evil\\u{2066}"); // bidirectional override, isolate
    EXPECT_EQ(displaySafe("a\u200Bb\uFEFF"), "a\\u{200B}b\\u{FEFF}");     // zero width space, byte order mark
    EXPECT_EQ(displaySafe("\u009B31m"), "\\u{9B}31m");                    // C1 control sequence introducer
    EXPECT_EQ(displaySafe(std::string("a\0b", 3)), "a\\u{0}b");
    EXPECT_EQ(displaySafe("\U000E0041"), "\\u{E0041}"); // tag characters
}

TEST(TextTest, SEC_C_38_BytesThatAreNoUtf8AreShownAsEscapes) {
    EXPECT_EQ(displaySafe("a\xff"), "a\\u{FF}");
    EXPECT_EQ(displaySafe("\xc0\xaf"), "\\u{C0}\\u{AF}");
    EXPECT_EQ(displaySafe("\xed\xa0\x80"), "\\u{ED}\\u{A0}\\u{80}");
    EXPECT_EQ(displaySafe("\xe2\x82"), "\\u{E2}\\u{82}");
}

TEST(TextTest, OrdinaryTextStaysAsItIs) {
    EXPECT_EQ(displaySafe("Ana Müller, 東京 😀"), "Ana Müller, 東京 😀");
    EXPECT_EQ(displaySafe(""), "");
}

TEST(TextTest, LongTextIsCutAtCharactersNotBytes) {
    EXPECT_EQ(displaySafe("äöüß", 3), "äöü...");
    EXPECT_EQ(displaySafe("äöü", 3), "äöü");
    EXPECT_EQ(displaySafe(std::string(10'000, 'a')).size(), 203U);
}

TEST(TextTest, Utf8IsToldFromOtherBytes) {
    EXPECT_TRUE(isValidUtf8("aä€😀"));
    EXPECT_FALSE(isValidUtf8("\x80"));
    EXPECT_FALSE(isValidUtf8("\xc3"));
    EXPECT_FALSE(isValidUtf8("\xe0\x80\x80"));
    EXPECT_FALSE(isValidUtf8("\xf5\x80\x80\x80"));
}

TEST(TextTest, NearestFindsSlipsAndNothingElse) {
    const std::vector<std::string> providers{"github", "google", "microsoft"};
    EXPECT_EQ(nearest("gihtub", providers), "github");
    EXPECT_EQ(nearest("goggle", providers), "google");
    EXPECT_EQ(nearest("mircosoft", providers), "microsoft");
    EXPECT_EQ(nearest("zzzzzz", providers), "");
    EXPECT_EQ(nearest("github", {}), "");
}

TEST(TextTest, WordsAreSplitAndJoined) {
    EXPECT_EQ(splitWords("  a  bc d "), (std::vector<std::string>{"a", "bc", "d"}));
    EXPECT_TRUE(splitWords("").empty());
    EXPECT_TRUE(splitWords("   ").empty());
    EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
    EXPECT_EQ(join({}, ","), "");
}

TEST(TextTest, BearerTokenHasTheCharactersOfRfc6750) {
    EXPECT_TRUE(isBearerToken("mF_9.B5f-4.1JqM"));
    EXPECT_TRUE(isBearerToken("abc+/~=="));
    for (const char* text : {"", "=", "a=b", "a b", "a\r\nX: y", "tök", "a\"b"})
        EXPECT_FALSE(isBearerToken(text)) << text;
}

TEST(TextTest, VisibleAsciiIsSpaceToTilde) {
    EXPECT_TRUE(isVisibleAscii(" ~"));
    EXPECT_FALSE(isVisibleAscii("\t"));
    EXPECT_FALSE(isVisibleAscii("\x7f"));
    EXPECT_FALSE(isVisibleAscii("ä"));
}

} // namespace
} // namespace keybearer
