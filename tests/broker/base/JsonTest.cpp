#include "broker/base/Json.h"

#include <gtest/gtest.h>

#include <limits>

namespace keybearer {
namespace {

struct Case {
    const char* name;
    std::string text;
};

class JsonRefused : public ::testing::TestWithParam<Case> {};

TEST_P(JsonRefused, T_27_IsAParseErrorThatDoesNotQuoteTheInput) {
    const Result<Json> json = parseJson(GetParam().text);
    ASSERT_FALSE(json) << json->dump();
    EXPECT_EQ(json.error().code, ErrorCode::ParseError);
    EXPECT_FALSE(json.error().message.empty());
    EXPECT_EQ(json.error().message.find("planted"), std::string::npos);
}

std::string nested(std::size_t depth, const char* open, const char* close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
        text += open;
    for (std::size_t i = 0; i < depth; ++i)
        text += close;
    return text;
}

std::string members(std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    return text + "}";
}

std::string values(std::size_t count) {
    std::string text = "[0";
    for (std::size_t i = 1; i < count; ++i)
        text += ",0";
    return text + "]";
}

INSTANTIATE_TEST_SUITE_P(
    Strict, JsonRefused,
    ::testing::Values(
        Case{"Nothing", ""}, Case{"Spaces", "  "}, Case{"Word", "planted"}, Case{"Cut", R"({"planted":1)"},
        Case{"TrailingComma", "[1,]"}, Case{"TrailingText", R"({} planted)"}, Case{"TwoDocuments", "{}{}"},
        Case{"TrailingNul", std::string("{}\0", 3)}, Case{"BehindNul", std::string("{}\0planted", 10)},
        Case{"NulInside", std::string("{\0}", 3)}, Case{"RawNulInString", std::string("\"a\0b\"", 5)},
        Case{"EscapedNul", R"("a\u0000b")"}, Case{"EscapedNulInName", R"({"a\u0000":1})"},
        Case{"NameTwice", R"({"planted":1,"planted":2})"}, Case{"NameTwiceByEscape", R"({"a":1,"\u0061":2})"},
        Case{"NameTwiceInside", R"([{"a":{"b":1,"b":1}}])"}, Case{"Comment", "[1] // planted"},
        Case{"BlockComment", "/* planted */ 1"}, Case{"SingleQuotes", "{'a':1}"}, Case{"NotANumber", "NaN"},
        Case{"Infinity", "-Infinity"}, Case{"TooLargeNumber", "1e999"}, Case{"TooSmallNumber", "-1e999"},
        Case{"LeadingZero", "01"}, Case{"PlusSign", "+1"}, Case{"Hexadecimal", "0x10"}, Case{"BareDot", ".5"},
        Case{"ControlInString", "\"a\nb\""}, Case{"BadEscape", R"("\x41")"},
        Case{"LoneHighSurrogate", R"("\ud83d")"}, Case{"LoneLowSurrogate", R"("\ude00")"},
        Case{"SwappedSurrogates", R"("\ude00\ud83d")"}, Case{"BadUtf8", "\"\xff\""},
        Case{"OverlongUtf8", "\"\xc0\xaf\""}, Case{"CutUtf8", "\"\xe2\x82\""},
        Case{"SurrogateInUtf8", "\"\xed\xa0\x80\""}, Case{"BeyondUnicode", "\"\xf4\x90\x80\x80\""},
        Case{"DeepArrays", nested(33, "[", "]")}, Case{"VeryDeepArrays", nested(100'000, "[", "]")},
        Case{"DeepAndCut", nested(100'000, "[", "")}, Case{"ManyMembers", members(1025)},
        Case{"ManyValues", values(100'001)}),
    [](const ::testing::TestParamInfo<Case>& tested) { return std::string(tested.param.name); });

TEST(JsonTest, LimitsThemselvesAreAllowed) {
    EXPECT_TRUE(parseJson(nested(32, "[", "]")));
    EXPECT_TRUE(parseJson(members(1024)));
    EXPECT_TRUE(parseJson(values(99'999))); // the array counts as well
}

TEST(JsonTest, OwnLimitsReplaceTheUsualOnes) {
    JsonLimits limits;
    limits.depth = 2;
    limits.keys = 1;
    limits.values = 3;
    EXPECT_TRUE(parseJson("[[1]]", limits));
    EXPECT_FALSE(parseJson("[[[]]]", limits));
    EXPECT_FALSE(parseJson(R"({"a":1,"b":2})", limits));
    EXPECT_FALSE(parseJson("[1,2,3]", limits));
}

TEST(JsonTest, DocumentComesBackAsItWas) {
    const std::string text =
        R"({"array":[1,-2,3.5,true,false,null],"empty":{},"long":9223372036854775807,"text":"ä\"\\/\b\n😀"})";
    const Result<Json> json = parseJson(text);
    ASSERT_TRUE(json) << json.error().message;
    EXPECT_EQ((*json)["array"].size(), 6U);
    EXPECT_EQ((*json)["array"][2], 3.5);
    EXPECT_TRUE((*json)["array"][5].is_null());
    EXPECT_EQ((*json)["long"], std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(*parseJson(dumpJson(*json)), *json);
}

TEST(JsonTest, ScalarDocumentsAreFine) {
    EXPECT_EQ(*parseJson(" 17 "), 17);
    EXPECT_EQ(*parseJson(R"("x")"), "x");
    EXPECT_EQ(*parseJson(R"("\ud83d\ude00")"), "😀");
}

TEST(JsonTest, WholeNumberBeyondSixtyFourBitsIsNoInteger) {
    const Result<Json> json = parseJson(R"({"n":99999999999999999999})");
    ASSERT_TRUE(json);
    EXPECT_FALSE(integerAt(*json, "n"));
}

TEST(JsonTest, MembersAreReadByKindOrNotAtAll) {
    const Json json = *parseJson(R"({"s":"x","i":7,"b":true,"l":["a",1,"b"],"n":null})");
    EXPECT_EQ(stringAt(json, "s"), "x");
    EXPECT_FALSE(stringAt(json, "i"));
    EXPECT_FALSE(stringAt(json, "n"));
    EXPECT_FALSE(stringAt(json, "absent"));
    EXPECT_FALSE(stringAt(Json::array(), "s"));
    EXPECT_EQ(integerAt(json, "i"), 7);
    EXPECT_FALSE(integerAt(json, "s"));
    EXPECT_FALSE(integerAt(*parseJson(R"({"i":1.5})"), "i"));
    EXPECT_EQ(booleanAt(json, "b"), true);
    EXPECT_FALSE(booleanAt(json, "i"));
    EXPECT_EQ(stringsAt(json, "l"), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(stringsAt(json, "s").empty());
}

TEST(JsonTest, WipingEmptiesEveryStringOfADocument) {
    Json json = *parseJson(R"({"a":"secret","b":[{"c":"secret"}],"n":5})");
    wipeJson(json);
    EXPECT_EQ(json["a"], "");
    EXPECT_EQ(json["b"][0]["c"], "");
    EXPECT_EQ(json["n"], 5);
}

TEST(JsonTest, WritingReplacesBytesThatAreNoUtf8) {
    EXPECT_EQ(dumpJson(Json{{"a", std::string("x\xff"
                                              "y")}}),
              "{\"a\":\"x\xef\xbf\xbdy\"}");
}

} // namespace
} // namespace keybearer
