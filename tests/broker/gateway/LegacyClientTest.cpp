// A client up to 2025-11-25 at a server of 2026-07-28.
#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

// Open, with a server that announces what it is told to.
struct World : ExchangeWorld {
    explicit World(const std::string& capabilities = R"({"tools":{}})") {
        memory.of(terms)->transport = ServerTransport::Modern;
        line(initialize);
        server.result(server.lastSent().id,
                      R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":)" +
                          capabilities +
                          R"(,"instructions":"be kind","ttlMs":1,"cacheScope":"public",)"
                          R"("_meta":{"io.modelcontextprotocol/serverInfo":{"name":"new","version":"9"}}})");
        line(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    }
    [[nodiscard]] Json sentJson() const { return Json::parse(server.lastSent().text); }
};

TEST(LegacyClient, InitializeIsAnsweredFromDiscover) {
    const World world;
    const Json answer = Json::parse(world.client.lines.front());
    EXPECT_EQ(answer["id"], 1);
    EXPECT_EQ(answer["result"]["protocolVersion"], "2025-11-25");
    EXPECT_EQ(answer["result"]["serverInfo"]["name"], "new");
    EXPECT_EQ(answer["result"]["instructions"], "be kind");
    EXPECT_FALSE(answer["result"].contains("resultType"));
    EXPECT_FALSE(answer["result"].contains("ttlMs"));
}

TEST(LegacyClient, EveryRequestSaysWhatTheSessionWouldHaveSaid) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"debug"}})");
    EXPECT_EQ(world.client.last(), (Json{{"jsonrpc", "2.0"}, {"id", 2}, {"result", Json::object()}}));
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a","arguments":{"n":1.50},)"
               R"("_meta":{"progressToken":7}}})");
    const ClientMessage& sent = world.server.lastSent();
    EXPECT_EQ(sent.protocolVersion, "2026-07-28");
    EXPECT_EQ(sent.name, "a");
    EXPECT_NE(sent.text.find(R"("arguments":{"n":1.50})"), std::string::npos);
    const Json meta = world.sentJson()["params"]["_meta"];
    EXPECT_EQ(meta["progressToken"], 7);
    EXPECT_EQ(meta["io.modelcontextprotocol/protocolVersion"], "2026-07-28");
    EXPECT_TRUE(meta["io.modelcontextprotocol/clientCapabilities"].contains("sampling"));
    EXPECT_EQ(meta["io.modelcontextprotocol/clientInfo"]["name"], "c");
    EXPECT_EQ(meta["io.modelcontextprotocol/logLevel"], "debug");
}

TEST(LegacyClient, ResultsLoseWhatTheClientDoesNotKnow) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
    world.server.result("3",
                        R"({"resultType":"complete","ttlMs":5,"cacheScope":"private","tools":[],"x":1e999,)"
                        R"("_meta":{"io.modelcontextprotocol/serverInfo":{},"mine":1}})");
    EXPECT_EQ(world.client.lines.back(),
              R"({"jsonrpc":"2.0","id":3,"result":{"tools":[],"x":1e999,"_meta":{"mine":1}}})");
}

TEST(LegacyClient, PingIsAnsweredHere) {
    World world;
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"ping"})");
    EXPECT_EQ(world.client.last()["id"], 3);
    EXPECT_EQ(world.server.sent.size(), sent);
}

TEST(LegacyClient, WhatTheServerWantsToKnowIsAskedAndTheRequestRepeated) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a","arguments":{}}})");
    world.server.result(
        "3", R"({"resultType":"input_required","requestState":"opaque","inputRequests":{)"
             R"("u":{"method":"elicitation/create","params":{"mode":"url","url":"https://x","message":"m"}},)"
             R"("s":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}}})");
    ASSERT_EQ(world.client.lines.size(), 3U);
    const Json first = Json::parse(world.client.lines[1]);
    const Json second = Json::parse(world.client.lines[2]);
    EXPECT_EQ(first["method"], "elicitation/create");
    EXPECT_TRUE(first["params"].contains("elicitationId"));
    EXPECT_EQ(second["method"], "sampling/createMessage");
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":)" + second["id"].dump() +
               R"(,"result":{"role":"assistant","n":2.50}})");
    EXPECT_EQ(world.server.sent.size(), sent);
    world.line(R"({"jsonrpc":"2.0","id":)" + first["id"].dump() + R"(,"error":{"code":-1,"message":"no"}})");
    ASSERT_EQ(world.server.sent.size(), sent + 1);
    const Json params = world.sentJson()["params"];
    EXPECT_EQ(world.server.lastSent().id, "3");
    EXPECT_EQ(params["requestState"], "opaque");
    EXPECT_EQ(params["inputResponses"]["u"]["action"], "cancel");
    EXPECT_EQ(params["inputResponses"]["s"]["role"], "assistant");
    EXPECT_NE(world.server.lastSent().text.find("2.50"), std::string::npos);
    world.server.result("3", R"({"resultType":"complete","content":[]})");
    EXPECT_EQ(world.client.last()["id"], 3);
}

