#include "app/import/JsonText.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

// "" for what is read; else line:column.
std::string wrongPlace(const std::string& text) {
    const Result<JsonText> read = JsonText::read(text);
    if (read)
        return {};
    const auto number = [&read](const char* key) {
        const ErrorDetail* detail = read.error().detail(key);
        return detail == nullptr ? std::string("?") : std::to_string(std::get<std::int64_t>(*detail));
    };
    return number("line") + ":" + number("column");
}

TEST(JsonText, CommentsTrailingCommasAndAByteOrderMarkAreRead) {
    const Result<JsonText> read =
        JsonText::read("\xEF\xBB\xBF// a\r\n{ /* b */ \"x\": [1, 2,], // c\n}\n// d");
    ASSERT_TRUE(read);
    const auto x = read->member(read->root(), "x");
    ASSERT_TRUE(x);
    EXPECT_EQ(read->children(*x).size(), 2U);
    EXPECT_EQ(read->comments().size(), 4U);
    EXPECT_TRUE(read->holdsComments(read->root()));
    EXPECT_FALSE(read->holdsComments(*x));
}

TEST(JsonText, EveryValueKnowsItsBytes) {
    const std::string text = "{\"a\": -1.5e+3 , \"b\":{\"c\":[true,null,\"x\\u0041\"]}}";
    const Result<JsonText> read = JsonText::read(text);
    ASSERT_TRUE(read);
    const auto bytes = [&](JsonText::Index index) {
        return text.substr(read->node(index).begin, read->node(index).end - read->node(index).begin);
    };
    const auto a = *read->member(read->root(), "a");
    EXPECT_EQ(bytes(a), "-1.5e+3");
    EXPECT_EQ(text[read->node(a).comma], ',');
    const auto c = *read->member(*read->member(read->root(), "b"), "c");
    EXPECT_EQ(bytes(c), "[true,null,\"x\\u0041\"]");
    EXPECT_EQ(read->string(read->children(c)[2]), "xA");
}

TEST(JsonText, EscapesAreDecodedAndHalfAPairIsReplaced) {
    const Result<JsonText> read =
        JsonText::read(R"(["\"\\\/\b\f\n\r\t", "\uD83D\uDE00", "\uD83Dx", "\uDE00"])");
    ASSERT_TRUE(read);
    const auto items = read->children(read->root());
    EXPECT_EQ(read->string(items[0]), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(read->string(items[1]), "\xF0\x9F\x98\x80");
    EXPECT_EQ(read->string(items[2]), "\xEF\xBF\xBDx");
    EXPECT_EQ(read->string(items[3]), "\xEF\xBF\xBD");
}

TEST(JsonText, WhatIsWrongIsNamedByLineAndColumn) {
    EXPECT_EQ(wrongPlace(""), "1:1");
    EXPECT_EQ(wrongPlace("{\n  \"a\" 1\n}"), "2:7");
    EXPECT_EQ(wrongPlace("{\n  \"\xC3\xA4\": 1 \"b\": 2\n}"), "2:10") << "columns are characters";
    EXPECT_EQ(wrongPlace("{\"a\": 1"), "1:1");
    EXPECT_EQ(wrongPlace("{\"a\": \"x\ny\"}"), "1:9");
    EXPECT_EQ(wrongPlace("{} {}"), "1:4");
    EXPECT_EQ(wrongPlace("{/* x }"), "1:2");
    EXPECT_EQ(wrongPlace("\n\n\xFF"), "3:1");
    for (const char* text :
         {"{,}", "[,]", "[1,,2]", "{\"a\"}", "{a: 1}", "[01]", "[1.]", "[1e]", "[-]", "[tru]", "[\"\\x\"]",
          "[\"\\u12G4\"]", "['a']", "[/]", "[\"\t\"]", "nul", "+1", "[1}"})
        EXPECT_FALSE(wrongPlace(text).empty()) << text;
}

TEST(JsonText, DepthAndSizeHaveLimits) {
    EXPECT_TRUE(JsonText::read(std::string(64, '[') + std::string(64, ']')));
    EXPECT_FALSE(JsonText::read(std::string(65, '[') + std::string(65, ']')));
    EXPECT_FALSE(JsonText::read(std::string(100'000, '[')));
    EXPECT_EQ(JsonText::read(std::string(JsonText::longestText + 1, ' ')).error().code,
              ErrorCode::InvalidParams);
}

TEST(JsonText, AKeyThatIsThereTwiceIsNoMember) {
    const Result<JsonText> read = JsonText::read(R"({"a": 1, "\u0061": 2, "b": 3})");
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->repeatsKeys(read->root()));
    EXPECT_FALSE(read->member(read->root(), "a"));
    EXPECT_TRUE(read->member(read->root(), "b"));
}

TEST(JsonText, QuotedTextReadsBack) {
    const std::string text = "a\"\\\n\x01\xC3\xA4";
    const Result<JsonText> read = JsonText::read(quotedJson(text));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->string(read->root()), text);
}

} // namespace
} // namespace keybearer::testing
