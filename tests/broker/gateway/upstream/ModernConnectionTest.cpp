#include "tests/broker/gateway/upstream/Upstream.h"

namespace keybearer {

namespace {

using namespace test;

class ModernConnectionTest : public BothPoolsTest {
protected:
    void connect() { connection = connectModern(setup()); }
};
INSTANTIATE_TEST_SUITE_P(Pools, ModernConnectionTest, ::testing::Bool(), poolName);

TEST_P(ModernConnectionTest, ARequestIsOnePostAndItsJsonTheAnswer) {
    serve([](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::json("{\"jsonrpc\":\"2.0\",\r\n\"id\":7,\"result\":{}}"));
    });
    connect();
    ClientMessage message = request("7", "tools/call", "2026-07-28");
    message.name = "add_numbers";
    message.parameters = {{"Region", "us-west1"}, {"Text", "=?base64?IHBhZGRlZCA=?="}};
    connection->send(std::move(message));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_EQ(listener.heard[0].text, "{\"jsonrpc\":\"2.0\",  \"id\":7,\"result\":{}}");
    EXPECT_EQ(listener.heard[0].requestId, "7");
    const Request& seen = server->requests().at(0);
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.target, "/mcp");
    EXPECT_EQ(seen.field("accept"), "application/json, text/event-stream");
    EXPECT_EQ(seen.field("content-type"), "application/json");
    EXPECT_EQ(seen.field("mcp-protocol-version"), "2026-07-28");
    EXPECT_EQ(seen.field("mcp-method"), "tools/call");
    EXPECT_EQ(seen.field("mcp-name"), "add_numbers");
    EXPECT_EQ(seen.field("mcp-param-region"), "us-west1");
    EXPECT_EQ(seen.field("mcp-param-text"), "=?base64?IHBhZGRlZCA=?=");
    EXPECT_FALSE(seen.has("expect"));
    EXPECT_FALSE(seen.has("cookie"));
    EXPECT_EQ(seen.body, R"({"jsonrpc":"2.0","id":7,"method":"tools/call"})");
    ASSERT_EQ(authorizer.asked.size(), 1U);
    EXPECT_EQ(authorizer.asked[0].tool, "add_numbers");
    EXPECT_EQ(authorizer.asked[0].operation, "tools/call add_numbers");
    EXPECT_EQ(authorizer.asked[0].requestId, "7");
}

TEST_P(ModernConnectionTest, AnEventStreamIsToldInOrderAndItsConnectionUsedAgain) {
    serve([](const Request& got, const Reply& reply) {
        const std::string id = got.body.find("\"id\":1,") != std::string::npos ? "1" : "2";
        reply->write(ScriptedServer::events());
        reply->write(ScriptedServer::chunk(": hello\n\n" + event(R"({"method":"notifications/progress"})")));
        reply->write(ScriptedServer::chunk(event(answer(id))) + ScriptedServer::chunk(""));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 2; }));
    settle(loop);
    connection->send(request("2", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 4; }));
    EXPECT_EQ(listener.heard[0].text, R"({"method":"notifications/progress"})");
    EXPECT_EQ(listener.heard[1].text, answer("1"));
    EXPECT_EQ(listener.heard[3].requestId, "2");
    EXPECT_EQ(server->connections(), 1);
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(ModernConnectionTest, RequestsRunSideBySide) {
    std::vector<Reply> replies;
    serve([&](const Request&, const Reply& reply) { replies.push_back(reply); });
    connect();
    for (int i = 0; i < 5; ++i)
        connection->send(request(std::to_string(i), "tools/call"));
    ASSERT_TRUE(until([&] { return replies.size() == 5; }));
    EXPECT_EQ(server->connections(), 5);
}

TEST_P(ModernConnectionTest, CancelClosesTheStream) {
    Reply call;
    serve([&](const Request&, const Reply& reply) {
        call = reply;
        reply->write(ScriptedServer::events());
    });
    connect();
    connection->send(request("1", "subscriptions/listen"));
    ASSERT_TRUE(until([&] { return call != nullptr; }));
    connection->cancel("2");
    settle(loop);
    EXPECT_FALSE(call->closedByClient());
    connection->cancel("1");
    ASSERT_TRUE(until([&] { return call->closedByClient(); }));
    settle(loop);
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(ModernConnectionTest, ALostStreamIsAFailedRequestAndIsNotTakenUp) {
    serve([&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::events());
        reply->write(ScriptedServer::chunk("id: 1\nretry: 10\n" + event("{}")));
        reply->close();
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].id, "1");
    EXPECT_EQ(listener.failed[0].failure.error.code, ErrorCode::ProviderUnavailable);
    settle(loop, 150);
    EXPECT_EQ(server->requests().size(), 1U);
}

