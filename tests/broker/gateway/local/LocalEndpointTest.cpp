#include "broker/gateway/local/LocalEndpoint.h"

#include "broker/gateway/local/LocalServices.h"
#include "tests/support/FakeProgram.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

const std::string wanted = R"("params":{"name":"a","_meta":{"progressToken":"t"}})";

// One HTTP request as the door would hold it.
class FakeRequest : public ServedRequest {
public:
    FakeRequest(std::string method, std::vector<HttpField> fields, std::string said) : body(std::move(said)) {
        head_.method = std::move(method);
        head_.path = "/files/mcp";
        head_.service = "files";
        head_.fields = std::move(fields);
    }
    [[nodiscard]] const RequestHead& head() const override { return head_; }
    void readBody(std::function<void(Result<std::string_view>)> done) override {
        if (read_)
            return done(std::string_view());
        read_ = true;
        done(std::string_view(body));
    }
    void begin(AnswerHead head) override { answer = std::move(head); }
    [[nodiscard]] bool write(std::string_view bytes) override {
        text.append(bytes);
        return !full;
    }
    void end() override { ended = true; }
    void abort() override { ended = true; }
    void recognised() override {}
    [[nodiscard]] std::string field(const std::string& name) const {
        for (const HttpField& each : answer->fields) {
            if (each.first == name)
                return each.second;
        }
        return {};
    }
    [[nodiscard]] Json json() const { return Json::parse(text); }

    std::string body;
    std::optional<AnswerHead> answer;
    std::string text;
    bool ended = false;
    bool full = false;
    std::unique_ptr<Answerer> answerer;

private:
    RequestHead head_;
    bool read_ = false;
};

struct EndpointWorld {
    EndpointWorld() { admitted = admit("x1", "ana"); }
    std::shared_ptr<AdmittedExchange> admit(const std::string& exchange, const std::string& client) {
        ExchangeTerms terms;
        terms.exchange = exchange;
        terms.service = "files";
        terms.url = "local:files";
        terms.authorized = terms.local = true;
        auto out = std::make_shared<AdmittedExchange>(terms, core, timers);
        out->client = "Inspector"; // whoever it is calls itself so
        out->owner = client;
        return out;
    }
    using Sent = std::unique_ptr<FakeRequest>;
    Sent send(const std::string& method, std::vector<HttpField> fields, const std::string& body) {
        fields.emplace_back("accept", "application/json, text/event-stream");
        auto request = std::make_unique<FakeRequest>(method, std::move(fields), body);
        request->answerer = endpoint.serve(*request, admitted);
        settle();
        return request;
    }
    Sent post(const std::string& body, const std::string& of = {}) {
        std::vector<HttpField> fields;
        if (!of.empty())
            fields.emplace_back("mcp-session-id", of);
        return send("POST", std::move(fields), body);
    }
    Sent modern(const std::string& id, const std::string& method, const std::string& more = {},
                const std::string& name = {}) {
        std::vector<HttpField> fields{{"mcp-protocol-version", "2026-07-28"}, {"mcp-method", method}};
        if (!name.empty())
            fields.emplace_back("mcp-name", name);
        return send("POST", std::move(fields),
                    R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":{)" + more +
                        ExchangeWorld::modernMeta + "}}");
    }
    void settle() {
        timers.run();
        while (!core.asked.empty())
            core.answer(Json{{"serial", "p"}, {"scheme", "none"}, {"value", ""}, {"valid_seconds", 300}});
        timers.run();
    }
    // A legacy session that is open.
    void open() {
        const Sent first = post(ExchangeWorld::initialize);
        program.greet();
        settle();
        session = first->field("Mcp-Session-Id");
        static_cast<void>(post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})", session));
    }

    FakeTimers timers;
    FakeCore core;
    FakeProgram program;
    LocalServices services{program, timers};
    ServerMemory memory;
    StateSeal seal;
    LocalEndpoint endpoint{McpExchange::Parts{core, timers, services, memory, seal}};
    std::shared_ptr<AdmittedExchange> admitted;
    std::string session;
};

