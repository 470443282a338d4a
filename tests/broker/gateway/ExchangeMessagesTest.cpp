#include "broker/gateway/McpExchange.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

TEST(ExchangeMessages, MalformedLinesAreAnsweredAndTheConversationGoesOn) {
    ExchangeWorld world;
    world.openLegacy();
    world.line("{nonsense");
    EXPECT_EQ(world.client.last()["error"]["code"], -32700);
    world.line(R"({"jsonrpc":"1.0","id":4,"method":"x"})");
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
    EXPECT_EQ(world.client.last()["id"], 4);
    world.exchange->onClientLineTooLong("12");
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
    EXPECT_EQ(world.client.last()["id"], 12);
    world.line(R"([{"jsonrpc":"2.0","id":8,"method":"tools/list"}])");
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
    world.line(R"({"jsonrpc":"2.0","id":6,"method":"tools/list"})");
    EXPECT_EQ(world.server.lastSent().id, "6");
}

TEST(ExchangeMessages, ABatchOf20250326IsTakenApart) {
    ExchangeWorld world;
    world.line(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26",)"
               R"("capabilities":{},"clientInfo":{"name":"c","version":"1"}}})");
    world.server.result("1", R"({"protocolVersion":"2025-03-26","capabilities":{},"serverInfo":{}})");
    world.line(
        R"([{"jsonrpc":"2.0","id":8,"method":"tools/list"},7,{"jsonrpc":"2.0","id":9,"method":"prompts/list"}])");
    ASSERT_EQ(world.server.sent.size(), 3U);
    EXPECT_EQ(world.server.sent[1].id, "8");
    EXPECT_EQ(world.server.sent[2].id, "9");
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
}

TEST(ExchangeMessages, AServersBatchIsTakenApart) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/list"})");
    world.server.say(
        R"([{"jsonrpc":"2.0","method":"notifications/message"},{"jsonrpc":"2.0","id":8,"result":{}}])", "8");
    EXPECT_EQ(world.client.lines.size(), 3U);
    EXPECT_EQ(world.client.last()["id"], 8);
}

// To write such a document takes as many frames of the stack as it has levels.
TEST(ExchangeMessages, T27_ABatchThatIsNestedWithoutEndIsNoMessage) {
    std::string deep = "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":";
    deep.append(2'000'000, '[').append(2'000'000, ']').append("}]");
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/list"})");
    world.server.say(deep, "8");
    EXPECT_EQ(world.client.last()["id"], 8);
    EXPECT_TRUE(world.client.last().contains("error"));

    ExchangeWorld other;
    other.line(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26",)"
               R"("capabilities":{},"clientInfo":{"name":"c","version":"1"}}})");
    other.server.result("1", R"({"protocolVersion":"2025-03-26","capabilities":{},"serverInfo":{}})");
    other.line(deep);
    EXPECT_EQ(other.client.last()["error"]["code"], -32600);
    EXPECT_EQ(other.server.sent.size(), 1U);
}

TEST(ExchangeMessages, T26_AServersBatchOfTooManyMessagesIsNoMessage) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/list"})");
    std::string many = "[7";
    for (int i = 0; i < 2000; ++i)
        many.append(",7");
    world.server.say(many + "]", "8");
    EXPECT_EQ(world.client.last()["id"], 8);
    EXPECT_TRUE(world.client.last().contains("error"));
}

TEST(ExchangeMessages, AnIdThatIsOpenIsRefused) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    EXPECT_EQ(world.server.sent.size(), sent);
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
}

TEST(ExchangeMessages, AnswersNobodyAskedForAreDropped) {
    ExchangeWorld world;
    world.openLegacy();
    const std::size_t lines = world.client.lines.size();
    world.server.result("77", "{}");
    world.server.say("not json");
    EXPECT_EQ(world.client.lines.size(), lines);
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":"never asked","result":{}})");
    EXPECT_EQ(world.server.sent.size(), sent);
}

TEST(ExchangeMessages, AnAnswerThatIsNoMessageFailsItsRequest) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.server.say("<html>", "5");
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_EQ(world.client.last()["error"]["code"], -31007);
}

TEST(ExchangeMessages, AServersOwnErrorWithAStatusIsItsAnswer) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.server.fail(
        "5", 400, R"({"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"bad","data":{"n":1.50}}})");
    EXPECT_EQ(world.client.lines.back(),
              R"({"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"bad","data":{"n":1.50}}})");
}

TEST(ExchangeMessages, AServersErrorOnSeveralLinesIsOneLineToTheClient) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.server.fail(
        "5", 400,
        "{\n \"jsonrpc\": \"2.0\",\r\n \"error\": {\n  \"code\": -32602,\n  \"message\": \"bad\"\n }\n}");
    EXPECT_EQ(world.client.lines.back().find_first_of("\r\n"), std::string::npos);
    EXPECT_EQ(world.client.last()["error"], (Json{{"code", -32602}, {"message", "bad"}}));
}

} // namespace
