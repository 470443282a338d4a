#include "broker/accounts/ResourceProof.h"

#include "broker/base/Random.h"
#include "broker/oauth/SigningKey.h"
#include "tests/broker/accounts/RotationHouse.h"

namespace keybearer {
namespace {

class ResourceProofTest : public ::testing::Test {
protected:
    void SetUp() override { house.open(); }

    std::string adopt(std::shared_ptr<const SigningKey> bound, std::optional<std::string> resource = {}) {
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
        tokens.tokenType = bound ? "DPoP" : "Bearer";
        tokens.receivedAt = house.clock.wall();
        tokens.dpopKey = std::move(bound);
        AccountRegistry::SignedIn who;
        who.provider = "corp";
        who.issuer = "https://login.example.com";
        who.account = {"ana", "ana"};
        who.resource = std::move(resource);
        return house.registry.adopt(std::move(who), std::move(tokens)).value_or("");
    }
    static Json part(const std::string& jws, int number) {
        std::size_t from = 0;
        for (int i = 0; i < number; ++i)
            from = jws.find('.', from) + 1;
        return Json::parse(fromBase64Url(jws.substr(from, jws.find('.', from) - from)));
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    ResourceProof proof{house.registry, house.clock};
    const std::string hash = ResourceProof::hashOf(AccessToken(Secret::copyOf("at-1")));
    const std::shared_ptr<const SigningKey> key = SigningKey::generate();
};

TEST_F(ResourceProofTest, P11_AProofNamesRequestTokenAndKey) {
    const std::string id = adopt(key);
    const auto made = proof.sign({id, hash, "POST", "https://mcp.example/mcp?x=1", "n-1"});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(part(*made, 0)["typ"], "dpop+jwt");
    EXPECT_EQ(part(*made, 0)["jwk"], key->publicJwk());
    const Json claims = part(*made, 1);
    EXPECT_EQ(claims["htm"], "POST");
    EXPECT_EQ(claims["htu"], "https://mcp.example/mcp");
    EXPECT_EQ(claims["nonce"], "n-1");
    EXPECT_EQ(claims["ath"], base64Url(sha256("at-1")));
}

TEST_F(ResourceProofTest, P11_EachProofIsNew) {
    const std::string id = adopt(key);
    const auto first = proof.sign({id, hash, "GET", "https://mcp.example/", ""});
    const auto second = proof.sign({id, hash, "GET", "https://mcp.example/", ""});
    ASSERT_TRUE(first && second);
    EXPECT_NE(part(*first, 1)["jti"], part(*second, 1)["jti"]);
    EXPECT_FALSE(part(*first, 1).contains("nonce"));
}

TEST_F(ResourceProofTest, ABearerTokenHasNoProof) {
    EXPECT_EQ(proof.sign({adopt(nullptr), hash, "GET", "https://mcp.example/", ""}).error().code,
              ErrorCode::InvalidRequest);
    EXPECT_EQ(proof.sign({"s_unknown", hash, "GET", "https://mcp.example/", ""}).error().code,
              ErrorCode::NotFound);
}

TEST_F(ResourceProofTest, SEC_C_22_NothingIsSignedForAnotherOriginThanTheResources) {
    const std::string id = adopt(key, "https://mcp.example/mcp");
    EXPECT_TRUE(proof.sign({id, hash, "POST", "https://mcp.example/other", ""}));
    EXPECT_TRUE(proof.sign({id, hash, "POST", "https://mcp.example:443/mcp", ""}));
    for (const char* url :
         {"https://mcp.example:8443/mcp", "https://evil.example/mcp", "http://mcp.example/mcp",
          "https://mcp.example@evil.example/", "ftp://mcp.example/", "mcp.example", ""})
        EXPECT_EQ(proof.sign({id, hash, "POST", url, ""}).error().code, ErrorCode::InvalidParams) << url;
}

TEST_F(ResourceProofTest, NothingOddIsSigned) {
    const std::string id = adopt(key);
    const std::string url = "https://mcp.example/";
    for (const char* method : {"", "post", "GET /", "G\r\nT"})
        EXPECT_FALSE(proof.sign({id, hash, method, url, ""})) << method;
    for (const char* wrong : {"", "abc", "at-1"})
        EXPECT_FALSE(proof.sign({id, wrong, "GET", url, ""})) << wrong;
    EXPECT_FALSE(proof.sign({id, hash, "GET", url, "a b"}));
    EXPECT_FALSE(proof.sign({id, hash, "GET", url, std::string(2000, 'n')}));
}

TEST_F(ResourceProofTest, ALockedStoreSignsNothing) {
    const std::string id = adopt(key);
    house.registry.lock();
    EXPECT_EQ(proof.sign({id, hash, "GET", "https://mcp.example/", ""}).error().code, ErrorCode::StoreLocked);
}

} // namespace
} // namespace keybearer