TEST(LocalEndpoint, AnInitializeOpensASessionAndItsAnswerNamesIt) {
    EndpointWorld world;
    const auto first = world.post(ExchangeWorld::initialize);
    EXPECT_FALSE(first->answer);
    world.program.greet();
    world.settle();
    ASSERT_TRUE(first->answer);
    EXPECT_EQ(first->answer->status, 200);
    EXPECT_EQ(first->field("Content-Type"), "application/json");
    EXPECT_GE(first->field("Mcp-Session-Id").size(), 22U);
    EXPECT_EQ(first->json()["result"]["serverInfo"]["name"], "p");
    EXPECT_TRUE(first->ended);
    const auto told = world.post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
                                 first->field("Mcp-Session-Id"));
    EXPECT_EQ(told->answer->status, 202);
    EXPECT_TRUE(told->text.empty());
}

TEST(LocalEndpoint, ACallIsAnsweredAndItsProgressComesOnItsStream) {
    EndpointWorld world;
    world.open();
    const auto call =
        world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/call",)" + wanted + "}", world.session);
    const Json token = world.program.last()["params"]["_meta"]["progressToken"];
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
                      token.dump() + R"(,"progress":1}})");
    world.settle();
    EXPECT_EQ(call->field("Content-Type"), "text/event-stream");
    EXPECT_NE(call->text.find(R"("progressToken":"t")"), std::string::npos);
    world.program.answer(R"({"content":[]})");
    world.settle();
    EXPECT_TRUE(call->text.ends_with("\n\n"));
    EXPECT_NE(call->text.find(R"("id":5)"), std::string::npos);
    EXPECT_TRUE(call->ended);
}

TEST(LocalEndpoint, ALongCallHasAStreamBeforeItsAnswer) {
    EndpointWorld world;
    world.open();
    const auto call =
        world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/call",)" + wanted + "}", world.session);
    EXPECT_FALSE(call->answer);
    world.timers.advance(5s);
    EXPECT_EQ(call->field("Content-Type"), "text/event-stream");
}

TEST(LocalEndpoint, AQuestionOfTheProgramComesOnTheCallsStreamAndItsAnswerGoesBack) {
    EndpointWorld world;
    world.open();
    const auto call =
        world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/call",)" + wanted + "}", world.session);
    world.program.say(R"({"jsonrpc":"2.0","id":77,"method":"elicitation/create","params":{"message":"m"}})");
    world.settle();
    EXPECT_NE(call->text.find("elicitation/create"), std::string::npos);
    const auto said =
        world.post(R"({"jsonrpc":"2.0","id":77,"result":{"action":"accept","content":{}}})", world.session);
    EXPECT_EQ(said->answer->status, 202);
    EXPECT_EQ(world.program.last()["result"]["action"], "accept");
}

TEST(LocalEndpoint, TheSessionsStreamHasWhatIsForTheSessionAndWhatWaitedForIt) {
    EndpointWorld world;
    world.open();
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    world.settle();
    const auto stream = world.send("GET", {{"mcp-session-id", world.session}}, "");
    EXPECT_EQ(stream->field("Content-Type"), "text/event-stream");
    EXPECT_NE(stream->text.find("tools/list_changed"), std::string::npos);
    world.program.say(R"({"jsonrpc":"2.0","method":"notifications/prompts/list_changed"})");
    world.settle();
    EXPECT_NE(stream->text.find("prompts/list_changed"), std::string::npos);
    const auto second = world.send("GET", {{"mcp-session-id", world.session}}, "");
    EXPECT_TRUE(stream->ended);
    EXPECT_FALSE(second->ended);
}

