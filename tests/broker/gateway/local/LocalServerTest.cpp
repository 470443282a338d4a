#include "broker/gateway/local/LocalServer.h"

#include "tests/support/FakeProgram.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

const std::string asks = R"({"elicitation":{"form":{},"url":{}},"sampling":{}})";

// Two legacy clients at a program that runs.
struct TwoClients : ProgramWorld {
    TwoClients() {
        one.initialize(asks);
        program.greet();
        two.initialize(asks);
        program.got.clear();
    }
    [[nodiscard]] Json question(const std::string& method, const std::string& params = "{}") {
        program.say(R"({"jsonrpc":"2.0","id":"q","method":")" + method + R"(","params":)" + params + "}");
        return program.last();
    }
    FakeLocalClient one{server, Era::Legacy, "x1"};
    FakeLocalClient two{server, Era::Legacy, "x2"};
};

TEST(LocalServer, TheProgramIsGreetedOnceInOurNameAndEveryClientHasTheAnswer) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    one.initialize();
    ASSERT_EQ(world.program.got.size(), 1U);
    EXPECT_EQ(world.program.last()["params"]["clientInfo"]["name"], "keybearer-gateway");
    EXPECT_FALSE(world.program.last()["params"]["capabilities"].contains("roots"));
    world.program.greet();
    EXPECT_EQ(one.answer()["id"], 0);
    EXPECT_EQ(one.answer()["result"]["serverInfo"]["name"], "p");
    EXPECT_EQ(world.program.last()["method"], "notifications/initialized");
    one.notify("notifications/initialized");
    FakeLocalClient two(world.server, Era::Legacy, "x2");
    two.initialize();
    EXPECT_EQ(two.answer()["result"]["serverInfo"]["name"], "p");
    EXPECT_EQ(world.program.got.size(), 2U);
    EXPECT_EQ(world.program.asked, std::vector<std::string>{"x1"});
}

TEST(LocalServer, AnOlderClientIsAnsweredInItsRevision) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    one.initialize("{}", "2024-11-05");
    EXPECT_EQ(world.program.last()["params"]["protocolVersion"], "2025-11-25");
    world.program.greet("2025-06-18");
    EXPECT_EQ(one.answer()["result"]["protocolVersion"], "2024-11-05");
    FakeLocalClient two(world.server, Era::Legacy, "x2");
    two.initialize("{}", "2025-11-25");
    EXPECT_EQ(two.answer()["result"]["protocolVersion"], "2025-06-18");
}

TEST(LocalServer, IdsAreNeverMixedUp) {
    TwoClients world;
    world.one.request("7", "tools/call", R"({"name":"a"})");
    world.two.request("7", "tools/call", R"({"name":"b"})");
    world.two.request("\"7\"", "tools/call", R"({"name":"c"})");
    const std::string a = world.program.at(0)["id"].dump();
    const std::string b = world.program.at(1)["id"].dump();
    const std::string c = world.program.at(2)["id"].dump();
    EXPECT_NE(a, b);
    EXPECT_NE(b, c);
    world.program.answer(c, R"({"for":"c"})");
    EXPECT_EQ(world.two.answer()["id"], "7");
    EXPECT_EQ(world.two.answer()["result"]["for"], "c");
    world.program.answer(b, R"({"for":"b"})");
    EXPECT_EQ(world.two.answer()["id"], 7);
    world.program.answer(a, R"({"for":"a"})");
    EXPECT_EQ(world.one.answer()["result"]["for"], "a");
    EXPECT_EQ(world.one.answers.size(), 2U);
    EXPECT_EQ(world.two.answers.size(), 3U);
    world.program.answer(a, R"({"for":"again"})");
    EXPECT_EQ(world.one.answers.size(), 2U);
}

TEST(LocalServer, WhatIsNotOursInAMessagePassesByteByByte) {
    TwoClients world;
    world.one.request("1", "tools/call", R"({"name":"a","arguments":{"n":1.50e+10,"s":"\u00e4\/"}})");
    EXPECT_NE(world.program.got.back().find(R"({"name":"a","arguments":{"n":1.50e+10,"s":"\u00e4\/"}})"),
              std::string::npos);
    const std::string id = world.program.last()["id"].dump();
    world.program.answer(id, R"({"x":0.10,"y":[1e2]})");
    EXPECT_EQ(world.one.answers.back().first, R"({"jsonrpc":"2.0","id":1,"result":{"x":0.10,"y":[1e2]}})");
}

