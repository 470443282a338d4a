#include "app/import/JsonEdit.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

// The text without the members of these names.
std::string without(const std::string& text, const std::vector<std::string>& names) {
    const Result<JsonText> read = JsonText::read(text);
    if (!read)
        return "unreadable";
    JsonEdit edit(*read);
    std::vector<JsonText::Index> gone;
    for (const std::string& name : names)
        gone.push_back(*read->member(read->root(), name));
    edit.remove(read->root(), gone);
    const std::string out = replaced(text, edit.replacements());
    return JsonText::read(out) ? out : "broken: " + out;
}

TEST(JsonEdit, ARemovedMemberTakesItsLineAndItsComma) {
    const std::string text = "{\n\t\"a\": 1,\n\t\"b\": 2,\n\t\"c\": 3\n}\n";
    EXPECT_EQ(without(text, {"a"}), "{\n\t\"b\": 2,\n\t\"c\": 3\n}\n");
    EXPECT_EQ(without(text, {"b"}), "{\n\t\"a\": 1,\n\t\"c\": 3\n}\n");
    EXPECT_EQ(without(text, {"c"}), "{\n\t\"a\": 1,\n\t\"b\": 2\n}\n");
    EXPECT_EQ(without(text, {"b", "c"}), "{\n\t\"a\": 1\n}\n");
    EXPECT_EQ(without(text, {"a", "b", "c"}), "{\n}\n");
}

TEST(JsonEdit, ATrailingCommaStaysWhereThePersonPutOne) {
    EXPECT_EQ(without("{\r\n  \"a\": 1,\r\n  \"b\": 2,\r\n}", {"b"}), "{\r\n  \"a\": 1,\r\n}");
    EXPECT_EQ(without("{\r\n  \"a\": 1,\r\n  \"b\": 2,\r\n}", {"a"}), "{\r\n  \"b\": 2,\r\n}");
}

TEST(JsonEdit, OnOneLineTheNeighboursMoveTogether) {
    EXPECT_EQ(without(R"({"a": 1, "b": 2, "c": 3})", {"a"}), R"({"b": 2, "c": 3})");
    EXPECT_EQ(without(R"({"a": 1, "b": 2, "c": 3})", {"b"}), R"({"a": 1, "c": 3})");
    EXPECT_EQ(without(R"({"a": 1, "b": 2, "c": 3})", {"c"}), R"({"a": 1, "b": 2})");
    EXPECT_EQ(without(R"({"a":1,"b":2})", {"b"}), R"({"a":1})");
    EXPECT_EQ(without(R"({ "a": 1 })", {"a"}), "{  }");
}

TEST(JsonEdit, CommentsStay) {
    EXPECT_EQ(without("{\n  // of a\n  \"a\": 1, // behind a\n  \"b\": 2 // behind b\n}", {"a"}),
              "{\n  // of a\n  // behind a\n  \"b\": 2 // behind b\n}");
    EXPECT_EQ(without("{\n  \"a\": 1, // behind a\n  \"b\": 2 // behind b\n}", {"b"}),
              "{\n  \"a\": 1 // behind a\n   // behind b\n}");
    EXPECT_EQ(without("{\n  \"a\": 1 /* before the comma */,\n  \"b\": 2\n}", {"a"}),
              "{\n   /* before the comma */\n  \"b\": 2\n}");
}

TEST(JsonEdit, NewMembersAndItemsLookLikeTheirNeighbours) {
    const std::string text = "{\r\n\t\"a\": [\r\n\t\t1\r\n\t],\r\n\t\"b\": [], \"c\": [1]\r\n}";
    const Result<JsonText> read = JsonText::read(text);
    ASSERT_TRUE(read);
    JsonEdit edit(*read);
    const auto member = [&read](const char* name) { return *read->member(read->root(), name); };
    edit.insertMembers(member("a"), {"\"x\": 1", "\"y\": 2"});
    edit.insertItems(member("a"), {"7", "8"});
    edit.insertItems(member("b"), {"7", "8"});
    edit.insertItems(member("c"), {"7"});
    EXPECT_EQ(replaced(text, edit.replacements()),
              "{\r\n\t\"a\": [\r\n\t\t7,\r\n\t\t8,\r\n\t\t1\r\n\t],\r\n\t\"x\": 1,\r\n\t\"y\": "
              "2,\r\n\t\"b\": [7, 8], "
              "\"c\": [7, 1]\r\n}");
}

} // namespace
} // namespace keybearer::testing
