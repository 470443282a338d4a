// Whatever the timing, no message is lost, doubled or reordered in either direction: random conversations
// between a client and a server that answer, ask, fail and stall as a seeded generator says.
#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

#include <random>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

// What the client sends has "n" counted up; so has what the server says of its own.
struct Shuffle {
    explicit Shuffle(unsigned seed) : random(seed) {}
    bool one(int of) { return std::uniform_int_distribution<int>(1, of)(random) == 1; }

    void clientSends(ExchangeWorld& world) {
        const int id = ++sentRequests + 100;
        const bool notification = one(4);
        const std::string text =
            notification
                ? R"({"jsonrpc":"2.0","method":"notifications/roots/list_changed","params":{"n":)" +
                      std::to_string(id) + "}}"
                : R"({"jsonrpc":"2.0","id":)" + std::to_string(id) +
                      R"(,"method":"tools/call","params":{"name":"a","n":)" + std::to_string(id) + "}}";
        expectedAtServer.push_back(text);
        world.line(text);
        if (!notification)
            waiting.push_back(id);
    }
    void serverSays(ExchangeWorld& world) {
        if (world.server.connections.empty() || !opened)
            return;
        if (!waiting.empty() && one(2)) {
            // Only what has arrived can be answered.
            const std::size_t pick =
                std::uniform_int_distribution<std::size_t>(0, waiting.size() - 1)(random);
            const std::string id = std::to_string(waiting[pick]);
            const bool there = std::any_of(world.server.sent.begin(), world.server.sent.end(),
                                           [&](const ClientMessage& message) { return message.id == id; });
            if (!there)
                return;
            waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(pick));
            const std::string text = R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{}})";
            expectedAtClient.push_back(text);
            world.server.say(text, id);
            return;
        }
        const std::string text = R"({"jsonrpc":"2.0","method":"notifications/message","params":{"n":)" +
                                 std::to_string(++said) + "}}";
        expectedAtClient.push_back(text);
        world.server.say(text);
    }

    std::mt19937 random;
    bool opened = false;
    int sentRequests = 0;
    int said = 0;
    std::vector<int> waiting;
    std::vector<std::string> expectedAtServer;
    std::vector<std::string> expectedAtClient;
};

TEST(Order, NothingIsLostDoubledOrReorderedWhateverTheTiming) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        ExchangeWorld world;
        Shuffle shuffle(seed);
        world.line(ExchangeWorld::initialize);
        // The conversation opens late: after a refusal for want of a sign-in, after a second, or at once.
        int refusals = shuffle.one(2) ? 1 : 0;
        for (int step = 0; step < 60; ++step) {
            if (shuffle.one(3))
                shuffle.clientSends(world);
            if (shuffle.one(2))
                shuffle.serverSays(world);
            if (shuffle.one(4))
                world.timers.advance(std::chrono::milliseconds(400));
            if (shuffle.one(5))
                world.exchange->onClientDrained();
            if (!shuffle.opened && shuffle.one(3) && !world.server.connections.empty()) {
                if (refusals-- > 0) {
                    world.server.fail("1", 401, "", Error(ErrorCode::AuthorizationRequired, "nobody"));
                } else {
                    shuffle.opened = true;
                    world.server.result(
                        "1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
                }
            }
        }
        std::vector<std::string> atServer;
        for (const ClientMessage& message : world.server.sent) {
            if (message.method != "initialize" && message.method != "notifications/initialized")
                atServer.push_back(message.text);
        }
        std::vector<std::string> atClient;
        for (const std::string& line : world.client.lines) {
            if (Json::parse(line)["id"] != 1)
                atClient.push_back(line);
        }
        // A notification of the client before the conversation is open has nobody to go to.
        std::vector<std::string> requests;
        std::vector<std::string> arrived;
        const auto isRequest = [](const std::string& text) {
            return text.find("\"id\"") != std::string::npos;
        };
        std::copy_if(shuffle.expectedAtServer.begin(), shuffle.expectedAtServer.end(),
                     std::back_inserter(requests), isRequest);
        std::copy_if(atServer.begin(), atServer.end(), std::back_inserter(arrived), isRequest);
        ASSERT_EQ(arrived, shuffle.opened ? requests : std::vector<std::string>()) << "seed " << seed;
        ASSERT_TRUE(std::is_sorted(atServer.begin(), atServer.end(),
                                   [](const auto& a, const auto& b) {
                                       return Json::parse(a)["params"]["n"] < Json::parse(b)["params"]["n"];
                                   }))
            << "seed " << seed;
        ASSERT_EQ(atClient, shuffle.expectedAtClient) << "seed " << seed;
    }
}

} // namespace
