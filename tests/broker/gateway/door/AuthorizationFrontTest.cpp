// The front of the authorization server, with a broker of the test's own behind it.
#include "broker/gateway/door/AuthorizationFront.h"

#include "tests/support/FakeGateway.h"
#include "tests/support/HttpWorld.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";

struct FrontWorld : HttpWorld {
    FrontWorld() {
        const RouteRules page{{"GET", "POST"}, "application/x-www-form-urlencoded", 65536, true, false};
        table.add("/as/*/authorize", page, front);
        table.add("/as/*/wait", page, front);
        for (const char* name : {"token", "revoke", "introspect"})
            table.add(std::string("/as/*/") + name,
                      RouteRules{{"POST"}, "application/x-www-form-urlencoded", 65536, false, true}, front);
        table.add("/as/*/register", RouteRules{{"POST"}, "application/json", 65536, false, true}, front);
        std::vector<OwnedDescriptor> listening;
        listening.emplace_back(listen());
        host = "127.0.0.1:" + std::to_string(port);
        frontDoor.open({"http", {host}}, std::move(listening));
    }
    // A request that reaches the broker, which answers so; the client's view.
    std::unique_ptr<RawClient> through(const std::string& request, Result<Json> answer) {
        auto out = client();
        out->write(request);
        until([&] { return !core.asked.empty(); });
        core.answer(std::move(answer));
        until([&] { return out->answered(); });
        return out;
    }
    [[nodiscard]] const Json& said() const { return core.history.back(); }

    FakeCore core;
    RouteTable table;
    AuthorizationFront front{core, terms};
    HttpDoor frontDoor{loop, timers, core, table, terms, counts};
};

TEST(AuthorizationFront, AFormReachesTheBrokerAndItsDocumentTheClient) {
    FrontWorld world;
    const auto client = world.through(
        world.post("/as/svc/token", "grant_type=authorization_code&code=a%2Bb&resource=http%3A%2F%2Fx",
                   form + "Authorization: Basic bXkrYXBwOnMlM0FlY3JldA==\r\n"),
        Json{{"status", 200},
             {"body", {{"access_token", "secret"}}},
             {"fields", Json::array({Json::array({"pragma", "no-cache"})})}});
    EXPECT_EQ(world.core.history.size(), 1U);
    const Json& said = world.said();
    EXPECT_EQ(said["service"], "svc");
    EXPECT_EQ(said["endpoint"], "token");
    EXPECT_EQ(said["method"], "POST");
    EXPECT_EQ(said["base"], "http://" + world.host);
    EXPECT_EQ(said["socket"], false);
    EXPECT_EQ(said["params"],
              (Json{{"grant_type", "authorization_code"}, {"code", "a+b"}, {"resource", "http://x"}}));
    EXPECT_EQ(said["authorization"],
              (Json{{"scheme", "Basic"}, {"user", "my app"}, {"password", "s:ecret"}}));
    EXPECT_EQ(client->status(), 200);
    EXPECT_EQ(client->field("cache-control"), "no-store"); // SEC-S-25
    EXPECT_EQ(client->field("pragma"), "no-cache");
    EXPECT_EQ(client->field("content-type"), "application/json");
    EXPECT_EQ(client->body(), R"({"access_token":"secret"})");
}