TEST(LegacyClient, ARequestThatOnlyHasToComeAgainComesAfterAPause) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a"}})");
    const std::size_t sent = world.server.sent.size();
    world.server.result("3", R"({"resultType":"input_required","requestState":"later"})");
    EXPECT_EQ(world.server.sent.size(), sent);
    world.timers.advance(250ms);
    ASSERT_EQ(world.server.sent.size(), sent + 1);
    EXPECT_EQ(world.sentJson()["params"]["requestState"], "later");
}

TEST(LegacyClient, AServerThatNeverHasEnoughIsRefused) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a"}})");
    for (int i = 0; i < 17 && world.client.last()["id"] != 3; ++i) {
        world.server.result("3", R"({"resultType":"input_required","requestState":"later"})");
        world.timers.advance(1s);
    }
    EXPECT_EQ(world.client.last()["id"], 3);
    EXPECT_EQ(world.client.last()["error"]["code"], -32603);
}

TEST(LegacyClient, WhatTheClientCannotDoIsNotAskedOfIt) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a"}})");
    world.server.result("3",
                        R"({"resultType":"input_required","inputRequests":{"r":{"method":"roots/list"}}})");
    EXPECT_EQ(world.client.lines.size(), 2U);
    EXPECT_EQ(world.client.last()["error"]["code"], -32603);
}

TEST(LegacyClient, ACancelledRequestTakesItsQuestionsAlong) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a"}})");
    world.server.result("3", R"({"resultType":"input_required","inputRequests":{)"
                             R"("s":{"method":"sampling/createMessage","params":{}}}})");
    const Json question = world.client.last();
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}})");
    EXPECT_EQ(world.client.last()["method"], "notifications/cancelled");
    EXPECT_EQ(world.client.last()["params"]["requestId"], question["id"]);
    const std::size_t sent = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":)" + question["id"].dump() + R"(,"result":{}})");
    EXPECT_EQ(world.server.sent.size(), sent);
}

TEST(LegacyClient, OfACancelledRequestNothingStays) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a"}})");
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}})");
    // The same id again, of a request that cannot be asked anything.
    world.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
    world.server.result("3", R"({"resultType":"input_required","requestState":"later"})");
    EXPECT_EQ(world.client.last()["id"], 3);
    EXPECT_EQ(world.client.last()["error"]["code"], -32603);
}

TEST(LegacyClient, ListChangesComeThroughASubscription) {
    World world(R"({"tools":{"listChanged":true},"resources":{"subscribe":true}})");
    EXPECT_EQ(world.server.lastSent().method, "subscriptions/listen");
    EXPECT_EQ(world.sentJson()["params"]["notifications"], (Json{{"toolsListChanged", true}}));
    const std::string id = world.server.lastSent().id;
    const std::string stamp = R"("_meta":{"io.modelcontextprotocol/subscriptionId":)" + id + "}";
    const std::size_t lines = world.client.lines.size();
    world.server.say(R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{)" +
                         stamp + "}}",
                     id);
    EXPECT_EQ(world.client.lines.size(), lines);
    world.server.say(
        R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{)" + stamp + "}}", id);
    EXPECT_EQ(world.client.last(), (Json{{"jsonrpc", "2.0"},
                                         {"method", "notifications/tools/list_changed"},
                                         {"params", Json::object()}}));
    // Watching a resource opens it anew, with the resource.
    world.line(R"({"jsonrpc":"2.0","id":4,"method":"resources/subscribe","params":{"uri":"a://b"}})");
    EXPECT_EQ(world.client.last()["id"], 4);
    EXPECT_EQ(world.server.cancelled, std::vector<std::string>{id});
    EXPECT_EQ(world.sentJson()["params"]["notifications"]["resourceSubscriptions"], Json::array({"a://b"}));
}

TEST(LegacyClient, ALostSubscriptionIsOpenedAgainLater) {
    World world(R"({"tools":{"listChanged":true}})");
    const std::size_t sent = world.server.sent.size();
    world.server.fail(world.server.lastSent().id, 0, "", Error(ErrorCode::ProviderUnavailable, "lost"));
    world.timers.advance(1999ms);
    EXPECT_EQ(world.server.sent.size(), sent);
    world.timers.advance(1ms);
    EXPECT_EQ(world.server.lastSent().method, "subscriptions/listen");
    EXPECT_EQ(world.server.sent.size(), sent + 1);
}

} // namespace
