#include "tests/broker/authserver/AuthorityFixture.h"

#include "broker/base/Text.h"

namespace keybearer {
namespace {

class Token : public AuthorityFixture {
protected:
    static std::string errorOf(const AsAnswer& answer) { return answer.body.value("error", ""); }
    static std::string refreshTokenOf(const Json& tokens) { return tokens.value("refresh_token", ""); }
};

TEST_F(Token, SEC_S_16_ACodeBecomesATokenForOneRoute) {
    const std::string client = newClient();
    const AsAnswer answer = ask("token", exchange(client, codeFor(client)));
    ASSERT_EQ(answer.status, 200) << dumpJson(answer.body);
    EXPECT_EQ(answer.body["token_type"], "Bearer");
    EXPECT_EQ(answer.body["expires_in"], 300);
    EXPECT_EQ(answer.body["scope"], "notes");
    const bool noStore =
        std::find(answer.fields.begin(), answer.fields.end(),
                  std::pair<std::string, std::string>("Cache-Control", "no-store")) != answer.fields.end();
    EXPECT_TRUE(noStore) << "SEC-S-25";
    const std::string access = answer.body["access_token"];
    const Result<LocalToken> token = server->verify(access, "notes");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->clientId, client);
    EXPECT_EQ(token->clientName, "Test Client");
    EXPECT_EQ(token->account, "ana@example.com");
    EXPECT_EQ(token->sessionId, "s_1");
    EXPECT_EQ(token->scopes, std::vector<std::string>{"notes"});
    EXPECT_EQ(token->expiresAt, clock.wall() + std::chrono::seconds(300));
    EXPECT_FALSE(server->verify(access, "files")) << "SEC-G: one route";
    EXPECT_EQ(countOf("local_grant.added"), 1U);
}

TEST_F(Token, SEC_S_02_TheVerifierHasToFitTheChallenge) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    for (const std::string& verifier :
         {std::string(), std::string(43, 'A'), std::string("short"), std::string(129, 'A'), pkce.challenge}) {
        Params params = exchange(client, code);
        params["code_verifier"] = verifier;
        EXPECT_EQ(errorOf(ask("token", params)), "invalid_grant") << verifier;
    }
    EXPECT_EQ(ask("token", exchange(client, code)).status, 200) << "SEC-S-07: wrong ones end nothing";
}

TEST_F(Token, SEC_S_06_ACodeIsForItsClientAddressServiceAndMinute) {
    const std::string client = newClient();
    const std::string other = newClient();
    const std::string code = codeFor(client);
    EXPECT_EQ(errorOf(ask("token", exchange(other, code))), "invalid_grant");
    Params elsewhere = exchange(client, code);
    elsewhere["redirect_uri"] = "http://127.0.0.1:5002/callback";
    EXPECT_EQ(errorOf(ask("token", elsewhere)), "invalid_grant") << "byte by byte as it was asked for";
    elsewhere.erase("redirect_uri");
    EXPECT_EQ(errorOf(ask("token", elsewhere)), "invalid_grant");
    Params foreign = exchange(client, code);
    foreign["resource"] = std::string(base) + "/files/mcp";
    EXPECT_EQ(errorOf(ask("token", foreign)), "invalid_target");
    EXPECT_EQ(errorOf(ask("token", exchange(client, code + "x"))), "invalid_grant");
    EXPECT_EQ(errorOf(ask("token", exchange(client, ""))), "invalid_request");
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(errorOf(ask("token", exchange(client, code))), "invalid_grant");
}

TEST_F(Token, SEC_S_07_AValidSecondUseOfACodeEndsTheGrant) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    const Json tokens = ask("token", exchange(client, code)).body;
    EXPECT_EQ(errorOf(ask("token", exchange(newClient(), code))), "invalid_grant");
    EXPECT_TRUE(isGood(tokens)) << "another client's try ends nothing";
    EXPECT_EQ(errorOf(ask("token", exchange(client, code))), "invalid_grant");
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(tokens))), "invalid_grant");
    EXPECT_EQ(ended.size(), 1U);
    EXPECT_EQ(countOf("local_grant.reused"), 1U);
}

