#include "broker/gateway/pins/ToolList.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

std::string answerWith(const std::string& tools, const std::string& more = {}) {
    return R"({"jsonrpc":"2.0","id":1,"result":{"tools":)" + tools + more + "}}";
}
ListedTool only(const std::string& tool) {
    const Result<ToolList> list = ToolList::of(answerWith("[" + tool + "]"));
    EXPECT_TRUE(list);
    return list && list->tools().size() == 1 ? list->tools()[0] : ListedTool();
}

TEST(ToolList, M7_TheOrderOfMembersDoesNotMatterNorDoSpaces) {
    const ListedTool one =
        only(R"({"name":"a","description":"d","inputSchema":{"type":"object","x":[1,2]}})");
    const ListedTool two =
        only(R"({ "inputSchema" : {"x":[1, 2],"type":"object"}, "description":"\u0064", "name":"a" })");
    EXPECT_EQ(one.fingerprint, two.fingerprint);
    EXPECT_EQ(one.fingerprint.size(), 64U);
    EXPECT_EQ(one.definition, R"({"description":"d","inputSchema":{"type":"object","x":[1,2]},"name":"a"})");
}

TEST(ToolList, M7_WhatAModelIsShownMattersIconsAndMetaDoNot) {
    const std::string base = R"("name":"a","description":"d","inputSchema":{"type":"object"})";
    const std::string print = only("{" + base + "}").fingerprint;
    for (const char* same : {R"("icons":[{"src":"x"}])", R"("_meta":{"n":7})"})
        EXPECT_EQ(only("{" + base + "," + same + "}").fingerprint, print) << same;
    for (const char* other :
         {R"("title":"T")", R"("annotations":{"readOnlyHint":true})", R"("outputSchema":{"type":"object"})"})
        EXPECT_NE(only("{" + base + "," + other + "}").fingerprint, print) << other;
    EXPECT_NE(only(R"({"name":"a","description":"D","inputSchema":{"type":"object"}})").fingerprint, print);
    EXPECT_NE(only(R"({"name":"b","description":"d","inputSchema":{"type":"object"}})").fingerprint, print);
    EXPECT_NE(only(R"({"name":"a","description":"d","inputSchema":{"type":"array"}})").fingerprint, print);
}

TEST(ToolList, ANumberHasOneSpelling) {
    EXPECT_EQ(only(R"({"name":"a","inputSchema":{"minimum":1.0}})").fingerprint,
              only(R"({"name":"a","inputSchema":{"minimum":1}})").fingerprint);
    EXPECT_NE(only(R"({"name":"a","inputSchema":{"minimum":1.5}})").fingerprint,
              only(R"({"name":"a","inputSchema":{"minimum":1}})").fingerprint);
}

TEST(ToolList, M7_WithoutAToolTheOthersKeepEveryByte) {
    const std::string a = R"({"name":"a", "inputSchema":{"minimum":1.50e+10}})";
    const std::string b = R"({"name":"b"})";
    const std::string c = R"({ "name" : "c", "description" : "\u00e4\/" })";
    const std::string text = R"({"id": 7,"jsonrpc":"2.0","result":{"ttlMs":5,"tools":[)" + a + " , " + b +
                             "," + c + R"(],"_meta":{"x":1.0}}})";
    const Result<ToolList> list = ToolList::of(text);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->without({1}), R"({"id":7,"jsonrpc":"2.0","result":{"ttlMs":5,"tools":[)" + a + "," + c +
                                      R"(],"_meta":{"x":1.0}}})");
    EXPECT_EQ(Json::parse(list->without({0, 1, 2}))["result"]["tools"], Json::array());
}

TEST(ToolList, TheCursorOfTheNextPageIsRead) {
    EXPECT_EQ(ToolList::of(answerWith("[]", R"(,"nextCursor":"p2")"))->nextCursor(), "p2");
    EXPECT_EQ(ToolList::of(answerWith("[]"))->nextCursor(), "");
}

TEST(ToolList, AnAnswerWithoutToolsHasNone) {
    EXPECT_TRUE(ToolList::of(R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required"}})")
                    ->tools()
                    .empty());
    EXPECT_TRUE(
        ToolList::of(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}})")->tools().empty());
}

TEST(ToolList, WhatAnotherReaderCouldReadOtherwiseIsRefused) {
    for (const char* bad : {R"({"result":{"tools":[]},"result":{"tools":[{"name":"evil"}]}})",
                            R"({"result":{"tools":[],"tools":[{"name":"evil"}]}})",
                            R"({"result":{"tools":[],"\u0074ools":[{"name":"evil"}]}})",
                            R"({"result":{"tools":[],"nextCursor":"a","nextCursor":""}})",
                            R"({"result":{"tools":{}}})", R"({"result":[{"tools":[]}]})",
                            R"([{"result":{"tools":[]}}])", "", "null", R"({"result":{"tools":[})"})
        EXPECT_FALSE(ToolList::of(bad)) << bad;
}

TEST(ToolList, ADefinitionThatSaysSomethingTwiceIsFingerprintedAsItCame) {
    const ListedTool twice = only(R"({"name":"good","name":"a","description":"x"})");
    EXPECT_EQ(twice.name, "a") << "most readers take the last";
    EXPECT_TRUE(twice.definition.empty());
    EXPECT_EQ(twice.fingerprint.size(), 64U);
    EXPECT_NE(twice.fingerprint, only(R"({"name":"a","description":"x"})").fingerprint);
}

TEST(ToolList, AnEntryWithoutANameThatCanBeKeptHasNone) {
    for (const std::string& bad :
         {std::string("7"), std::string("null"), std::string(R"({"description":"d"})"),
          std::string(R"({"name":""})"), std::string(R"({"name":7})"), std::string(R"({"name":"a\u0007"})"),
          std::string(R"({"name":"\u202ea"})"), R"({"name":")" + std::string(129, 'n') + "\"}"})
        EXPECT_EQ(only(bad).name, "") << bad;
    EXPECT_EQ(only(R"({"name":")" + std::string(128, 'n') + "\"}").name.size(), 128U);
}

TEST(ToolList, ALongDefinitionHasAFingerprintAlone) {
    const ListedTool tool =
        only(R"({"name":"a","description":")" + std::string(ToolList::longestDefinition, 'x') + "\"}");
    EXPECT_EQ(tool.name, "a");
    EXPECT_TRUE(tool.definition.empty());
    EXPECT_EQ(tool.fingerprint.size(), 64U);
}

TEST(ToolList, DeepDefinitionsAreFingerprintedAsTheyCame) {
    std::string deep = R"({"name":"a","inputSchema":)";
    for (int at = 0; at < 100; ++at)
        deep += R"({"items":)";
    deep += "1" + std::string(100, '}') + "}";
    EXPECT_EQ(only(deep).name, "a");
    EXPECT_TRUE(only(deep).definition.empty());
}

TEST(ToolList, MoreToolsThanAreKeptOrAnEndlessAnswerAreRefused) {
    std::string many = "[{}";
    for (std::size_t at = 0; at < ToolList::mostTools; ++at)
        many += ",{}";
    EXPECT_FALSE(ToolList::of(answerWith(many + "]")));
    EXPECT_FALSE(ToolList::of(answerWith("[]", "," + std::string(ToolList::longestAnswer, ' '))));
}

} // namespace
} // namespace keybearer
