#include "broker/oauth/IdentityFlow.h"
#include "broker/base/Random.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/SigningKey.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include "TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

class IdentityFlowTest : public ::testing::Test {
protected:
    IdentityFlowTest() {
        setup_.server = exampleServer();
        setup_.clientId = "our client";
        setup_.nonce = "n";
        tokens_.accessToken = AccessToken(Secret::copyOf("at-1"));
    }
    void giveIdToken(const std::string& more) {
        tokens_.idToken = Secret::copyOf("e30." + base64Url(claimsWith(more)) + ".c2ln");
    }
    [[nodiscard]] std::string claimsWith(const std::string& more) const {
        const std::string now = std::to_string(toUnixSeconds(clock_.now));
        return R"({"iss":"https://as.example","aud":"our client","exp":)" +
               std::to_string(toUnixSeconds(clock_.now) + 300) + R"(,"iat":)" + now +
               R"(,"nonce":"n","sub":"u1")" + more + "}";
    }
    // The issuer publishes keys, and has signed the ID token with this one.
    void sign(const SigningKey& key, const Json& header = Json::object()) {
        setup_.server.jwksUri = QUrl(QStringLiteral("https://as.example/keys"));
        const Json claims = Json::parse(claimsWith(R"(,"email":"a@b.example")"));
        tokens_.idToken = Secret::copyOf(*key.sign(header, claims));
    }
    static std::string keysOf(const std::vector<std::shared_ptr<const SigningKey>>& keys) {
        Json set{{"keys", Json::array()}};
        for (const auto& key : keys) {
            Json jwk = key->publicJwk();
            jwk["kid"] = key->keyId();
            set["keys"].push_back(jwk);
        }
        return set.dump();
    }
    static std::shared_ptr<const SigningKey> keyCalled(const std::string& keyId) {
        return *SigningKey::fromPem(Secret::copyOf(ecPem()), {}, {}, keyId);
    }
    Result<Identity> run() {
        std::optional<Result<Identity>> result;
        IdentityFlow flow(transport_, clock_, setup_, tokens_,
                          [&](Result<Identity> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return *result;
    }

    ScriptedTransport transport_;
    StillClock clock_;
    IdentityFlow::Setup setup_;
    TokenSet tokens_;
};

} // namespace

TEST_F(IdentityFlowTest, IdTokenWithAnEmailIsEnough) {
    giveIdToken(R"(,"email":"alex@example.org")");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_EQ(identity->subject, "u1");
    EXPECT_EQ(identity->label, "alex@example.org");
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(IdentityFlowTest, IdTokenWithoutALabelAsksUserinfo) {
    giveIdToken("");
    transport_.answer(200, R"({"sub":"u1","preferred_username":"alex"})");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->label, "alex");
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/userinfo");
    EXPECT_EQ(transport_.sent[0].header("Authorization"), "Bearer at-1");
}

TEST_F(IdentityFlowTest, UserinfoOfSomebodyElseIsRefused) {
    giveIdToken("");
    transport_.answer(200, R"({"sub":"u2","email":"evil@example.org"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
}

TEST_F(IdentityFlowTest, FailingUserinfoDoesNotSpoilAProvenSubject) {
    giveIdToken("");
    transport_.answer(503, "");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->label, "u1");
}

TEST_F(IdentityFlowTest, ForgedIdTokenIsRefusedAndNobodyIsAsked) {
    giveIdToken(R"(,"email":"a@b")");
    setup_.nonce = "other";
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(IdentityFlowTest, GivenAddressIsAskedAndMayNameNumbers) {
    setup_.url = QUrl(QStringLiteral("https://api.example/user"));
    setup_.subjectKeys = {"id"};
    setup_.labelKeys = {"login"};
    transport_.answer(200, R"({"id":583231,"login":"octocat"})");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->subject, "583231");
    EXPECT_EQ(identity->label, "octocat");
    EXPECT_EQ(transport_.sent[0].url, "https://api.example/user");
}

TEST_F(IdentityFlowTest, NowhereToAskIsNotFound) {
    setup_.server.userinfoEndpoint = QUrl();
    EXPECT_EQ(run().error().code, ErrorCode::NotFound);
}

TEST_F(IdentityFlowTest, BadAnswersAreTold) {
    transport_.answer(401, R"({"error":"invalid_token"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    transport_.answer(200, "<html>");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
    transport_.answer(200, R"({"name":"x"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
}

TEST_F(IdentityFlowTest, P9_AnIdTokenIsBelievedForItsSignature) {
    const auto key = keyCalled("k1");
    sign(*key);
    transport_.answer(200, keysOf({key}));
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_EQ(identity->subject, "u1");
    EXPECT_EQ(identity->label, "a@b.example");
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/keys");
    EXPECT_EQ(transport_.sent[0].header("Authorization"), "") << "nobody needs to know";
}

TEST_F(IdentityFlowTest, P9_AForgedSignatureIsRefused) {
    const auto key = keyCalled("k1");
    sign(*keyCalled("k1"));
    transport_.answer(200, keysOf({key}));
    const Result<Identity> identity = run();
    ASSERT_FALSE(identity);
    EXPECT_EQ(identity.error().message, "The ID token is refused: its signature is wrong");
    EXPECT_EQ(transport_.sent.size(), 1U);
}

TEST_F(IdentityFlowTest, P9_AVerifiedTokenStillHasToBeOurs) {
    const auto key = keyCalled("k1");
    sign(*key);
    setup_.nonce = "other";
    transport_.answer(200, keysOf({key}));
    EXPECT_EQ(run().error().message, "The ID token is refused: it belongs to another sign-in");
}

TEST_F(IdentityFlowTest, P9_UnsignedAndForeignKindsAreRefusedUnasked) {
    const auto key = keyCalled("k1");
    sign(*key, {{"typ", "at+jwt"}});
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    sign(*key);
    setup_.server.idTokenAlgorithms = {"RS256"};
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    giveIdToken("");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError) << "a header without algorithm";
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(IdentityFlowTest, TheKeysAreReadOnceAnHourAndOnceMoreForAnUnknownKey) {
    setup_.server.memory = std::make_shared<ServerMemory>();
    const auto first = keyCalled("k1");
    const auto second = keyCalled("k2");
    transport_.answer(200, keysOf({first}));
    sign(*first);
    ASSERT_TRUE(run());
    ASSERT_TRUE(run());
    EXPECT_EQ(transport_.sent.size(), 1U) << "remembered";
    sign(*second);
    transport_.answer(200, keysOf({first, second}));
    ASSERT_TRUE(run()) << "the issuer has a new key";
    EXPECT_EQ(transport_.sent.size(), 2U);
    sign(*keyCalled("k3"));
    transport_.answer(200, keysOf({first, second}));
    EXPECT_EQ(run().error().message,
              "The ID token is refused: the issuer has no key that it was signed with");
    EXPECT_EQ(transport_.sent.size(), 3U) << "asked once, not for ever";
    setup_.server.memory->keysReadAt -= std::chrono::hours(1);
    sign(*first);
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_TRUE(run()) << "older keys stay good while the issuer does not answer";
    EXPECT_EQ(transport_.sent.size(), 4U);
}

TEST_F(IdentityFlowTest, WithoutReadableKeysNobodyIsBelieved) {
    const auto key = keyCalled("k1");
    sign(*key);
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
    transport_.answer(503, "");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
    transport_.answer(200, "<html>");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    transport_.answer(200, R"({"keys":[]})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
}

TEST_F(IdentityFlowTest, P11_ABoundTokenGoesWithAProofAndTheResourcesNonce) {
    const auto key = SigningKey::generate();
    tokens_.dpopKey = key;
    transport_.answer(401, "", {{"DPoP-Nonce", "n-1"}});
    transport_.answer(200, R"({"sub":"u1"})");
    ASSERT_TRUE(run());
    ASSERT_EQ(transport_.sent.size(), 2U);
    EXPECT_EQ(transport_.sent[0].header("Authorization"), "DPoP at-1");
    const Json first = claimsOf(transport_.sent[0].header("DPoP"));
    EXPECT_EQ(first.at("htm"), "GET");
    EXPECT_EQ(first.at("htu"), "https://as.example/userinfo");
    EXPECT_EQ(first.at("ath"), base64Url(sha256("at-1")));
    EXPECT_FALSE(first.contains("nonce"));
    EXPECT_EQ(claimsOf(transport_.sent[1].header("DPoP")).at("nonce"), "n-1");
    transport_.answer(401, "", {{"DPoP-Nonce", "n-1"}});
    transport_.answer(401, "", {{"DPoP-Nonce", "n-2"}});
    EXPECT_FALSE(run());
    EXPECT_EQ(transport_.sent.size(), 4U) << "once";
}

TEST_F(IdentityFlowTest, SEC_C_22_UserinfoAndKeysOfAPublicServerAreAskedInPublicOnly) {
    setup_.server.publicOnly = true;
    const auto key = keyCalled("k1");
    sign(*key);
    transport_.answer(200, keysOf({key}));
    ASSERT_TRUE(run());
    tokens_.idToken.clear();
    transport_.answer(200, R"({"sub":"u1"})");
    ASSERT_TRUE(run());
    ASSERT_EQ(transport_.sent.size(), 2U);
    EXPECT_TRUE(transport_.sent[0].publicOnly);
    EXPECT_TRUE(transport_.sent[1].publicOnly);
}
