#include "broker/rpc/OpenRpc.h"
#include "tests/broker/rpc/RpcFixture.h"

#include <map>

// Every role against every method, over a real socket.
namespace keybearer {
namespace {

using test::errorName;
using test::RawClient;

// What each method is open to: r readonly, a agent, u user, A admin; o: operator programs of role u or A
// only.
const std::map<std::string, std::string> table{
    {"token.get", "auA"},
    {"sharing.pause", "o"},
    {"sharing.resume", "o"},
    {"broker.stop", "o"},
    {"tool.approve", "o"},
    {"tool.forget", "o"},
    {"tool.list", "ruA"},
    {"tool.show", "ruA"},
    {"token.proof", "auA"},
    {"signin.start", "uA"},
    {"signin.status", "uA"},
    {"signin.complete", "uA"},
    {"signin.cancel", "uA"},
    {"session.list", "ruA"},
    {"session.show", "ruA"},
    {"session.refresh", "uA"},
    {"session.revoke", "uA"},
    {"session.rename", "uA"},
    {"provider.list", "rauA"},
    {"provider.show", "rauA"},
    {"provider.test", "uA"},
    {"provider.reload", "uA"},
    {"config.get", "ruA"},
    {"config.reload", "A"},
    {"service.list", "ruA"},
    {"service.test", "uA"},
    {"service.remove", "uA"},
    {"apikey.add", "uA"},
    {"apikey.list", "ruA"},
    {"apikey.show", "ruA"},
    {"apikey.rotate", "uA"},
    {"apikey.enable", "uA"},
    {"apikey.disable", "uA"},
    {"apikey.remove", "uA"},
    {"service_account.add", "uA"},
    {"service_account.list", "ruA"},
    {"service_account.remove", "uA"},
    {"store.status", "ruA"},
    {"store.unlock", "uA"},
    {"store.lock", "uA"},
    {"store.migrate", "A"},
    {"store.rekey", "A"},
    {"consent.pending", "ruA"},
    {"consent.answer", "o"},
    {"consent.list", "ruA"},
    {"consent.revoke", "uA"},
    {"client.add", "A"},
    {"client.list", "ruA"},
    {"client.show", "ruA"},
    {"client.enable", "A"},
    {"client.disable", "A"},
    {"client.rotate", "A"},
    {"client.remove", "A"},
    {"auth.explain", "rauA"},
    {"mcp.open", "auA"},
    {"caller.show", "rauA"},
    {"capability.list", "ruA"},
    {"capability.open", "uA"},
    {"demo.start", "uA"},
    {"demo.stop", "uA"},
    {"demo.status", "rauA"},
    {"gateway.status", "ruA"},
    {"gateway.start", "uA"},
    {"gateway.stop", "uA"},
    {"gateway.keys", "ruA"},
    {"gateway.rotate_keys", "uA"},
    {"gateway.clients", "ruA"},
    {"gateway.remove_client", "uA"},
    {"health.get", "rauA"},
    {"metrics.get", "ruA"},
    {"audit.query", "ruA"},
    {"audit.summary", "ruA"},
    {"audit.verify", "ruA"},
    {"audit.alerts", "ruA"},
};
// hello is answered before; these are asked for topic by topic or are open.
const std::vector<std::string> aboutTheConnection{"hello", "events.subscribe", "rpc.discover"};

const std::map<std::string, std::string> topicTable{
    {"session.changed", "ruA"},   {"signin.progress", "ruA"}, {"consent.requested", "ruA"},
    {"consent.withdrawn", "ruA"}, {"alert", "ruA"},           {"health.changed", "rauA"},
    {"tool.changed", "ruA"},
};

struct Kind {
    Role role;
    bool operatorProgram;
    char letter;
};
constexpr Kind kinds[] = {
    {Role::Readonly, false, 'r'}, {Role::Agent, false, 'a'}, {Role::User, false, 'u'},
    {Role::Admin, false, 'A'},    {Role::User, true, 'u'},   {Role::Admin, true, 'A'},
};

bool isOpenTo(const std::string& letters, const Kind& kind) {
    return letters == "o" ? kind.operatorProgram : letters.find(kind.letter) != std::string::npos;
}

class RpcRolesTest : public test::RpcServerTest {
protected:
    void startAs(const Kind& kind) {
        setup_.describeCaller = [kind](const std::shared_ptr<const PeerProcess>&,
                                       const std::optional<Measurement>&, const auto& done) {
            Caller caller;
            caller.role = kind.role;
            caller.operatorProgram = kind.operatorProgram;
            done(std::move(caller));
        };
        start();
        for (const auto& [name, unused] : table)
            server_->add(name, [](const CallContext&, const Json&, const Reply& reply) {
                reply.result(Json{{"in", 1}});
            });
    }
};

TEST_F(RpcRolesTest, EveryRoleAgainstEveryMethod) {
    for (const Kind& kind : kinds) {
        startAs(kind);
        RawClient client = greeted();
        for (const auto& [method, letters] : table) {
            const Json answer = client.ask(request(1, method));
            EXPECT_EQ(answer.contains("result"), isOpenTo(letters, kind))
                << method << " as " << roleWord(kind.role) << (kind.operatorProgram ? ", operator" : "");
            if (!isOpenTo(letters, kind)) {
                EXPECT_EQ(errorName(answer), "policy_denied") << method;
                EXPECT_EQ(answer["error"]["data"]["required"], permissionWord(*permissionForMethod(method)));
                EXPECT_EQ(answer["error"]["data"]["role"], roleWord(kind.role));
                EXPECT_FALSE(answer["error"]["data"]["action"].get<std::string>().empty());
            }
        }
        EXPECT_TRUE(client.ask(request(2, "rpc.discover")).contains("result"));
        server_.reset();
        socket_.close();
    }
}

TEST_F(RpcRolesTest, EveryRoleAgainstEveryTopic) {
    for (const Kind& kind : kinds) {
        startAs(kind);
        for (const auto& [topic, letters] : topicTable) {
            RawClient client = greeted();
            const Json answer =
                client.ask(request(1, "events.subscribe", R"({"topics":[")" + topic + R"("]})"));
            EXPECT_EQ(answer.contains("result"), isOpenTo(letters, kind))
                << topic << " as " << roleWord(kind.role);
        }
        server_.reset();
        socket_.close();
    }
}

TEST_F(RpcRolesTest, RefusedTopicSubscribesToNothing) {
    startAs({Role::Agent, false, 'a'});
    RawClient client = greeted();
    EXPECT_EQ(errorName(client.ask(
                  request(1, "events.subscribe", R"({"topics":["health.changed","session.changed"]})"))),
              "policy_denied");
    server_->publish("health.changed", Json{{"status", "ok"}});
    EXPECT_EQ(client.ask(request(2, "rpc.discover"))["id"], 2); // nothing came before it
}

TEST_F(RpcRolesTest, EveryDescribedMethodAndTopicHasARow) {
    const Result<Json> document = openRpcDocument("1");
    ASSERT_TRUE(document);
    for (const Json& method : (*document)["methods"]) {
        const std::string name = method["name"];
        EXPECT_TRUE(permissionForMethod(name)) << name << " is missing in broker/access/Permission.cpp";
        const bool about =
            std::find(aboutTheConnection.begin(), aboutTheConnection.end(), name) != aboutTheConnection.end();
        EXPECT_TRUE(about || table.contains(name)) << name << " is missing in this test's table";
    }
    for (const char* topic : eventTopics) {
        EXPECT_TRUE(permissionForTopic(topic)) << topic << " is missing in broker/access/Permission.cpp";
        EXPECT_TRUE(topicTable.contains(topic)) << topic << " is missing in this test's table";
    }
}

TEST_F(RpcRolesTest, RefusedNotificationGetsNoAnswer) {
    startAs({Role::Agent, false, 'a'});
    RawClient client = greeted();
    client.send(R"({"jsonrpc":"2.0","method":"session.list"})"
                "\n");
    EXPECT_EQ(client.ask(request(5, "rpc.discover"))["id"], 5);
}

} // namespace
} // namespace keybearer