TEST_F(Token, Z9_AnUnknownClientIsToldSoWith401) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    const AsAnswer unknown = ask("token", exchange("kbl_long_gone", code));
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(errorOf(unknown), "invalid_client");
    Params nobody = exchange(client, code);
    nobody.erase("client_id");
    EXPECT_EQ(ask("token", nobody).status, 401);
    Params secretive = exchange(client, code);
    secretive["client_secret"] = "x";
    EXPECT_EQ(ask("token", secretive).status, 401) << "a public client has no secret";
}

TEST_F(Token, SEC_S_21_AClientWithASecretHasToShowIt) {
    for (const char* method : {"client_secret_basic", "client_secret_post"}) {
        Json document = metadata();
        document["token_endpoint_auth_method"] = method;
        const Json registered = registerClient(document).body;
        const std::string client = registered.at("client_id");
        const std::string secret = registered.at("client_secret");
        EXPECT_EQ(registered.at("client_secret_expires_at"), 0);
        const std::string code = codeFor(client);
        EXPECT_EQ(ask("token", exchange(client, code)).status, 401);
        AsRequest basic = make("token", exchange(client, code));
        basic.params.erase("client_id");
        basic.authorization = AsRequest::Authorization{"Basic", client, "wrong"};
        const AsAnswer refused = ask(basic);
        EXPECT_EQ(refused.status, 401);
        EXPECT_TRUE(std::any_of(refused.fields.begin(), refused.fields.end(),
                                [](const auto& field) { return field.first == "WWW-Authenticate"; }));
        basic.authorization->password = secret;
        EXPECT_EQ(ask(basic).status, 200);
        const Result<std::vector<LocalClient>> stored = state->loadLocalClients();
        for (const LocalClient& kept : *stored)
            EXPECT_NE(kept.secretHash, secret) << "it is kept as a hash";
    }
}

TEST_F(Token, ClientsAuthenticateInOneWay) {
    const std::string client = newClient();
    AsRequest both = make("token", exchange(client, "x"));
    both.authorization = AsRequest::Authorization{"Basic", "another", ""};
    EXPECT_EQ(errorOf(ask(both)), "invalid_request");
    both.authorization = AsRequest::Authorization{"Bearer", "", "x"};
    EXPECT_EQ(errorOf(ask(both)), "invalid_request");
    both.authorization = AsRequest::Authorization{"Basic", client, ""};
    both.params["client_secret"] = "x";
    EXPECT_EQ(errorOf(ask(both)), "invalid_request");
}

TEST_F(Token, SEC_S_25_OtherGrantsAndMethodsAreRefusedInTheWordsOfTheRfc) {
    const std::string client = newClient();
    EXPECT_EQ(errorOf(ask("token", {{"client_id", client}})), "invalid_request");
    for (const char* type : {"password", "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"})
        EXPECT_EQ(errorOf(ask("token", {{"client_id", client}, {"grant_type", type}})),
                  "unsupported_grant_type");
    AsRequest get = make("token", exchange(client, "x"));
    get.method = "GET";
    EXPECT_EQ(ask(get).status, 405);
    EXPECT_EQ(errorOf(ask("token", {{"client_id", client}, {"grant_type", "refresh_token"}})),
              "invalid_request");
}

TEST_F(Token, SEC_S_18_ARefreshTokenIsReplacedWithEachUse) {
    const std::string client = newClient();
    const Json first = signIn(client);
    const Json second = refresh(client, refreshTokenOf(first)).body;
    EXPECT_NE(refreshTokenOf(second), refreshTokenOf(first));
    EXPECT_NE(second["access_token"], first["access_token"]);
    EXPECT_TRUE(isGood(second));
    const Json third = refresh(client, refreshTokenOf(second)).body;
    EXPECT_TRUE(isGood(third));
    EXPECT_EQ(countOf("local_grant.refreshed"), 2U);
}

