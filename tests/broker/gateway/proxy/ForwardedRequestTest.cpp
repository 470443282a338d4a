#include "tests/broker/gateway/proxy/Proxy.h"
#include "tests/support/OwnMemory.h"

namespace keybearer {

namespace {

using namespace test;

constexpr std::size_t mostGrowth = 24UL * 1024 * 1024 + keptBySanitizers;

INSTANTIATE_TEST_SUITE_P(Upstream, ProxyTest, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Loopback" : "Curl"; });

TEST_P(ProxyTest, ARequestAndItsAnswerPassAsTheyAre) {
    serve([](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::json(result, "X-More: 1\r\n"));
    });
    const auto served = post(call, {{"mcp-session-id", "s1"}, {"x-user-id", "mallory"}, {"cookie", "a=b"}});
    EXPECT_EQ(served->status(), 200);
    EXPECT_EQ(served->text, result);
    EXPECT_EQ(served->answerHead().bodyLength, std::uint64_t{result.size()});
    EXPECT_EQ(served->field("x-more"), "1");
    EXPECT_TRUE(served->complete);
    EXPECT_TRUE(served->known);
    ASSERT_EQ(server->requests().size(), 1U);
    const Request& seen = server->requests()[0];
    EXPECT_EQ(seen.body, call);
    EXPECT_EQ(seen.field("mcp-session-id"), "s1");
    EXPECT_EQ(seen.field("content-type"), "application/json");
    EXPECT_FALSE(seen.has("x-user-id"));
    EXPECT_FALSE(seen.has("cookie"));
}

TEST_P(ProxyTest, T_33_TheServerSeesTheTokenOfTheBrokerAlone) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    post(call);
    const Request& seen = server->requests().at(0);
    EXPECT_EQ(seen.field("authorization"), "Bearer upstream-1");
    for (const auto& [name, value] : seen.fields)
        EXPECT_EQ(value.find("gateway-token"), std::string::npos) << name;
}

TEST_P(ProxyTest, SEC_G_04_13_14_NobodyPassesWithoutACredentialThatIsKnown) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    for (const std::string credential : {"", "Bearer other", "Basic Z2F0ZXdheS10b2tlbg=="}) {
        auto served = prepared(call);
        served->asked.fields[0].second = credential;
        if (credential.empty())
            served->asked.fields.erase(served->asked.fields.begin());
        served->serveBy(*route);
        ASSERT_TRUE(until([&] { return served->over(); }));
        EXPECT_EQ(served->status(), 401);
        const std::string challenge = served->field("www-authenticate");
        EXPECT_EQ(challenge.rfind("Bearer ", 0), 0U);
        EXPECT_NE(challenge.find(R"(resource_metadata="http://127.0.0.1:4180/.well-known/)"
                                 R"(oauth-protected-resource/svc/mcp")"),
                  std::string::npos)
            << challenge;
        EXPECT_EQ(challenge.find("invalid_token") == std::string::npos, credential.empty());
        EXPECT_FALSE(served->known);
    }
    EXPECT_TRUE(server->requests().empty());
}

TEST_P(ProxyTest, M_M4_UserFieldsAreTheBrokersAndNeverTheClients) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    broker.terms["user_headers"] = true;
    broker.user = Json{{"id", "u-1"},
                       {"email", "ana@example.com"},
                       {"name", "Ana \xc3\x89"},
                       {"provider", "google"},
                       {"method", "oauth"}};
    post(call, {{"x-user-email", "boss@example.com"}, {"x-auth-method", "none"}});
    const Request& seen = server->requests().at(0);
    EXPECT_EQ(seen.field("x-user-id"), "u-1");
    EXPECT_EQ(seen.field("x-user-email"), "ana@example.com");
    EXPECT_EQ(seen.field("x-user-name"), "=?base64?QW5hIMOJ?=");
    EXPECT_EQ(seen.field("x-user-provider"), "google");
    EXPECT_EQ(seen.field("x-auth-method"), "oauth");
}

