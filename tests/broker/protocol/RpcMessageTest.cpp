#include "broker/protocol/RpcMessage.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(RpcMessageTest, RequestIsRead) {
    const Result<RpcRequest> request =
        parseRequest(R"({"jsonrpc":"2.0","id":7,"method":"token.get","params":{"provider":"github"}})");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->id, "7");
    EXPECT_EQ(request->method, "token.get");
    EXPECT_EQ(request->params["provider"], "github");
}

TEST(RpcMessageTest, IdIsKeptAsItCame) {
    EXPECT_EQ(parseRequest(R"({"jsonrpc":"2.0","id":"a\"b","method":"m"})")->id, R"("a\"b")");
    EXPECT_EQ(parseRequest(R"({"jsonrpc":"2.0","id":-3,"method":"m"})")->id, "-3");
    EXPECT_EQ(parseRequest(R"({"jsonrpc":"2.0","method":"m"})")->id, "");
    std::string id;
    EXPECT_FALSE(parseRequest(R"({"jsonrpc":"2.0","id":9,"method":"m","params":[]})", &id));
    EXPECT_EQ(id, "9") << "a refused request must still be answered under its id";
}

TEST(RpcMessageTest, WhatIsNoRequestIsToldFromWhatIsNoJson) {
    EXPECT_EQ(parseRequest("{").error().code, ErrorCode::ParseError);
    for (const char* line :
         {"1", "[]", "{}", R"({"jsonrpc":"2.0"})", R"({"jsonrpc":"2.1","method":"m"})",
          R"({"jsonrpc":"2.0","method":7})", R"({"jsonrpc":"2.0","method":"m","params":[]})",
          R"({"jsonrpc":"2.0","method":"m","id":1.5})", R"({"jsonrpc":"2.0","method":"m","id":null})"})
        EXPECT_EQ(parseRequest(line).error().code, ErrorCode::InvalidRequest) << line;
}

TEST(RpcMessageTest, LinesAreSingleJsonObjects) {
    const Json result = *parseJson(resultLine("7", R"({"a":1})"));
    EXPECT_EQ(result, Json::parse(R"({"jsonrpc":"2.0","id":7,"result":{"a":1}})"));
    const Json error = *parseJson(errorLine("", Error(ErrorCode::ParseError, "line\nbreak \xff")));
    EXPECT_TRUE(error["id"].is_null());
    EXPECT_EQ(error["error"]["code"], -32700);
    EXPECT_EQ(errorLine("", Error(ErrorCode::ParseError, "line\nbreak")).find('\n'), std::string::npos);
    const Json event = *parseJson(notificationLine("event", Json{{"topic", "alert"}}));
    EXPECT_FALSE(event.contains("id"));
    EXPECT_EQ(event["params"]["topic"], "alert");
    const Result<RpcRequest> request = parseRequest(requestLine(9, "m", Json{{"x", "y"}}));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->id, "9");
    EXPECT_EQ(request->params["x"], "y");
}

} // namespace
} // namespace keybearer