TEST_F(Token, SEC_S_19_WithinTheGraceTheSameSuccessorComesAgain) {
    const std::string client = newClient();
    const Json first = signIn(client);
    const Json second = refresh(client, refreshTokenOf(first)).body;
    clock.advance(std::chrono::seconds(30));
    const Json repeated = refresh(client, refreshTokenOf(first)).body;
    EXPECT_EQ(refreshTokenOf(repeated), refreshTokenOf(second));
    EXPECT_TRUE(isGood(repeated));
    EXPECT_TRUE(ended.empty());
    EXPECT_EQ(countOf("local_grant.repeated"), 1U) << "it is marked";
    EXPECT_EQ(refresh(newClient(), refreshTokenOf(first)).body["error"], "invalid_grant");
    EXPECT_TRUE(isGood(second)) << "another client learns and ends nothing";
}

TEST_F(Token, SEC_S_19_TheGraceOutlivesARestart) {
    const std::string client = newClient();
    const Json first = signIn(client);
    const Json second = refresh(client, refreshTokenOf(first)).body;
    start();
    EXPECT_EQ(refreshTokenOf(refresh(client, refreshTokenOf(first)).body), refreshTokenOf(second));
}

TEST_F(Token, SEC_S_18_ReuseAfterTheGraceEndsTheFamily) {
    const std::string client = newClient();
    const Json first = signIn(client);
    const Json second = refresh(client, refreshTokenOf(first)).body;
    clock.advance(std::chrono::seconds(31));
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(first))), "invalid_grant");
    EXPECT_FALSE(isGood(second));
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(second))), "invalid_grant");
    EXPECT_EQ(countOf("local_grant.reused"), 1U);
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_NE(server->clients()["clients"].size(), 0U) << "Z9: the client stays";
}

TEST_F(Token, SEC_S_18_AnOlderOneThanTheLastEndsTheFamilyAtOnce) {
    const std::string client = newClient();
    const Json first = signIn(client);
    const Json second = refresh(client, refreshTokenOf(first)).body;
    const Json third = refresh(client, refreshTokenOf(second)).body;
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(first))), "invalid_grant");
    EXPECT_FALSE(isGood(third));
}

TEST_F(Token, SEC_S_26_RefreshTokensThatWereMadeUpEndNothing) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    const std::string good = refreshTokenOf(tokens);
    const std::size_t dot = good.rfind('.');
    const std::string grant = good.substr(0, good.find('.'));
    const std::string mac = good.substr(dot);
    for (const std::string& forged :
         {std::string("x"), good + "A", good.substr(0, good.size() - 2), grant + ".0" + mac,
          grant + ".2" + mac, grant + ".01" + mac, grant + ".-1" + mac,
          grant + ".1" + std::string(1, '.') + std::string(43, 'A'), "kbr_.1" + mac, grant + "." + mac,
          "kbr_g_other.1" + mac, grant + ".1." + std::string(5000, 'A'),
          grant + ".99999999999999999999" + mac})
        EXPECT_EQ(errorOf(refresh(client, forged)), "invalid_grant") << forged;
    EXPECT_TRUE(isGood(tokens));
    EXPECT_EQ(refresh(client, good).status, 200);
}

TEST_F(Token, RefreshingGivesNoMoreThanWasGranted) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    Params params{
        {"grant_type", "refresh_token"}, {"refresh_token", refreshTokenOf(tokens)}, {"client_id", client}};
    params["scope"] = "notes files";
    EXPECT_EQ(errorOf(ask("token", params)), "invalid_scope");
    params["scope"] = "no\"tes";
    EXPECT_EQ(errorOf(ask("token", params)), "invalid_scope");
    params["scope"] = "notes";
    params["resource"] = std::string(base) + "/files/mcp";
    EXPECT_EQ(errorOf(ask("token", params)), "invalid_target");
    params["resource"] = base;
    EXPECT_EQ(ask("token", params).status, 200);
}

