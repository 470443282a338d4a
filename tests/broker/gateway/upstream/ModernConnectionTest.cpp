#include "tests/broker/gateway/upstream/Upstream.h"

namespace keybearer {

namespace {

using namespace test;

class ModernConnectionTest : public UpstreamTest {
protected:
    void connect() { connection = connectModern(setup()); }
};

TEST_F(ModernConnectionTest, ARequestIsOnePostAndItsJsonTheAnswer) {
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

TEST_F(ModernConnectionTest, AnEventStreamIsToldInOrderAndItsConnectionUsedAgain) {
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

} // namespace

} // namespace keybearer