TEST_P(ProxyTest, M_M4_TwoToolsOfOneServerUseTwoAccounts) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    broker.terms["tool_rules"] = true;
    post(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}})");
    post(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"write"}})");
    ASSERT_EQ(server->requests().size(), 2U);
    EXPECT_EQ(server->requests()[0].field("authorization"), "Bearer upstream-read1");
    EXPECT_EQ(server->requests()[1].field("authorization"), "Bearer upstream-write2");
}

TEST_P(ProxyTest, SEC_G_18_AToolThatTheFieldsContradictReachesNoServer) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    broker.terms["tool_rules"] = true;
    const auto served = post(call, {{"mcp-method", "tools/call"}, {"mcp-name", "other"}});
    EXPECT_EQ(served->status(), 400);
    EXPECT_NE(served->text.find("-32020"), std::string::npos);
    EXPECT_NE(served->text.find(R"("id":7)"), std::string::npos);
    EXPECT_TRUE(server->requests().empty());
}

TEST_P(ProxyTest, AMessageWhoseToolLiesBeyond16MiBIsRefused) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    broker.terms["tool_rules"] = true;
    const auto served = post(R"({"jsonrpc":"2.0","id":9,"method":"tools/call","x":")" +
                             std::string(17 * 1024 * 1024, 'a') + R"(","params":{"name":"add"}})");
    EXPECT_EQ(served->status(), 413);
    EXPECT_NE(served->text.find(R"("id":9)"), std::string::npos);
    EXPECT_TRUE(server->requests().empty());
}

TEST_P(ProxyTest, EventsLeaveWhenTheyCome) {
    Reply stream;
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->write(ScriptedServer::events("Set-Cookie: a=b\r\nMcp-Session-Id: s\r\n"));
    });
    auto served = prepared(call);
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->begun; }));
    EXPECT_FALSE(served->answerHead().bodyLength);
    EXPECT_EQ(served->field("set-cookie"), "");
    stream->write(ScriptedServer::chunk("id: 1\ndata: one\n\n"));
    ASSERT_TRUE(until([&] { return served->text == "id: 1\ndata: one\n\n"; }));
    EXPECT_FALSE(served->over());
    stream->write(ScriptedServer::chunk(": comment\n\n") + "0\r\nTrailer-Field: x\r\n\r\n");
    ASSERT_TRUE(until([&] { return served->over(); }));
    EXPECT_TRUE(served->complete);
    EXPECT_EQ(served->text, "id: 1\ndata: one\n\n: comment\n\n");
    stream.reset();
}

TEST_P(ProxyTest, AnsweredStatusesPassAsTheyAre) {
    int status = 0;
    serve([&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(status, "x", "WWW-Authenticate: Bearer realm=\"a\"\r\n"));
    });
    for (const int each : {202, 400, 403, 404, 405, 406, 429, 500, 503}) {
        status = each;
        const auto served = post(call);
        EXPECT_EQ(served->status(), each);
        EXPECT_EQ(served->text, "x");
        EXPECT_EQ(served->field("www-authenticate"), "");
    }
}

TEST_P(ProxyTest, SEC_G_11_ARedirectIsNotFollowed) {
    serve([](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(307, "", "Location: http://127.0.0.1:1/steal\r\n"));
    });
    const auto served = post(call);
    EXPECT_EQ(served->status(), 502);
    EXPECT_NE(served->text.find(R"("id":7)"), std::string::npos);
    EXPECT_EQ(served->text.find("steal"), std::string::npos);
    EXPECT_EQ(server->requests().size(), 1U);
}

