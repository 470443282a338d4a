// A client of 2026-07-28 at a server up to 2025-11-25.
#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

struct World : ExchangeWorld {
    explicit World(const std::string& capabilities = R"({"tools":{"listChanged":true},"logging":{}})") {
        memory.of(terms)->transport = ServerTransport::Legacy;
        line(R"({"jsonrpc":"2.0","id":"d","method":"server/discover","params":{)" + modernMeta + "}}");
        server.result(server.lastSent().id, R"({"protocolVersion":"2025-11-25","serverInfo":{"name":"old"},)"
                                            R"("capabilities":)" +
                                                capabilities + "}");
    }
    void call(const std::string& id, const std::string& more = {}, const std::string& token = {}) {
        std::string meta = modernMeta;
        if (!token.empty())
            meta.insert(meta.find('{') + 1, "\"progressToken\":" + token + ",");
        line(R"({"jsonrpc":"2.0","id":)" + id +
             R"(,"method":"tools/call","params":{"name":"a","arguments":{"x":1.50},)" + more + meta + "}}");
    }
    [[nodiscard]] static std::string answers(const Json& asked, const std::string& responses) {
        return R"("requestState":)" + asked["result"]["requestState"].dump() + R"(,"inputResponses":)" +
               responses + ",";
    }
    [[nodiscard]] Json sentJson() const { return Json::parse(server.lastSent().text); }
};

const std::string question =
    R"({"jsonrpc":"2.0","id":90,"method":"elicitation/create","params":{"message":"who?","requestedSchema":{}}})";

TEST(ModernClient, RequestsLoseWhatTheServerDoesNotKnow) {
    World world;
    world.call("4", {}, "7");
    EXPECT_EQ(world.server.lastSent().text,
              R"({"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"a","arguments":{"x":1.50},)"
              R"("_meta":{"progressToken":7}}})");
    EXPECT_EQ(world.server.lastSent().protocolVersion, "2025-11-25");
    world.server.result("4", R"({"content":[],"n":1.50})");
    EXPECT_EQ(world.client.lines.back(),
              R"({"jsonrpc":"2.0","id":4,"result":{"content":[],"n":1.50,"resultType":"complete"}})");
}

TEST(ModernClient, ListsSayHowLongTheyHold) {
    World world;
    world.line(R"({"jsonrpc":"2.0","id":4,"method":"tools/list","params":{)" + World::modernMeta + "}}");
    EXPECT_EQ(world.server.lastSent().text, R"({"jsonrpc":"2.0","id":4,"method":"tools/list","params":{}})");
    world.server.result("4", R"({"tools":[]})");
    EXPECT_EQ(world.client.last()["result"]["ttlMs"], 0);
    EXPECT_EQ(world.client.last()["result"]["cacheScope"], "private");
}

TEST(ModernClient, AQuestionOfTheServerEndsTheRequestAndTheRetryGoesOnWithTheCall) {
    World world;
    world.call("4");
    EXPECT_TRUE(world.server.say(question, "4"));
    const Json asked = world.client.last();
    EXPECT_EQ(asked["id"], 4);
    EXPECT_EQ(asked["result"]["resultType"], "input_required");
    const auto request = asked["result"]["inputRequests"].begin();
    EXPECT_EQ(request.value()["method"], "elicitation/create");
    EXPECT_EQ(request.value()["params"]["message"], "who?");
    world.call(
        "5", World::answers(asked, "{\"" + request.key() + R"(":{"action":"accept","content":{"n":2.50}}})"));
    EXPECT_EQ(world.server.lastSent().kind, ClientMessage::Kind::Response);
    EXPECT_EQ(world.server.lastSent().text,
              R"({"jsonrpc":"2.0","id":90,"result":{"action":"accept","content":{"n":2.50}}})");
    world.server.result("4", R"({"content":[]})");
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_EQ(world.client.last()["result"]["resultType"], "complete");
}

TEST(ModernClient, AnAnswerThatComesWhileNobodyWaitsIsKept) {
    World world;
    world.call("4");
    world.server.say(question, "4");
    const Json asked = world.client.last();
    world.server.result("4", R"({"content":[],"late":true})");
    EXPECT_EQ(world.client.last(), asked);
    world.call("5", World::answers(asked, "{}"));
    EXPECT_EQ(world.client.last()["id"], 5);
    EXPECT_EQ(world.client.last()["result"]["late"], true);
}

TEST(ModernClient, ARetryOfAnotherRequestIsRefused) {
    World world;
    world.call("4");
    world.server.say(question, "4");
    const Json asked = world.client.last();
    world.line(R"({"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"b",)" +
               World::answers(asked, "{}") + World::modernMeta + "}}");
    EXPECT_EQ(world.client.last()["error"]["code"], -32602);
    world.call("7", R"("requestState":"made up",)");
    EXPECT_EQ(world.client.last()["error"]["code"], -32602);
}