TEST(AuthorizationFront, SEC_S_25_WhatIsNoFormReachesNobody) {
    FrontWorld world;
    for (const std::string& request : {
             world.post("/as/svc/token", "code=a&code=b", form),
             world.post("/as/svc/token", "code=%zz", form),
             world.post("/as/svc/token?code=a", "grant_type=b", form),
             world.post("/as/svc/token", "a=b", form + "Authorization: Basic !!!\r\n"),
             world.post("/as/svc/token", "a=b", form + "Authorization: Basic YQ==\r\n"),
             world.post("/as/svc/token", "a=b", form + "Authorization: Basic YTpiJmM9ZA==\r\n"),
             world.post("/as/svc/token", "a=b", form + "Authorization: Digest x\r\n"),
             world.post("/as/svc/token", "a=b", form + "Authorization: Bearer a b\r\n"),
             world.post("/as/svc/token", "a=b",
                        form + "Authorization: Bearer a\r\nAuthorization: Bearer a\r\n"),
             world.post("/as/svc/register", "[]", "Content-Type: application/json\r\n"),
             world.post("/as/svc/register", "{\"a\":1,\"a\":2}", "Content-Type: application/json\r\n"),
             world.post("/as/svc/register", "{", "Content-Type: application/json\r\n"),
             world.post("/as/svc/register", std::string(2000, '['), "Content-Type: application/json\r\n"),
         }) {
        const auto client = world.ask(request);
        EXPECT_EQ(client->status(), 400) << request;
        EXPECT_EQ(client->field("cache-control"), "no-store");
        world.until([&] { return client->has("\"error\":\"invalid_request\""); });
    }
    EXPECT_TRUE(world.core.history.empty());
    EXPECT_EQ(world.ask(world.post("/as/nobody/token", "a=b", form))->status(), 404);
    // One that a person sees is told on a page.
    const auto page = world.ask(world.get("/as/svc/authorize?client_id=a&client_id=b"));
    EXPECT_EQ(page->status(), 400);
    EXPECT_EQ(page->field("content-type"), "text/html; charset=utf-8");
}

TEST(AuthorizationFront, ARegistrationIsHandedOnAsTheDocumentThatItIs) {
    FrontWorld world;
    const auto client =
        world.through(world.post("/as/svc/register", R"({"redirect_uris":["http://127.0.0.1/"]})",
                                 "Content-Type: application/json\r\n"),
                      Json{{"status", 201}, {"body", {{"client_id", "c"}}}});
    EXPECT_EQ(world.said()["document"], (Json{{"redirect_uris", Json::array({"http://127.0.0.1/"})}}));
    EXPECT_EQ(client->status(), 201);
}

TEST(AuthorizationFront, SEC_S_11_ARedirectIs303AndIsNotKept) {
    FrontWorld world;
    const auto client = world.through(
        world.post("/as/svc/authorize", "csrf=1",
                   form + "Origin: http://" + world.host + "\r\nSec-Fetch-Site: same-origin\r\n"),
        Json{{"status", 302}, {"redirect", "cursor://callback?code=c&state=s"}});
    EXPECT_EQ(client->status(), 303);
    EXPECT_EQ(client->field("location"), "cursor://callback?code=c&state=s");
    EXPECT_EQ(client->field("cache-control"), "no-store");
    EXPECT_EQ(client->field("referrer-policy"), "no-referrer");
    // What would split the answer does not get into it.
    const auto split = world.through(world.get("/as/svc/authorize"),
                                     Json{{"status", 303}, {"redirect", "http://x/\r\nSet-Cookie: a=b"}});
    EXPECT_EQ(split->field("location"), "");
    EXPECT_FALSE(split->has("Set-Cookie"));
}