TEST_P(ProxyTest, A401IsAnsweredWithANewTokenOnce) {
    serve([&](const Request& request, const Reply& reply) {
        if (request.field("authorization") == "Bearer upstream-1")
            return reply->write(
                ScriptedServer::status(401, "no", "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"));
        reply->write(ScriptedServer::json(result));
    });
    const auto served = post(call);
    EXPECT_EQ(served->status(), 200);
    EXPECT_EQ(served->text, result);
    ASSERT_EQ(server->requests().size(), 2U);
    EXPECT_EQ(server->requests()[1].body, call);
    EXPECT_EQ(broker.count("exchange.token"), 2);
    EXPECT_EQ(broker.asked.back().second["sent"], "t1");
    EXPECT_EQ(broker.asked.back().second["operation"], "tools/call add");
}

TEST_P(ProxyTest, SEC_G_13_ASecond401OfTheServerIsNoneOfOurs) {
    serve([](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::status(
            401, "", "WWW-Authenticate: Bearer resource_metadata=\"http://evil/\"\r\n"));
    });
    const auto served = post(call);
    EXPECT_EQ(served->status(), 403);
    EXPECT_EQ(served->field("www-authenticate"), "");
    EXPECT_EQ(served->text.find("evil"), std::string::npos);
    EXPECT_EQ(server->requests().size(), 2U);
}

TEST_P(ProxyTest, InsufficientScopeAsksForMore) {
    serve([&](const Request& request, const Reply& reply) {
        if (request.field("authorization") == "Bearer upstream-1")
            return reply->write(ScriptedServer::status(
                403, "", "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"write\"\r\n"));
        reply->write(ScriptedServer::json(result));
    });
    EXPECT_EQ(post(call)->status(), 200);
    EXPECT_EQ(broker.asked.back().second["challenge"]["scope"], "write");
}

TEST_P(ProxyTest, AMissingSignInIsAnErrorAndNo401) {
    serve([](const Request&, const Reply& reply) { reply->write(ScriptedServer::json(result)); });
    broker.answer = [&](const std::string& method, const Json& params) -> Result<Json> {
        if (method == "exchange.token")
            return failure(ErrorCode::AuthorizationRequired, "nobody has signed in");
        return broker.usual(method, params);
    };
    const auto served = post(call);
    EXPECT_EQ(served->status(), 403);
    EXPECT_NE(served->text.find("-31001"), std::string::npos) << served->text;
    EXPECT_NE(served->text.find(R"("id":7)"), std::string::npos);
    broker.answer = [&](const std::string& method, const Json& params) -> Result<Json> {
        if (method == "exchange.token")
            return failure(ErrorCode::AuthorizationPending, "a sign-in is running");
        return broker.usual(method, params);
    };
    const auto later = post(call);
    EXPECT_EQ(later->status(), 503);
    EXPECT_NE(later->field("retry-after"), "");
}

TEST_P(ProxyTest, NoAnswerInTimeIs504) {
    serve([](const Request&, const Reply&) {});
    broker.terms["timeout_seconds"] = 1;
    const auto served = post(call);
    EXPECT_EQ(served->status(), 504);
    EXPECT_NE(served->text.find(R"("id":7)"), std::string::npos);
    EXPECT_NE(served->text.find("-31006"), std::string::npos) << served->text;
}

TEST_P(ProxyTest, AServerThatBreaksOffBeforeItsAnswerIs502AndAfterwardsTheConnectionEnds) {
    serve([](const Request& request, const Reply& reply) {
        if (request.target == "/mcp?half")
            reply->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        reply->close();
    });
    EXPECT_EQ(post(call)->status(), 502);
    auto served = prepared(call);
    served->asked.query = "half";
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->over(); }));
    EXPECT_EQ(served->status(), 200);
    EXPECT_TRUE(served->aborted);
    EXPECT_EQ(served->text, "half");
    EXPECT_EQ(route->counts().upstreamErrors, 2U);
}

