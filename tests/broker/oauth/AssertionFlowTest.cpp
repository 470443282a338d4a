#include "broker/oauth/AssertionFlow.h"

#include "broker/oauth/SigningKey.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

class AssertionFlowTest : public ::testing::Test {
protected:
    static Secret jwt(const Json& claims) {
        static const auto key = SigningKey::generate();
        return Secret::copyOf(*key->sign({{"typ", "JWT"}}, claims));
    }
    Result<TokenSet> run(Secret assertion) {
        std::optional<Result<TokenSet>> result;
        AssertionFlow flow(transport, clock, setup, std::move(assertion),
                           [&](Result<TokenSet> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }
    ScriptedTransport transport;
    StillClock clock;
    MachineGrant::Setup setup{exampleServer(), {}, {"a", "b"}, " ", "https://mcp.example/mcp"};
};

} // namespace

TEST_F(AssertionFlowTest, P11_TheForeignAssertionIsTheGrantForTheResource) {
    transport.answer(200, goodTokens);
    const Result<TokenSet> tokens = run(Secret::copyOf("h.p.s"));
    ASSERT_TRUE(tokens) << tokens.error().message;
    EXPECT_TRUE(tokens->refreshToken.empty());
    const auto form = *decodeForm(transport.sent.at(0).body);
    EXPECT_EQ(form.at("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    EXPECT_EQ(form.at("assertion"), "h.p.s");
    EXPECT_EQ(form.at("scope"), "a b");
    EXPECT_EQ(form.at("resource"), "https://mcp.example/mcp");
    EXPECT_FALSE(form.contains("client_id"));
}

TEST_F(AssertionFlowTest, P11_ARefusalIsToldAndNothingElseIsTried) {
    for (const char* error : {"invalid_grant", "invalid_scope", "unauthorized_client"}) {
        transport.answer(400, std::string(R"({"error":")") + error + R"("})");
        EXPECT_EQ(std::get<std::string>(*run(Secret::copyOf("h.p.s")).error().detail("error")), error);
    }
    EXPECT_EQ(transport.sent.size(), 3U);
}

TEST_F(AssertionFlowTest, P11_AClientProvesItselfBesideTheAssertion) {
    setup.client = secretClient(ClientAuthMethod::ClientSecretBasic, "s3");
    transport.answer(200, goodTokens);
    ASSERT_TRUE(run(Secret::copyOf("h.p.s")));
    EXPECT_TRUE(transport.sent.at(0).header("Authorization").starts_with("Basic "));
}

TEST_F(AssertionFlowTest, ItsClaimsAreReadAndNotBelieved) {
    const auto claims = readAssertion(jwt({{"iss", "https://idp.example"},
                                           {"sub", "ana"},
                                           {"email", "ana@example.com"},
                                           {"aud", Json::array({"x", "https://as.example/"})},
                                           {"exp", 1'800'000'000}}));
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->issuer, "https://idp.example");
    EXPECT_EQ(claims->subject, "ana");
    EXPECT_EQ(claims->label, "ana@example.com");
    EXPECT_EQ(toUnixSeconds(*claims->expiresAt), 1'800'000'000);
    EXPECT_TRUE(isMeantFor(*claims, exampleServer()));
}

TEST_F(AssertionFlowTest, SEC_C_22_AnAssertionForAnotherServerIsRecognised) {
    const AuthorizationServer server = exampleServer();
    EXPECT_FALSE(isMeantFor(*readAssertion(jwt({{"sub", "a"}, {"aud", "https://as.example.evil"}})), server));
    EXPECT_FALSE(isMeantFor(*readAssertion(jwt({{"sub", "a"}, {"aud", ""}})), server));
    EXPECT_FALSE(isMeantFor(*readAssertion(jwt({{"sub", "a"}})), server));
    EXPECT_TRUE(isMeantFor(*readAssertion(jwt({{"aud", "https://as.example/token"}})), server));
    EXPECT_FALSE(isMeantFor(*readAssertion(jwt({{"aud", ""}})), AuthorizationServer{}));
}

TEST_F(AssertionFlowTest, WhatIsNoJwtIsRefusedWithoutBeingQuoted) {
    for (const char* text :
         {"", "abc", "a.b", "a.b.c.d", "e30.e30.", "{\"a\":1}", "eyJhbGciOiJub25lIn0.e30."}) {
        const auto claims = readAssertion(Secret::copyOf(text));
        ASSERT_FALSE(claims) << text;
        EXPECT_EQ(claims.error().code, ErrorCode::InvalidParams);
    }
    EXPECT_FALSE(readAssertion(Secret::copyOf(std::string(100'000, 'a'))));
}
