#include "broker/authserver/DemoProvider.h"

#include "broker/oauth/Form.h"
#include "broker/oauth/JwkSet.h"
#include "broker/oauth/Jws.h"
#include "broker/oauth/Pkce.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class Demo : public ::testing::Test {
protected:
    using Params = std::map<std::string, std::string>;
    static constexpr const char* base = "http://127.0.0.1:4180";

    void SetUp() override { demo.start(base); }
    AsAnswer ask(const std::string& endpoint, Params params, const std::string& method = "POST") {
        AsRequest request;
        request.service = "demo";
        request.endpoint = endpoint;
        request.base = base;
        request.method = method;
        request.params = std::move(params);
        AsAnswer out;
        demo.request(request, [&out](const Result<AsAnswer>& answer) { out = *answer; });
        return out;
    }
    Params query() const {
        return {{"response_type", "code"},
                {"client_id", demo.clientId()},
                {"redirect_uri", "http://127.0.0.1:5001/cb"},
                {"state", "s t"},
                {"scope", "openid email"},
                {"nonce", "n-1"},
                {"code_challenge", pkce.challenge},
                {"code_challenge_method", "S256"}};
    }
    Params pressed() {
        const AsAnswer page = ask("authorize", query(), "GET");
        return page.page && page.page->form ? page.page->form->fields : Params();
    }
    Params back() {
        const AsAnswer redirect = ask("authorize", pressed());
        const std::size_t at = redirect.redirect.find('?');
        return decodeForm(at == std::string::npos ? "" : redirect.redirect.substr(at + 1)).value_or(Params());
    }
    Params exchange(const std::string& code) const {
        return {{"grant_type", "authorization_code"},
                {"client_id", demo.clientId()},
                {"code", code},
                {"redirect_uri", "http://127.0.0.1:5001/cb"},
                {"code_verifier", std::string(pkce.verifier.reveal())}};
    }
    AsAnswer refresh(const std::string& token) {
        return ask(
            "token",
            {{"grant_type", "refresh_token"}, {"client_id", demo.clientId()}, {"refresh_token", token}});
    }
    FakeClock clock;
    Pkce pkce = makePkce();
    DemoProvider demo{clock};
};

TEST_F(Demo, AButtonIsAllThatAPersonNeeds) {
    const AsAnswer page = ask("authorize", query(), "GET");
    ASSERT_TRUE(page.page && page.page->form);
    EXPECT_EQ(page.page->form->action, std::string(base) + "/as/demo/authorize");
    EXPECT_EQ(page.page->form->button, "Continue as demo user");
    const AsAnswer redirect = ask("authorize", page.page->form->fields);
    EXPECT_EQ(redirect.status, 303);
    const Params answer = *decodeForm(redirect.redirect.substr(redirect.redirect.find('?') + 1));
    EXPECT_EQ(answer.at("state"), "s t");
    EXPECT_EQ(answer.at("iss"), std::string(base) + "/as/demo");
    const Json tokens = ask("token", exchange(answer.at("code"))).body;
    const Result<Jws> id = readJws(tokens.at("id_token").get<std::string>());
    ASSERT_TRUE(id);
    EXPECT_EQ(verifyJws(*id, *parseJwkSet(dumpJson(demo.jwks()))), JwsVerdict::Verified);
    EXPECT_EQ(id->claims["email"], DemoProvider::email);
    EXPECT_EQ(id->claims["nonce"], "n-1");
    EXPECT_EQ(id->claims["aud"], demo.clientId());
}

TEST_F(Demo, T17_TheButtonIsPressedOnThePageAndOnce) {
    Params fields = pressed();
    Params forged = fields;
    forged["csrf"] = std::string(43, 'A');
    EXPECT_TRUE(ask("authorize", forged).redirect.empty());
    EXPECT_TRUE(ask("authorize", {}).redirect.empty());
    EXPECT_FALSE(ask("authorize", fields).redirect.empty());
    EXPECT_TRUE(ask("authorize", fields).redirect.empty());
    fields = pressed();
    clock.advance(std::chrono::minutes(11));
    EXPECT_TRUE(ask("authorize", fields).redirect.empty());
}

TEST_F(Demo, OnlyItsOwnClientOnThisMachineGetsACode) {
    for (const auto& [name, value] : Params{{"client_id", "another"},
                                            {"redirect_uri", "https://evil.example/cb"},
                                            {"code_challenge_method", "plain"},
                                            {"response_type", "token"}}) {
        Params params = query();
        params[name] = value;
        const AsAnswer answer = ask("authorize", params, "GET");
        EXPECT_TRUE(answer.redirect.empty()) << name;
        EXPECT_FALSE(answer.page->form) << name;
    }
}

TEST_F(Demo, SEC_S_06_ItsCodesAreBoundAndUsedOnce) {
    const std::string code = back()["code"];
    for (const auto& [name, value] : Params{{"code_verifier", std::string(43, 'A')},
                                            {"redirect_uri", "http://127.0.0.1:5002/cb"},
                                            {"code", "x"}}) {
        Params params = exchange(code);
        params[name] = value;
        EXPECT_EQ(ask("token", params).body["error"], "invalid_grant") << name;
    }
    EXPECT_EQ(ask("token", exchange(code)).status, 200);
    EXPECT_EQ(ask("token", exchange(code)).body["error"], "invalid_grant");
    const std::string late = back()["code"];
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(ask("token", exchange(late)).body["error"], "invalid_grant");
    Params stranger = exchange(late);
    stranger["client_id"] = "another";
    EXPECT_EQ(ask("token", stranger).status, 401);
}

TEST_F(Demo, SEC_S_18_RefreshTokensRotateWithAGrace) {
    const Json first = ask("token", exchange(back()["code"])).body;
    const Json second = refresh(first["refresh_token"]).body;
    EXPECT_NE(second["refresh_token"], first["refresh_token"]);
    EXPECT_EQ(refresh(first["refresh_token"]).body["refresh_token"], second["refresh_token"]);
    clock.advance(std::chrono::seconds(31));
    EXPECT_EQ(refresh(first["refresh_token"]).body["error"], "invalid_grant");
    EXPECT_EQ(refresh(second["refresh_token"]).body["error"], "invalid_grant") << "reuse ends all of it";
}

TEST_F(Demo, WhatIsRevokedOrStoppedIsOver) {
    const Json tokens = ask("token", exchange(back()["code"])).body;
    EXPECT_EQ(ask("revoke", {{"token", tokens["refresh_token"]}}).status, 200);
    EXPECT_EQ(refresh(tokens["refresh_token"]).body["error"], "invalid_grant");
    const Json others = ask("token", exchange(back()["code"])).body;
    const std::string client = demo.clientId();
    demo.stop();
    EXPECT_FALSE(demo.serves("demo"));
    demo.start(base);
    EXPECT_TRUE(demo.serves("demo"));
    EXPECT_FALSE(demo.serves("notes"));
    EXPECT_NE(demo.clientId(), client);
    EXPECT_EQ(refresh(others["refresh_token"]).body["error"], "invalid_grant");
}

} // namespace
} // namespace keybearer
