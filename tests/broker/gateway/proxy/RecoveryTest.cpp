#include "tests/broker/gateway/proxy/Proxy.h"

namespace keybearer {

namespace {

using namespace test;

class RecoveryTest : public ProxyTest {};

INSTANTIATE_TEST_SUITE_P(Upstream, RecoveryTest, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Loopback" : "Curl"; });

const std::string initialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}})";
const std::string initialized =
    R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{}}})";

// A server with sessions that forgets them when told to.
struct SessionServer {
    void operator()(const Request& request, const Reply& reply) {
        if (request.body.find("\"initialize\"") != std::string::npos) {
            session = "s" + std::to_string(++opened);
            return reply->write(ScriptedServer::json(initialized, "Mcp-Session-Id: " + session + "\r\n"));
        }
        if (request.field("mcp-session-id") != session)
            return reply->write(ScriptedServer::status(404, "gone"));
        if (request.body.find("notifications/initialized") != std::string::npos) {
            ++confirmed;
            return reply->write(ScriptedServer::status(202));
        }
        reply->write(ScriptedServer::json(result, "Mcp-Session-Id: " + session + "\r\n"));
    }
    std::string session;
    int opened = 0;
    int confirmed = 0;
};

TEST_P(RecoveryTest, M_M6_ASessionThatDiedIsOpenedAnewAndTheClientKeepsItsOwn) {
    SessionServer memory;
    serve([&](const Request& request, const Reply& reply) { memory(request, reply); });
    EXPECT_EQ(post(initialize)->field("mcp-session-id"), "s1");
    memory.session = "forgotten";
    const auto served = post(call, {{"mcp-session-id", "s1"}, {"mcp-protocol-version", "2025-11-25"}});
    EXPECT_EQ(served->status(), 200);
    EXPECT_EQ(served->text, result);
    EXPECT_EQ(served->field("mcp-session-id"), "s1");
    EXPECT_EQ(memory.opened, 2);
    EXPECT_EQ(memory.confirmed, 1);
    EXPECT_EQ(route->counts().recovered, 1U);
    EXPECT_EQ(post(call, {{"mcp-session-id", "s1"}})->status(), 200);
    EXPECT_EQ(memory.opened, 2);
    bool told = false;
    for (const auto& [method, params] : broker.told)
        told = told || (method == "service.state" && params.contains("restarted"));
    EXPECT_TRUE(told);
}

TEST_P(RecoveryTest, M_M6_ManyRequestsOfADeadSessionOpenOne) {
    SessionServer memory;
    serve([&](const Request& request, const Reply& reply) { memory(request, reply); });
    post(initialize);
    memory.session = "forgotten";
    std::vector<std::unique_ptr<FakeServed>> all;
    for (int i = 0; i < 8; ++i) {
        all.push_back(prepared(call, {{"mcp-session-id", "s1"}}));
        all.back()->serveBy(*route);
    }
    for (const auto& each : all) {
        ASSERT_TRUE(until([&] { return each->over(); }));
        EXPECT_EQ(each->status(), 200);
    }
    EXPECT_EQ(memory.opened, 2);
}

TEST_P(RecoveryTest, ASessionThatTheClientClosedStaysClosed) {
    SessionServer memory;
    serve([&](const Request& request, const Reply& reply) { memory(request, reply); });
    post(initialize);
    auto gone = get({{"mcp-session-id", "s1"}});
    gone->asked.method = "DELETE";
    gone->serveBy(*route);
    ASSERT_TRUE(until([&] { return gone->over(); }));
    EXPECT_EQ(gone->status(), 200);
    memory.session = "none";
    const auto served = post(call, {{"mcp-session-id", "s1"}});
    EXPECT_EQ(served->status(), 404);
    EXPECT_EQ(served->text, "gone");
    EXPECT_EQ(memory.opened, 1);
}

TEST_P(RecoveryTest, ASessionOfAnotherClientDoesNotExist) {
    SessionServer memory;
    serve([&](const Request& request, const Reply& reply) { memory(request, reply); });
    post(initialize);
    auto other = prepared(call, {{"mcp-session-id", "s1"}});
    other->asked.fields[0].second = "Bearer gateway-token-of-somebody-else";
    const std::size_t before = server->requests().size();
    other->serveBy(*route);
    ASSERT_TRUE(until([&] { return other->over(); }));
    EXPECT_EQ(other->status(), 404);
    EXPECT_NE(other->text.find(R"("id":7)"), std::string::npos);
    EXPECT_EQ(server->requests().size(), before);
}

