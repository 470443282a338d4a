// The door over real sockets.
#include "tests/support/HttpWorld.h"

#include <gtest/gtest.h>

#include <sys/un.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

TEST(HttpDoor, ARequestIsServedAndTheConnectionKept) {
    HttpWorld world;
    const auto client = world.client();
    client->write(world.get("/svc/mcp", "X-Odd: Value\r\n"));
    world.until([&] { return client->has("served"); });
    EXPECT_EQ(client->status(), 200);
    EXPECT_EQ(client->field("content-length"), "6");
    EXPECT_FALSE(client->field("date").empty());
    EXPECT_EQ(client->field("connection"), "");
    const RequestHead& head = world.route.heads.front();
    EXPECT_EQ(head.path, "/svc/mcp");
    EXPECT_EQ(head.service, "svc");
    EXPECT_EQ(head.base, "http://" + world.host);
    EXPECT_EQ(head.field("x-odd"), "Value");
    EXPECT_EQ(head.bodyLength, 0U);
    client->text.clear();
    client->write(world.get("/other/mcp"));
    world.until([&] { return client->has("served"); });
    EXPECT_EQ(world.route.heads.back().service, "other");
    EXPECT_EQ(world.counts.connections, 1U);
    EXPECT_EQ(world.counts.requests, 2U);
}

TEST(HttpDoor, WhatTheBrokerSaidBeforeTheClientIsTakenInBeforeTheRequestIsServed) {
    HttpWorld world;
    int hitsBefore = -1;
    world.broker.onCatchUp = [&] { hitsBefore = world.route.hits; };
    const auto client = world.ask(world.get("/svc/mcp"));
    world.until([&] { return client->has("served"); });
    EXPECT_EQ(hitsBefore, 0);
    EXPECT_EQ(world.route.hits, 1);
}

TEST(HttpDoor, PipelinedRequestsAreServedOneAfterTheOther) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    const auto client = world.client();
    client->write(world.get("/a/mcp") + world.post("/b/mcp", "xy") + world.get("/c/mcp"));
    for (const char* name : {"a", "b", "c"}) {
        world.until([&] { return world.route.request != nullptr; });
        EXPECT_EQ(world.route.heads.back().service, name);
        EXPECT_EQ(world.route.open, 1);
        answerWhole(*world.route.request, 200, "text/plain", name);
        world.until([&] { return client->has(std::string("\r\n\r\n") + name); });
    }
    EXPECT_EQ(world.route.hits, 3);
}

