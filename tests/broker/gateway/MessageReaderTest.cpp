#include "broker/gateway/MessageReader.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

using Kind = MessageView::Kind;

TEST(MessageReader, ARequestIsSeenWithItsNameAndRevision) {
    MessageReader reader;
    const Result<MessageView> view = reader.read(
        R"({"jsonrpc":"2.0","id":"a\/b","method":"tools/call","params":{"name":"add","arguments":{"name":"no"},)"
        R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
        R"("io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{},"url":{}}}}}})");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->kind, Kind::Request);
    EXPECT_EQ(view->id, "\"a/b\"");
    EXPECT_EQ(view->name, "add");
    EXPECT_EQ(view->protocolVersion, "2026-07-28");
    EXPECT_TRUE(view->elicitsUrl);
}

TEST(MessageReader, NotificationsAnswersAndFailuresAreToldApart) {
    MessageReader reader;
    const Result<MessageView> cancel =
        reader.read(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})");
    ASSERT_TRUE(cancel);
    EXPECT_EQ(cancel->kind, Kind::Notification);
    EXPECT_EQ(cancel->cancelled, "5");
    const Result<MessageView> result =
        reader.read(R"({"jsonrpc":"2.0","id":5,"result":{"resultType":"input_required"}})");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->kind, Kind::Result);
    EXPECT_EQ(result->resultType, "input_required");
    const Result<MessageView> error =
        reader.read(R"({"jsonrpc":"2.0","error":{"code":-32022,"message":"m"}})");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, Kind::Failure);
    EXPECT_EQ(error->id, "null");
    EXPECT_EQ(error->errorCode, -32022);
}

TEST(MessageReader, NumbersThatNoDoubleHoldsPass) {
    MessageReader reader;
    EXPECT_TRUE(reader.read(
        R"({"jsonrpc":"2.0","id":1,"result":{"a":123456789012345678901234567890,"b":1e999,"c":-0.5E-7}})"));
}

TEST(MessageReader, MalformedJsonIsAParseError) {
    MessageReader reader;
    for (const std::string& text :
         {std::string(""), std::string("{"), std::string("nonsense"), std::string(R"({"jsonrpc":"2.0",})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":tru}})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":01}})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":1 2}})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":nul}})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"\ud800"}})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"\x"}})"),
          std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}"),
          std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\nb\"}"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x"} {})"),
          std::string(R"({"jsonrpc":"2.0","id":1,"method":"x"}})")}) {
        const Result<MessageView> view = reader.read(text);
        ASSERT_FALSE(view) << text;
        EXPECT_EQ(view.error().code, ErrorCode::ParseError) << text;
    }
}

TEST(MessageReader, JsonThatIsNoMessageIsAnInvalidRequest) {
    MessageReader reader;
    for (const char* text :
         {"[]", "1", "\"x\"", "{}", R"({"id":1,"method":"x"})", R"({"jsonrpc":"1.0","id":1,"method":"x"})",
          R"({"jsonrpc":"2.0","id":null,"method":"x"})", R"({"jsonrpc":"2.0","id":{},"method":"x"})",
          R"({"jsonrpc":"2.0","id":1,"id":2,"method":"x"})", R"({"jsonrpc":"2.0","id":1,"method":""})",
          R"({"jsonrpc":"2.0","id":1,"method":"x","result":{}})", R"({"jsonrpc":"2.0","id":1})",
          R"({"jsonrpc":"2.0","id":1,"result":{},"error":{}})", R"({"jsonrpc":"2.0","result":{}})"}) {
        const Result<MessageView> view = reader.read(text);
        ASSERT_FALSE(view) << text;
        EXPECT_EQ(view.error().code, ErrorCode::InvalidRequest) << text;
    }
}

TEST(MessageReader, SEC_G_18_AToolHasOneNameForEverybodyWhoReadsTheMessage) {
    MessageReader reader;
    const auto call = [](const std::string& params) {
        return R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)" + params + "}";
    };
    for (const char* params :
         {R"({"name":"safe","uri":"other"})", R"({"uri":"other","name":"safe"})",
          R"({"name":"safe","arguments":{"Name":"other","name":"third"}})", R"({"n\u0061me":"safe"})"}) {
        const Result<MessageView> view = reader.read(call(params));
        ASSERT_TRUE(view) << params;
        EXPECT_EQ(view->name, "safe") << params;
    }
    for (const char* params :
         {R"({"name":"safe","name":"other"})", R"({"name":"safe","Name":"other"})", R"({"NAME":"other"})",
          R"({"n\u0061me":"safe","name":"other"})", R"({"name":1,"name":"other"})"})
        EXPECT_EQ(reader.read(call(params)).error().code, ErrorCode::InvalidRequest) << params;
    for (
        const char* text :
        {R"({"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call","params":{"name":"other"}})",
         R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"},"Params":{"name":"b"}})",
         R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"},"param\u017f":{"name":"b"}})",
         R"({"jsonrpc":"2.0","ID":1,"method":"ping"})"})
        EXPECT_EQ(reader.read(text).error().code, ErrorCode::InvalidRequest) << text;
    const Result<MessageView> resource = reader.read(
        R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"name":"n","uri":"file:///a"}})");
    ASSERT_TRUE(resource);
    EXPECT_EQ(resource->name, "file:///a");
}

TEST(MessageReader, SEC_T_27_DepthIsBounded) {
    MessageReader reader;
    const auto nested = [](int levels) {
        return R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":)" +
               std::string(static_cast<std::size_t>(levels), '[') +
               std::string(static_cast<std::size_t>(levels), ']') + "}}";
    };
    EXPECT_TRUE(reader.read(nested(100)));
    EXPECT_FALSE(reader.read(nested(200)));
    EXPECT_FALSE(reader.read(nested(100'000)));
}

TEST(MessageReader, ALargeMessageIsReadAndItsMemoryGivenBack) {
    MessageReader reader;
    const std::string text = R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":")" +
                             std::string(std::size_t(8) << 20, 'x') + "\"}}";
    EXPECT_TRUE(reader.read(text));
    EXPECT_TRUE(reader.read(R"({"jsonrpc":"2.0","method":"y"})"));
}

} // namespace