TEST_P(ProxyTest, GarbageAndEndlessHeadsAre502) {
    int which = 0;
    serve([&](const Request&, const Reply& reply) {
        const std::vector<std::string> answers{
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" +
                [] {
                    std::string many;
                    for (int i = 0; i < 3000; ++i)
                        many += "A" + std::to_string(i) + ": b\r\n";
                    return many;
                }() +
                "\r\n",
        };
        reply->write(answers[static_cast<std::size_t>(which)]);
        reply->close();
    });
    for (which = 0; which < 5; ++which)
        EXPECT_EQ(post(call)->status(), 502) << which;
}

TEST_P(ProxyTest, ABadChunkEndsTheConnection) {
    Reply stream;
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->write(ScriptedServer::events() + ScriptedServer::chunk("good"));
    });
    auto served = prepared(call);
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->text == "good"; }));
    stream->write("zz\r\nbad\r\n");
    ASSERT_TRUE(until([&] { return served->over(); }));
    EXPECT_TRUE(served->aborted);
    EXPECT_EQ(served->text, "good");
    stream.reset();
}

TEST_P(ProxyTest, InterimAnswersAreNotTold) {
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
                     ScriptedServer::json(result));
    });
    const auto served = post(call);
    EXPECT_EQ(served->status(), 200);
    EXPECT_EQ(served->text, result);
    EXPECT_EQ(served->field("link"), "");
}

TEST_P(ProxyTest, SEC_G_16_AClientThatDoesNotReadStopsTheServer) {
    Reply stream;
    std::size_t offered = 0;
    const std::string piece(256 * 1024, 'x');
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->write(ScriptedServer::events());
        reply->drained = [&] {
            if (offered < 64 * piece.size()) {
                offered += piece.size();
                stream->write(ScriptedServer::chunk(piece));
            }
        };
    });
    auto served = prepared(call);
    served->room = false;
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->written > 0; }));
    static_cast<void>(until([] { return false; }, 500));
    EXPECT_LT(served->written, 3 * 1024 * 1024U);
    EXPECT_LT(offered, 32 * 1024 * 1024U);
    served->drained();
    ASSERT_TRUE(until([&] { return served->written >= 64 * piece.size(); }));
    stream->drained = nullptr;
    stream.reset();
    served->answerer.reset();
}

TEST_P(ProxyTest, ABodyOfAGigabytePassesDownWithoutGrowth) {
    const std::size_t all = 1024UL * 1024 * 1024;
    std::size_t sent = 0;
    Reply stream;
    const std::string piece(1024 * 1024, 'x');
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->drained = [&] {
            if (sent < all) {
                sent += piece.size();
                stream->write(piece);
            }
        };
        reply->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                     std::to_string(all) + "\r\n\r\n");
    });
    auto served = prepared(call);
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->written > all / 8; }, 60'000));
    const std::size_t early = residentBytes();
    ASSERT_TRUE(until([&] { return served->over(); }, 120'000));
    EXPECT_EQ(served->written, all);
    EXPECT_TRUE(served->complete);
    EXPECT_LT(residentBytes(), early + mostGrowth);
    stream->drained = nullptr;
    stream.reset();
}

TEST_P(ProxyTest, AnEndlessLineOfEventsPassesWithoutGrowth) {
    Reply stream;
    std::size_t sent = 0;
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->drained = [&] {
            sent += 1024 * 1024;
            stream->write(ScriptedServer::chunk(std::string(1024 * 1024, 'd')));
        };
        reply->write(ScriptedServer::events() + ScriptedServer::chunk("data: "));
    });
    auto served = prepared(call, modern);
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->written > 16 * 1024 * 1024; }, 30'000));
    const std::size_t early = residentBytes();
    ASSERT_TRUE(until([&] { return served->written > 128 * 1024 * 1024; }, 60'000));
    EXPECT_LT(residentBytes(), early + mostGrowth);
    served->answerer.reset(); // the client goes: so does the stream of a modern server
    EXPECT_TRUE(until([&] { return stream->closedByClient() || sent > 0; }));
    stream->drained = nullptr;
    stream.reset();
}

} // namespace

} // namespace keybearer
