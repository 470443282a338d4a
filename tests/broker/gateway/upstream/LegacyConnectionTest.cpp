#include "tests/broker/gateway/upstream/Upstream.h"

namespace keybearer {

namespace {

using namespace test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

const std::string session = "Mcp-Session-Id: s-1\r\n";

std::string idOf(const Request& got) {
    const std::size_t at = got.body.find("\"id\":");
    return at == std::string::npos ? std::string() : got.body.substr(at + 5, got.body.find(',', at) - at - 5);
}
bool isMethod(const Request& got, const std::string& method) {
    return got.body.find("\"method\":\"" + method + "\"") != std::string::npos;
}

class LegacyConnectionTest : public BothPoolsTest {
protected:
    void connect(bool sseFallback = false) { connection = connectLegacy(setup(), sseFallback); }
    // A server with a session; what it does with the rest is the script's.
    void serveSession(ScriptedServer::Script rest) {
        serve([rest = std::move(rest)](const Request& got, const Reply& reply) {
            if (isMethod(got, "initialize"))
                return reply->write(ScriptedServer::json(answer(idOf(got)), session));
            if (isMethod(got, "notifications/initialized"))
                return reply->write(ScriptedServer::status(202));
            rest(got, reply);
        });
    }
    void initialize() {
        connection->send(request("0", "initialize"));
        connection->send(notification("notifications/initialized"));
        ASSERT_TRUE(until([&] { return count("GET") == 1; }));
        listener.heard.clear();
    }
    int count(const std::string& method) const {
        return static_cast<int>(std::count_if(server->requests().begin(), server->requests().end(),
                                              [&](const Request& r) { return r.method == method; }));
    }
};
INSTANTIATE_TEST_SUITE_P(Pools, LegacyConnectionTest, ::testing::Bool(), poolName);

TEST_P(LegacyConnectionTest, TheSessionIsKeptSentAndEnded) {
    serveSession([](const Request& got, const Reply& reply) {
        reply->write(got.method == "POST" ? ScriptedServer::json(answer(idOf(got)))
                                          : ScriptedServer::status(405));
    });
    connect();
    connection->send(request("0", "initialize"));
    connection->send(notification("notifications/initialized"));
    connection->send(request("1", "tools/list", "2025-11-25"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2 && count("GET") == 1; }));
    bool closed = false;
    connection->close([&](const Result<void>&) { closed = true; });
    ASSERT_TRUE(until([&] { return closed; }));
    const auto& seen = server->requests();
    ASSERT_EQ(seen.size(), 5U);
    EXPECT_TRUE(isMethod(seen[0], "initialize"));
    EXPECT_FALSE(seen[0].has("mcp-session-id"));
    EXPECT_FALSE(seen[0].has("mcp-protocol-version"));
    EXPECT_TRUE(isMethod(seen[1], "notifications/initialized"));
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_EQ(seen[i].field("mcp-session-id"), "s-1") << i;
        EXPECT_EQ(seen[i].field("mcp-protocol-version"), "2025-11-25") << i;
        EXPECT_FALSE(seen[i].has("mcp-method")) << i;
    }
    EXPECT_EQ(seen[4].method, "DELETE");
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(LegacyConnectionTest, NothingGoesOutBeforeInitializeIsAnswered) {
    Reply first;
    serve([&](const Request& got, const Reply& reply) {
        if (isMethod(got, "initialize"))
            first = reply;
        else
            reply->write(ScriptedServer::json(answer(idOf(got))));
    });
    connect();
    connection->send(request("0", "initialize"));
    connection->send(request("1", "tools/list"));
    ASSERT_TRUE(until([&] { return first != nullptr; }));
    settle(loop);
    EXPECT_EQ(server->requests().size(), 1U);
    first->write(ScriptedServer::json(answer("0")));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2; }));
}

TEST_P(LegacyConnectionTest, ANotificationIsAcceptedBeforeLaterRequestsGoAndRequestsRunSideBySide) {
    std::vector<Reply> calls;
    Reply note;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET")
            return reply->write(ScriptedServer::status(405));
        if (isMethod(got, "notifications/cancelled"))
            note = reply;
        else
            calls.push_back(reply);
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    connection->send(request("2", "tools/call"));
    connection->send(notification("notifications/cancelled"));
    connection->send(request("3", "tools/call"));
    ASSERT_TRUE(until([&] { return calls.size() == 2 && note; }));
    settle(loop);
    EXPECT_EQ(calls.size(), 2U);
    note->write(ScriptedServer::status(202));
    ASSERT_TRUE(until([&] { return calls.size() == 3; }));
}