TEST(HttpDoor, BodiesArriveWholeSizedAndInChunks) {
    HttpWorld world;
    world.route.echoLengths();
    const auto sized = world.ask(world.post("/a/mcp", std::string(100'000, 'x')));
    world.until([&] { return sized->has("100000"); });
    const auto chunked = world.ask("POST /a/mcp HTTP/1.1\r\nHost: " + world.host +
                                   "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n"
                                   "0\r\n\r\n");
    world.until([&] { return chunked->has("\r\n\r\n8"); });
    EXPECT_EQ(world.route.body, "abcdefgh");
    EXPECT_FALSE(world.route.heads.back().bodyLength);
    // A thousand chunks of one byte, slowly.
    const auto slow = world.client();
    slow->write("POST /a/mcp HTTP/1.1\r\nHost: " + world.host + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::string chunks;
    for (int i = 0; i < 5000; ++i)
        chunks += "1\r\nx\r\n";
    for (std::size_t at = 0; at < chunks.size(); at += 997) {
        slow->write(std::string_view(chunks).substr(at, 997));
        world.loop.restart();
        world.loop.poll();
    }
    slow->write("0\r\n\r\n");
    world.until([&] { return slow->has("\r\n\r\n5000"); });
}

TEST(HttpDoor, SEC_G_09_ABodyThatIsBadlyFramedIsRefusedAndTheConnectionCloses) {
    for (const char* body : {"g\r\n", "3\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3\r\nabc0\r\n\r\n",
                             "-1\r\n", "0x3\r\nabc\r\n\r\n", "ffffffffffffffffff\r\n", " 3\r\nabc\r\n",
                             "3;\x01\r\nabc\r\n", "3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", "3\nabc\n0\n\n"}) {
        HttpWorld world;
        world.route.echoLengths();
        const auto client = world.ask("POST /a/mcp HTTP/1.1\r\nHost: " + world.host +
                                      "\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        EXPECT_EQ(client->status(), 400) << body;
        EXPECT_EQ(client->field("connection"), "close");
        world.until([&] { return client->has("error") && client->ended; });
        EXPECT_EQ(world.route.failures.size(), 1U);
        EXPECT_EQ(world.route.open, 0);
    }
}

TEST(HttpDoor, SEC_G_09_AfterBadFramingNothingElseOfTheConnectionIsRead) {
    HttpWorld world;
    const auto client = world.ask("POST /a/mcp HTTP/1.1\r\nHost: " + world.host +
                                  "\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                                  world.get("/smuggled/mcp"));
    EXPECT_EQ(client->status(), 400);
    world.until([&] {
        client->takeIn();
        return client->ended;
    });
    EXPECT_EQ(world.route.hits, 0);
    EXPECT_EQ(world.counts.refused, 1U);
}

TEST(HttpDoor, SEC_G_02_SEC_G_03_ChecksComeBeforeAnyRoute) {
    HttpWorld world;
    const std::string json = "Content-Type: application/x-www-form-urlencoded\r\n";
    struct Row {
        std::string request;
        int status;
    };
    const std::vector<Row> table{
        {"GET /svc/mcp HTTP/1.1\r\nHost: evil.test:" + std::to_string(world.port) + "\r\n\r\n", 421},
        {"GET /svc/mcp HTTP/1.1\r\n\r\n", 400},
        {world.get("/svc/../mcp"), 400},
        {world.get("http://" + world.host + "/svc/mcp"), 400},
        {world.get("/svc/mcp", "Origin: http://evil.test\r\n"), 403},
        {world.get("/svc/mcp", "Origin: null\r\n"), 403},
        {world.get("/svc/mcp", "Sec-Fetch-Site: cross-site\r\n"), 403},
        {world.get("/svc/mcp", "Sec-Fetch-Site: same-site\r\n"), 403},
        // What an image, a frame, a form and a WebSocket of a foreign page send.
        {world.get("/svc/mcp",
                   "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n"),
         403},
        {world.get("/as/svc/authorize",
                   "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"),
         403},
        {world.post("/as/svc/authorize", "a=b",
                    json + "Origin: http://evil.test\r\nSec-Fetch-Site: cross-site\r\n"),
         403},
        {world.get("/svc/mcp", "Origin: http://evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"),
         403},
        {world.get("/nowhere"), 404},
        {world.get("/svc/mcp/"), 404},
        {"PUT /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n", 405},
        {"TRACE /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n", 405},
        {"OPTIONS /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n", 405},
        {"CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n", 400},
        {world.get("/as/svc/token"), 405},
        {world.post("/as/svc/token", "{}", "Content-Type: application/json\r\n"), 415},
        {world.post("/as/svc/token", "{}", "Content-Type: text/plain\r\n"), 415},
        {world.post("/as/svc/token", "a=b"), 415},
        {world.post("/as/svc/token", "a=b", json + "Content-Encoding: gzip\r\n"), 415},
        {world.post("/as/svc/token", std::string(65537, 'a'), json), 413},
        {world.get("/svc/mcp?access_token=abc"), 400},
        {world.post("/svc/mcp", "{}", "Expect: 200-ok\r\n"), 417},
    };
    for (const Row& row : table) {
        const auto client = world.ask(row.request);
        EXPECT_EQ(client->status(), row.status) << row.request.substr(0, 200);
        EXPECT_EQ(client->field("access-control-allow-origin"), "");
    }
    EXPECT_EQ(world.route.hits, 0);
    EXPECT_EQ(world.counts.refused, table.size());
    EXPECT_EQ(world.ask("PUT /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n")->field("allow"),
              "GET, POST, DELETE");
}

TEST(HttpDoor, SEC_G_17_ABodyInChunksHasTheSameBound) {
    HttpWorld world;
    world.route.echoLengths();
    const std::string head = "POST /as/svc/token HTTP/1.1\r\nHost: " + world.host +
                             "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n";
    const auto client = world.ask(head + "10001\r\n" + std::string(0x10001, 'a') + "\r\n0\r\n\r\n");
    EXPECT_EQ(client->status(), 413);
    EXPECT_EQ(world.ask(head + "10000\r\n" + std::string(0x10000, 'a') + "\r\n0\r\n\r\n")->status(), 200);
}

TEST(HttpDoor, ContinueIsSaidWhenSomebodyReadsTheBody) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    const auto client = world.client();
    client->write("POST /svc/mcp HTTP/1.1\r\nHost: " + world.host +
                  "\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    world.until([&] { return world.route.request != nullptr; });
    client->takeIn();
    EXPECT_EQ(client->text, "");
    world.route.pump(*world.route.request);
    world.until([&] { return client->has("100 Continue"); });
    client->write("abc");
    world.until([&] { return client->has("200 OK"); });
    EXPECT_EQ(world.route.body, "abc");
    // A refusal instead: the body is never asked for, and the connection cannot go on.
    world.route.onServe = [](ServedRequest& served) {
        answerUnauthorized(served, 401, "", "sign in", {"svc"});
    };
    const auto refused = world.ask("POST /svc/mcp HTTP/1.1\r\nHost: " + world.host +
                                   "\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(refused->status(), 401);
    EXPECT_EQ(refused->field("connection"), "close");
    EXPECT_EQ(world.counts.unauthorized, 1U);
}

TEST(HttpDoor, EventsLeaveOneByOneAndTheStreamEnds) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    const auto client = world.client();
    client->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.request != nullptr; });
    AnswerHead head;
    head.fields = {
        {"content-type", "text/event-stream"}, {"Transfer-Encoding", "gzip"}, {"x-split", "a\r\nb: c"}};
    world.route.request->begin(head);
    world.until([&] { return client->answered(); });
    EXPECT_EQ(client->field("transfer-encoding"), "chunked");
    EXPECT_FALSE(client->has("x-split"));
    for (int i = 0; i < 3; ++i) {
        const std::string event = "data: " + std::to_string(i) + "\n\n";
        EXPECT_TRUE(world.route.request->write(event));
        world.until([&] { return client->has("9\r\n" + event + "\r\n"); });
    }
    world.route.request->end();
    world.until([&] { return client->has("0\r\n\r\n"); });
    EXPECT_EQ(world.route.open, 0);
    EXPECT_EQ(world.counts.streams, 1U);
    client->text.clear();
    world.route.onServe = [](ServedRequest& served) { answerWhole(served, 200, "text/plain", "again"); };
    client->write(world.get("/svc/mcp"));
    world.until([&] { return client->has("again"); });
}

TEST(HttpDoor, SEC_G_16_AClientThatDoesNotReadStopsTheWriterAndGoesOnLater) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    const auto client = world.client();
    client->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.request != nullptr; });
    world.route.request->begin(AnswerHead{200, {}, {}});
    const std::string piece(60'000, 'x');
    std::size_t written = 0;
    const auto pour = [&] {
        bool more = true;
        while (more && written < 300) {
            more = world.route.request->write(piece);
            ++written;
        }
        if (written == 300)
            world.route.request->end();
    };
    world.route.onDrained = pour;
    pour();
    EXPECT_LT(written, 300U); // the kernel's buffers and ours are bounded
    world.until([&] {
        client->takeIn(1U << 20);
        return client->text.ends_with("\r\n0\r\n\r\n");
    });
    EXPECT_GT(client->text.size(), 300U * piece.size());
    EXPECT_GT(world.route.drained, 0);
}

TEST(HttpDoor, SEC_G_16_AClientThatGoesAwayEndsItsAnswerer) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    auto client = world.client();
    client->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.open == 1; });
    client->close();
    world.until([&] { return world.route.open == 0; });
    // Also while its body is being read, and behind bytes that were sent ahead.
    auto sender = world.client();
    world.route.echoLengths();
    sender->write("POST /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\nContent-Length: 10\r\n\r\nabc");
    world.until([&] { return world.route.body == "abc"; });
    sender->close();
    world.until([&] { return world.route.open == 0 && world.door.connections() == 0; });
    EXPECT_TRUE(world.route.failures.empty());
}