TEST(LocalServer, ProgressGoesToWhoseRequestItIsUnderItsOwnToken) {
    TwoClients world;
    world.one.request("1", "tools/call", R"({"name":"a","_meta":{"progressToken":"t"}})");
    world.two.request("1", "tools/call", R"({"name":"a","_meta":{"progressToken":"t"}})");
    const Json token = world.program.at(1)["params"]["_meta"]["progressToken"];
    EXPECT_NE(token, world.program.at(0)["params"]["_meta"]["progressToken"]);
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
                      token.dump() + R"(,"progress":1}})");
    EXPECT_TRUE(world.one.said.empty());
    EXPECT_EQ(world.two.heard()["params"]["progressToken"], "t");
    EXPECT_EQ(world.two.said.back().second, "1");
    world.program.say(
        R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1}})");
    EXPECT_TRUE(world.one.said.empty());
}

TEST(LocalServer, ACancelledRequestIsCancelledByItsNumberAndAnsweredNoMore) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.two.request("1", "tools/call");
    const Json number = world.program.at(1)["id"];
    world.two.server.cancel(world.two.id, "1");
    world.two.notify("notifications/cancelled", R"({"requestId":1,"reason":"r"})");
    EXPECT_EQ(world.program.last()["params"]["requestId"], number);
    EXPECT_EQ(world.program.last()["params"]["reason"], "r");
    world.program.answer(number.dump(), "{}");
    EXPECT_EQ(world.two.answers.size(), 1U);
    world.two.notify("notifications/cancelled", R"({"requestId":99})");
    EXPECT_EQ(world.program.got.size(), 3U);
}

TEST(LocalServer, WhatALeavingClientHadOpenIsCancelled) {
    TwoClients world;
    {
        FakeLocalClient third(world.server, Era::Legacy, "x3");
        third.initialize();
        third.request("1", "tools/call");
    }
    EXPECT_EQ(world.program.last()["method"], "notifications/cancelled");
    EXPECT_EQ(world.program.last()["params"]["requestId"], world.program.at(0)["id"]);
    world.program.answer(world.program.at(0)["id"].dump(), "{}");
}

TEST(LocalServer, AQuestionGoesToWhoseCallIsOpenAndItsAnswerBack) {
    TwoClients world;
    world.two.request("5", "tools/call");
    static_cast<void>(world.question("elicitation/create", R"({"message":"m"})"));
    EXPECT_TRUE(world.one.said.empty());
    EXPECT_EQ(world.two.heard()["method"], "elicitation/create");
    EXPECT_EQ(world.two.said.back().second, "5");
    world.one.respond("\"q\"", R"({"action":"accept"})");
    EXPECT_EQ(world.program.got.size(), 1U);
    world.two.respond("\"q\"", R"({"action":"decline"})");
    EXPECT_EQ(world.program.last()["result"]["action"], "decline");
    world.two.respond("\"q\"", R"({"action":"accept"})");
    EXPECT_EQ(world.program.got.size(), 2U);
}

TEST(LocalServer, AQuestionThatMayBeSomebodyElsesReachesNobody) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.two.request("1", "tools/call");
    EXPECT_EQ(world.question("sampling/createMessage")["error"]["code"], -32603);
    EXPECT_TRUE(world.one.said.empty());
    EXPECT_TRUE(world.two.said.empty());
}

TEST(LocalServer, AQuestionThatAClientHasNotOfferedToAnswerIsRefused) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    one.initialize();
    world.program.greet();
    one.request("1", "tools/call");
    world.program.say(R"({"jsonrpc":"2.0","id":9,"method":"elicitation/create","params":{"message":"m"}})");
    EXPECT_EQ(world.program.last()["id"], 9);
    EXPECT_EQ(world.program.last()["error"]["code"], -32603);
    world.program.say(R"({"jsonrpc":"2.0","id":10,"method":"roots/list"})");
    EXPECT_EQ(world.program.last()["error"]["code"], -32601);
    world.program.say(R"({"jsonrpc":"2.0","id":11,"method":"ping"})");
    EXPECT_EQ(world.program.last()["result"], Json::object());
    EXPECT_TRUE(one.said.empty());
}

