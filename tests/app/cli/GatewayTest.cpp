#include "tests/app/cli/CliRun.h"

#include <gtest/gtest.h>

#include <fstream>

namespace keybearer::testing {
namespace {

Json gateway(bool open = true) {
    Json out{{"open", open},
             {"enabled", false},
             {"doors",
              {{{"kind", "http"}, {"address", "127.0.0.1:4180"}},
               {{"kind", "socket"}, {"address", "/run/user/1000/keybearer/gateway.sock"}}}},
             {"services",
              {{{"name", "linear"},
                {"local", false},
                {"url", "https://mcp.linear.app/mcp"},
                {"upstream", {{"state", "up"}, {"latency_ms", 41}}}},
               {{"name", "files"}, {"local", true}, {"upstream", {{"state", "unknown"}}}}}},
             {"counts", Json::object()},
             {"process", {{"running", true}, {"starts", 1}, {"deaths", 0}}},
             {"connected", Json::array()},
             {"findings", Json::array()}};
    if (!open)
        return out;
    out["address"] = "http://127.0.0.1:4180";
    out["port"] = 4180;
    for (Json& service : out["services"])
        service["address"] = "http://127.0.0.1:4180/" + service["name"].get<std::string>() + "/mcp";
    return out;
}

TEST(GatewayVerb, StatusIsWhatANewcomerPastes) {
    ScriptedBroker broker;
    Json status = gateway();
    status["connected"] = {
        {{"client", "Inspector"}, {"service", "linear"}, {"kind", "token"}, {"exchanges", 1}}};
    status["findings"] = {{{"level", "warning"},
                           {"name", "gateway_twin_taken"},
                           {"message", "another program has the port"},
                           {"action", "End it."}}};
    broker.on("gateway.status", status);
    const ProgramRun run = keybearer(broker, {"gateway", "status"});
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* said : {"open at http://127.0.0.1:4180", "http://127.0.0.1:4180/linear/mcp",
                             "http://127.0.0.1:4180/files/mcp", "up, 41 ms", "not asked yet", "gateway.sock",
                             "Inspector", "another program has the port"})
        EXPECT_NE(run.out.find(said), std::string::npos) << said << "\n" << run.out;
}

TEST(GatewayVerb, StatusOfAClosedOneSaysHowToOpenIt) {
    ScriptedBroker broker;
    broker.on("gateway.status", gateway(false));
    const ProgramRun run = keybearer(broker, {"gateway", "status"});
    EXPECT_NE(run.out.find("closed"), std::string::npos);
    EXPECT_NE(run.out.find("keybearer gateway start"), std::string::npos);
    const ProgramRun json = keybearer(broker, {"gateway", "status", "--json"});
    EXPECT_EQ(Json::parse(json.out), gateway(false));
}

TEST(GatewayVerb, StartSaysHowLongItLasts) {
    ScriptedBroker broker;
    broker.on("gateway.start", gateway());
    const ProgramRun run = keybearer(broker, {"gateway", "start", "--port", "4180"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.err.find("until the broker ends"), std::string::npos);
    EXPECT_NE(run.err.find("--enable"), std::string::npos);
    EXPECT_EQ(broker.received("gateway.start")[0]["params"], (Json{{"port", 4180}}));
    EXPECT_EQ(keybearer(broker, {"gateway", "start", "--port", "0"}).status, 2);
    EXPECT_EQ(keybearer(broker, {"gateway", "start", "--port", "65536"}).status, 2);
}

TEST(GatewayVerb, APortThatIsTakenIsShownWithWhoHasItAndWhatToDo) {
    ScriptedBroker broker;
    broker.refuse("gateway.start",
                  Error(ErrorCode::InvalidRequest, "port 4180 is taken by /usr/bin/node (process 7)",
                        "End that program, or choose a free port: --port 4181"));
    const ProgramRun run = keybearer(broker, {"gateway", "start"});
    EXPECT_NE(run.status, 0);
    EXPECT_NE(run.err.find("taken by /usr/bin/node (process 7)"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("4181"), std::string::npos) << run.err;
}

TEST(GatewayVerb, StopKeysAndClients) {
    ScriptedBroker broker;
    Json closed = gateway(false);
    closed["enabled"] = true;
    broker.on("gateway.stop", closed);
    const ProgramRun stop = keybearer(broker, {"gateway", "stop"});
    EXPECT_NE(stop.err.find("until the broker starts anew"), std::string::npos) << stop.err;
    const Json keys{{"keys", {{{"kid", "k-1"}, {"algorithm", "ES256"}, {"state", "signing"}}}}};
    broker.on("gateway.keys", keys);
    broker.on("gateway.rotate_keys", keys);
    EXPECT_NE(keybearer(broker, {"gateway", "keys"}).out.find("k-1"), std::string::npos);
    EXPECT_EQ(broker.received("gateway.rotate_keys").size(), 0U);
    const ProgramRun rotated = keybearer(broker, {"gateway", "keys", "--rotate"});
    EXPECT_NE(rotated.err.find("good until they end"), std::string::npos);
    EXPECT_EQ(broker.received("gateway.rotate_keys").size(), 1U);
    broker.on(
        "gateway.clients",
        {{"clients", {{{"client_id", "c_1"}, {"name", "Evil\x1b[2J"}, {"service", "linear"}, {"grants", 2}}}},
         {"grants", Json::array()},
         {"connected", Json::array()}});
    const ProgramRun clients = keybearer(broker, {"gateway", "clients"});
    EXPECT_NE(clients.out.find("c_1"), std::string::npos);
    EXPECT_EQ(clients.out.find('\x1b'), std::string::npos) << "what a client calls itself is not obeyed";
    broker.on("gateway.remove_client", Json{{"client_id", "c_1"}});
    EXPECT_EQ(keybearer(broker, {"gateway", "clients", "--remove", "c_1"}).status, 0);
    EXPECT_EQ(broker.received("gateway.remove_client")[0]["params"], (Json{{"client_id", "c_1"}}));
}

TEST(GatewayVerb, ServiceListShowsWhereAServiceIsWhileTheDoorIsOpen) {
    ScriptedBroker broker;
    Json service{{"name", "linear"}, {"url", "https://mcp.linear.app/mcp"}, {"signed_in", true}};
    broker.on("service.list", Json{{"services", Json::array({service})}});
    EXPECT_EQ(keybearer(broker, {"service", "list"}).out.find("HERE"), std::string::npos);
    service["address"] = "http://127.0.0.1:4180/linear/mcp";
    broker.on("service.list", Json{{"services", Json::array({service})}});
    EXPECT_NE(keybearer(broker, {"service", "list"}).out.find("http://127.0.0.1:4180/linear/mcp"),
              std::string::npos);
}

TEST(DemoVerb, SaysWhereItRuns) {
    ScriptedBroker broker;
    broker.on("demo.start",
              Json{{"running", true}, {"issuer", "http://127.0.0.1:4180/as/demo"}, {"provider", "demo"}});
    broker.on("demo.status", Json{{"running", false}});
    const ProgramRun start = keybearer(broker, {"demo", "start"});
    EXPECT_NE(start.out.find("http://127.0.0.1:4180/as/demo"), std::string::npos);
    EXPECT_NE(start.out.find("keybearer login demo"), std::string::npos);
    EXPECT_NE(keybearer(broker, {"demo", "status"}).err.find("not running"), std::string::npos);
}

} // namespace
} // namespace keybearer::testing