TEST(ModernClient, ACallWhoseClientNeverComesBackIsCancelled) {
    World world;
    world.call("4");
    world.server.say(question, "4");
    world.timers.advance(10min);
    EXPECT_EQ(world.server.lastSent().method, "notifications/cancelled");
    EXPECT_EQ(world.sentJson()["params"]["requestId"], 4);
}

TEST(ModernClient, AServerThatAsksOutsideOfACallIsAnsweredHere) {
    World world;
    world.server.say(R"({"jsonrpc":"2.0","id":90,"method":"ping"})");
    EXPECT_EQ(world.server.lastSent().text, R"({"jsonrpc":"2.0","id":90,"result":{}})");
    const std::size_t lines = world.client.lines.size();
    world.server.say(question);
    EXPECT_EQ(world.sentJson()["error"]["code"], -32601);
    EXPECT_EQ(world.client.lines.size(), lines);
}

TEST(ModernClient, ProgressCarriesTheTokenOfTheRequestThatWaitsNow) {
    World world;
    world.call("4", {}, "7");
    world.server.say(question, "4");
    const Json asked = world.client.last();
    world.call("5", World::answers(asked, "{}"), "8");
    world.server.say(
        R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":7,"progress":1}})",
        "4");
    EXPECT_EQ(world.client.last()["params"]["progressToken"], 8);
}

TEST(ModernClient, CancellingNamesTheRequestAsTheServerKnowsIt) {
    World world;
    world.call("4");
    world.server.say(question, "4");
    const Json asked = world.client.last();
    world.call("5", World::answers(asked, "{}"));
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})");
    EXPECT_EQ(world.server.lastSent().method, "notifications/cancelled");
    EXPECT_EQ(world.sentJson()["params"]["requestId"], 4);
}

TEST(ModernClient, ACancellationThatNamesNothingCancelsNothing) {
    World world;
    world.call("4");
    world.server.say(question, "4");
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}})");
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled"})");
    EXPECT_TRUE(world.server.cancelled.empty());
}

TEST(ModernClient, SubscriptionsAreFedFromTheSession) {
    World world(R"({"tools":{"listChanged":true},"resources":{"subscribe":true}})");
    world.line(R"({"jsonrpc":"2.0","id":"l","method":"subscriptions/listen","params":{"notifications":{)"
               R"("toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a://b"]},)" +
               World::modernMeta + "}}");
    const Json acknowledged = world.client.last();
    EXPECT_EQ(acknowledged["method"], "notifications/subscriptions/acknowledged");
    EXPECT_EQ(acknowledged["params"]["notifications"],
              (Json{{"toolsListChanged", true}, {"resourceSubscriptions", Json::array({"a://b"})}}));
    EXPECT_EQ(acknowledged["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], "l");
    EXPECT_EQ(world.server.lastSent().method, "resources/subscribe");
    world.server.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    EXPECT_EQ(world.client.last()["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], "l");
    const std::size_t lines = world.client.lines.size();
    world.server.say(R"({"jsonrpc":"2.0","method":"notifications/prompts/list_changed"})");
    world.server.say(
        R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a://other"}})");
    EXPECT_EQ(world.client.lines.size(), lines);
    world.server.say(
        R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a://b"}})");
    EXPECT_EQ(world.client.lines.size(), lines + 1);
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"l"}})");
    world.server.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    EXPECT_EQ(world.client.lines.size(), lines + 1);
}

TEST(ModernClient, TheLevelOfTheLogIsSetOnceForTheSession) {
    World world;
    const std::string request = R"({"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"_meta":{)"
                                R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                                R"("io.modelcontextprotocol/logLevel":"info"}}})";
    world.line(request);
    const std::size_t sent = world.server.sent.size();
    EXPECT_EQ(world.server.sent[sent - 2].method, "logging/setLevel");
    world.server.result("4", "{}");
    world.line(request);
    EXPECT_EQ(world.server.sent.size(), sent + 1);
}

TEST(ModernClient, CodesThatTheRevisionForbidsAreNotPassedOn) {
    World world;
    world.call("4");
    world.server.say(
        R"({"jsonrpc":"2.0","id":4,"error":{"code":-32042,"message":"m","data":{"elicitations":[)"
        R"({"mode":"url","elicitationId":"e","url":"https://x","message":"go"}]}}})",
        "4");
    const Json asked = world.client.last();
    EXPECT_EQ(asked["result"]["resultType"], "input_required");
    EXPECT_EQ(asked["result"]["inputRequests"]["url_1"]["params"]["url"], "https://x");
    world.call("5", World::answers(asked, R"({"url_1":{"action":"accept"}})"));
    EXPECT_EQ(world.server.lastSent().id, "5");
    EXPECT_EQ(world.server.lastSent().text.find("requestState"), std::string::npos);
    world.line(R"({"jsonrpc":"2.0","id":6,"method":"completion/complete","params":{)" + World::modernMeta +
               "}}");
    world.server.say(R"({"jsonrpc":"2.0","id":6,"error":{"code":-32002,"message":"gone"}})", "6");
    EXPECT_EQ(world.client.last()["error"]["code"], -32602);
    EXPECT_EQ(world.client.last()["error"]["message"], "gone");
}

} // namespace