TEST(LocalServer, AQuestionThatIsTakenBackOrWhoseClientLeavesIsOver) {
    TwoClients world;
    {
        FakeLocalClient third(world.server, Era::Legacy, "x3");
        third.initialize(asks);
        third.request("1", "tools/call");
        static_cast<void>(world.question("elicitation/create", R"({"message":"m"})"));
        world.program.say(
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"q"}})");
        EXPECT_EQ(third.heard()["method"], "notifications/cancelled");
        third.respond("\"q\"", "{}");
        EXPECT_EQ(world.program.got.size(), 1U);
        static_cast<void>(world.question("elicitation/create", R"({"message":"m"})"));
    }
    EXPECT_EQ(world.program.last()["id"], "q");
    EXPECT_EQ(world.program.last()["error"]["code"], -32603);
}

TEST(LocalServer, WhatIsForAllReachesAllAndWhatIsWatchedWhoWatches) {
    TwoClients world;
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    EXPECT_EQ(world.one.said.size(), 1U);
    EXPECT_EQ(world.two.said.size(), 1U);
    world.two.request("1", "resources/subscribe", R"({"uri":"file:///a"})");
    world.program.answer("{}");
    const std::string update =
        R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"file:///a"}})";
    world.program.say(update);
    EXPECT_EQ(world.one.said.size(), 1U);
    EXPECT_EQ(world.two.said.size(), 2U);
    world.one.request("1", "resources/subscribe", R"({"uri":"file:///a"})");
    world.program.answer("{}");
    const std::size_t before = world.program.got.size();
    world.two.request("2", "resources/unsubscribe", R"({"uri":"file:///a"})");
    EXPECT_EQ(world.two.answer()["id"], 2);
    EXPECT_EQ(world.program.got.size(), before);
    world.program.say(update);
    EXPECT_EQ(world.one.said.size(), 2U);
    EXPECT_EQ(world.two.said.size(), 2U);
    world.one.request("2", "resources/unsubscribe", R"({"uri":"file:///a"})");
    EXPECT_EQ(world.program.last()["method"], "resources/unsubscribe");
}

TEST(LocalServer, EachClientHearsTheLogAtItsOwnLevel) {
    TwoClients world;
    world.one.request("1", "logging/setLevel", R"({"level":"error"})");
    EXPECT_EQ(world.program.last()["params"]["level"], "error");
    world.program.answer("{}");
    world.two.request("1", "logging/setLevel", R"({"level":"debug"})");
    EXPECT_EQ(world.program.last()["params"]["level"], "debug");
    world.program.answer("{}");
    world.one.request("2", "logging/setLevel", R"({"level":"warning"})");
    EXPECT_EQ(world.one.answer()["id"], 2);
    EXPECT_EQ(world.program.got.size(), 2U);
    world.program.say(
        R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"d"}})");
    EXPECT_TRUE(world.one.said.empty());
    EXPECT_EQ(world.two.said.size(), 1U);
    world.program.say(
        R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"error","data":"d"}})");
    EXPECT_EQ(world.one.said.size(), 1U);
}

TEST(LocalServer, AnElicitationThatHasEndedIsToldToWhomItWasShown) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.program.say(
        R"({"jsonrpc":"2.0","id":)" + world.program.last()["id"].dump() +
        R"(,"error":{"code":-32042,"message":"m","data":{"elicitations":[{"elicitationId":"e"}]}}})");
    world.program.say(
        R"({"jsonrpc":"2.0","method":"notifications/elicitation/complete","params":{"elicitationId":"e"}})");
    EXPECT_EQ(world.one.said.size(), 1U);
    EXPECT_TRUE(world.two.said.empty());
}

