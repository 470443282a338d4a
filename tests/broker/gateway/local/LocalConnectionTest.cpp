#include "broker/gateway/local/LocalServices.h"

#include "tests/support/FakeProgram.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

// Exchanges over both eras, at one program.
struct ServiceWorld {
    struct Client {
        Client(ServiceWorld& world, const std::string& name) {
            terms.exchange = name;
            terms.service = "files";
            terms.url = "local:files";
            terms.authorized = true;
            exchange = std::make_unique<McpExchange>(
                McpExchange::Parts{world.core, world.timers, world.services, world.memory, world.seal}, terms,
                port);
        }
        void line(const std::string& text) { exchange->onClientLine(text); }
        FakeClientPort port;
        ExchangeTerms terms;
        std::unique_ptr<McpExchange> exchange;
    };
    void permit() {
        while (!core.asked.empty())
            core.answer(Json{{"serial", "p"}, {"scheme", "none"}, {"value", ""}, {"valid_seconds", 300}});
        timers.run();
    }
    void run() { timers.run(); }

    FakeTimers timers;
    FakeCore core;
    FakeProgram program;
    LocalServices services{program, timers};
    ServerMemory memory;
    StateSeal seal;
};

const std::string initialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
const std::string discover =
    R"({"jsonrpc":"2.0","id":"d","method":"server/discover","params":{)" + ExchangeWorld::modernMeta + "}}";

TEST(LocalConnection, ALegacyClientTalksToALegacyProgram) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(ExchangeWorld::initialize);
    EXPECT_TRUE(world.program.asked.empty()); // not before the broker has agreed
    ASSERT_EQ(world.core.asked.size(), 1U);
    EXPECT_EQ(world.core.asked[0].params["interactive"], false);
    world.permit();
    world.program.greet();
    world.run();
    EXPECT_EQ(client.port.last()["result"]["serverInfo"]["name"], "p");
    client.line(initialized);
    client.line(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a"}})");
    world.program.answer(R"({"content":[]})");
    world.run();
    EXPECT_EQ(client.port.last()["id"], 2);
}

TEST(LocalConnection, AClientThatIsNotAllowedStartsNothing) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(ExchangeWorld::initialize);
    world.core.answer(failure(ErrorCode::ConsentRequired, "nobody has been asked"));
    world.run();
    EXPECT_EQ(client.port.last()["result"]["serverInfo"]["name"], "files"); // its opening is answered
    client.line(initialized);
    client.line(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})");
    ASSERT_EQ(world.core.asked.size(), 1U);
    EXPECT_FALSE(world.core.asked[0].params.contains("interactive")); // now somebody waits
    world.core.answer(failure(ErrorCode::ConsentDenied, "no"));
    world.run();
    EXPECT_EQ(client.port.last()["id"], 2);
    EXPECT_TRUE(client.port.last().contains("error"));
    EXPECT_TRUE(world.program.asked.empty());
}

TEST(LocalConnection, AModernClientTalksToALegacyProgram) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(discover);
    world.permit();
    world.program.refuseLast(-32601);
    world.program.greet();
    world.permit();
    world.permit();
    EXPECT_EQ(client.port.last()["id"], "d");
    EXPECT_EQ(client.port.last()["result"]["supportedVersions"], Json::array({"2026-07-28"}));
    client.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a",)" +
                ExchangeWorld::modernMeta + "}}");
    EXPECT_EQ(world.program.last()["method"], "tools/call");
    EXPECT_FALSE(world.program.last()["params"].contains("_meta"));
    world.program.answer(R"({"content":[]})");
    world.run();
    EXPECT_EQ(client.port.last()["result"]["resultType"], "complete");
}

TEST(LocalConnection, ALegacyClientTalksToAModernProgram) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(ExchangeWorld::initialize);
    world.permit();
    world.program.refuseLast(-32601);
    world.program.answer(
        R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}})");
    world.permit();
    world.program.answer(
        R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}})");
    world.permit();
    EXPECT_EQ(client.port.last()["result"]["protocolVersion"], "2025-11-25");
    client.line(initialized);
    client.line(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})");
    EXPECT_EQ(world.program.last()["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"],
              "2026-07-28");
}

TEST(LocalConnection, BothErasShareOneProgram) {
    ServiceWorld world;
    ServiceWorld::Client one(world, "x1");
    ServiceWorld::Client two(world, "x2");
    one.line(ExchangeWorld::initialize);
    world.permit();
    world.program.greet();
    world.run();
    two.line(discover);
    world.permit();
    world.permit();
    EXPECT_EQ(two.port.last()["id"], "d");
    EXPECT_EQ(world.program.instances, 1);
}

TEST(LocalConnection, AClientThatDoesNotReadKeepsNobodyElseWaiting) {
    ServiceWorld world;
    ServiceWorld::Client one(world, "x1");
    ServiceWorld::Client two(world, "x2");
    for (ServiceWorld::Client* client : {&one, &two}) {
        client->line(ExchangeWorld::initialize);
        world.permit();
        if (client == &one)
            world.program.greet();
        world.run();
        client->line(initialized);
    }
    const std::size_t before = two.port.lines.size();
    one.port.full = true;
    const std::string changed = R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})";
    for (int i = 0; i < 3; ++i) {
        world.program.say(changed);
        world.run();
    }
    EXPECT_EQ(two.port.lines.size(), before + 3);
    EXPECT_EQ(one.port.lines.size(), before + 1);
    one.port.full = false;
    one.exchange->onClientDrained();
    world.run();
    EXPECT_EQ(one.port.lines.size(), before + 3);
}

TEST(LocalConnection, TheEndOfAProgramIsAnErrorThatPasses) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(ExchangeWorld::initialize);
    world.permit();
    world.program.greet();
    world.run();
    client.line(initialized);
    client.line(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})");
    EXPECT_TRUE(world.services.notified("local.ended", Json{{"instance", "i1"}, {"why", "status 1"}}));
    world.run();
    EXPECT_EQ(client.port.last()["error"]["code"], -31006);
    EXPECT_TRUE(client.port.last()["error"]["data"]["transient"]);
    client.line(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
    world.program.greet();
    world.program.answer(R"({"tools":[]})");
    world.run();
    EXPECT_EQ(client.port.last()["id"], 3);
    EXPECT_TRUE(client.port.last().contains("result"));
    EXPECT_FALSE(world.services.notified("exchange.end", Json::object()));
}

TEST(LocalConnection, ACallThatIsCancelledBeforeAnybodyAgreedIsNotSent) {
    ServiceWorld world;
    ServiceWorld::Client client(world, "x1");
    client.line(ExchangeWorld::initialize);
    world.permit();
    world.program.greet();
    world.run();
    client.line(initialized);
    client.exchange->stale();
    const std::size_t before = world.program.got.size();
    client.line(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a"}})");
    client.line(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}})");
    world.permit();
    EXPECT_EQ(world.program.got.size(), before);
}

TEST(LocalConnection, ClosingLeavesTheProgramToTheOthers) {
    ServiceWorld world;
    ServiceWorld::Client one(world, "x1");
    one.line(ExchangeWorld::initialize);
    world.permit();
    world.program.greet();
    world.run();
    bool closed = false;
    one.exchange->close([&] { closed = true; });
    world.run();
    EXPECT_TRUE(closed);
    EXPECT_TRUE(world.program.running);
}

} // namespace