TEST_P(LegacyConnectionTest, WhatTheServerSaysUnaskedComesByTheGetStreamWhichIsTakenUpAgain) {
    std::vector<Reply> streams;
    serveSession([&](const Request&, const Reply& reply) {
        streams.push_back(reply);
        reply->write(ScriptedServer::events());
        reply->write(
            ScriptedServer::chunk(event(R"({"method":"ping","id":)" + std::to_string(streams.size()) + "}",
                                        "e" + std::to_string(streams.size()))));
    });
    connect();
    initialize();
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_EQ(listener.heard[0].text, R"({"method":"ping","id":1})");
    EXPECT_EQ(listener.heard[0].requestId, "");
    streams[0]->write(ScriptedServer::chunk("retry: 300\n\n"));
    streams[0]->write(ScriptedServer::chunk(""));
    const auto ended = steady_clock::now();
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2; }));
    EXPECT_GE(steady_clock::now() - ended, milliseconds(285));
    EXPECT_EQ(server->requests().back().field("last-event-id"), "e1");
    EXPECT_EQ(authorizer.asked.back().operation, "stream");
}

TEST_P(LegacyConnectionTest, ARequestWaitsForTheGetStreamThatItsQuestionsMayComeBy) {
    Reply stream;
    bool there = false;
    std::vector<bool> thereAtCalls;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET") {
            stream = reply;
            return;
        }
        thereAtCalls.push_back(there);
        reply->write(ScriptedServer::json(answer(idOf(got))));
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    settle(loop, 1);
    there = true;
    stream->write(ScriptedServer::events());
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_EQ(thereAtCalls, std::vector<bool>{true});
}

TEST_P(LegacyConnectionTest, AGetStreamThatIsNotAnsweredKeepsNoRequestWaiting) {
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method != "GET") // that one when there is something to say
            reply->write(ScriptedServer::json(answer(idOf(got))));
    });
    connect();
    initialize();
    connection->send(request("1", "tools/list"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(LegacyConnectionTest, ARequestWhoseStreamEndsEarlyIsTakenUpAgainAfterTheTimeTheServerWants) {
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET" && !got.has("last-event-id"))
            return reply->write(ScriptedServer::status(405));
        reply->write(ScriptedServer::events());
        if (got.method == "POST") {
            reply->write(ScriptedServer::chunk("id: p1\nretry: 400\ndata: \n\n") + ScriptedServer::chunk(""));
            return;
        }
        reply->write(ScriptedServer::chunk(event(answer("1"), "p2")) + ScriptedServer::chunk(""));
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return count("POST") == 3; }));
    const auto began = steady_clock::now();
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_GE(steady_clock::now() - began, milliseconds(350));
    EXPECT_EQ(listener.heard[0].text, answer("1"));
    EXPECT_EQ(listener.heard[0].requestId, "1");
    EXPECT_EQ(server->requests().back().field("last-event-id"), "p1");
    EXPECT_EQ(server->requests().back().field("mcp-session-id"), "s-1");
    settle(loop, 300);
    EXPECT_EQ(count("POST"), 3);
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(LegacyConnectionTest, AnAnswerOnTheGetStreamEndsTheRequest) {
    Reply stream;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET") {
            stream = reply;
            return reply->write(ScriptedServer::events());
        }
        reply->write(ScriptedServer::events());
        reply->write(ScriptedServer::chunk("id: p1\nretry: 100\ndata: \n\n"));
        stream->write(ScriptedServer::chunk(event(answer("1"))));
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    settle(loop, 300);
    EXPECT_EQ(count("GET"), 1);
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(LegacyConnectionTest, AGetStreamThatWantsATokenIsOpenedOnceARequestHasGotOne) {
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET")
            return reply->write(got.has("authorization")
                                    ? ScriptedServer::events() + ScriptedServer::chunk(event("1"))
                                    : ScriptedServer::status(401));
        reply->write(ScriptedServer::json(answer(idOf(got))));
    });
    connect();
    initialize();
    ASSERT_TRUE(until([&] { return authorizer.challenges.size() == 1; }));
    EXPECT_EQ(authorizer.targets[0].operation, "stream");
    EXPECT_EQ(authorizer.targets[0].requestId, "");
    settle(loop);
    authorizer.token = "t";
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2; }));
    EXPECT_EQ(count("GET"), 2);
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(LegacyConnectionTest, AStreamWithoutIdsThatEndsEarlyIsAFailureAtOnce) {
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET")
            return reply->write(ScriptedServer::status(405));
        reply->write(ScriptedServer::events());
        reply->write(ScriptedServer::chunk(event(R"({"method":"notifications/progress"})")) +
                     ScriptedServer::chunk(""));
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].id, "1");
    EXPECT_EQ(listener.failed[0].failure.error.code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(listener.failed[0].failure.status, 0);
    EXPECT_EQ(count("POST"), 3);
}

