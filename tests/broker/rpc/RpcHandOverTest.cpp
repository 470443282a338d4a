// A connection that is handed to another program, what a capability admits, and the restricted second socket.
#include "tests/broker/rpc/RpcFixture.h"

namespace keybearer {
namespace {

using test::errorName;
using test::eventually;
using test::helloLine;
using test::RawClient;

class RpcHandOverTest : public test::RpcServerTest {
protected:
    void startWithAgents() {
        start();
        Result<ListenSocket> socket = openListenSocket(directory_ / "agent.sock");
        ASSERT_TRUE(socket) << socket.error().message;
        agents_ = std::move(*socket);
        ASSERT_TRUE(server_->listen(agents_.fd, Door::Agent));
        server_->add("token.get", [](const CallContext& call, const Json&, const Reply& reply) {
            reply.result(Json{{"door", call.caller.door == Door::Agent ? "agent" : "broker"}});
        });
    }
    void TearDown() override {
        RpcServerTest::TearDown();
        agents_.close();
    }
    [[nodiscard]] std::filesystem::path agentPath() const { return directory_ / "agent.sock"; }
    static Caller holder() {
        Caller caller;
        caller.executable = "/usr/bin/child";
        caller.capability = "cap_1";
        caller.role = Role::Agent;
        return caller;
    }
    std::uint64_t idOf(RawClient& client) {
        EXPECT_TRUE(client.send(request(90, "park") + "\n"));
        EXPECT_TRUE(eventually([this] { return !parkedBy_.empty(); }));
        parked_.back().result(Json::object());
        const std::uint64_t id = parkedBy_.back();
        EXPECT_EQ(client.answer()["id"], 90);
        return id;
    }

    ListenSocket agents_;
};

TEST_F(RpcHandOverTest, WhoeverHasTheConnectionAfterwardsIsGreetedAsTheNewCaller) {
    start();
    RawClient client = greeted();
    ASSERT_TRUE(server_->become(idOf(client), holder()));
    const Json greeting = client.ask(helloLine)["result"];
    EXPECT_EQ(greeting["role"], "agent");
    EXPECT_EQ(greeting["capability"], "cap_1");
    EXPECT_EQ(greeting["caller"]["executable"], "/usr/bin/child");
    EXPECT_EQ(greeting["caller"]["claimed_name"], "test");
}

TEST_F(RpcHandOverTest, ASecondHelloOnAHandedOverConnectionCannotBringAnotherIdentity) {
    start();
    RawClient client = greeted();
    ASSERT_TRUE(server_->become(idOf(client), holder()));
    EXPECT_EQ(errorName(client.ask(request(1, "hello", R"({"protocol":1,"client_key":"k"})"))),
              "invalid_request");
    EXPECT_EQ(errorName(client.ask(request(2, "hello", R"({"protocol":1,"capability":"k"})"))),
              "invalid_request");
}

TEST_F(RpcHandOverTest, NothingThatTheOldCallerSubscribedToReachesTheNewOne) {
    start();
    RawClient client = greeted();
    client.ask(request(1, "events.subscribe", R"({"topics":["alert"]})"));
    ASSERT_EQ(server_->listeners("alert"), 1U);
    ASSERT_TRUE(server_->become(idOf(client), holder()));
    EXPECT_EQ(server_->listeners("alert"), 0U);
}

TEST_F(RpcHandOverTest, T_03_EndingAConnectionClosesItForEveryCopyOfItsDescriptor) {
    start();
    RawClient client = greeted();
    const std::uint64_t id = idOf(client);
    const int copy = ::dup(client.descriptor());
    server_->end(id);
    EXPECT_TRUE(client.closedByServer());
    char byte = 0;
    EXPECT_EQ(::recv(copy, &byte, 1, 0), 0);
    ::close(copy);
    EXPECT_FALSE(server_->become(id, holder()));
}

TEST_F(RpcHandOverTest, ACapabilityIsRefusedWhenNobodyIssuesAny) {
    start();
    RawClient client = connectClient();
    EXPECT_EQ(errorName(client.ask(request(1, "hello", R"({"protocol":1,"capability":"kbc_x"})"))),
              "client_unknown");
}

TEST_F(RpcHandOverTest, ACapabilityMakesTheCallerWhatItIsWorth) {
    setup_.admitCapability = [](std::uint64_t, const std::string& shown, Caller& caller) -> Result<void> {
        if (shown != "kbc_good")
            return failure(ErrorCode::ClientExpired, "over");
        caller = holder();
        return {};
    };
    start();
    RawClient client = connectClient();
    EXPECT_EQ(errorName(client.ask(request(1, "hello", R"({"protocol":1,"capability":"kbc_bad"})"))),
              "client_expired");
    EXPECT_EQ(errorName(client.ask(
                  request(2, "hello", R"({"protocol":1,"capability":"kbc_good","client_key":"k"})"))),
              "invalid_params");
    const Json good = client.ask(request(3, "hello", R"({"protocol":1,"capability":"kbc_good"})"));
    EXPECT_EQ(good["result"]["capability"], "cap_1");
}

TEST_F(RpcHandOverTest, TheAgentSocketTakesThreeMethodsAndNoOther) {
    startWithAgents();
    RawClient client(agentPath());
    const Json greeting = client.ask(helloLine)["result"];
    EXPECT_EQ(greeting["door"], "agent");
    EXPECT_EQ(client.ask(request(1, "token.get"))["result"]["door"], "agent");
    EXPECT_TRUE(client.ask(request(2, "rpc.discover"))["result"].contains("openrpc"));
    for (const char* method :
         {"echo", "events.subscribe", "session.list", "consent.answer", "capability.open"})
        EXPECT_EQ(errorName(client.ask(request(3, method))), "policy_denied") << method;
}

TEST_F(RpcHandOverTest, TheAgentSocketTellsNothingAboutThisMachine) {
    startWithAgents();
    RawClient client(agentPath());
    const Json caller = client.ask(helloLine)["result"]["caller"];
    EXPECT_EQ(caller["uid"], -1);
    EXPECT_EQ(caller["pid"], 0);
    EXPECT_EQ(caller["executable"], "");
    EXPECT_EQ(caller["started_by"], "");
    EXPECT_EQ(caller["claimed_name"], "test");
}

TEST_F(RpcHandOverTest, TheAgentSocketTakesNoKeysAndNoCapabilities) {
    setup_.admitCapability = [](std::uint64_t, const std::string&, Caller&) -> Result<void> { return {}; };
    startWithAgents();
    RawClient client(agentPath());
    EXPECT_EQ(errorName(client.ask(request(1, "hello", R"({"protocol":1,"capability":"k"})"))),
              "policy_denied");
    EXPECT_EQ(errorName(client.ask(request(2, "hello", R"({"protocol":1,"client_key":"k"})"))),
              "policy_denied");
    EXPECT_TRUE(client.ask(helloLine).contains("result"));
}

TEST_F(RpcHandOverTest, TheBrokersOwnSocketIsNotTheAgentSocket) {
    startWithAgents();
    RawClient client = greeted();
    EXPECT_EQ(client.ask(request(1, "token.get"))["result"]["door"], "broker");
    EXPECT_TRUE(client.ask(request(2, "echo")).contains("result"));
}

} // namespace
} // namespace keybearer
