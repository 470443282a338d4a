#include "broker/gateway/door/MetricsRoute.h"
#include "broker/gateway/door/PageText.h"
#include "broker/gateway/door/WellKnownDocuments.h"

#include "tests/support/FakeGateway.h"
#include "tests/support/HttpWorld.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

DoorTerms termsOf(Json more = Json::object()) {
    Json params{{"services",
                 Json::array({Json{{"name", "linear"},
                                   {"title", "Linear"},
                                   {"scopes", Json::array({"linear", "linear:write", "offline_access"})}}})},
                {"base", "http://127.0.0.1:4180"}};
    params.update(more);
    DoorTerms terms;
    EXPECT_TRUE(terms.replace(params));
    return terms;
}

TEST(WellKnownDocuments, SEC_G_15_TheResourceIsExactlyTheAddressThatTheClientUses) {
    const DoorTerms terms = termsOf();
    for (const std::string base : {"http://127.0.0.1:4180", "http://localhost:4180", "http://[::1]:4180"}) {
        const Json document = protectedResourceDocument(*terms.service("linear"), base);
        EXPECT_EQ(document, (Json{{"resource", base + "/linear/mcp"},
                                  {"authorization_servers", Json::array({base + "/as/linear"})},
                                  {"scopes_supported", Json::array({"linear", "linear:write"})},
                                  {"bearer_methods_supported", Json::array({"header"})},
                                  {"resource_name", "Linear"}}));
    }
}

TEST(WellKnownDocuments, SEC_S_13_TheIssuerIsTheAddressAndWhatIsNotThereIsNotNamed) {
    const DoorTerms plain = termsOf();
    const std::string issuer = "http://localhost:4180/as/linear";
    const Json document =
        authorizationServerDocument(*plain.service("linear"), plain, "http://localhost:4180");
    EXPECT_EQ(document["issuer"], issuer);
    EXPECT_EQ(document["authorization_endpoint"], issuer + "/authorize");
    EXPECT_EQ(document["token_endpoint"], issuer + "/token");
    EXPECT_EQ(document["response_types_supported"], Json::array({"code"}));
    EXPECT_EQ(document["code_challenge_methods_supported"], Json::array({"S256"}));
    EXPECT_EQ(document["authorization_response_iss_parameter_supported"], true);
    EXPECT_FALSE(document.contains("registration_endpoint"));
    EXPECT_FALSE(document.contains("revocation_endpoint"));
    EXPECT_FALSE(document.contains("client_id_metadata_document_supported"));
    for (const auto& [name, value] : document.items())
        EXPECT_FALSE(value.is_null()) << name;
    const DoorTerms full =
        termsOf(Json{{"registration", true}, {"client_id_metadata", true}, {"revocation", true}});
    const Json more = authorizationServerDocument(*full.service("linear"), full, "http://localhost:4180");
    EXPECT_EQ(more["registration_endpoint"], issuer + "/register");
    EXPECT_EQ(more["revocation_endpoint"], issuer + "/revoke");
    EXPECT_EQ(more["client_id_metadata_document_supported"], true);
}

TEST(WellKnownDocuments, AreServedForServicesThatThereAre) {
    HttpWorld world;
    WellKnownDocuments resources(WellKnownDocuments::Kind::ProtectedResource, world.terms);
    WellKnownDocuments keys(WellKnownDocuments::Kind::Keys, world.terms);
    const RouteRules rules{{"GET", "HEAD"}, {}, 0, false, true};
    world.routes.add("/.well-known/oauth-protected-resource/*/mcp", rules, resources);
    world.routes.add("/as/*/jwks", rules, keys);
    const auto answer = world.ask(
        world.get("/.well-known/oauth-protected-resource/svc/mcp", "mcp-protocol-version: 2025-11-25\r\n"));
    EXPECT_EQ(answer->status(), 200);
    EXPECT_EQ(Json::parse(answer->body())["resource"], "http://" + world.host + "/svc/mcp");
    EXPECT_EQ(world.ask(world.get("/.well-known/oauth-protected-resource/none/mcp"))->status(), 404);
    EXPECT_EQ(world.ask(world.get("/.well-known/oauth-protected-resource"))->status(), 404);
    EXPECT_EQ(world.ask(world.get("/as/svc/jwks"))->body(), R"({"keys":[]})");
    const auto head = world.ask("HEAD /as/svc/jwks HTTP/1.1\r\nHost: " + world.host + "\r\n\r\n" +
                                world.get("/as/svc/jwks"));
    world.until([&] { return head->has("{\"keys\""); });
    EXPECT_EQ(head->field("content-length"), "11");
    EXPECT_EQ(head->text.find("\r\n\r\nHTTP/1.1 200"),
              head->text.find("\r\n\r\n")); // no body before the next answer
}

