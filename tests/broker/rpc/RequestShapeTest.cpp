#include "broker/rpc/RequestShape.h"

#include <gtest/gtest.h>

#include <string>

namespace keybearer {
namespace {

TEST(RequestShapeTest, LineThatDiffersInItsIdAloneFits) {
    const auto shape = RequestShape::of(R"({"jsonrpc":"2.0","id":7,"method":"m","params":{"n":7}})", "7");
    ASSERT_TRUE(shape);
    EXPECT_EQ(shape->idIn(R"({"jsonrpc":"2.0","id":7,"method":"m","params":{"n":7}})"), "7");
    EXPECT_EQ(shape->idIn(R"({"jsonrpc":"2.0","id":123456789012345,"method":"m","params":{"n":7}})"),
              "123456789012345");
    EXPECT_EQ(shape->idIn(R"({"jsonrpc":"2.0","id":0,"method":"m","params":{"n":7}})"), "0");
}

TEST(RequestShapeTest, SpacesAfterTheColonAreFine) {
    const auto shape = RequestShape::of(R"({"jsonrpc": "2.0", "id": 1, "method": "m"})", "1");
    ASSERT_TRUE(shape);
    EXPECT_EQ(shape->idIn(R"({"jsonrpc": "2.0", "id": 22, "method": "m"})"), "22");
}

TEST(RequestShapeTest, IdAtTheEndIsFine) {
    const auto shape = RequestShape::of(R"({"method":"m","id":1})", "1");
    ASSERT_TRUE(shape);
    EXPECT_EQ(shape->idIn(R"({"method":"m","id":2})"), "2");
}

TEST(RequestShapeTest, T_27_AnythingElseDoesNotFit) {
    const auto shape = RequestShape::of(R"({"id":1,"method":"m"})", "1");
    ASSERT_TRUE(shape);
    for (const char* line : {
             R"({"id":,"method":"m"})",                 // no digits
             R"({"id":01,"method":"m"})",               // no JSON number
             R"({"id":-1,"method":"m"})",               // another kind
             R"({"id":1.5,"method":"m"})",              // another kind
             R"({"id":1e3,"method":"m"})",              // another kind
             R"({"id":1234567890123456,"method":"m"})", // too long
             R"({"id":1,"id":2,"method":"m"})",         // a member twice
             R"({"id":1,"x":{},"method":"m"})",         // more members
             R"({"id":"1","method":"m"})",              // a string
             R"({"id":1,"method":"n"})",                // another method
             R"( {"id":1,"method":"m"})",               // other bytes in front
             R"({"id":1,"method":"m"} )",               // and behind
             R"({"id":1,"method":"m")",                 // cut
             R"({"id":)",
             R"(,"method":"m"})",
             "",
         })
        EXPECT_EQ(shape->idIn(line), "") << line;
    EXPECT_EQ(shape->idIn(std::string("{\"id\":1\0,\"method\":\"m\"}", 22)), "");
}

TEST(RequestShapeTest, LineThatLeavesDoubtWhereTheIdStandsIsNotRemembered) {
    EXPECT_FALSE(RequestShape::of(R"({"\u0069d":1,"params":{"id":1}})", "1")); // written with an escape
    EXPECT_FALSE(RequestShape::of(R"({"id":1,"params":{"id":1}})", "1"));      // stands twice
    EXPECT_FALSE(RequestShape::of(R"({"id":1,"params":{"name":"id"}})", "1")); // stands twice
    EXPECT_FALSE(RequestShape::of(R"({"id":1,"method":"a\"b"})", "1"));        // a backslash anywhere
    EXPECT_FALSE(RequestShape::of(R"({"id":"1"})", R"("1")"));                 // no number
    EXPECT_FALSE(RequestShape::of(R"({"id":-1})", "-1"));
    EXPECT_FALSE(RequestShape::of(R"({"id":1234567890123456})", "1234567890123456"));
    EXPECT_FALSE(RequestShape::of(R"({"method":"m"})", ""));
    EXPECT_FALSE(RequestShape::of(R"({"id":1,"x":")" + std::string(4000, 'x') + R"("})", "1"));
}

} // namespace
} // namespace keybearer