TEST_P(LegacyConnectionTest, ADeadSessionIsToldWithItsStatusAndInitializeBeginsAnother) {
    bool dead = false;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET")
            return reply->write(ScriptedServer::status(405));
        reply->write(dead ? ScriptedServer::status(404, "gone") : ScriptedServer::json(answer(idOf(got))));
    });
    connect();
    initialize();
    dead = true;
    connection->send(request("1", "tools/call"));
    connection->send(notification("notifications/progress"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1 && listener.undelivered.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 404);
    EXPECT_EQ(listener.failed[0].failure.body, "gone");
    EXPECT_EQ(listener.undelivered[0].id, "notifications/progress");
    EXPECT_EQ(listener.undelivered[0].failure.status, 404);
    connection->send(request("2", "initialize"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_FALSE(server->requests().back().has("mcp-session-id"));
}

TEST_P(LegacyConnectionTest, WhatWasCancelledIsForgotten) {
    Reply call;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "GET")
            return reply->write(ScriptedServer::status(405));
        call = reply;
    });
    connect();
    initialize();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return call != nullptr; }));
    connection->cancel("1");
    ASSERT_TRUE(until([&] { return call->closedByClient(); }));
    settle(loop);
    EXPECT_TRUE(listener.failed.empty());
    EXPECT_TRUE(listener.heard.empty());
}

TEST_P(LegacyConnectionTest, AServerOf2024SpeaksHttpWithSse) {
    Reply stream;
    serve([&](const Request& got, const Reply& reply) {
        if (got.method == "GET") {
            stream = reply;
            reply->write(ScriptedServer::events());
            return reply->write(ScriptedServer::chunk("event: endpoint\ndata: /messages?session=1\n\n"));
        }
        if (got.target == "/mcp")
            return reply->write(ScriptedServer::status(405));
        reply->write(ScriptedServer::status(202, "Accepted"));
        if (!idOf(got).empty())
            stream->write(ScriptedServer::chunk("event: message\n" + event(answer(idOf(got)))));
    });
    connect(true);
    connection->send(request("0", "initialize"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    connection->send(notification("notifications/initialized"));
    connection->send(request("1", "tools/list"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2; }));
    EXPECT_EQ(listener.heard[1].text, answer("1"));
    EXPECT_EQ(server->requests().back().target, "/messages?session=1");
    EXPECT_EQ(server->requests().back().field("mcp-protocol-version"), "");
    connection->send(request("2", "tools/call"));
    ASSERT_TRUE(until([&] { return server->requests().back().body.find("\"id\":2") != std::string::npos; }));
    stream->close();
    ASSERT_TRUE(until([&] { return listener.heard.size() == 3 || listener.failed.size() == 1; }));
    settle(loop);
    listener.failed.clear();
    connection->send(request("3", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 404); // the session went with its stream
    connection->send(request("4", "initialize"));
    ASSERT_TRUE(until([&] { return listener.heard.back().text == answer("4"); }));
}

TEST_P(LegacyConnectionTest, SEC_G_11_AnEndpointElsewhereIsNotPostedTo) {
    for (const std::string endpoint :
         {"https://evil.example/x", "//evil.example/x", "http://127.0.0.1:1/x"}) {
        listener.failed.clear();
        serve([&](const Request& got, const Reply& reply) {
            if (got.method == "POST")
                return reply->write(ScriptedServer::status(404));
            reply->write(ScriptedServer::events());
            reply->write(ScriptedServer::chunk("event: endpoint\ndata: " + endpoint + "\n\n"));
        });
        connect(true);
        connection->send(request("0", "initialize"));
        ASSERT_TRUE(until([&] { return listener.failed.size() == 1; })) << endpoint;
        EXPECT_EQ(server->requests().size(), 2U) << endpoint;
        connection.reset();
    }
}

TEST_P(LegacyConnectionTest, ARefusalOfAModernServerIsNoReasonToTryTheOldTransport) {
    serve([&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(
            400,
            R"({"jsonrpc":"2.0","id":0,"error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"]}}})"));
    });
    connect(true);
    connection->send(request("0", "initialize"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 400);
    EXPECT_NE(listener.failed[0].failure.body.find("-32022"), std::string::npos);
    EXPECT_EQ(count("GET"), 0);
}

TEST_P(LegacyConnectionTest, WhereNoTransportWorksTheFirstRefusalIsTold) {
    serve([&](const Request& got, const Reply& reply) {
        reply->write(got.method == "POST" ? ScriptedServer::status(404, "first")
                                          : ScriptedServer::status(404, "second"));
    });
    connect(true);
    connection->send(request("0", "initialize"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 404);
    EXPECT_EQ(listener.failed[0].failure.body, "first");
}

TEST_P(LegacyConnectionTest, WhileTheListenerTakesNothingNoStreamIsTold) {
    Reply stream;
    serveSession([&](const Request& got, const Reply& reply) {
        if (got.method == "POST")
            return reply->write(ScriptedServer::json(answer(idOf(got))));
        stream = reply;
        reply->write(ScriptedServer::events());
    });
    connect();
    initialize();
    listener.taking = false;
    stream->write(ScriptedServer::chunk(event("1") + event("2") + event("3")));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return count("POST") == 3; }));
    settle(loop);
    EXPECT_EQ(listener.heard.size(), 1U);
    listener.taking = true;
    connection->resume();
    ASSERT_TRUE(until([&] { return listener.heard.size() == 4; }));
}

} // namespace

} // namespace keybearer
