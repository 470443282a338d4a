#include "broker/gateway/McpExchange.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

TEST(McpExchange, BytesPassUnchangedWhenErasMatch) {
    ExchangeWorld world;
    world.openLegacy();
    const std::string request =
        R"({"id":7, "jsonrpc":"2.0","method":"tools/call","params":{"name":"a","arguments":{"n":1.50e+10}}})";
    world.line(request);
    EXPECT_EQ(world.server.lastSent().text, request);
    EXPECT_EQ(world.server.lastSent().protocolVersion, "2025-11-25");
    EXPECT_EQ(world.server.lastSent().name, "a");
    const std::string answer = R"({"result":{"content":[],"x":0.10},"id":7,"jsonrpc":"2.0"})";
    world.server.say(answer, "7");
    EXPECT_EQ(world.client.lines.back(), answer);
}

TEST(McpExchange, TheFirstMessageOfAClientIsWhatTheServerGetsFirst) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    ASSERT_EQ(world.server.sent.size(), 1U);
    EXPECT_EQ(world.server.lastSent().text, ExchangeWorld::initialize);
    EXPECT_EQ(world.server.transports, std::vector{ServerTransport::Legacy});
}

TEST(McpExchange, ARefusalInModernWordsLeadsToTheModernEra) {
    for (const char* code : {"-32022", "-32020", "-32602", "-32601"}) {
        ExchangeWorld world;
        world.line(ExchangeWorld::initialize);
        world.server.fail("1", 400,
                          std::string(R"({"jsonrpc":"2.0","id":1,"error":{"code":)") + code +
                              R"(,"message":"m"}})");
        ASSERT_EQ(world.server.transports.size(), 2U) << code;
        EXPECT_EQ(world.server.transports.back(), ServerTransport::Modern) << code;
        EXPECT_EQ(world.server.lastSent().method, "server/discover");
    }
}

TEST(McpExchange, ARefusalThatSaysNothingLeadsToTheOldTransport) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.server.fail("1", 404, "Not Found");
    ASSERT_EQ(world.server.transports.size(), 2U);
    EXPECT_EQ(world.server.transports.back(), ServerTransport::LegacyOrSse);
}

TEST(McpExchange, A401IsNoEvidenceOfAnEra) {
    ExchangeWorld world;
    world.line(ExchangeWorld::discover);
    world.server.fail("\"d\"", 401, R"({"jsonrpc":"2.0","id":"d","error":{"code":-32601,"message":"m"}})");
    EXPECT_EQ(world.server.transports, std::vector{ServerTransport::Modern});
    EXPECT_EQ(world.client.last()["id"], "d");
    EXPECT_EQ(world.client.last()["error"]["code"], -31007);
}

TEST(McpExchange, AModernClientFindsALegacyServer) {
    ExchangeWorld world;
    world.line(ExchangeWorld::discover);
    world.server.fail("\"d\"", 400,
                      R"({"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"no session"}})");
    EXPECT_EQ(world.server.transports.back(), ServerTransport::Legacy);
    EXPECT_EQ(world.server.lastSent().method, "initialize");
    const std::string id = world.server.lastSent().id;
    world.server.result(id,
                        R"({"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true}},)"
                        R"("serverInfo":{"name":"old","version":"3"},"instructions":"be kind"})");
    const Json answer = world.client.last();
    EXPECT_EQ(answer["id"], "d");
    EXPECT_EQ(answer["result"]["resultType"], "complete");
    EXPECT_EQ(answer["result"]["supportedVersions"], Json::array({"2026-07-28"}));
    EXPECT_EQ(answer["result"]["instructions"], "be kind");
    EXPECT_EQ(answer["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "old");
    EXPECT_EQ(world.server.lastSent().method, "notifications/initialized");
    EXPECT_EQ(world.server.lastSent().protocolVersion, "2025-06-18");
}

TEST(McpExchange, TheEraOfAServerIsRemembered) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.server.fail("1", 400, R"({"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"m"}})");
    world.server.result(world.server.lastSent().id,
                        R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    world.server.transports.clear();
    FakeClientPort second;
    McpExchange another(McpExchange::Parts{world.core, world.timers, world.server, world.memory, world.seal},
                        world.terms, second);
    another.onClientLine(ExchangeWorld::initialize);
    EXPECT_EQ(world.server.transports, std::vector{ServerTransport::Modern});
}

TEST(McpExchange, ALostConnectionIsTakenUpWithoutTheClientNoticing) {
    ExchangeWorld world;
    world.exchange->resume(R"({"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c"}})");
    EXPECT_EQ(world.server.lastSent().method, "initialize");
    world.line(R"({"jsonrpc":"2.0","id":9,"method":"tools/list"})");
    world.server.result(world.server.lastSent().id,
                        R"({"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{}})");
    EXPECT_TRUE(world.client.lines.empty());
    ASSERT_EQ(world.server.sent.size(), 3U);
    EXPECT_EQ(world.server.sent[1].method, "notifications/initialized");
    EXPECT_EQ(world.server.sent[2].id, "9");
}

