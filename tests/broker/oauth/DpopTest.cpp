#include "broker/base/Random.h"
#include "broker/oauth/DpopProof.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/TokenExchange.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include "TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const std::string dpopTokens =
    R"({"access_token":"at-1","token_type":"DPoP","expires_in":3600,"refresh_token":"rt-1"})";
const std::string wantsNonce = R"({"error":"use_dpop_nonce"})";

class DpopTest : public ::testing::Test {
protected:
    DpopTest() {
        setup_.server = exampleServer();
        setup_.client = publicClient();
    }
    Result<TokenSet> run() {
        std::optional<Result<TokenSet>> result;
        Form form;
        form.add("grant_type", "refresh_token").add("refresh_token", "rt-0");
        TokenExchange exchange(transport_, clock_, setup_, std::move(form),
                               [&](Result<TokenSet> tokens) { result = std::move(tokens); });
        exchange.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }
    [[nodiscard]] std::string proof(std::size_t request) const {
        return transport_.sent.at(request).header("DPoP");
    }

    ScriptedTransport transport_;
    StillClock clock_;
    TokenExchange::Setup setup_;
};

} // namespace

TEST_F(DpopTest, P11_AProofIsForOneRequest) {
    setup_.dpopKey = SigningKey::generate();
    transport_.answer(200, dpopTokens);
    const Result<TokenSet> tokens = run();
    ASSERT_TRUE(tokens) << tokens.error().message;
    EXPECT_EQ(tokens->tokenType, "DPoP");
    EXPECT_EQ(tokens->dpopKey, setup_.dpopKey);
    const Json header = headerOf(proof(0));
    EXPECT_EQ(header, (Json{{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", setup_.dpopKey->publicJwk()}}));
    Json claims = claimsOf(proof(0));
    EXPECT_GE(claims.at("jti").get<std::string>().size(), 22U);
    claims.erase("jti");
    EXPECT_EQ(
        claims,
        (Json{{"htm", "POST"}, {"htu", "https://as.example/token"}, {"iat", toUnixSeconds(clock_.now)}}));
}

TEST_F(DpopTest, QueryAndFragmentAreNoPartOfTheTarget) {
    const auto key = SigningKey::generate();
    const AccessToken token(Secret::copyOf("at"));
    const QUrl url(QStringLiteral("https://api.example/a?b=c#d"));
    const auto proof = dpopProof(*key, {"GET", url, "n", dpopTokenHash(token), clock_.now});
    ASSERT_TRUE(proof);
    EXPECT_EQ(claimsOf(*proof).at("htu"), "https://api.example/a");
    EXPECT_EQ(claimsOf(*proof).at("nonce"), "n");
    EXPECT_EQ(claimsOf(*proof).at("ath"), base64Url(sha256("at")));
}

TEST_F(DpopTest, TheServersNonceGoesIntoASecondRequestAndTheNextOnes) {
    setup_.server.memory = std::make_shared<ServerMemory>();
    setup_.dpopKey = SigningKey::generate();
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "n-1"}});
    transport_.answer(200, dpopTokens, {{"DPoP-Nonce", "n-2"}});
    ASSERT_TRUE(run());
    ASSERT_EQ(transport_.sent.size(), 2U);
    EXPECT_EQ(transport_.sent[0].body, transport_.sent[1].body);
    EXPECT_FALSE(claimsOf(proof(0)).contains("nonce"));
    EXPECT_EQ(claimsOf(proof(1)).at("nonce"), "n-1");
    EXPECT_NE(claimsOf(proof(0)).at("jti"), claimsOf(proof(1)).at("jti"));
    transport_.answer(200, dpopTokens);
    ASSERT_TRUE(run());
    EXPECT_EQ(claimsOf(proof(2)).at("nonce"), "n-2") << "one server, one nonce";
    EXPECT_EQ(transport_.sent.size(), 3U);
}

TEST_F(DpopTest, SEC_C_27_ANonceIsTriedOnce) {
    setup_.dpopKey = SigningKey::generate();
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "n-1"}});
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "n-2"}});
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    EXPECT_EQ(transport_.sent.size(), 2U);
    transport_.answer(400, wantsNonce);
    EXPECT_FALSE(run()) << "no nonce came with it";
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "a \"b"}});
    EXPECT_FALSE(run()) << "nothing that a nonce may be";
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", std::string(1025, 'n')}});
    EXPECT_FALSE(run());
    EXPECT_EQ(transport_.sent.size(), 5U);
}

TEST_F(DpopTest, SEC_C_27_NothingElseIsAskedTwice) {
    setup_.dpopKey = SigningKey::generate();
    for (const char* error : {"invalid_grant", "invalid_client", "invalid_dpop_proof"}) {
        transport_.answer(400, std::string(R"({"error":")").append(error).append("\"}"),
                          {{"DPoP-Nonce", "n"}});
        EXPECT_FALSE(run());
    }
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_FALSE(run());
    EXPECT_EQ(transport_.sent.size(), 4U);
}

TEST_F(DpopTest, AnAssertionOfTheSecondRequestIsANewOne) {
    setup_.dpopKey = SigningKey::generate();
    setup_.client.method = ClientAuthMethod::PrivateKeyJwt;
    setup_.client.signingKey = SigningKey::generate();
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "n-1"}});
    transport_.answer(200, dpopTokens);
    ASSERT_TRUE(run());
    const auto assertion = [&](std::size_t i) {
        return claimsOf(decodeForm(transport_.sent[i].body)->at("client_assertion"));
    };
    EXPECT_NE(assertion(0).at("jti"), assertion(1).at("jti"));
}

TEST_F(DpopTest, ATokenThatIsNotBoundIsRefused) {
    setup_.dpopKey = SigningKey::generate();
    transport_.answer(200, goodTokens);
    const Result<TokenSet> tokens = run();
    ASSERT_FALSE(tokens);
    EXPECT_EQ(tokens.error().message, "The token endpoint sent a token that is not bound to our key");
}

TEST_F(DpopTest, ABoundTokenThatNobodyAskedForIsRefused) {
    transport_.answer(200, dpopTokens);
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    EXPECT_EQ(proof(0), "");
}

TEST_F(DpopTest, OnDemandAProofIsMadeWhenTheServerWantsOne) {
    setup_.dpopOnDemand = true;
    transport_.answer(200, goodTokens);
    const Result<TokenSet> bearer = run();
    ASSERT_TRUE(bearer);
    EXPECT_EQ(bearer->dpopKey, nullptr);
    transport_.answer(400, R"({"error":"invalid_dpop_proof"})");
    transport_.answer(400, wantsNonce, {{"DPoP-Nonce", "n-1"}});
    transport_.answer(200, dpopTokens);
    const Result<TokenSet> bound = run();
    ASSERT_TRUE(bound) << bound.error().message;
    ASSERT_NE(bound->dpopKey, nullptr);
    EXPECT_EQ(transport_.sent.size(), 4U);
    EXPECT_EQ(headerOf(proof(3)).at("jwk"), bound->dpopKey->publicJwk());
    EXPECT_EQ(claimsOf(proof(3)).at("nonce"), "n-1");
}

TEST_F(DpopTest, WithoutLeaveADemandIsAFailure) {
    transport_.answer(400, R"({"error":"invalid_dpop_proof"})");
    EXPECT_FALSE(run());
    EXPECT_EQ(transport_.sent.size(), 1U);
}

TEST_F(DpopTest, AServerThatDoesNotTakeOurAlgorithmIsNotAsked) {
    setup_.server.dpopAlgorithms = {"RS256"};
    setup_.dpopKey = SigningKey::generate();
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(transport_.sent.empty());
}
