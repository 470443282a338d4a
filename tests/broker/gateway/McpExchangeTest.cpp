#include "broker/gateway/McpExchange.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

Error signInError() {
    Error error(ErrorCode::AuthorizationRequired, "nobody has signed in to svc");
    error.details.emplace_back("signin_id", std::string("s1"));
    error.details.emplace_back("authorization_url", std::string("https://as.example/authorize?x=1"));
    error.details.emplace_back("instructions", std::string("Open the address and sign in."));
    return error;
}

const std::string discover =
    R"({"jsonrpc":"2.0","id":"d","method":"server/discover","params":{)" + ExchangeWorld::modernMeta + "}}";

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
    world.line(discover);
    world.server.fail("\"d\"", 401, R"({"jsonrpc":"2.0","id":"d","error":{"code":-32601,"message":"m"}})");
    EXPECT_EQ(world.server.transports, std::vector{ServerTransport::Modern});
    EXPECT_EQ(world.client.last()["id"], "d");
    EXPECT_EQ(world.client.last()["error"]["code"], -31007);
}

TEST(McpExchange, AModernClientFindsALegacyServer) {
    ExchangeWorld world;
    world.line(discover);
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

TEST(McpExchange, InitializeIsAnsweredWhileASignInIsLacking) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.server.fail("1", 401, "", signInError());
    const Json answer = world.client.last();
    EXPECT_EQ(answer["id"], 1);
    EXPECT_EQ(answer["result"]["protocolVersion"], "2025-11-25");
    EXPECT_TRUE(answer["result"]["capabilities"]["tools"]["listChanged"]);
    EXPECT_EQ(answer["result"]["serverInfo"]["name"], "svc");
    // What needs nobody starts nothing; a ping has its answer here.
    world.line(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    world.line(R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
    EXPECT_EQ(world.server.sent.size(), 1U);
    EXPECT_EQ(world.client.last()["id"], 2);
}

TEST(McpExchange, TheFirstCallOpensTheConversationAndGoesOn) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.server.fail("1", 401, "", signInError());
    world.line(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
    EXPECT_EQ(world.server.lastSent().method, "initialize");
    world.server.result("1",
                        R"({"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{}})");
    ASSERT_EQ(world.server.sent.size(), 4U);
    EXPECT_EQ(world.server.sent[2].method, "notifications/initialized");
    EXPECT_EQ(world.server.sent[3].method, "tools/list");
    // The client is to look again: it was told a guess. It is not answered a second time.
    EXPECT_EQ(world.client.last()["method"], "notifications/tools/list_changed");
    EXPECT_EQ(world.client.lines.size(), 2U);
    world.server.result("3", R"({"tools":[]})");
    EXPECT_EQ(world.client.last()["id"], 3);
}

TEST(McpExchange, ATokenThatTakesLongDoesNotKeepInitializeWaiting) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.timers.advance(999ms);
    EXPECT_TRUE(world.client.lines.empty());
    world.timers.advance(1ms);
    ASSERT_EQ(world.client.lines.size(), 1U);
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    EXPECT_EQ(world.client.lines.size(), 1U);
}

TEST(McpExchange, CallsThatCameMeanwhileAreToldWhatTheSignInLacks) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.server.fail("1", 401, "", signInError());
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
    world.line(R"({"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"a"}})");
    world.server.fail("1", 401, "", signInError());
    ASSERT_EQ(world.client.lines.size(), 3U);
    const Json list = Json::parse(world.client.lines[1]);
    EXPECT_EQ(list["error"]["code"], -31001);
    EXPECT_EQ(list["error"]["data"]["authorization_url"], "https://as.example/authorize?x=1");
    const Json call = world.client.last();
    EXPECT_EQ(call["error"]["code"], -32042);
    EXPECT_EQ(call["error"]["data"]["elicitations"][0]["elicitationId"], "s1");
    EXPECT_EQ(call["error"]["data"]["elicitations"][0]["mode"], "url");
    // Signed in: whoever has the address hears of it, and the conversation opens by itself.
    world.exchange->signedIn("s1", "signed_in");
    EXPECT_EQ(world.client.last()["method"], "notifications/elicitation/complete");
    EXPECT_EQ(world.server.lastSent().method, "initialize");
}

