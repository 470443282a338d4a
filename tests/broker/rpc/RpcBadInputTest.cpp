#include "tests/broker/rpc/RpcFixture.h"

namespace keybearer {
namespace {

using test::errorName;
using test::eventually;
using test::helloLine;
using test::RawClient;

class RpcBadInputTest : public test::RpcServerTest {
protected:
    // The answer has the number, and the connection goes on.
    void expectRefused(RawClient& client, const std::string& line, int code) {
        const Json answer = client.ask(line);
        ASSERT_TRUE(answer.contains("error")) << line.substr(0, 80);
        EXPECT_EQ(answer["error"]["code"], code) << line.substr(0, 80);
        // Under the id if the line could be read and has a usable one, else under null (JSON-RPC 2.0 section
        // 5).
        const Json asked = Json::parse(line, nullptr, false);
        const bool usable = code == -32600 && asked.is_object() && asked.contains("id") &&
                            (asked["id"].is_number_integer() ||
                             (asked["id"].is_string() && asked["id"].get<std::string>().size() <= 64));
        EXPECT_EQ(answer["id"], usable ? asked["id"] : Json()) << line.substr(0, 80);
        EXPECT_FALSE(answer["error"]["data"]["action"].get<std::string>().empty());
        EXPECT_FALSE(answer["error"]["data"]["name"].get<std::string>().empty());
        EXPECT_EQ(client.ask(request(9, "echo"))["id"], 9);
    }
};

TEST_F(RpcBadInputTest, T_27_WhatIsNoStrictJsonIsAParseError) {
    start();
    RawClient client = greeted();
    std::string deep = R"({"jsonrpc":"2.0","id":1,"method":"echo","params":)";
    for (int i = 0; i < 40; ++i)
        deep += R"({"a":)";
    deep += "1" + std::string(41, '}');
    std::string many = R"({"jsonrpc":"2.0","id":1,"method":"echo","params":{)";
    for (int i = 0; i < 1100; ++i)
        many += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
    many += "}}";
    for (const std::string& line : {
             std::string(""),
             std::string("\r"),
             std::string("hello"),
             std::string("{"),
             std::string(R"({"jsonrpc":"2.0","id":1,"method":"echo"}})"),
             std::string(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"echo"})"),
             std::string(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":1,"a":2}})"),
             std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\xfe\"}"),
             std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc0\xaf\"}"),
             std::string(R"({"jsonrpc":"2.0","id":1,"method":"\ud800"})"),
             std::string(R"({"jsonrpc":"2.0","id":1,"method":"a\u0000b"})"),
             std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\0b\"}", 39),
             std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\"}\0", 41),
             std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\"}\0garbage", 48),
             std::string(R"({"jsonrpc":"2.0","id":1e999,"method":"echo"})"),
             std::string(R"({"jsonrpc":"2.0","id":01,"method":"echo"})"),
             std::string(R"({'jsonrpc':'2.0'})"),
             std::string("\x16\x03\x01\x02\x01\x01\xfc\x03\x03", 9), // TLS
             std::string("GET / HTTP/1.1"),
             deep,
             many,
         })
        expectRefused(client, line, -32700);
}

TEST_F(RpcBadInputTest, WhatIsNoRequestIsAnInvalidRequest) {
    start();
    RawClient client = greeted();
    for (const char* line : {
             "[]",
             R"([{"jsonrpc":"2.0","id":1,"method":"echo"}])",
             "null",
             "17",
             R"("text")",
             "{}",
             R"({"id":1,"method":"echo"})",
             R"({"jsonrpc":"1.0","id":1,"method":"echo"})",
             R"({"jsonrpc":2.0,"id":1,"method":"echo"})",
             R"({"jsonrpc":"2.0","id":1})",
             R"({"jsonrpc":"2.0","id":1,"method":""})",
             R"({"jsonrpc":"2.0","id":1,"method":5})",
             R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]})",
             R"({"jsonrpc":"2.0","id":1,"method":"echo","params":"x"})",
             R"({"jsonrpc":"2.0","id":null,"method":"echo"})",
             R"({"jsonrpc":"2.0","id":1.5,"method":"echo"})",
             R"({"jsonrpc":"2.0","id":true,"method":"echo"})",
             R"({"jsonrpc":"2.0","id":{},"method":"echo"})",
             R"({"jsonrpc":"2.0","id":1,"result":{}})",
         })
        expectRefused(client, line, -32600);
    expectRefused(client, R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(65, 'm') + "\"}", -32600);
    expectRefused(client, R"({"jsonrpc":"2.0","id":")" + std::string(65, 'i') + R"(","method":"echo"})",
                  -32600);
}

TEST_F(RpcBadInputTest, WrongParametersOfTheBuiltInMethodsAreNamed) {
    start();
    RawClient client = connectClient();
    for (const auto& [params, parameter] : std::initializer_list<std::pair<const char*, const char*>>{
             {R"({})", "protocol"},
             {R"({"protocol":"1"})", "protocol"},
             {R"({"protocol":1.5})", "protocol"},
             {R"({"protocol":0})", "protocol"},
             {R"({"protocol":99999999999999999999})", "protocol"},
             {R"({"protocol":1,"client_key":7})", "client_key"},
             {R"({"protocol":1,"role":[]})", "role"},
             {R"({"protocol":1,"protocoll":1})", "protocoll"},
         }) {
        const Json answer = client.ask(request(1, "hello", params));
        EXPECT_EQ(answer["error"]["code"], -32602) << params;
        EXPECT_EQ(answer["error"]["data"]["parameter"], parameter) << params;
    }
    ASSERT_TRUE(client.ask(helloLine).contains("result"));
    for (const char* params : {R"({})", R"({"topics":[]})", R"({"topics":"alert"})", R"({"topics":[1]})",
                               R"({"topics":["alerts"]})", R"({"topic":["alert"]})"})
        EXPECT_EQ(client.ask(request(1, "events.subscribe", params))["error"]["code"], -32602) << params;
    EXPECT_EQ(client.ask(request(1, "events.subscribe",
                                 R"({"topics":["alerts"]})"))["error"]["data"]["did_you_mean"],
              "alert");
    EXPECT_EQ(errorName(client.ask(request(1, "rpc.discover", R"({"x":1})"))), "invalid_params");
}