TEST(LocalServer, AProgramThatEndsFailsWhatWasOpenAndIsOpenedByTheNextRequest) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.server.ended("killed by signal 9");
    ASSERT_EQ(world.one.lost.size(), 1U);
    EXPECT_EQ(world.one.lost[0].second.error.code, ErrorCode::ProviderUnavailable);
    EXPECT_NE(world.one.lost[0].second.error.message.find("signal 9"), std::string::npos);
    EXPECT_EQ(world.program.asked.size(), 1U);
    world.two.notify("notifications/cancelled", R"({"requestId":1})");
    EXPECT_EQ(world.program.asked.size(), 1U);
    world.two.request("2", "tools/call");
    ASSERT_EQ(world.program.asked.size(), 2U);
    EXPECT_EQ(world.program.asked[1], "x2");
    world.program.greet();
    EXPECT_EQ(world.program.last()["method"], "tools/call");
    world.program.answer("{}");
    EXPECT_EQ(world.two.answer()["id"], 2);
}

TEST(LocalServer, AnInstanceThatFollowsKnowsWhatWasSubscribedTo) {
    TwoClients world;
    world.two.request("1", "resources/subscribe", R"({"uri":"file:///a"})");
    world.program.answer("{}");
    world.two.request("2", "logging/setLevel", R"({"level":"debug"})");
    world.program.answer("{}");
    world.program.got.clear();
    world.program.listener->onWireEnded();
    world.timers.run();
    world.program.greet();
    ASSERT_EQ(world.program.got.size(), 4U);
    EXPECT_EQ(world.program.at(2)["params"]["level"], "debug");
    EXPECT_EQ(world.program.at(3)["params"]["uri"], "file:///a");
    world.program.answer("{}");
    EXPECT_EQ(world.two.answers.size(), 3U);
}

TEST(LocalServer, AnIdleProgramIsEndedAndOneThatIsUsedIsNot) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.timers.advance(601s);
    EXPECT_TRUE(world.program.running);
    world.program.answer("{}");
    world.timers.advance(599s);
    EXPECT_TRUE(world.program.running);
    world.timers.advance(2s);
    EXPECT_FALSE(world.program.running);
    EXPECT_EQ(world.program.closed, std::vector<std::string>{"i1"});
    EXPECT_TRUE(world.one.lost.empty());
    world.one.request("2", "ping");
    EXPECT_EQ(world.one.answer()["id"], 2);
    EXPECT_EQ(world.program.instances, 1);
}

TEST(LocalServer, FreshTokensCloseItAsSoonAsNoCallIsOpen) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.server.renew();
    world.timers.run();
    EXPECT_TRUE(world.program.running);
    world.program.answer("{}");
    world.timers.run();
    EXPECT_FALSE(world.program.running);
    world.one.request("2", "tools/call");
    EXPECT_EQ(world.program.instances, 2);
}

TEST(LocalServer, WhoWantsAProgramThatCannotStartIsToldWhy) {
    ProgramWorld world;
    world.program.startsAtOnce = false;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    FakeLocalClient two(world.server, Era::Legacy, "x2");
    one.initialize();
    two.initialize();
    EXPECT_EQ(world.program.asked.size(), 1U);
    world.program.refuse(Error(ErrorCode::ConsentDenied, "no"));
    EXPECT_EQ(one.lost.at(0).second.error.code, ErrorCode::ConsentDenied);
    EXPECT_EQ(two.lost.at(0).second.error.code, ErrorCode::ConsentDenied);
    one.initialize();
    EXPECT_EQ(world.program.asked.size(), 2U);
}

TEST(LocalServer, ARefusalForOneThatHasLeftIsNotTheOthers) {
    ProgramWorld world;
    world.program.startsAtOnce = false;
    FakeLocalClient two(world.server, Era::Legacy, "x2");
    {
        FakeLocalClient one(world.server, Era::Legacy, "x1");
        one.initialize();
        two.initialize();
    }
    world.program.refuse(Error(ErrorCode::InvalidRequest, "there is no such exchange"));
    EXPECT_TRUE(two.lost.empty());
    EXPECT_EQ(world.program.asked.back(), "x2");
    world.program.start();
    world.program.greet();
    EXPECT_EQ(two.answers.size(), 1U);
}

TEST(LocalServer, AModernProgramIsFoundForALegacyClient) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    one.initialize();
    world.program.refuseLast(-32601);
    EXPECT_EQ(world.program.last()["method"], "server/discover");
    world.program.answer(R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    ASSERT_EQ(one.lost.size(), 1U); // in the words that have the exchange translate
    EXPECT_EQ(one.lost[0].second.status, 400);
    EXPECT_NE(one.lost[0].second.body.find("-32022"), std::string::npos);
}