TEST_F(Token, AllowedOnceMeansOneTokenAndNoFurther) {
    const std::string client = newClient();
    const Json tokens = ask("token", exchange(client, codeFor(client, ConsentDecision::AllowOnce))).body;
    EXPECT_TRUE(isGood(tokens));
    EXPECT_FALSE(tokens.contains("refresh_token"));
    clock.advance(std::chrono::seconds(300));
    server->onMinute();
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_EQ(ended.size(), 1U);
}

TEST_F(Token, AllowedForTheSessionEndsWithTheScreen) {
    const std::string client = newClient();
    const Json tokens = ask("token", exchange(client, codeFor(client, ConsentDecision::AllowSession))).body;
    EXPECT_TRUE(tokens.contains("refresh_token"));
    clock.advance(std::chrono::minutes(30));
    gate->onMinute();
    EXPECT_EQ(refresh(client, refreshTokenOf(tokens)).status, 200) << "it comes when its token has ended";
    gate->screenLocked();
    EXPECT_EQ(ended.size(), 1U);
}

TEST_F(Token, RevokingTheConsentEndsTheTokensAtOnce) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    ASSERT_EQ(gate->consents().size(), 1U);
    EXPECT_EQ(gate->consents().front()->evidence.client, client);
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_EQ(ended.size(), 1U) << "SEC-S-23: the gateway is told, and not after the next minute";
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(tokens))), "invalid_grant");
}

TEST_F(Token, WhatAPersonTookBackBeforeTheCodeCameIsOver) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_EQ(errorOf(ask("token", exchange(client, code))), "invalid_grant");
}

TEST_F(Token, ADeadSignInEndsTheGrantsThatUseItAndKeepsTheClient) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    services.sessions.clear();
    server->sessionEnded("s_other");
    EXPECT_TRUE(isGood(tokens));
    server->sessionEnded("s_1");
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(errorOf(refresh(client, refreshTokenOf(tokens))), "invalid_grant");
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_EQ(server->clients()["clients"].size(), 1U);
}

TEST_F(Token, GrantsAndClientsOutliveARestart) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    start();
    EXPECT_TRUE(isGood(tokens)) << "signed by a key of before";
    const AsAnswer next = refresh(client, refreshTokenOf(tokens));
    EXPECT_EQ(next.status, 200);
    EXPECT_TRUE(isGood(next.body));
    EXPECT_EQ(server->keys()["keys"].size(), 1U) << "the same key signs on";
}

TEST_F(Token, WhatWasAllowedForTheSessionDoesNotOutliveARestart) {
    const std::string client = newClient();
    const Json tokens = ask("token", exchange(client, codeFor(client, ConsentDecision::AllowSession))).body;
    start();
    EXPECT_FALSE(isGood(tokens));
    EXPECT_EQ(server->grants()["grants"].size(), 0U);
}

TEST_F(Token, AStoreThatIsLockedMeansLater) {
    const std::string client = newClient();
    const std::string code = codeFor(client);
    state->close();
    const AsAnswer answer = ask("token", exchange(client, code));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(errorOf(answer), "temporarily_unavailable");
}

TEST_F(Token, SEC_S_26_FailuresAreLimitedAndOthersAreServed) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    AsAnswer last;
    for (int i = 0; i < 100; ++i)
        last = refresh(client, "kbr_g_x.1." + std::string(43, 'A'));
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(refresh(client, refreshTokenOf(tokens)).status, 200);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(refresh(client, "x").status, 400);
}

TEST_F(Token, NothingSecretStandsInTheAuditLogOrTheLists) {
    const std::string client = newClient();
    const Json tokens = signIn(client);
    std::string all = dumpJson(server->clients()) + dumpJson(server->grants()) + dumpJson(server->keys());
    for (const AuditEvent& event : audit)
        all += event.kind + event.caller + event.client + event.why + event.detail + event.token;
    EXPECT_EQ(all.find(tokens["access_token"].get<std::string>()), std::string::npos);
    EXPECT_EQ(all.find(refreshTokenOf(tokens)), std::string::npos);
    EXPECT_EQ(all.find("\"d\""), std::string::npos);
}

} // namespace
} // namespace keybearer