TEST_P(RecoveryTest, ASessionOutlivesTheTokenThatOpenedIt) {
    SessionServer memory;
    serve([&](const Request& request, const Reply& reply) { memory(request, reply); });
    broker.ownerOf = [](const std::string&) { return "one client"; };
    post(initialize);
    auto renewed = prepared(call, {{"mcp-session-id", "s1"}});
    renewed->asked.fields[0].second = "Bearer gateway-token-renewed";
    renewed->serveBy(*route);
    ASSERT_TRUE(until([&] { return renewed->over(); }));
    EXPECT_EQ(renewed->status(), 200);
    EXPECT_EQ(broker.exchanges, 2);
}

TEST_P(RecoveryTest, M_M6_WhatAServerDidNotAcceptWaitsUntilItIsBack) {
    // A port that nothing listens on, until the server comes up there.
    boost::asio::ip::tcp::acceptor place(loop, {boost::asio::ip::address_v4::loopback(), 0});
    const std::uint16_t port = place.local_endpoint().port();
    place.close();
    broker.terms["url"] = "http://127.0.0.1:" + std::to_string(port) + "/mcp";
    auto served = prepared(call);
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return broker.countTold("service.state") > 0; }));
    EXPECT_EQ(broker.told.back().second["state"], "down");
    EXPECT_FALSE(served->over());
    boost::asio::ip::tcp::acceptor back(loop);
    back.open(boost::asio::ip::tcp::v4());
    back.set_option(boost::asio::socket_base::reuse_address(true));
    back.bind({boost::asio::ip::address_v4::loopback(), port});
    back.listen();
    boost::asio::ip::tcp::socket peer(loop);
    std::string seen(4096, '\0');
    const std::string answer = ScriptedServer::json(result);
    back.async_accept(peer, [&](const boost::system::error_code& error) {
        ASSERT_FALSE(error);
        peer.async_read_some(boost::asio::buffer(seen), [&](const boost::system::error_code&, std::size_t) {
            boost::asio::write(peer, boost::asio::buffer(answer));
        });
    });
    ASSERT_TRUE(until([&] { return served->over(); }));
    EXPECT_EQ(served->status(), 200);
    EXPECT_EQ(served->text, result);
    EXPECT_EQ(route->counts().recovered, 1U);
    EXPECT_EQ(broker.told.back().second["state"], "up");
    EXPECT_EQ(broker.told.back().second["restarted"], true);
}

TEST_P(RecoveryTest, M_M6_AServerThatStaysAwayIs502WithinTheTimeout) {
    broker.terms["url"] = "http://127.0.0.1:1/mcp";
    broker.terms["timeout_seconds"] = 1;
    const auto served = post(call);
    EXPECT_EQ(served->status(), 502);
    EXPECT_NE(served->field("retry-after"), "");
    EXPECT_EQ(route->counts().upstreamErrors, 1U);
}

TEST_P(RecoveryTest, M_M6_SixtyFourWaitAndNoMore) {
    broker.terms["url"] = "http://127.0.0.1:1/mcp";
    std::vector<std::unique_ptr<FakeServed>> all;
    for (int i = 0; i < 70; ++i) {
        all.push_back(prepared(call));
        all.back()->serveBy(*route);
    }
    int refused = 0;
    ASSERT_TRUE(until([&] {
        refused = 0;
        for (const auto& each : all)
            refused += each->over() ? 1 : 0;
        return refused >= 6;
    }));
    EXPECT_GE(refused, 6);
    EXPECT_LT(refused, 70);
}

TEST_P(RecoveryTest, SEC_G_16_ClosingIsACancelAtAModernServerAndNoneAtALegacyOne) {
    std::vector<Reply> streams;
    serve([&](const Request&, const Reply& reply) {
        streams.push_back(reply);
        reply->write(ScriptedServer::events() + ScriptedServer::chunk(": on\n\n"));
    });
    auto current = prepared(call, modern);
    current->serveBy(*route);
    ASSERT_TRUE(until([&] { return current->written > 0; }));
    current->answerer.reset();
    EXPECT_TRUE(until([&] { return streams.at(0)->closedByClient(); }));

    auto legacy = prepared(call, {{"mcp-protocol-version", "2025-11-25"}});
    legacy->serveBy(*route);
    ASSERT_TRUE(until([&] { return legacy->written > 0; }));
    legacy.reset();
    EXPECT_FALSE(until([&] { return streams.at(1)->closedByClient(); }, 300));

    auto stream = get({{"mcp-protocol-version", "2025-11-25"}});
    stream->serveBy(*route);
    ASSERT_TRUE(until([&] { return stream->written > 0; }));
    stream.reset();
    EXPECT_TRUE(until([&] { return streams.at(2)->closedByClient(); }));
}