TEST_P(ModernConnectionTest, ARefusalIsToldWithStatusAndBody) {
    const std::string body = R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}})";
    serve([&](const Request&, const Reply& reply) { reply->write(ScriptedServer::status(404, body)); });
    connect();
    connection->send(request("1", "server/discover"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 404);
    EXPECT_EQ(listener.failed[0].failure.body, body);
    EXPECT_EQ(listener.failed[0].failure.error.message, "127.0.0.1 answers with HTTP status 404");
    EXPECT_TRUE(authorizer.challenges.empty());
}

TEST_P(ModernConnectionTest, AServerThatIsBusySaysWhenItIsNot) {
    serve([&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(503, {}, "Retry-After: 7\r\n"));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.error.code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(listener.failed[0].failure.error.retryAfter, std::chrono::seconds(7));
    EXPECT_EQ(server->requests().size(), 1U);
}

TEST_P(ModernConnectionTest, ANotificationIsDeliveredWith202AndAResponseIsRefusedHere) {
    serve([&](const Request& got, const Reply& reply) {
        reply->write(ScriptedServer::status(got.body.find("bad") == std::string::npos ? 202 : 400));
    });
    connect();
    connection->send(notification("notifications/good"));
    connection->send(notification("notifications/bad"));
    ClientMessage response;
    response.kind = ClientMessage::Kind::Response;
    response.id = "9";
    response.text = answer("9");
    connection->send(std::move(response));
    ASSERT_TRUE(until([&] { return listener.undelivered.size() == 2; }));
    settle(loop);
    EXPECT_EQ(listener.undelivered.size(), 2U);
    EXPECT_EQ(server->requests().size(), 2U);
    EXPECT_EQ(connection->unsentBytes(), 0U);
}

TEST_P(ModernConnectionTest, AnAnswerThatIsNoMessageIsAFailure) {
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi");
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 200);
    EXPECT_EQ(listener.failed[0].failure.error.message, "127.0.0.1 sends text/html where an answer belongs");
}

// --- authorization ---

TEST_P(ModernConnectionTest, A401IsAnsweredWithAnotherTokenAndTheSameMessage) {
    authorizer.token = "old";
    authorizer.onChallenge = [&](const Completion<void>& done) {
        authorizer.token = "new";
        done({});
    };
    serve([&](const Request& got, const Reply& reply) {
        if (got.field("authorization") == "Bearer new")
            return reply->write(ScriptedServer::json(answer("1")));
        reply->write(ScriptedServer::status(
            401, "{}", "WWW-Authenticate: Bearer realm=\"a\"\r\nWWW-Authenticate: DPoP\r\n"));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    ASSERT_EQ(authorizer.challenges.size(), 1U);
    EXPECT_EQ(authorizer.challenges[0].status, 401);
    EXPECT_EQ(authorizer.challenges[0].wwwAuthenticate,
              (std::vector<std::string>{"Bearer realm=\"a\"", "DPoP"}));
    EXPECT_EQ(authorizer.targets[0].requestId, "1");
    EXPECT_EQ(server->requests()[0].body, server->requests()[1].body);
    EXPECT_EQ(server->connections(), 1);
}

TEST_P(ModernConnectionTest, ARefusalOfAnyLengthIsOneRefusal) {
    std::vector<Completion<void>> waiting;
    authorizer.onChallenge = [&](Completion<void> done) { waiting.push_back(std::move(done)); };
    serve([&](const Request& got, const Reply& reply) {
        if (got.field("authorization") == "Bearer new")
            return reply->write(ScriptedServer::json(answer("1")));
        reply->write(ScriptedServer::status(401, std::string(3'000'000, 'x')));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return !waiting.empty(); }));
    settle(loop);
    ASSERT_EQ(waiting.size(), 1U);
    authorizer.token = "new";
    waiting.front()({});
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_TRUE(listener.failed.empty());
}

TEST_P(ModernConnectionTest, WhereNoTokenHelpsTheAuthorizersErrorIsTheAnswer) {
    serve([&](const Request&, const Reply& reply) { reply->write(ScriptedServer::status(403, "why")); });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.error.code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(listener.failed[0].failure.status, 403);
    EXPECT_EQ(listener.failed[0].failure.body, "why");
    EXPECT_EQ(server->requests().size(), 1U);
}

TEST_P(ModernConnectionTest, NothingGoesOutWithoutAuthorization) {
    authorizer.failing = Error(ErrorCode::ConsentDenied, "no");
    serve([&](const Request&, const Reply&) {});
    connect();
    connection->send(request("1", "tools/call"));
    EXPECT_TRUE(listener.failed.empty()); // never from inside send()
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.error.code, ErrorCode::ConsentDenied);
    EXPECT_EQ(server->connections(), 0);
}