TEST(LocalEndpoint, ASessionIsItsClientsAloneAndDeadOnesAre404) {
    EndpointWorld world;
    world.open();
    const std::string list = R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})";
    EXPECT_EQ(world.post(list)->answer->status, 400);
    EXPECT_EQ(world.post(list, "nonsense")->answer->status, 404);
    world.admitted = world.admit("x2", "bob");
    EXPECT_EQ(world.post(list, world.session)->answer->status, 404);
    EXPECT_EQ(world.send("GET", {{"mcp-session-id", world.session}}, "")->answer->status, 404);
    EXPECT_EQ(world.send("DELETE", {{"mcp-session-id", world.session}}, "")->answer->status, 404);
    world.admitted = world.admit("x3", "ana");
    EXPECT_EQ(world.send("DELETE", {{"mcp-session-id", world.session}}, "")->answer->status, 204);
    EXPECT_EQ(world.post(list, world.session)->answer->status, 404);
}

TEST(LocalEndpoint, ASessionGoesOnUnderANewCredential) {
    EndpointWorld world;
    world.open();
    const auto old = world.admitted;
    EXPECT_EQ(old->tenants.size(), 1U);
    world.admitted = world.admit("x2", "ana");
    const auto call = world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})", world.session);
    EXPECT_TRUE(old->tenants.empty());
    EXPECT_EQ(world.core.history.back()["exchange"], "x2");
    world.program.answer(R"({"tools":[]})");
    world.settle();
    EXPECT_EQ(call->json()["id"], 5);
}

TEST(LocalEndpoint, AnExpiredCredentialEndsTheStreamAndNoCall) {
    EndpointWorld world;
    world.open();
    const auto stream = world.send("GET", {{"mcp-session-id", world.session}}, "");
    const auto call = world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})", world.session);
    (*world.admitted->tenants.begin())->onExchangeExpired();
    EXPECT_TRUE(stream->ended);
    EXPECT_FALSE(call->ended);
    EXPECT_FALSE(world.admitted->tenants.empty());
    world.program.answer(R"({"tools":[]})");
    world.settle();
    EXPECT_TRUE(call->ended);
    EXPECT_TRUE(world.admitted->tenants.empty());
}

TEST(LocalEndpoint, AWithdrawnExchangeEndsItsSession) {
    EndpointWorld world;
    world.open();
    const auto call = world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})", world.session);
    (*world.admitted->tenants.begin())->onExchangeEnd("taken back");
    world.settle();
    EXPECT_TRUE(call->ended);
    EXPECT_NE(call->text.find("taken back"), std::string::npos);
    EXPECT_EQ(world.endpoint.sessions(), 0U);
}

TEST(LocalEndpoint, AnIdleSessionEndsAfterTenMinutes) {
    EndpointWorld world;
    world.open();
    world.timers.advance(9min);
    EXPECT_EQ(world.endpoint.sessions(), 1U);
    world.timers.advance(3min);
    world.settle();
    EXPECT_EQ(world.endpoint.sessions(), 0U);
}

TEST(LocalEndpoint, AtMost64SessionsAServiceTheLongestUnusedGoes) {
    EndpointWorld world;
    world.open();
    for (int i = 0; i < 64; ++i)
        static_cast<void>(world.post(ExchangeWorld::initialize));
    EXPECT_EQ(world.endpoint.sessions(), 64U);
    EXPECT_EQ(world.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})", world.session)->answer->status,
              404);
}

TEST(LocalEndpoint, ClientsOf2026ShareAProgramWhateverTheirIds) {
    EndpointWorld world;
    const auto discover = world.modern("1", "server/discover");
    world.program.answer(R"({"resultType":"complete","capabilities":{}})");
    world.settle();
    world.program.answer(R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    world.settle();
    ASSERT_TRUE(discover->answer);
    EXPECT_EQ(discover->json()["id"], 1);
    EXPECT_EQ(discover->field("Mcp-Session-Id"), "");
    const auto one = world.modern("2", "tools/call", R"("name":"a",)", "a");
    const auto two = world.modern("2", "tools/call", R"("name":"b",)", "b");
    const std::string second = world.program.last()["id"].dump();
    world.program.answer(second, R"({"resultType":"complete","for":"b"})");
    world.settle();
    EXPECT_FALSE(one->answer);
    EXPECT_EQ(two->json()["id"], 2);
    EXPECT_EQ(two->json()["result"]["for"], "b");
}

TEST(LocalEndpoint, TheEndOfAConnectionIsTheCancellationOf2026AndNoneBefore) {
    EndpointWorld world;
    const auto discover = world.modern("1", "server/discover");
    world.program.answer(R"({"resultType":"complete","capabilities":{}})");
    world.settle();
    world.program.answer(R"({"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}})");
    world.settle();
    auto call = world.modern("2", "tools/call", R"("name":"a",)", "a");
    const Json number = world.program.last()["id"];
    call->answerer.reset();
    EXPECT_EQ(world.program.last()["method"], "notifications/cancelled");
    EXPECT_EQ(world.program.last()["params"]["requestId"], number);

    EndpointWorld legacy;
    legacy.open();
    auto old = legacy.post(R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})", legacy.session);
    old->answerer.reset();
    EXPECT_EQ(legacy.program.last()["method"], "tools/list");
    legacy.program.answer(R"({"tools":[]})");
    legacy.settle();
}