TEST_F(RpcBadInputTest, T_46_OverlongLineIsAnsweredOnceAndTheConnectionClosed) {
    start();
    RawClient other = greeted();
    RawClient client = greeted();
    const std::string flood(3U << 20, 'x');
    std::size_t sent = 0;
    eventually([&] { // until the server hangs up
        const std::size_t now = client.sendNow(std::string_view(flood).substr(0, 1U << 16));
        sent += now;
        return now == 0 && errno != EAGAIN;
    });
    EXPECT_GE(sent, 1U << 20);
    EXPECT_LT(sent, 2U << 20);
    const Json answer = client.answer();
    EXPECT_EQ(answer["error"]["code"], -32700);
    EXPECT_TRUE(client.closedByServer());
    EXPECT_EQ(client.line(), "");
    EXPECT_EQ(other.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcBadInputTest, LineOfExactlyTheLimitIsServed) {
    start();
    RawClient client = greeted();
    const std::string head = R"({"jsonrpc":"2.0","id":1,"method":"echo","params":{"x":")";
    const std::string tail = "\"}}\n";
    const std::string line = head + std::string((1U << 20) - head.size() - tail.size(), 'x') + tail;
    ASSERT_EQ(line.size(), 1U << 20);
    ASSERT_TRUE(client.send(line));
    EXPECT_EQ(client.answer()["id"], 1);
    RawClient longer = greeted();
    longer.send(head + "x" + line.substr(head.size()));
    EXPECT_EQ(longer.answer()["error"]["code"], -32700);
    EXPECT_TRUE(longer.closedByServer());
}

TEST_F(RpcBadInputTest, T_46_HalfLineIsNotWaitedForForever) {
    setup_.limits.halfLine = std::chrono::milliseconds(50);
    start();
    RawClient idle = greeted();
    RawClient half = greeted();
    half.send(R"({"jsonrpc":)");
    EXPECT_TRUE(half.closedByServer());
    EXPECT_EQ(idle.ask(request(1, "echo"))["id"], 1); // who merely says nothing may stay
}

TEST_F(RpcBadInputTest, T_46_DrippingALineDoesNotBuyTime) {
    setup_.limits.halfLine = std::chrono::milliseconds(50);
    start();
    RawClient client = greeted();
    EXPECT_TRUE(eventually([&] { return client.sendNow("x") == 0 && errno != EAGAIN; }));
}

TEST_F(RpcBadInputTest, T_46_WhoNeverSaysHelloIsClosed) {
    setup_.limits.hello = std::chrono::milliseconds(50);
    start();
    RawClient greetedClient = greeted();
    RawClient silent = connectClient();
    RawClient talker = connectClient();
    talker.ask(request(1, "echo"));
    EXPECT_TRUE(silent.closedByServer());
    EXPECT_TRUE(talker.closedByServer());
    EXPECT_EQ(greetedClient.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcBadInputTest, T_46_ClientThatNeverReadsIsDroppedAtTheCap) {
    start();
    RawClient other = greeted();
    RawClient deaf = greeted();
    server_->add("big", [](const CallContext&, const Json&, const Reply& reply) {
        reply.result(Json{{"x", std::string(100'000, 'x')}});
    });
    std::string asks;
    for (int i = 0; i < 60; ++i) // 6 MB of answers
        asks += request(i, "big") + "\n";
    deaf.sendNow(asks);
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    EXPECT_EQ(other.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcBadInputTest, T_46_ClientThatReadsNothingForLongIsDropped) {
    setup_.limits.unread = std::chrono::milliseconds(50);
    start();
    RawClient deaf = greeted();
    RawClient other = greeted();
    server_->add("big", [](const CallContext&, const Json&, const Reply& reply) {
        reply.result(Json{{"x", std::string(1'000'000, 'x')}});
    });
    deaf.sendNow(request(1, "big") + "\n");
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    EXPECT_EQ(other.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcBadInputTest, FloodOfBrokenLinesDoesNotKeepOthersWaiting) {
    start();
    RawClient other = greeted();
    RawClient flooder = greeted();
    std::string flood;
    while (flood.size() < 200'000)
        flood += "{}\n";
    flooder.sendNow(flood);
    // One turn of the flooder is bounded, so the other client's answer comes long before the flood is
    // through.
    const std::uint64_t before = server_->counters().requests;
    other.sendNow(request(1, "echo") + "\n");
    EXPECT_EQ(other.answer()["id"], 1);
    EXPECT_LT(server_->counters().requests - before, 20'000U);
}

TEST_F(RpcBadInputTest, BytesThatAreLeftWhenTheClientEndsAreIgnored) {
    start();
    RawClient client = greeted();
    client.send(request(1, "echo") + "\n" + R"({"half":)");
    client.closeSendingHalf();
    EXPECT_EQ(client.answer()["id"], 1);
    EXPECT_TRUE(client.closedByServer());
}

} // namespace
} // namespace keybearer
