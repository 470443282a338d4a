#pragma once

#include "broker/gateway/LoopTimers.h"
#include "broker/gateway/proxy/RemoteRoute.h"
#include "broker/gateway/upstream/LoopbackPool.h"
#include "broker/gateway/upstream/UpstreamPool.h"
#include "tests/support/FakeServed.h"
#include "tests/support/ScriptedServer.h"

#include <gtest/gtest.h>

namespace keybearer::test {

using Request = ScriptedServer::Request;
using Reply = ScriptedServer::Reply;

// A broker that lets everybody in whose credential begins with "gateway-token", and gives tokens.
class FakeBroker final : public CorePort {
public:
    explicit FakeBroker(boost::asio::io_context& on) : loop(on) {}
    void request(const std::string& method, Json params, std::chrono::milliseconds,
                 Completion<Json> done) override {
        asked.emplace_back(method, params);
        boost::asio::post(loop, [this, method, params = std::move(params), done = std::move(done)] {
            done(answer ? answer(method, params) : usual(method, params));
        });
    }
    void notify(const std::string& method, Json params) override { told.emplace_back(method, params); }

    [[nodiscard]] Result<Json> usual(const std::string& method, const Json& params) {
        if (method == "route.admit")
            return admit(params);
        if (method == "exchange.token") {
            ++tokens;
            Json token{
                {"serial", "t" + std::to_string(tokens)},
                {"scheme", "Bearer"},
                {"value", "upstream-" + stringAt(params, "tool").value_or("") + std::to_string(tokens)},
                {"valid_seconds", 300}};
            if (!user.is_null())
                token["user"] = user;
            return token;
        }
        return failure(ErrorCode::MethodNotFound, "no such method");
    }
    [[nodiscard]] Result<Json> admit(const Json& params) {
        const std::string credential = stringAt(params, "credential").value_or("");
        if (credential.rfind("gateway-token", 0) != 0) {
            Error error(ErrorCode::PolicyDenied, "the token is not known");
            error.details.emplace_back("status", std::int64_t{401});
            error.details.emplace_back("error", std::string("invalid_token"));
            return failure(std::move(error));
        }
        Json opened = terms;
        opened["exchange"] = "x" + std::to_string(++exchanges);
        opened["client"] = "a client";
        opened["owner"] = ownerOf ? ownerOf(credential) : credential;
        return opened;
    }
    [[nodiscard]] int count(const std::string& method) const {
        int all = 0;
        for (const auto& [name, params] : asked)
            all += name == method ? 1 : 0;
        return all;
    }
    [[nodiscard]] int countTold(const std::string& method) const {
        int all = 0;
        for (const auto& [name, params] : told)
            all += name == method ? 1 : 0;
        return all;
    }

    boost::asio::io_context& loop;
    Json terms{{"service", "svc"},     {"url", ""},     {"authorized", true}, {"valid_seconds", 900},
               {"timeout_seconds", 5}, {"pins", "off"}, {"local", false}};
    Json user;
    std::function<Result<Json>(const std::string&, const Json&)> answer;
    std::function<std::string(const std::string&)> ownerOf;
    int exchanges = 0;
    int tokens = 0;
    std::vector<std::pair<std::string, Json>> asked;
    std::vector<std::pair<std::string, Json>> told;
};

// A server, a broker and the route between them. The parameter chooses what speaks to the server: the
// LoopbackPool, or libcurl as for every server elsewhere.
class ProxyTest : public ::testing::TestWithParam<bool> {
protected:
    ProxyTest() {
        EXPECT_TRUE(doorTerms.replace(Json{{"services", Json::array({Json{{"name", "svc"},
                                                                          {"title", "Svc"},
                                                                          {"scopes", {"svc"}},
                                                                          {"health", false},
                                                                          {"url", "http://127.0.0.1:1/mcp"},
                                                                          {"local", false}}})},
                                           {"origins", Json::array()},
                                           {"base", "http://127.0.0.1:4180"},
                                           {"registration", true},
                                           {"client_id_metadata", false},
                                           {"revocation", true},
                                           {"jwks", Json{{"keys", Json::array()}}}}));
        UpstreamStarter& starter = GetParam() ? static_cast<UpstreamStarter&>(loopback) : curl;
        route = std::make_unique<RemoteRoute>(broker, timers, starter, doorTerms, nullptr);
    }
    void serve(ScriptedServer::Script script) {
        server = std::make_unique<ScriptedServer>(loop, std::move(script));
        broker.terms["url"] = server->url();
    }
    template <typename Condition>
    [[nodiscard]] bool until(Condition condition, int milliseconds = 15'000) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
        while (!condition()) {
            loop.restart();
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            loop.run_one_for(std::chrono::milliseconds(20));
        }
        return true;
    }
    std::unique_ptr<FakeServed> prepared(const std::string& body, std::vector<HttpField> more = {}) {
        auto served = std::make_unique<FakeServed>(loop);
        served->asked.fields.insert(served->asked.fields.end(), more.begin(), more.end());
        served->body(body);
        return served;
    }
    // A POST of this body, served to its end.
    std::unique_ptr<FakeServed> post(const std::string& body, std::vector<HttpField> more = {}) {
        auto served = prepared(body, std::move(more));
        served->serveBy(*route);
        EXPECT_TRUE(until([&] { return served->over(); }));
        return served;
    }
    std::unique_ptr<FakeServed> get(std::vector<HttpField> more = {}) {
        auto served = std::make_unique<FakeServed>(loop);
        served->asked.method = "GET";
        served->asked.fields.insert(served->asked.fields.end(), more.begin(), more.end());
        return served;
    }

    boost::asio::io_context loop{1};
    LoopTimers timers{loop};
    UpstreamPool curl{loop};
    LoopbackPool loopback{loop};
    FakeBroker broker{loop};
    DoorTerms doorTerms;
    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<RemoteRoute> route;
};

inline const std::string call = R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add"}})";
inline const std::string result = R"({"jsonrpc":"2.0","id":7,"result":{}})";
inline const std::vector<HttpField> modern{{"mcp-protocol-version", "2026-07-28"}};

} // namespace keybearer::test
