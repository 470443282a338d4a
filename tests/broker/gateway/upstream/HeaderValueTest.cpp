#include "broker/gateway/upstream/HeaderValue.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

TEST(HeaderValue, PlainTextIsSentAsItIs) {
    EXPECT_EQ(mcpHeaderValue("us-west1"), "us-west1");
    EXPECT_EQ(mcpHeaderValue("Seattle, WA"), "Seattle, WA");
    EXPECT_EQ(mcpHeaderValue("file:///projects/config.json"), "file:///projects/config.json");
    EXPECT_EQ(mcpHeaderValue("=?base64?open"), "=?base64?open");
    EXPECT_EQ(mcpHeaderValue(""), "");
}

TEST(HeaderValue, WhatNoHeaderCanHoldIsEncoded) {
    EXPECT_EQ(mcpHeaderValue("Hello, 世界"), "=?base64?SGVsbG8sIOS4lueVjA==?=");
    EXPECT_EQ(mcpHeaderValue(" padded "), "=?base64?IHBhZGRlZCA=?=");
    EXPECT_EQ(mcpHeaderValue("line1\nline2"), "=?base64?bGluZTEKbGluZTI=?=");
    EXPECT_EQ(mcpHeaderValue("=?base64?literal?="), "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=");
}

TEST(HeaderValue, T_28_ValuesThatWouldBeginAnotherHeaderAreNoValues) {
    EXPECT_TRUE(isFieldValue("Bearer abc.def"));
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"x\r\nX-Evil: 1"sv, "x\n"sv, "a\0b"sv, "caf\xC3\xA9"sv, " x"sv, "x\t"sv, "\x7f"sv})
        EXPECT_FALSE(isFieldValue(bad)) << bad;
    EXPECT_TRUE(isFieldName("Mcp-Param-Region"));
    for (const std::string_view bad : {""sv, "a b"sv, "a:"sv, "a\r\nb"sv, "\xC3\xA9"sv})
        EXPECT_FALSE(isFieldName(bad)) << bad;
}

} // namespace

} // namespace keybearer