TEST(DoorTerms, WhatIsNoneLeavesTheOldOnes) {
    DoorTerms terms = termsOf();
    for (const Json& wrong :
         {Json::array(), Json::object(), Json{{"services", 1}}, Json{{"services", Json::array({1})}},
          Json{{"services", Json::array({Json::object()})}}})
        EXPECT_FALSE(terms.replace(wrong));
    EXPECT_NE(terms.service("linear"), nullptr);
    EXPECT_EQ(terms.service("lin"), nullptr);
}

TEST(BearerChallenge, SEC_G_14_G7_OneChallengeQuotedAndWithoutAnErrorWhereNothingWasShown) {
    RequestHead head;
    head.base = "http://127.0.0.1:4180";
    head.service = "linear";
    const std::string metadata =
        "resource_metadata=\"http://127.0.0.1:4180/.well-known/oauth-protected-resource/linear/mcp\"";
    EXPECT_EQ(bearerChallenge(head, "", {"linear"}), "Bearer " + metadata + ", scope=\"linear\"");
    EXPECT_EQ(bearerChallenge(head, "invalid_token", {}), "Bearer error=\"invalid_token\", " + metadata);
    EXPECT_EQ(bearerChallenge(head, "insufficient_scope", {"a", "offline_access", "b\"\r\nX: c"}),
              "Bearer error=\"insufficient_scope\", " + metadata + ", scope=\"a b\\\"X: c\"");
}

TEST(PageText, LeadsOnlyWhereAPersonMayGo) {
    PageText page;
    page.title = "Not allowed";
    for (const char* good :
         {"/as/svc/authorize", "http://localhost:33418/?error=x", "https://vscode.dev/redirect",
          "cursor://anysphere.cursor-mcp/oauth/callback?error=access_denied"}) {
        page.again = good;
        EXPECT_NE(page.html().find("href=\"" + escapedHtml(good)), std::string::npos) << good;
    }
    for (const char* bad :
         {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.test", "/\\evil.test",
          "java\nscript:alert(1)", " javascript:alert(1)", "vbscript:x", "relative", ""}) {
        page.again = bad;
        EXPECT_EQ(page.html().find("href="), std::string::npos) << bad;
    }
    page.state = PageText::State::Done;
    page.again.clear();
    EXPECT_EQ(page.html().find("refresh"), std::string::npos);
}

TEST(MetricsRoute, WhoeverAsksTheBrokerIsAskedOnceASecond) {
    HttpWorld world;
    FakeCore core;
    MetricsRoute metrics(core, world.timers);
    for (const char* path : {"/metrics", "/healthz", "/readyz"})
        world.routes.add(path, RouteRules{{"GET", "HEAD"}, {}, 0, false, false}, metrics);
    EXPECT_EQ(world.ask(world.get("/healthz"))->body(), "ok\n");
    const auto one = world.client();
    const auto two = world.client();
    one->write(world.get("/metrics"));
    two->write(world.get("/metrics"));
    world.until([&] { return world.counts.requests == 3; });
    EXPECT_EQ(core.asked.size(), 1U);
    EXPECT_EQ(core.asked.front().method, "metrics.text");
    core.answer(Json{{"text", "keybearer_up 1\n"}});
    world.until([&] { return one->has("keybearer_up 1\n"); });
    EXPECT_EQ(one->field("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    world.until([&] { return two->has("keybearer_up 1\n"); });
    world.timers.skipped += std::chrono::seconds(2);
    const auto later = world.client();
    later->write(world.get("/metrics"));
    world.until([&] { return !core.asked.empty(); });
    core.answer(failure(ErrorCode::BrokerUnreachable, "gone"));
    world.until([&] { return later->answered(); });
    EXPECT_EQ(later->status(), 503);
    const auto ready = world.client();
    ready->write(world.get("/readyz"));
    world.until([&] { return !core.asked.empty(); });
    EXPECT_EQ(core.asked.front().method, "health.brief");
    core.answer(Json{{"ready", false}, {"reasons", Json::array({"the store is locked"})}});
    world.until([&] { return ready->answered(); });
    EXPECT_EQ(ready->status(), 503);
    EXPECT_EQ(ready->body(), "not ready\nthe store is locked\n");
    EXPECT_EQ(world.ask("GET /metrics HTTP/1.1\r\nHost: evil.test\r\n\r\n")->status(), 421);
}

} // namespace