TEST_P(ModernConnectionTest, T_28_ATokenThatWouldBeAnotherHeaderIsNotSent) {
    authorizer.token = "x\r\nX-Evil: 1";
    serve([&](const Request&, const Reply&) {});
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(server->connections(), 0);
}

TEST_P(ModernConnectionTest, ANonceForProofsIsHandedOnAndARefusalWithANewOneIsRepeatedOnce) {
    authorizer.token = "t";
    authorizer.proof = "p1";
    authorizer.onChallenge = [&](const Completion<void>& done) {
        authorizer.proof = "p2";
        done({});
    };
    serve([&](const Request& got, const Reply& reply) {
        if (got.body.find("\"id\":2") != std::string::npos)
            return reply->write(ScriptedServer::status(400, {}, "DPoP-Nonce: n\r\n"));
        if (got.field("dpop") == "p1")
            return reply->write(ScriptedServer::status(
                401, {}, "DPoP-Nonce: n1\r\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\r\n"));
        reply->write(ScriptedServer::json(answer("1"), "DPoP-Nonce: n2\r\n"));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_EQ(authorizer.challenges[0].dpopNonce, "n1");
    EXPECT_EQ(authorizer.nonces, std::vector<std::string>{"n2"});
    connection->send(request("2", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(listener.failed[0].failure.status, 400);
    EXPECT_EQ(server->requests().size(), 4U);
}

// --- redirects ---

TEST_P(ModernConnectionTest, SEC_G_11_ARedirectIsFollowedInsideItsOriginOnlyAndOnceWithANewToken) {
    authorizer.token = "t";
    std::string target = "/elsewhere";
    serve([&](const Request& got, const Reply& reply) {
        if (got.target == "/elsewhere" && target == "/elsewhere")
            return reply->write(ScriptedServer::json(answer("1")));
        reply->write(ScriptedServer::status(307, {}, "Location: " + target + "\r\n"));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    EXPECT_EQ(authorizer.asked.size(), 2U);
    EXPECT_EQ(authorizer.asked[1].url, server->url("/elsewhere"));
    std::vector<Request> stolen;
    ScriptedServer other(loop, [&](const Request& got, const Reply&) { stolen.push_back(got); });
    for (const std::string& there : {other.url(), server->url("/x", "localhost"), std::string("/again"),
                                     std::string("https://e.example/")}) {
        listener.failed.clear();
        target = there;
        connection->send(request("1", "tools/call"));
        ASSERT_TRUE(until([&] { return listener.failed.size() == 1; })) << there;
        EXPECT_EQ(listener.failed[0].failure.error.message,
                  "127.0.0.1 answers with HTTP status 307 and points to " + there +
                      ", which is not followed");
    }
    EXPECT_TRUE(stolen.empty());
}

TEST_P(ModernConnectionTest, OtherRedirectsAreNotFollowed) {
    serve([&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(302, {}, "Location: /x\r\n"));
    });
    connect();
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return listener.failed.size() == 1; }));
    EXPECT_EQ(server->requests().size(), 1U);
}

// --- back-pressure, large messages, lives ---

TEST_P(ModernConnectionTest, AListenerThatTakesNothingStopsTheServer) {
    const std::string text(100'000, 'x');
    std::function<void()> more;
    Reply stream;
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->write(ScriptedServer::events());
        reply->drained = [&] { stream->write(ScriptedServer::chunk(event(text))); };
    });
    connect();
    listener.taking = false;
    connection->send(request("1", "subscriptions/listen"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }));
    std::size_t before = 0;
    do { // until the buffers of the kernel are full
        before = stream->written();
        settle(loop, 200);
    } while (stream->written() != before);
    EXPECT_EQ(listener.heard.size(), 1U);
    EXPECT_LT(before, 32U * 1024 * 1024);
    listener.taking = true;
    connection->resume();
    ASSERT_TRUE(until([&] { return stream->written() > before + 1'000'000; }));
    for (const Heard& heard : listener.heard)
        ASSERT_EQ(heard.text.size(), text.size());
}

