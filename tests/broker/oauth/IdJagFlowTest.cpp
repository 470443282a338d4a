#include "broker/oauth/IdJagFlow.h"

#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const std::string idJag = R"({"access_token":"j.a.g","issued_token_type":)"
                          R"("urn:ietf:params:oauth:token-type:id-jag","token_type":"N_A","expires_in":300})";

class IdJagFlowTest : public ::testing::Test {
protected:
    IdJagFlowTest() {
        setup.grant.server = exampleServer();
        setup.grant.client = secretClient(ClientAuthMethod::ClientSecretBasic, "at-server");
        setup.grant.scopes = {"a", "b"};
        setup.grant.resource = "https://mcp.example/mcp";
        setup.identityProvider.issuer = "https://idp.example";
        setup.identityProvider.tokenEndpoint = QUrl(QStringLiteral("https://idp.example/token"));
        setup.identityClient = secretClient(ClientAuthMethod::ClientSecretPost, "at-idp");
        setup.identityClient.clientId = "us at the idp";
        setup.idToken = Secret::copyOf("id.to.ken");
    }
    Result<TokenSet> run() {
        std::optional<Result<TokenSet>> result;
        IdJagFlow flow(transport, clock, std::move(setup),
                       [&](Result<TokenSet> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }
    ScriptedTransport transport;
    StillClock clock;
    IdJagFlow::Setup setup;
};

} // namespace

TEST_F(IdJagFlowTest, P11_TheIdTokenBecomesAnAssertionAndThatATokenOfTheServer) {
    transport.answer(200, idJag);
    transport.answer(200, goodTokens);
    const Result<TokenSet> tokens = run();
    ASSERT_TRUE(tokens) << tokens.error().message;
    EXPECT_EQ(tokens->accessToken.reveal(), "at-1");
    EXPECT_TRUE(tokens->refreshToken.empty());
    ASSERT_EQ(transport.sent.size(), 2U);

    EXPECT_EQ(transport.sent[0].url, "https://idp.example/token");
    const auto exchange = *decodeForm(transport.sent[0].body);
    EXPECT_EQ(exchange.at("grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange");
    EXPECT_EQ(exchange.at("requested_token_type"), "urn:ietf:params:oauth:token-type:id-jag");
    EXPECT_EQ(exchange.at("audience"), "https://as.example");
    EXPECT_EQ(exchange.at("resource"), "https://mcp.example/mcp");
    EXPECT_EQ(exchange.at("scope"), "a b");
    EXPECT_EQ(exchange.at("subject_token"), "id.to.ken");
    EXPECT_EQ(exchange.at("subject_token_type"), "urn:ietf:params:oauth:token-type:id_token");
    EXPECT_EQ(exchange.at("client_id"), "us at the idp");
    EXPECT_EQ(exchange.at("client_secret"), "at-idp");

    EXPECT_EQ(transport.sent[1].url, "https://as.example/token");
    const auto grant = *decodeForm(transport.sent[1].body);
    EXPECT_EQ(grant.at("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    EXPECT_EQ(grant.at("assertion"), "j.a.g");
    EXPECT_EQ(grant.at("resource"), "https://mcp.example/mcp");
    EXPECT_TRUE(transport.sent[1].header("Authorization").starts_with("Basic "));
    EXPECT_EQ(transport.sent[1].body.find("id.to.ken"), std::string::npos) << "it is for its issuer alone";
    EXPECT_EQ(transport.sent[1].body.find("at-idp"), std::string::npos);
}

TEST_F(IdJagFlowTest, P11_TheIdentityProvidersRefusalEndsIt) {
    transport.answer(400, R"({"error":"invalid_grant"})");
    const Result<TokenSet> tokens = run();
    ASSERT_FALSE(tokens);
    EXPECT_EQ(std::get<std::string>(*tokens.error().detail("error")), "invalid_grant");
    EXPECT_EQ(std::get<std::string>(*tokens.error().detail("at")), "identity_provider");
    EXPECT_EQ(transport.sent.size(), 1U);
}

TEST_F(IdJagFlowTest, P11_TheServersRefusalEndsIt) {
    transport.answer(200, idJag);
    transport.answer(400, R"({"error":"invalid_grant"})");
    const Result<TokenSet> tokens = run();
    ASSERT_FALSE(tokens);
    EXPECT_EQ(tokens.error().detail("at"), nullptr);
    EXPECT_EQ(transport.sent.size(), 2U);
}

TEST_F(IdJagFlowTest, SEC_C_31_WhatIsNoAssertionIsNotCarriedOn) {
    const std::string plainToken = R"({"access_token":"at","token_type":"Bearer"})";
    const std::string otherKind =
        R"({"access_token":"at","issued_token_type":"urn:ietf:params:oauth:token-type:access_token",)"
        R"("token_type":"N_A"})";
    const std::string bearer = R"({"access_token":"at","issued_token_type":)"
                               R"("urn:ietf:params:oauth:token-type:id-jag","token_type":"Bearer"})";
    for (const std::string& answer : {plainToken, otherKind, bearer}) {
        IdJagFlow::Setup again;
        again.grant = setup.grant;
        again.identityProvider = setup.identityProvider;
        again.identityClient = setup.identityClient;
        again.idToken = Secret::copyOf("id.to.ken");
        transport.answer(200, answer);
        const std::size_t before = transport.sent.size();
        std::swap(setup, again);
        const Result<TokenSet> tokens = run();
        setup = std::move(again);
        ASSERT_FALSE(tokens) << answer;
        EXPECT_EQ(tokens.error().code, ErrorCode::ProviderError);
        EXPECT_EQ(transport.sent.size(), before + 1) << "the server hears nothing";
    }
}

TEST_F(IdJagFlowTest, WithoutAnIssuerThereIsNoAudience) {
    setup.grant.server.issuer.clear();
    EXPECT_EQ(run().error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(transport.sent.empty());
}
