#include "app/client/ParamsText.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(ParamsText, SaysTheSameAsTheTypedParameters) {
    HelloParams hello;
    hello.clientName = "keybearer";
    hello.clientVersion = "0.1";
    EXPECT_EQ(*parseJson(paramsText(hello)), hello.toJson());
    hello.clientKey = "kb_\"\\\n\x7f";
    hello.role = "agent";
    EXPECT_EQ(*parseJson(paramsText(hello)), hello.toJson());
    TokenGetParams get;
    get.provider = "github";
    EXPECT_EQ(*parseJson(paramsText(get)), get.toJson());
    get.service = "caf\xc3\xa9";
    get.resource = "https://x/";
    get.account = "tab\there";
    get.scopes = {"a", "b\"c"};
    get.tool = "t";
    get.minValidSeconds = 5;
    get.interactive = true;
    get.reason = "because";
    EXPECT_EQ(*parseJson(paramsText(get)), get.toJson());
}

TEST(ParamsText, BytesThatAreNoUtf8DoNotBreakTheLine) {
    TokenGetParams get;
    get.provider = "\xff\xfe";
    EXPECT_TRUE(parseJson(paramsText(get)));
}

TEST(ParamsText, SkimmingFindsAPlainMember) {
    const std::string_view text =
        R"({"scopes":["a","b}"],"n":null,"o":{"access_token":"no","x":[1]},"access_token":"yes","t":1})";
    EXPECT_EQ(skimmedString(text, "access_token"), "yes");
    EXPECT_EQ(skimmedString(text, "absent"), std::nullopt);
    EXPECT_EQ(skimmedString(text, "t"), std::nullopt);
}

TEST(ParamsText, SkimmingGivesUpOnWhatItDoesNotUnderstand) {
    for (const char* text :
         {"", "{", "[]", "{}", "null", R"({"a":"x"}})", R"({"a":"x"} )", R"({ "a":"x"})",
          R"({"a":"x","a":"y"})", R"({"a":"\u0061"})", R"({"\u0061":"x"})", R"({"a":"x)", R"({"b":,"a":"x"})",
          R"({"b":],"a":"x"})", R"({"a":"x",})", "{\"a\":\"x\xc3\xa9\"}"})
        EXPECT_EQ(skimmedString(text, "a"), std::nullopt) << text;
}

} // namespace
} // namespace keybearer