TEST_P(ModernConnectionTest, SixtyFourMegabytesGoBothWays) {
    const std::string large(64 * 1024 * 1024 - 64, 'y');
    std::size_t got = 0;
    serve([&](const Request& seen, const Reply& reply) {
        got = seen.body.size();
        reply->write(ScriptedServer::json(answer("1", "\"" + large.substr(0, large.size() - 64) + "\"")));
    });
    connect();
    ClientMessage message = request("1", "tools/call");
    message.text = large;
    connection->send(std::move(message));
    EXPECT_GE(connection->unsentBytes(), large.size()); // one pool counts the head as well
    ASSERT_TRUE(until([&] { return listener.heard.size() == 1; }, 60'000));
    EXPECT_EQ(got, large.size());
    EXPECT_GT(listener.heard[0].text.size(), large.size() - 64);
    EXPECT_EQ(connection->unsentBytes(), 0U);
    EXPECT_GT(listener.sent, 1);
}

TEST_P(ModernConnectionTest, TheConnectionMayGoFromInsideWhatItTells) {
    serve([&](const Request& got, const Reply& reply) {
        if (got.body.find("\"id\":1") == std::string::npos)
            return reply->write(ScriptedServer::status(400));
        reply->write(ScriptedServer::events());
        reply->write(ScriptedServer::chunk(event("{}") + event(answer("1"))));
    });
    connect();
    listener.onMessage = [&](const Heard&) { connection.reset(); };
    connection->send(request("1", "tools/call"));
    ASSERT_TRUE(until([&] { return connection == nullptr; }));
    settle(loop);
    EXPECT_EQ(listener.heard.size(), 1U);
    connect();
    listener.onFailure = [&] { connection.reset(); };
    connection->send(request("2", "tools/call"));
    connection->send(request("3", "tools/call"));
    ASSERT_TRUE(until([&] { return connection == nullptr; }));
    settle(loop);
    EXPECT_EQ(listener.failed.size(), 1U);
}

// A server that answers requests in any order and cuts its bytes anywhere loses and mixes up nothing.
TEST_P(ModernConnectionTest, EveryRequestHasItsAnswersInOrderHoweverTheyArrive) {
    std::uint32_t random = 12345;
    const auto next = [&](std::uint32_t below) {
        random = random * 1664525U + 1013904223U;
        return (random >> 16) % below;
    };
    serve([&](const Request& got, const Reply& reply) {
        const std::string id = got.body.substr(got.body.find("\"id\":") + 5,
                                               got.body.find(",\"method") - got.body.find("\"id\":") - 5);
        std::string all;
        for (int i = 0; i < 3; ++i)
            all += event("{\"method\":\"p\",\"of\":" + id + ",\"n\":" + std::to_string(i) + "}");
        all += event(answer(id));
        std::string wire = ScriptedServer::events();
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t size = 1 + next(20);
            wire += ScriptedServer::chunk(all.substr(at, size));
            at += size;
        }
        wire += ScriptedServer::chunk("");
        auto timer = std::make_shared<boost::asio::steady_timer>(loop, std::chrono::milliseconds(next(20)));
        timer->async_wait(
            [timer, reply, wire, cut = next(static_cast<std::uint32_t>(wire.size()))](const auto&) {
                reply->write(wire.substr(0, cut));
                reply->write(wire.substr(cut));
            });
    });
    connect();
    constexpr std::size_t count = 200;
    for (std::size_t i = 1; i <= count; ++i)
        connection->send(request(std::to_string(i), "tools/call"));
    ASSERT_TRUE(until([&] { return listener.heard.size() == 4 * count; }, 30'000));
    std::map<std::string, int> seen;
    for (const Heard& heard : listener.heard) {
        const int n = seen[heard.requestId]++;
        EXPECT_EQ(heard.text, n == 3 ? answer(heard.requestId)
                                     : "{\"method\":\"p\",\"of\":" + heard.requestId +
                                           ",\"n\":" + std::to_string(n) + "}");
    }
    EXPECT_TRUE(listener.failed.empty());
}

} // namespace

} // namespace keybearer