TEST(HttpDoor, AClientThatOnlyListensAnyMoreGetsTheWholeAnswer) {
    HttpWorld world;
    const std::string large(3'000'000, 'x');
    world.route.onServe = [&](ServedRequest& served) { answerWhole(served, 200, "text/plain", large); };
    const auto client = world.client();
    client->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.hits == 1; });
    client->sayNoMore();
    world.until([&] {
        client->takeIn(1U << 18);
        return client->ended;
    });
    EXPECT_EQ(client->body().size(), large.size());
}

TEST(HttpDoor, WhatIsNotWholeIsSeenToBeNotWhole) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest& served) {
        served.begin(AnswerHead{200, {}, {}});
        static_cast<void>(served.write("half"));
        served.abort();
    };
    const auto client = world.ask(world.get("/svc/mcp"));
    world.until([&] {
        client->takeIn();
        return client->ended;
    });
    EXPECT_TRUE(client->text.ends_with("4\r\nhalf\r\n")) << client->text;
    // A sized answer that ends early.
    world.route.onServe = [](ServedRequest& served) {
        served.begin(AnswerHead{200, {}, 10});
        static_cast<void>(served.write("half"));
        served.end();
    };
    const auto sized = world.ask(world.get("/svc/mcp"));
    world.until([&] {
        sized->takeIn();
        return sized->ended;
    });
    EXPECT_EQ(sized->body(), "half");
}

