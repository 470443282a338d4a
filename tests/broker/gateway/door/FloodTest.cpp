// Crowds at the door: bounded, and whoever behaves is served meanwhile (T-16, SEC-G-17).
#include "tests/support/HttpWorld.h"
#include "tests/support/OwnMemory.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

TEST(Floods, T_16_HeadsThatNeverEndKeepNobodyOut) {
    HttpWorld world;
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 300; ++i) {
        slow.push_back(world.client());
        slow.back()->write("GET /svc/mcp HTTP/1.1\r\nX: ");
    }
    const auto honest = world.client();
    honest->write(world.get("/svc/mcp"));
    world.until([&] { return honest->has("served"); });
    EXPECT_LE(world.door.connections(), 64U + 16U);
    std::size_t ended = 0;
    for (const auto& one : slow) {
        one->takeIn();
        ended += one->ended ? 1 : 0;
    }
    EXPECT_GT(ended, 200U); // the oldest ones
}

TEST(Floods, AConnectionWhoseTokenWasRecognisedIsNotTheOneThatGoes) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest& served) {
        served.recognised();
        answerWhole(served, 200, "text/plain", "served");
    };
    const auto known = world.client();
    known->write(world.get("/svc/mcp"));
    world.until([&] { return known->has("served"); });
    std::vector<std::unique_ptr<RawClient>> crowd;
    crowd.reserve(200);
    for (int i = 0; i < 200; ++i)
        crowd.push_back(world.client());
    world.until([&] { return world.counts.connections == 201; });
    known->text.clear();
    known->write(world.get("/svc/mcp"));
    world.until([&] { return known->has("served"); });
}

TEST(Floods, WhoWaitsForUsIsNotTheOneThatGoes) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    std::vector<std::unique_ptr<RawClient>> busy;
    busy.reserve(60);
    for (int i = 0; i < 60; ++i) {
        busy.push_back(world.client());
        busy.back()->write(world.get("/svc/mcp"));
    }
    world.until([&] { return world.route.open == 60; });
    std::vector<std::unique_ptr<RawClient>> crowd;
    crowd.reserve(60);
    for (int i = 0; i < 60; ++i)
        crowd.push_back(world.client());
    world.until([&] { return world.counts.connections == 120; });
    EXPECT_EQ(world.route.open, 60);
}

TEST(Floods, T_16_BodiesThatTrickleKeepNobodyOut) {
    HttpWorld world;
    world.route.echoLengths();
    const auto form = [&](std::size_t length) {
        return "POST /as/svc/token HTTP/1.1\r\nHost: " + world.host +
               "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(length) + "\r\n\r\n";
    };
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 64; ++i) {
        slow.push_back(world.client());
        slow.back()->write(form(60'000));
    }
    world.until([&] { return world.route.hits == 64; });
    const auto honest = world.client();
    honest->write(form(0));
    world.until([&] {
        for (const auto& one : slow)
            one->write("x"); // never idle
        return honest->has("200 OK");
    });
}

TEST(Floods, T_16_StrangersWhoAllWaitMakeRoomInTheEnd) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    std::vector<std::unique_ptr<RawClient>> waiting;
    for (int i = 0; i < 64; ++i) {
        waiting.push_back(world.client());
        waiting.back()->write(world.get("/svc/mcp"));
    }
    world.until([&] { return world.route.open == 64; });
    world.timers.skipped = 10s;
    const auto honest = world.client();
    honest->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.hits == 65; });
    world.until([&] { return waiting.front()->takeIn(), waiting.front()->ended; });
}

TEST(Floods, SEC_G_17_ThousandsOfRequestsWithoutAnEndTakeLittleMemory) {
    HttpWorld world;
    world.route.echoLengths();
    const std::size_t before = residentBytes();
    const std::string piece = "POST /svc/mcp HTTP/1.1\r\nX: " + std::string(60'000, 'x');
    for (int round = 0; round < 20; ++round) {
        std::vector<std::unique_ptr<RawClient>> crowd;
        for (int i = 0; i < 50; ++i) {
            crowd.push_back(world.client());
            crowd.back()->write(piece);
        }
        const auto honest = world.client();
        honest->write(world.post("/svc/mcp", "12345"));
        world.until([&] { return honest->has("\r\n\r\n5"); });
    }
    world.until([&] { return world.door.connections() == 0; });
    EXPECT_LT(residentBytes(), before + (48U << 20) + keptBySanitizers);
}

TEST(Floods, SEC_G_17_ABodyOfManyMegabytesPassesInLittleMemory) {
    HttpWorld world;
    std::size_t arrived = 0;
    std::function<void(ServedRequest&)> drink = [&](ServedRequest& served) {
        served.readBody([&](Result<std::string_view> piece) {
            if (!piece)
                return;
            if (piece->empty())
                return answerWhole(served, 200, "text/plain", "drunk");
            arrived += piece->size();
            drink(served);
        });
    };
    world.route.onServe = drink;
    const std::size_t before = residentBytes();
    const std::size_t whole = std::size_t{200} << 20;
    const auto client = world.client();
    client->write("POST /svc/mcp HTTP/1.1\r\nHost: " + world.host +
                  "\r\nContent-Length: " + std::to_string(whole) + "\r\n\r\n");
    const std::string piece(1U << 20, 'x');
    std::size_t sent = 0;
    world.until([&] {
        sent += client->write(std::string_view(piece).substr(0, std::min(piece.size(), whole - sent)));
        return client->has("drunk");
    });
    EXPECT_EQ(arrived, whole);
    EXPECT_LT(residentBytes(), before + (24U << 20) + keptBySanitizers);
}

} // namespace