TEST_P(RecoveryTest, SEC_G_16_AWithdrawnExchangeEndsItsStreams) {
    Reply stream;
    serve([&](const Request&, const Reply& reply) {
        stream = reply;
        reply->write(ScriptedServer::events() + ScriptedServer::chunk(": on\n\n"));
    });
    auto streaming = prepared(call);
    streaming->serveBy(*route);
    ASSERT_TRUE(until([&] { return streaming->written > 0; }));
    EXPECT_TRUE(route->notified("exchange.end", Json{{"exchange", "x1"}, {"message", "revoked"}}));
    ASSERT_TRUE(until([&] { return streaming->over(); }));
    EXPECT_TRUE(streaming->aborted);
    EXPECT_TRUE(until([&] { return stream->closedByClient(); }));
}

TEST_P(RecoveryTest, SEC_G_14_AWithdrawnExchangeSaysSoToWhatStillWaits) {
    serve([](const Request&, const Reply&) {});
    auto waiting = prepared(call);
    waiting->serveBy(*route);
    ASSERT_TRUE(until([&] { return !server->requests().empty(); }));
    EXPECT_TRUE(route->notified("exchange.end", Json{{"exchange", "x1"}, {"message", "revoked"}}));
    ASSERT_TRUE(until([&] { return waiting->over(); }));
    EXPECT_EQ(waiting->status(), 401);
    EXPECT_NE(waiting->field("www-authenticate").find("invalid_token"), std::string::npos);
}

TEST_P(RecoveryTest, ALongBodyGoesUpAsItComes) {
    std::size_t seen = 0;
    // Reads anything, counts it, answers when all of it is there.
    boost::asio::ip::tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
    boost::asio::ip::tcp::socket peer(loop);
    std::vector<char> buffer(256 * 1024);
    const std::size_t all = 256UL * 1024 * 1024;
    std::function<void()> take = [&] {
        peer.async_read_some(boost::asio::buffer(buffer), [&](const boost::system::error_code& error,
                                                              std::size_t n) {
            if (error)
                return;
            if (seen == 0 &&
                std::string_view(buffer.data(), n).find("100-continue") != std::string_view::npos)
                boost::asio::write(peer,
                                   boost::asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")));
            seen += n;
            if (seen >= all)
                boost::asio::write(peer, boost::asio::buffer(ScriptedServer::json(result)));
            take();
        });
    };
    acceptor.async_accept(peer, [&](const boost::system::error_code&) { take(); });
    broker.terms["url"] = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/mcp";
    auto served = std::make_unique<FakeServed>(loop);
    served->asked.bodyLength = all;
    std::size_t given = 0;
    served->beforeRead = [&] {
        if (given < all) {
            given += 65536;
            served->piece(std::string(65536, 'x'));
        } else {
            served->endBody();
        }
    };
    served->serveBy(*route);
    ASSERT_TRUE(until([&] { return served->over(); }, 60'000));
    EXPECT_EQ(served->status(), 200);
    EXPECT_GE(seen, all);
}

TEST_P(RecoveryTest, AServerThatDoesNotReadStopsTheClient) {
    boost::asio::ip::tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
    boost::asio::ip::tcp::socket peer(loop);
    acceptor.async_accept(peer, [](const boost::system::error_code&) {});
    broker.terms["url"] = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/mcp";
    auto served = std::make_unique<FakeServed>(loop);
    served->asked.bodyLength = std::nullopt; // chunked
    std::size_t given = 0;
    served->beforeRead = [&] {
        given += 65536;
        served->piece(std::string(65536, 'x'));
    };
    served->serveBy(*route);
    static_cast<void>(until([] { return false; }, 1000));
    EXPECT_GT(given, 65536U);
    EXPECT_LT(given, 16U * 1024 * 1024);
    served->answerer.reset();
}

} // namespace

} // namespace keybearer