TEST(HttpDoor, AnAnswerBeforeTheBodyWasReadKeepsTheConnectionWhereLittleIsLeft) {
    HttpWorld world;
    const auto client = world.client();
    client->write(world.post("/svc/mcp", std::string(1000, 'x')) + world.get("/next/mcp"));
    world.until([&] { return world.route.hits == 2; });
    const auto large = world.client();
    const std::string head =
        "POST /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\nContent-Length: 1000000000\r\n\r\n";
    large->write(head);
    const std::string piece(100'000, 'x');
    world.until([&] {
        large->write(piece);
        large->takeIn();
        return large->ended;
    });
    EXPECT_EQ(large->status(), 200); // the answer was not lost over it
}

TEST(HttpDoor, Z12_ScriptsOfListedOriginsMayReadAndNoOthers) {
    HttpWorld world;
    const std::string origin = "Origin: http://localhost:6274\r\n";
    const auto answer = world.ask(world.get("/svc/mcp", origin));
    EXPECT_EQ(answer->field("access-control-allow-origin"), "http://localhost:6274");
    EXPECT_EQ(answer->field("access-control-expose-headers"), "WWW-Authenticate, Mcp-Session-Id");
    EXPECT_EQ(answer->field("vary"), "Origin");
    EXPECT_EQ(answer->field("access-control-allow-credentials"), "");
    const std::string preflight =
        "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: "
        "authorization,content-type,cookie,mcp-param-a_b,mcp-protocol-version,x-other\r\n";
    const auto asked =
        world.ask("OPTIONS /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\n" + origin + preflight + "\r\n");
    EXPECT_EQ(asked->status(), 204);
    EXPECT_EQ(asked->field("access-control-allow-headers"),
              "authorization, content-type, mcp-param-a_b, mcp-protocol-version");
    EXPECT_EQ(asked->field("access-control-allow-methods"), "GET, POST, DELETE");
    EXPECT_EQ(asked->field("access-control-allow-origin"), "http://localhost:6274");
    EXPECT_EQ(world.route.hits, 1);
    EXPECT_EQ(world
                  .ask("OPTIONS /svc/mcp HTTP/1.1\r\nHost: " + world.host +
                       "\r\nOrigin: http://evil.test\r\n" + preflight + "\r\n")
                  ->status(),
              403);
    EXPECT_EQ(world.ask(world.get("/svc/mcp"))->field("access-control-allow-origin"), "");
}

TEST(HttpDoor, SEC_S_14_TheAuthorizationEndpointHasNoCors) {
    HttpWorld world;
    const std::string origin = "Origin: http://localhost:6274\r\n";
    EXPECT_EQ(world.ask(world.get("/as/svc/authorize", origin))->field("access-control-allow-origin"), "");
    const auto preflight = world.ask("OPTIONS /as/svc/authorize HTTP/1.1\r\nHost: " + world.host + "\r\n" +
                                     origin + "Access-Control-Request-Method: POST\r\n\r\n");
    EXPECT_EQ(preflight->status(), 405);
    EXPECT_EQ(preflight->field("access-control-allow-origin"), "");
}

TEST(HttpDoor, T_16_WhatTakesTooLongIsEnded) {
    HttpWorld world;
    world.route.echoLengths();
    const auto idle = world.client();
    const auto head = world.client();
    head->write("GET /svc/mcp HTTP/1.1\r\nHost: ");
    const auto body = world.client();
    body->write("POST /svc/mcp HTTP/1.1\r\nHost: " + world.host + "\r\nContent-Length: 10\r\n\r\nabc");
    world.until([&] { return world.route.body == "abc" && world.door.connections() == 3; });
    world.timers.skipped = 11s;
    world.until([&] { return head->answered(); });
    EXPECT_EQ(head->status(), 408);
    world.timers.skipped = 31s;
    world.until([&] { return body->answered(); });
    EXPECT_EQ(body->status(), 408);
    EXPECT_EQ(world.route.failures.size(), 1U);
    idle->takeIn();
    EXPECT_FALSE(idle->ended);
    world.timers.skipped = 62s;
    world.until([&] {
        idle->takeIn();
        return idle->ended;
    });
    EXPECT_EQ(idle->text, "");
    world.until([&] { return world.door.connections() == 0; });
}

TEST(HttpDoor, OverTheSocketTheProcessIsKnownAndTheAddressLeadsToThePort) {
    std::array<char, 32> directory{"/tmp/keybearer-http-XXXXXX"};
    ASSERT_NE(::mkdtemp(directory.data()), nullptr);
    const std::string path = std::string(directory.data()) + "/gateway.sock";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    HttpWorld world;
    std::vector<OwnedDescriptor> listening;
    listening.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(listening[0].get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    ASSERT_EQ(::listen(listening[0].get(), 8), 0);
    world.door.open({"socket", {"localhost", world.host}}, std::move(listening));
    for (const std::string& host : {std::string("localhost"), world.host}) {
        OwnedDescriptor client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        ASSERT_EQ(::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        const std::string request = "GET /svc/mcp HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        ASSERT_GT(::send(client.get(), request.data(), request.size(), MSG_NOSIGNAL), 0);
        std::array<char, 4096> answer{};
        ssize_t size = 0;
        world.until([&] {
            if (size <= 0)
                size = ::recv(client.get(), answer.data(), answer.size(), 0);
            return size > 0;
        });
        EXPECT_EQ(std::string(answer.data()).substr(0, 12), "HTTP/1.1 200");
        const RequestHead& head = world.route.heads.back();
        EXPECT_TRUE(head.overSocket);
        EXPECT_EQ(head.peerPid, ::getpid());
        EXPECT_EQ(head.base, host == "localhost" ? "http://127.0.0.1:1" : "http://" + world.host);
    }
    EXPECT_EQ(world.ask(world.get("/svc/mcp"))->status(), 200);
    EXPECT_FALSE(world.route.heads.back().overSocket);
    ::unlink(path.c_str());
    ::rmdir(directory.data());
}

TEST(HttpDoor, AClosedDoorLetsWhatIsOpenComeToItsEnd) {
    HttpWorld world;
    world.route.onServe = [](ServedRequest&) {};
    const auto idle = world.client();
    const auto busy = world.client();
    busy->write(world.get("/svc/mcp"));
    world.until([&] { return world.route.request != nullptr && world.door.connections() == 2; });
    world.door.close("http");
    world.until([&] {
        idle->takeIn();
        return idle->ended;
    });
    EXPECT_FALSE(world.client()->connected);
    answerWhole(*world.route.request, 200, "text/plain", "last");
    world.until([&] { return busy->has("last") && busy->ended; });
    EXPECT_EQ(busy->field("connection"), "close");
}

} // namespace