TEST(McpExchange, ADeadSessionIsOpenedAnewOnceAndTheRequestRepeated) {
    ExchangeWorld world;
    world.openLegacy();
    const std::string request = R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})";
    world.line(request);
    world.server.fail("5", 404, "");
    EXPECT_EQ(world.server.lastSent().method, "initialize");
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    EXPECT_EQ(world.server.lastSent().text, request);
    EXPECT_EQ(world.server.connections.size(), 1U);
    const std::size_t before = world.client.lines.size();
    world.server.fail("5", 404, "");
    ASSERT_EQ(world.client.lines.size(), before + 1);
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_TRUE(world.client.last().contains("error"));
}

TEST(McpExchange, ASessionThatDiesWhileAnOlderOneIsStillNeededIsOpenedAnewAfterThat) {
    const std::string opened = R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})";
    ExchangeWorld world;
    world.openLegacy();
    for (const char* id : {"5", "6"})
        world.line(std::string(R"({"jsonrpc":"2.0","id":)").append(id).append(R"(,"method":"tools/list"})"));
    world.server.fail("5", 404, "");
    world.server.result("1", opened);
    world.line(R"({"jsonrpc":"2.0","id":7,"method":"tools/list"})");
    world.server.fail("7", 404, ""); // the second session; the first one still has request 6
    EXPECT_EQ(world.server.lastSent().id, "7");
    world.server.result("6", R"({"tools":[]})");
    EXPECT_EQ(world.server.lastSent().method, "initialize");
    world.server.result("1", opened);
    EXPECT_EQ(world.server.lastSent().id, "7");
    world.server.result("7", R"({"tools":[]})");
    EXPECT_EQ(world.client.last()["id"], 7);
}

TEST(McpExchange, CancellationReachesTheServerInTheWordsOfItsEra) {
    const std::string cancel =
        R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})";
    ExchangeWorld legacy;
    legacy.openLegacy();
    legacy.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    legacy.line(cancel);
    EXPECT_EQ(legacy.server.lastSent().text, cancel);
    EXPECT_EQ(legacy.server.cancelled, std::vector<std::string>{"5"});
    const std::size_t lines = legacy.client.lines.size();
    legacy.server.result("5", "{}");
    EXPECT_EQ(legacy.client.lines.size(), lines);

    ExchangeWorld modern;
    modern.line(ExchangeWorld::discover);
    modern.server.result("\"d\"",
                         R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    modern.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list","params":{)" + ExchangeWorld::modernMeta +
                "}}");
    const std::size_t sent = modern.server.sent.size();
    modern.line(cancel);
    EXPECT_EQ(modern.server.sent.size(), sent);
    EXPECT_EQ(modern.server.cancelled, std::vector<std::string>{"5"});
}

TEST(McpExchange, AClientThatDoesNotReadStopsTheServersStreams) {
    ExchangeWorld world;
    world.openLegacy();
    world.client.full = true;
    EXPECT_FALSE(world.server.say(R"({"jsonrpc":"2.0","method":"notifications/message"})"));
    world.client.full = false;
    world.exchange->onClientDrained();
    EXPECT_EQ(world.server.now().resumed, 1);
    EXPECT_TRUE(world.server.say(R"({"jsonrpc":"2.0","method":"notifications/message"})"));
}

TEST(McpExchange, AServerThatDoesNotReadStopsTheClient) {
    ExchangeWorld world;
    world.openLegacy();
    world.server.now().unsent = 5U << 20;
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    EXPECT_TRUE(world.client.held);
    world.server.now().unsent = 0;
    world.server.now().listener.onSent();
    EXPECT_FALSE(world.client.held);
}

TEST(McpExchange, WhatComesBeforeTheConversationIsOpenIsBounded) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    const std::string filler(1U << 20, 'x');
    for (int i = 2; i < 12; ++i)
        world.line(R"({"jsonrpc":"2.0","id":)" + std::to_string(i) +
                   R"(,"method":"tools/list","params":{"a":")" + filler + "\"}}");
    EXPECT_TRUE(world.client.held);
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    EXPECT_FALSE(world.client.held);
    EXPECT_EQ(world.server.sent.size(), 11U);
}

TEST(McpExchange, ARevokedProgramIsToldAndTheDoorCloses) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.exchange->end("the person has withdrawn it");
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_EQ(world.client.last()["error"]["code"], -31005);
    EXPECT_TRUE(world.client.finished);
    EXPECT_TRUE(world.server.connections.empty());
}

TEST(McpExchange, ClosingWaitsForTheServerAtMostTwoSeconds) {
    ExchangeWorld world;
    world.openLegacy();
    int closed = 0;
    world.exchange->close([&] { ++closed; });
    world.timers.advance(1999ms);
    EXPECT_EQ(closed, 0);
    world.timers.advance(1ms);
    EXPECT_EQ(closed, 1);
}

} // namespace
