#include "tests/broker/authserver/AuthorityFixture.h"

namespace keybearer {
namespace {

class Revocation : public AuthorityFixture {
protected:
    AsAnswer revoke(const std::string& client, const std::string& token) {
        return ask("revoke", {{"client_id", client}, {"token", token}});
    }
};

TEST_F(Revocation, SEC_S_23_ARefreshTokenTakesItsAccessTokensAlong) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    EXPECT_EQ(revoke(client, tokens["refresh_token"]).status, 200);
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(ended.size(), 1U);
    EXPECT_TRUE(gate->consents().empty()) << "the consent goes with it";
    EXPECT_EQ(revoke(client, tokens["refresh_token"]).status, 200) << "as good as unknown";
}

TEST_F(Revocation, SEC_S_23_AnAccessTokenCanBeGivenBackToo) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    EXPECT_EQ(revoke(client, tokens["access_token"]).status, 200);
    EXPECT_FALSE(isGood(tokens));
}

TEST_F(Revocation, SEC_S_23_UnknownOnesAreRevokedAlreadyAndForeignOnesStay) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    for (const char* unknown : {"x", "kbr_g_x.1.AAAA", "a.b.c"})
        EXPECT_EQ(revoke(client, unknown).status, 200) << unknown;
    EXPECT_EQ(revoke(client, "").body["error"], "invalid_request");
    EXPECT_EQ(revoke("kbl_unknown", tokens["refresh_token"]).status, 401);
    const AsAnswer foreign = revoke(newClient(), tokens["refresh_token"]);
    EXPECT_EQ(foreign.body["error"], "unauthorized_client");
    EXPECT_TRUE(isGood(tokens));
}

class Introspection : public AuthorityFixture {
protected:
    void SetUp() override {
        AuthorityFixture::SetUp();
        Json document = metadata();
        document["token_endpoint_auth_method"] = "client_secret_post";
        const Json registered = registerClient(document).body;
        client = registered.at("client_id");
        secret = registered.at("client_secret");
        Params params = exchange(client, codeFor(client));
        params["client_secret"] = secret;
        tokens = ask("token", params).body;
    }
    AsAnswer introspect(const std::string& token) {
        return ask("introspect", {{"client_id", client}, {"client_secret", secret}, {"token", token}});
    }
    std::string client;
    std::string secret;
    Json tokens;
};

TEST_F(Introspection, SEC_S_24_AClientThatProvesItselfLearnsOfItsOwnTokens) {
    const Json access = introspect(tokens["access_token"]).body;
    EXPECT_EQ(access["active"], true);
    EXPECT_EQ(access["client_id"], client);
    EXPECT_EQ(access["aud"], std::string(base) + "/notes/mcp");
    EXPECT_EQ(access["exp"].get<std::int64_t>() - access["iat"].get<std::int64_t>(), 300);
    EXPECT_EQ(introspect(tokens["refresh_token"]).body["active"], true);
}

TEST_F(Introspection, SEC_S_24_AClientKeyOfTheServiceIsToldOfAllItsTokens) {
    AsRequest request = make("introspect", {{"token", tokens["access_token"]}});
    request.authorization = AsRequest::Authorization{"Bearer", "", "kbk_good"};
    EXPECT_EQ(ask(request).body["client_id"], client);
    request.params["token"] = "x";
    EXPECT_EQ(ask(request).body, Json({{"active", false}}));
    request.service = "files";
    EXPECT_EQ(ask(request).status, 401);
}

TEST_F(Introspection, SEC_S_24_OfAllOthersOnlyThatTheyAreNotActive) {
    const Json inactive{{"active", false}};
    const Json foreign = signIn(newClient());
    EXPECT_EQ(introspect(foreign["access_token"]).body, inactive);
    EXPECT_EQ(introspect(foreign["refresh_token"]).body, inactive);
    EXPECT_EQ(introspect("x").body, inactive);
    EXPECT_EQ(introspect("").body, inactive);
    clock.advance(std::chrono::minutes(7));
    EXPECT_EQ(introspect(tokens["access_token"]).body, inactive);
    server->sessionEnded("s_1");
    EXPECT_EQ(introspect(tokens["refresh_token"]).body, inactive);
}

TEST_F(Introspection, SEC_S_24_WhoDoesNotProveItselfLearnsNothing) {
    const std::string other = newClient();
    EXPECT_EQ(ask("introspect", {{"client_id", other}, {"token", tokens["access_token"]}}).status, 401);
    EXPECT_EQ(ask("introspect", {{"token", tokens["access_token"]}}).status, 401);
    EXPECT_EQ(ask("introspect", {{"client_id", client}, {"client_secret", "x"}, {"token", "y"}}).status, 401);
    AsRequest bearer = make("introspect", {{"token", tokens["access_token"]}});
    bearer.authorization = AsRequest::Authorization{"Bearer", "", "forged"};
    EXPECT_EQ(ask(bearer).status, 401);
    bearer.authorization->password = tokens["access_token"];
    EXPECT_EQ(ask(bearer).body["active"], true) << "a token of its own will do";
}

TEST(AsMessage, WhatIsNoRequestIsRefused) {
    const Json good{
        {"service", "notes"}, {"endpoint", "token"}, {"base", "http://127.0.0.1:1"}, {"method", "POST"}};
    EXPECT_TRUE(AsRequest::from(good));
    for (const char* name : {"service", "endpoint", "base", "method"}) {
        Json without = good;
        without.erase(name);
        EXPECT_FALSE(AsRequest::from(without)) << name;
        without[name] = 7;
        EXPECT_FALSE(AsRequest::from(without)) << name;
    }
    Json odd = good;
    odd["params"] = {{"code", 7}};
    EXPECT_FALSE(AsRequest::from(odd));
    odd["params"] = Json::array();
    EXPECT_FALSE(AsRequest::from(odd));
    odd["params"] = {{"code", "x"}};
    odd["authorization"] = {{"scheme", "Basic"}, {"user", "u"}, {"password", "p"}};
    odd["document"] = {{"a", 1}};
    odd["socket"] = true;
    const Result<AsRequest> request = AsRequest::from(odd);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->param("code"), "x");
    EXPECT_EQ(request->authorization->password, "p");
    EXPECT_TRUE(request->socket);
    odd["authorization"] = {{"user", "u"}};
    EXPECT_FALSE(AsRequest::from(odd));
}

TEST(AsMessage, AnAnswerSaysWhatItHas) {
    AsAnswer answer;
    answer.status = 303;
    answer.redirect = "http://127.0.0.1:5/cb";
    EXPECT_EQ(answer.toJson(), Json({{"status", 303}, {"redirect", "http://127.0.0.1:5/cb"}}));
    AsAnswer page;
    page.page =
        AsPage{"T", "x", AsPage::State::Waiting, "http://again", AsPage::Form{"/a", {{"csrf", "1"}}, "Go"}};
    page.fields = {{"Retry-After", "1"}};
    const Json json = page.toJson();
    EXPECT_EQ(json["page"]["state"], "waiting");
    EXPECT_EQ(json["page"]["form"]["fields"]["csrf"], "1");
    EXPECT_EQ(json["fields"][0], Json({"Retry-After", "1"}));
}

} // namespace
} // namespace keybearer
