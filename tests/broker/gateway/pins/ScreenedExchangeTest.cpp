// An exchange whose tools are held against what was approved.
#include "broker/gateway/pins/PinWatch.h"
#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

const std::string listRequest = R"({"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}})";
const std::string tools = R"({"tools":[{"name":"read"},{"name":"send"}]})";
const Json sendIsHidden{{"unknown", Json::array()},
                        {"hidden", Json::array({{{"name", "send"}, {"why", "changed"}}})}};
const Json nothingIsHidden{{"unknown", Json::array()}, {"hidden", Json::array()}};

struct ScreenedWorld : ExchangeWorld {
    explicit ScreenedWorld(PinMode mode) {
        terms.pins = mode;
        exchange.reset();
        exchange = std::make_unique<McpExchange>(
            McpExchange::Parts{core, timers, server, memory, seal, &watch}, terms, client);
        openLegacy();
        client.lines.clear();
    }
    ~ScreenedWorld() { exchange.reset(); }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> out;
        const Json last = client.last(); // outlives what is read of it
        for (const Json& tool : last["result"]["tools"])
            out.push_back(tool["name"]);
        return out;
    }
    PinWatch watch{core, timers};
};

TEST(ScreenedExchange, M7_OfAWarnedServiceTheListPassesAtOnceAndIsLookedAt) {
    ScreenedWorld world(PinMode::Warn);
    world.line(listRequest);
    world.server.result("7", tools);
    EXPECT_EQ(world.names().size(), 2U);
    ASSERT_EQ(world.core.asked.size(), 1U);
    EXPECT_EQ(world.core.asked[0].method, "tools.seen");
}

TEST(ScreenedExchange, M7_OfAHeldServiceTheListWaitsForTheVerdict) {
    ScreenedWorld world(PinMode::Hold);
    world.line(listRequest);
    world.server.result("7", tools);
    EXPECT_TRUE(world.client.lines.empty());
    world.core.answer(sendIsHidden);
    EXPECT_EQ(world.names(), std::vector<std::string>{"read"});
    EXPECT_EQ(world.client.last()["id"], 7);
}

TEST(ScreenedExchange, M7_WhereNobodyLooksNothingIsAsked) {
    ScreenedWorld world(PinMode::Off);
    world.line(listRequest);
    world.server.result("7", tools);
    EXPECT_EQ(world.names().size(), 2U);
    EXPECT_TRUE(world.core.asked.empty());
}

TEST(ScreenedExchange, M7_ACallOfAHiddenToolNeverReachesTheServer) {
    ScreenedWorld world(PinMode::Hold);
    world.line(listRequest);
    world.server.result("7", tools);
    world.core.answer(sendIsHidden);
    const std::size_t before = world.server.sent.size();
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"send"}})");
    EXPECT_EQ(world.server.sent.size(), before);
    EXPECT_EQ(world.client.last()["id"], 8);
    EXPECT_EQ(world.client.last()["error"]["data"]["name"], "policy_denied");
    EXPECT_NE(
        world.client.last()["error"]["data"]["action"].get<std::string>().find("keybearer tool approve"),
        std::string::npos);
    world.line(R"({"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"read"}})");
    EXPECT_EQ(world.server.lastSent().id, "9");
}

TEST(ScreenedExchange, M7_ACallWaitsUntilItIsKnownWhatIsHidden) {
    ScreenedWorld world(PinMode::Hold);
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"read"}})");
    EXPECT_NE(world.server.lastSent().id, "8");
    world.core.answer(nothingIsHidden);
    EXPECT_EQ(world.server.lastSent().id, "8");
}

TEST(ScreenedExchange, ACallThatIsCancelledWhileItWaitsIsNotSent) {
    ScreenedWorld world(PinMode::Hold);
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"read"}})");
    world.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8}})");
    const std::size_t before = world.server.sent.size();
    world.core.answer(nothingIsHidden);
    EXPECT_EQ(world.server.sent.size(), before);
}

TEST(ScreenedExchange, AnIdThatWaitsIsNotUsedTwice) {
    ScreenedWorld world(PinMode::Hold);
    const std::string call = R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"read"}})";
    world.line(call);
    world.line(call);
    EXPECT_EQ(world.client.last()["error"]["code"], -32600);
}

TEST(ScreenedExchange, M7_WithoutAVerdictAHeldListIsAnError) {
    ScreenedWorld world(PinMode::Hold);
    world.line(listRequest);
    world.server.result("7", tools);
    world.core.answer(failure(ErrorCode::TimedOut, "slow"));
    EXPECT_EQ(world.client.last()["id"], 7);
    EXPECT_EQ(world.client.last()["error"]["data"]["name"], "policy_unavailable");
}

TEST(ScreenedExchange, M7_AClientIsToldToLookAgainWhenSomethingWasApproved) {
    ScreenedWorld world(PinMode::Hold);
    world.watch.changed("svc");
    EXPECT_EQ(world.client.last()["method"], "notifications/tools/list_changed");
}

TEST(ScreenedExchange, TheCursorOfThePageIsThatOfItsRequest) {
    ScreenedWorld world(PinMode::Hold);
    world.line(listRequest);
    world.server.result("7", R"({"tools":[{"name":"read"}],"nextCursor":"p2"})");
    world.core.answer(nothingIsHidden);
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/list","params":{"cursor":"p2"}})");
    world.server.result("8", R"({"tools":[{"name":"send"}]})");
    EXPECT_EQ(world.core.asked[0].params["whole"], true);
    EXPECT_EQ(world.core.asked[0].params["tools"].size(), 2U);
}

TEST(ScreenedExchange, AnExchangeThatEndsAnswersWhatWaited) {
    ScreenedWorld world(PinMode::Hold);
    world.line(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"read"}})");
    world.exchange->end("over");
    EXPECT_EQ(world.client.last()["id"], 8);
    EXPECT_TRUE(world.client.last().contains("error"));
    world.core.answer(nothingIsHidden);
}

TEST(ScreenedExchange, AVerdictForAnExchangeThatIsGoneHarmsNobody) {
    ScreenedWorld world(PinMode::Hold);
    world.line(listRequest);
    world.server.result("7", tools);
    world.exchange.reset();
    world.core.answer(nothingIsHidden);
    EXPECT_TRUE(world.client.lines.empty());
}

} // namespace
} // namespace keybearer