TEST(LocalServer, ALegacyProgramIsFoundForAModernClientWhateverItDoesAtDiscover) {
    for (const char* how : {"refuses", "is silent", "ends"}) {
        ProgramWorld world;
        FakeLocalClient one(world.server, Era::Modern, "x1");
        one.request("1", "server/discover");
        EXPECT_EQ(world.program.last()["method"], "server/discover") << how;
        if (*how == 'r')
            world.program.refuseLast(-32602);
        else if (*how == 'i')
            world.timers.advance(10s);
        else
            world.program.listener->onWireEnded();
        world.program.greet();
        ASSERT_EQ(one.lost.size(), 1U) << how;
        EXPECT_EQ(one.lost[0].second.status, 400);
        EXPECT_NE(one.lost[0].second.body.find("-32601"), std::string::npos);
    }
}

TEST(LocalServer, ModernClientsShareAProgramAndItsSubscriptionsFindTheirOwners) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Modern, "x1");
    FakeLocalClient two(world.server, Era::Modern, "x2");
    one.request("1", "server/discover");
    world.program.answer(R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    EXPECT_EQ(world.program.last()["method"], "server/discover"); // the client's own
    one.request("2", "subscriptions/listen");
    two.request("2", "subscriptions/listen");
    const std::string number = world.program.last()["id"].dump();
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":)"
                      R"({"_meta":{"io.modelcontextprotocol/subscriptionId":)" +
                      number + "}}}");
    EXPECT_TRUE(one.said.empty());
    EXPECT_EQ(two.heard()["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 2);
    two.server.cancel(two.id, "2");
    EXPECT_EQ(world.program.last()["method"], "notifications/cancelled");
    EXPECT_EQ(world.program.last()["params"]["requestId"].dump(), number);
}

TEST(LocalServer, AModernLogLineGoesToTheOnlyOneWithACallOrToNobody) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Modern, "x1");
    FakeLocalClient two(world.server, Era::Modern, "x2");
    one.request("1", "server/discover");
    world.program.answer(R"({"resultType":"complete","capabilities":{}})");
    world.program.answer(R"({"resultType":"complete","capabilities":{}})");
    const std::string line =
        R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"d"}})";
    one.request("2", "tools/call");
    world.program.say(line);
    EXPECT_EQ(one.said.size(), 1U);
    two.request("2", "tools/call");
    world.program.say(line);
    EXPECT_EQ(one.said.size(), 1U);
    EXPECT_TRUE(two.said.empty());
}

TEST(LocalServer, AProgramThatSpeaksNothingOfTheKindIsSaidToAndEnded) {
    ProgramWorld world;
    FakeLocalClient one(world.server, Era::Legacy, "x1");
    one.initialize();
    world.program.say("Listening on port 3000");
    world.program.say("{\"jsonrpc\":\"2.0\"}");
    world.timers.advance(120s);
    ASSERT_EQ(one.lost.size(), 1U);
    EXPECT_EQ(one.lost[0].second.error.code, ErrorCode::ProviderError);
    EXPECT_EQ(world.program.closed.size(), 1U);
}

TEST(LocalServer, AnAnswerThatIsTooLongFailsItsRequestAlone) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.two.request("1", "tools/call");
    world.program.listener->onLineTooLong(R"({"jsonrpc":"2.0","id":)" + world.program.at(0)["id"].dump() +
                                          R"(,"result":{"te)");
    EXPECT_EQ(world.one.lost.size(), 1U);
    EXPECT_TRUE(world.two.lost.empty());
}

TEST(LocalServer, ABatchOfAProgramIsTakenApart) {
    TwoClients world;
    world.one.request("1", "tools/call");
    world.two.request("1", "tools/call");
    world.program.say("[{\"jsonrpc\":\"2.0\",\"id\":" + world.program.at(0)["id"].dump() +
                      ",\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":" + world.program.at(1)["id"].dump() +
                      ",\"result\":{}}]");
    EXPECT_EQ(world.one.answers.size(), 2U);
    EXPECT_EQ(world.two.answers.size(), 2U);
}

} // namespace
