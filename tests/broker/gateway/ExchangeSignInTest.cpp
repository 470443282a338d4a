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

TEST(ExchangeSignIn, InitializeIsAnsweredWhileASignInIsLacking) {
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

TEST(ExchangeSignIn, TheFirstCallOpensTheConversationAndGoesOn) {
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

TEST(ExchangeSignIn, ATokenThatTakesLongDoesNotKeepInitializeWaiting) {
    ExchangeWorld world;
    world.line(ExchangeWorld::initialize);
    world.timers.advance(999ms);
    EXPECT_TRUE(world.client.lines.empty());
    world.timers.advance(1ms);
    ASSERT_EQ(world.client.lines.size(), 1U);
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    EXPECT_EQ(world.client.lines.size(), 1U);
}

TEST(ExchangeSignIn, CallsThatCameMeanwhileAreToldWhatTheSignInLacks) {
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

TEST(ExchangeSignIn, AClientWithoutAddressesGetsAResultThatSaysWhatToDo) {
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

TEST(ExchangeSignIn, AModernClientIsAskedAndComesBack) {
    ExchangeWorld world;
    world.line(ExchangeWorld::discover);
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

} // namespace