TEST(LocalEndpoint, SEC_G_18_FieldsThatSayAnythingElseThanTheBodyAreRefused) {
    EndpointWorld world;
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a",)" +
                             ExchangeWorld::modernMeta + "}}";
    const std::vector<std::vector<HttpField>> wrong{
        {{"mcp-method", "tools/call"}, {"mcp-name", "a"}},
        {{"mcp-protocol-version", "2025-11-25"}, {"mcp-method", "tools/call"}, {"mcp-name", "a"}},
        {{"mcp-protocol-version", "2026-07-28"}, {"mcp-name", "a"}},
        {{"mcp-protocol-version", "2026-07-28"}, {"mcp-method", "tools/list"}, {"mcp-name", "a"}},
        {{"mcp-protocol-version", "2026-07-28"}, {"mcp-method", "tools/call"}},
        {{"mcp-protocol-version", "2026-07-28"}, {"mcp-method", "tools/call"}, {"mcp-name", "b"}},
    };
    for (const std::vector<HttpField>& fields : wrong) {
        const auto refused = world.send("POST", fields, call);
        EXPECT_EQ(refused->answer->status, 400);
        EXPECT_EQ(refused->json()["error"]["code"], -32020);
        EXPECT_EQ(refused->json()["id"], 1);
    }
    EXPECT_TRUE(world.program.asked.empty());
}

TEST(LocalEndpoint, WhatIsNoMessageOrOfNoRevisionIsRefused) {
    EndpointWorld world;
    EXPECT_EQ(world.post("{")->json()["error"]["code"], -32700);
    EXPECT_EQ(world.post("[]")->answer->status, 400);
    const auto odd = world.send("POST", {{"mcp-protocol-version", "1999-01-01"}}, ExchangeWorld::initialize);
    EXPECT_EQ(odd->answer->status, 400);
    std::string later =
        R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)" + ExchangeWorld::modernMeta + "}}";
    later.replace(later.find("2026-07-28"), 10, "2027-01-01");
    const auto unknown =
        world.send("POST", {{"mcp-protocol-version", "2027-01-01"}, {"mcp-method", "tools/list"}}, later);
    EXPECT_EQ(unknown->answer->status, 400);
    EXPECT_EQ(unknown->json()["error"]["code"], -32022);
    EXPECT_EQ(world.send("GET", {{"mcp-protocol-version", "2026-07-28"}}, "")->answer->status, 405);
    EXPECT_TRUE(world.program.asked.empty());
}

TEST(LocalEndpoint, AClientThatDoesNotReadHasTheProgramsLinesWait) {
    EndpointWorld world;
    world.open();
    const auto stream = world.send("GET", {{"mcp-session-id", world.session}}, "");
    stream->full = true;
    const std::string big(900'000, 'x');
    for (int i = 0; i < 4; ++i) {
        world.program.say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"n":)" +
                          std::to_string(i) + R"(,"x":")" + big + R"("}})");
        world.settle();
    }
    EXPECT_EQ(stream->text.find("\"n\":3"), std::string::npos);
    stream->full = false;
    stream->answerer->onDrained();
    world.settle();
    EXPECT_NE(stream->text.find("\"n\":3"), std::string::npos);
}

} // namespace