TEST(McpExchange, AClientWithoutAddressesGetsAResultThatSaysWhatToDo) {
    ExchangeWorld world;
    world.line(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
               R"("capabilities":{"elicitation":{}},"clientInfo":{"name":"c","version":"1"}}})");
    world.server.result("1",
                        R"({"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{}})");
    world.line(R"({"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"a"}})");
    world.server.fail("4", 401, "", signInError());
    const Json call = world.client.last();
    EXPECT_TRUE(call["result"]["isError"]);
    const std::string text = call["result"]["content"][0]["text"];
    EXPECT_NE(text.find("https://as.example/authorize?x=1"), std::string::npos);
    EXPECT_NE(text.find("Open the address"), std::string::npos);
}

TEST(McpExchange, AModernClientIsAskedAndComesBack) {
    ExchangeWorld world;
    world.line(discover);
    world.server.result("\"d\"",
                        R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    const auto call = [](const std::string& id, const std::string& more) {
        return R"({"jsonrpc":"2.0","id":)" + id +
               R"(,"method":"tools/call","params":{"name":"a","arguments":{"x":1},)" + more +
               ExchangeWorld::modernMeta + "}}";
    };
    world.line(call("4", ""));
    world.server.fail("4", 401, "", signInError());
    const Json asked = world.client.last();
    EXPECT_EQ(asked["result"]["resultType"], "input_required");
    EXPECT_EQ(asked["result"]["inputRequests"]["sign_in"]["params"]["mode"], "url");
    EXPECT_FALSE(asked["result"]["inputRequests"]["sign_in"]["params"].contains("elicitationId"));
    const std::string state = asked["result"]["requestState"];
    const std::string answers =
        R"("inputResponses":{"sign_in":{"action":"accept"}},"requestState":")" + state + "\",";
    world.line(call("5", answers));
    EXPECT_EQ(world.server.lastSent().id, "5");
    EXPECT_EQ(world.server.lastSent().text.find("requestState"), std::string::npos);
    EXPECT_EQ(world.server.lastSent().text.find("inputResponses"), std::string::npos);
    // For another request, or later, it is worth nothing.
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"b",)" + answers +
               ExchangeWorld::modernMeta + "}}");
    EXPECT_EQ(world.client.last()["error"]["code"], -32602);
    world.timers.advance(11min);
    world.line(call("7", answers));
    EXPECT_EQ(world.client.last()["error"]["code"], -32602);
    EXPECT_EQ(world.server.sent.size(), sent);
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

TEST(McpExchange, MalformedLinesAreAnsweredAndTheConversationGoesOn) {
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

TEST(McpExchange, ABatchOf20250326IsTakenApart) {
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

TEST(McpExchange, AServersBatchIsTakenApart) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/list"})");
    world.server.say(
        R"([{"jsonrpc":"2.0","method":"notifications/message"},{"jsonrpc":"2.0","id":8,"result":{}}])", "8");
    EXPECT_EQ(world.client.lines.size(), 3U);
    EXPECT_EQ(world.client.last()["id"], 8);
}

// To write such a document takes as many frames of the stack as it has levels.
TEST(McpExchange, T27_ABatchThatIsNestedWithoutEndIsNoMessage) {
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

TEST(McpExchange, T26_AServersBatchOfTooManyMessagesIsNoMessage) {
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

TEST(McpExchange, AnIdThatIsOpenIsRefused) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    EXPECT_EQ(world.server.sent.size(), sent);
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
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
    modern.line(discover);
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

TEST(McpExchange, AnswersNobodyAskedForAreDropped) {
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

TEST(McpExchange, AnAnswerThatIsNoMessageFailsItsRequest) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.server.say("<html>", "5");
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_EQ(world.client.last()["error"]["code"], -31007);
}

TEST(McpExchange, AServersOwnErrorWithAStatusIsItsAnswer) {
    ExchangeWorld world;
    world.openLegacy();
    world.line(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})");
    world.server.fail(
        "5", 400, R"({"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"bad","data":{"n":1.50}}})");
    EXPECT_EQ(world.client.lines.back(),
              R"({"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"bad","data":{"n":1.50}}})");
}

TEST(McpExchange, AServersErrorOnSeveralLinesIsOneLineToTheClient) {
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