TEST(AuthorizationFront, SEC_S_10_T_17_APageIsOursAloneAndInNoFrame) {
    FrontWorld world;
    const auto page = world.through(world.get("/as/svc/authorize?client_id=c&state=%3Cscript%3E",
                                              "Sec-Fetch-Site: cross-site\r\n"
                                              "Sec-Fetch-Mode: navigate\r\n"
                                              "Sec-Fetch-Dest: document\r\n"),
                                    Json{{"status", 200},
                                         {"page",
                                          {{"title", "Allow <b>it</b>?"},
                                           {"text", "A \"program\" & co asks"},
                                           {"state", "waiting"},
                                           {"again", "/as/svc/wait?t=1&u=2"}}}});
    EXPECT_EQ(world.said()["params"]["state"], "<script>");
    EXPECT_EQ(page->status(), 200);
    EXPECT_EQ(page->field("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page->field("x-frame-options"), "DENY");
    EXPECT_EQ(page->field("referrer-policy"), "no-referrer");
    EXPECT_EQ(page->field("cache-control"), "no-store");
    EXPECT_EQ(page->field("x-content-type-options"), "nosniff");
    const std::string policy = page->field("content-security-policy");
    EXPECT_EQ(policy.find("default-src 'none'; style-src 'sha256-"), 0U) << policy;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_NE(policy.find("form-action 'none'"), std::string::npos);
    world.until([&] { return page->has("</html>"); });
    EXPECT_TRUE(page->has("Allow &lt;b&gt;it&lt;/b&gt;?"));
    EXPECT_TRUE(page->has("A &quot;program&quot; &amp; co asks"));
    EXPECT_TRUE(page->has("content=\"1;url=/as/svc/wait?t=1&amp;u=2\""));
    EXPECT_FALSE(page->has("<script"));
    EXPECT_FALSE(page->has("src="));
    EXPECT_EQ(page->field("access-control-allow-origin"), "");
}

TEST(AuthorizationFront, T_17_AFormOfAPageComesFromThatPageAlone) {
    FrontWorld world;
    const auto page = world.through(
        world.get("/as/svc/authorize"),
        Json{{"status", 200},
             {"page",
              {{"title", "Demo"},
               {"text", "Who?"},
               {"state", "waiting"},
               {"form",
                {{"action", "/as/svc/authorize"}, {"fields", {{"csrf", "a\"b"}}}, {"button", "Sign in"}}}}}});
    world.until([&] { return page->has("</html>"); });
    EXPECT_TRUE(page->has("<form method=\"post\" action=\"/as/svc/authorize\">"));
    EXPECT_TRUE(page->has("name=\"csrf\" value=\"a&quot;b\""));
    EXPECT_TRUE(page->has("<button>Sign in</button>"));
    for (const char* from : {"Origin: null\r\n", "Origin: http://localhost:6274\r\n",
                             "Origin: http://evil.test\r\n", "Sec-Fetch-Site: cross-site\r\n"})
        EXPECT_EQ(world.ask(world.post("/as/svc/authorize", "csrf=1", form + from))->status(), 403) << from;
    EXPECT_EQ(world.core.history.size(), 1U);
}

TEST(AuthorizationFront, ABrokerThatDoesNotAnswerIsNoSecret) {
    FrontWorld world;
    const auto client = world.through(world.post("/as/svc/token", "a=b", form),
                                      failure(ErrorCode::TimedOut, "the broker did not answer"));
    EXPECT_EQ(client->status(), 503);
    EXPECT_EQ(client->field("retry-after"), "2");
    EXPECT_TRUE(client->has("temporarily_unavailable"));
    const auto page = world.through(world.get("/as/svc/wait?t=1"),
                                    failure(ErrorCode::TimedOut, "the broker did not answer"));
    EXPECT_EQ(page->status(), 503);
    EXPECT_EQ(page->field("content-type"), "text/html; charset=utf-8");
}

TEST(AuthorizationFront, AClientThatHasGoneIsToldNothing) {
    FrontWorld world;
    auto client = world.client();
    client->write(world.post("/as/svc/token", "a=b", form));
    world.until([&] { return !world.core.asked.empty(); });
    client->close();
    world.until([&] { return world.frontDoor.connections() == 0; });
    world.core.answer(Json{{"status", 200}, {"body", Json::object()}});
}

TEST(AuthorizationFront, T_16_QuestionsOfClientsThatHaveGoneAreCounted) {
    FrontWorld world;
    for (int i = 0; i < 1024; ++i) {
        auto client = world.client();
        client->write(world.get("/as/svc/wait?transaction=1"));
        world.until([&] { return world.core.asked.size() == static_cast<std::size_t>(i) + 1; });
        client->close();
        world.until([&] { return world.frontDoor.connections() == 0; });
    }
    EXPECT_EQ(world.ask(world.get("/as/svc/wait?transaction=1"))->status(), 503);
    EXPECT_EQ(world.core.asked.size(), 1024U);
    world.core.answer(Json{{"status", 200}, {"body", Json::object()}});
    const auto client = world.client();
    client->write(world.get("/as/svc/wait?transaction=1"));
    world.until([&] { return world.core.asked.size() == 1024; });
}

} // namespace
