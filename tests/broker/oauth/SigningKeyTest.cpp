#include "broker/oauth/SigningKey.h"

#include "broker/base/Random.h"
#include "broker/oauth/CjosePointers.h"
#include "broker/oauth/PrivateKey.h"

#include "TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

auto keyFrom(const std::string& pem, const std::string& passphrase = {}, const std::string& algorithm = {},
             const std::string& keyId = {}) {
    return SigningKey::fromPem(Secret::copyOf(pem), Secret::copyOf(passphrase), algorithm, keyId);
}

struct Parts {
    Json header, claims;
    std::string signedText, signature;
};
Parts partsOf(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    return {Json::parse(fromBase64Url(token.substr(0, first))),
            Json::parse(fromBase64Url(token.substr(first + 1, second - first - 1))), token.substr(0, second),
            fromBase64Url(token.substr(second + 1))};
}

bool verifies(const std::string& token, const Json& publicJwk) {
    const auto text = publicJwk.dump();
    const CjoseKey key(cjose_jwk_import(text.data(), text.size(), nullptr));
    const CjoseJws jws(cjose_jws_import(token.data(), token.size(), nullptr));
    return jws && key && cjose_jws_verify(jws.get(), key.get(), nullptr);
}

// RFC 8037 appendix A.1, the private key as PKCS #8 (RFC 8410 section 7).
std::string rfc8037Pem() {
    const auto d = fromBase64Url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    return pemOf(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                              reinterpret_cast<const unsigned char*>(d.data()), d.size()));
}

} // namespace

TEST(SigningKey, TheKeyNamesItsAlgorithmWhenNobodyElseDoes) {
    EXPECT_EQ((*keyFrom(ecPem("P-256")))->algorithm(), "ES256");
    EXPECT_EQ((*keyFrom(ecPem("P-384")))->algorithm(), "ES384");
    EXPECT_EQ((*keyFrom(ecPem("P-521")))->algorithm(), "ES512");
    EXPECT_EQ((*keyFrom(rsaPem()))->algorithm(), "RS256");
    EXPECT_EQ((*keyFrom(ed25519Pem()))->algorithm(), "EdDSA");
}

TEST(SigningKey, EveryAlgorithmOfItsKindVerifiesWithThePublicJwk) {
    const auto rsa = rsaPem();
    for (const char* algorithm : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
        const auto key = *keyFrom(rsa, {}, algorithm);
        const auto token = key->sign({{"typ", "JWT"}}, {{"iss", "me"}});
        ASSERT_TRUE(token) << algorithm;
        EXPECT_TRUE(verifies(*token, key->publicJwk())) << algorithm;
        EXPECT_EQ(partsOf(*token).header, (Json{{"alg", algorithm}, {"typ", "JWT"}}));
    }
    for (const char* curve : {"P-256", "P-384", "P-521"}) {
        const auto key = *keyFrom(ecPem(curve));
        const auto token = key->sign(Json::object(), {{"iss", "me"}});
        EXPECT_TRUE(token && verifies(*token, key->publicJwk())) << curve;
        EXPECT_FALSE(verifies(*token, (*keyFrom(ecPem(curve)))->publicJwk())) << "a foreign key";
    }
}

// RFC 8037 appendices A.2 and A.3: public key and thumbprint. Appendix A.4 signs a text that is no JSON, so
// the signature of a JWT is checked with the public key instead.
TEST(SigningKey, Ed25519IsAsInRfc8037) {
    const auto key = *keyFrom(rfc8037Pem());
    EXPECT_EQ(
        key->publicJwk(),
        (Json{{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}));
    EXPECT_EQ(key->thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    const auto token = key->sign({{"typ", "JWT"}}, {{"sub", "x"}});
    ASSERT_TRUE(token);
    const auto parts = partsOf(*token);
    const auto x = fromBase64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    EXPECT_TRUE(verifyEd25519(x, parts.signedText, parts.signature));
    EXPECT_FALSE(verifyEd25519(x, parts.signedText + "x", parts.signature));
    EXPECT_FALSE(verifyEd25519("short", parts.signedText, parts.signature));
}

TEST(SigningKey, Ed25519SignsTheTextOfRfc8037) {
    const auto read = readPrivateKey(Secret::copyOf(rfc8037Pem()), {});
    ASSERT_TRUE(read);
    EXPECT_EQ(base64Url(signEd25519(**read, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")),
              "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST(SigningKey, TheHeaderCarriesAlgKidAndTheCallersMembers) {
    const auto key = *keyFrom(ecPem(), {}, {}, "k1");
    const auto token = key->sign({{"typ", "dpop+jwt"}, {"jwk", key->publicJwk()}}, {{"iat", 17}});
    ASSERT_TRUE(token);
    const auto parts = partsOf(*token);
    EXPECT_EQ(parts.header,
              (Json{{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"kid", "k1"}, {"jwk", key->publicJwk()}}));
    EXPECT_EQ(parts.claims, (Json{{"iat", 17}}));
    EXPECT_EQ(parts.signature.size(), 64u) << "R and S, not DER (RFC 7518 section 3.4)";
}

TEST(SigningKey, ThePublicJwkHasNoPrivateMember) {
    for (const auto& pem : {ecPem(), rsaPem(), ed25519Pem()})
        for (const char* name : {"d", "p", "q", "dp", "dq", "qi", "k"})
            EXPECT_FALSE((*keyFrom(pem))->publicJwk().contains(name)) << name;
}

TEST(SigningKey, AGeneratedKeyIsEs256AndSurvivesItsPem) {
    const auto key = SigningKey::generate();
    EXPECT_EQ(key->algorithm(), "ES256");
    const auto again = SigningKey::fromPem(key->pem());
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->thumbprint(), key->thumbprint());
    EXPECT_NE(SigningKey::generate()->thumbprint(), key->thumbprint());
}

TEST(SigningKey, AnEncryptedKeyOpensWithItsPassphraseOnly) {
    const auto pem = ecPem("P-256", "correct horse");
    EXPECT_TRUE(keyFrom(pem, "correct horse"));
    const auto wrong = keyFrom(pem, "wrong");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "the passphrase does not open the key");
    const auto none = keyFrom(pem);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().message, "the key is encrypted and no passphrase is given");
}

TEST(SigningKey, WhatIsNoUsableKeyIsRefusedWithItsReason) {
    const auto messageOf = [](const std::string& pem, const std::string& algorithm = {}) {
        const auto key = keyFrom(pem, {}, algorithm);
        EXPECT_FALSE(key);
        EXPECT_TRUE(key || key.error().code == ErrorCode::InvalidParams);
        EXPECT_TRUE(key || !key.error().action.empty());
        return key ? std::string() : key.error().message;
    };
    EXPECT_EQ(messageOf(""), "there is no private key in PEM");
    EXPECT_EQ(messageOf("hello"), "there is no private key in PEM");
    EXPECT_EQ(messageOf("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
              "there is no private key in PEM");
    EXPECT_EQ(messageOf(std::string(70'000, 'x')), "the key is larger than any private key");
    EXPECT_EQ(messageOf(rsaPem(1024)), "the RSA key has 1024 bits");
    EXPECT_EQ(messageOf(ecPem("secp256k1")), "the key is of a kind that cannot sign here");
    EXPECT_EQ(messageOf(pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"))),
              "the key is of a kind that cannot sign here");
    EXPECT_EQ(messageOf(ecPem(), "HS256"), "the signature algorithm \"HS256\" is not known");
    EXPECT_EQ(messageOf(ecPem(), "none"), "the signature algorithm \"none\" is not known");
    EXPECT_EQ(messageOf(ecPem(), "ES384"), "the key cannot sign with ES384: it is of the kind EC P-256");
    EXPECT_EQ(messageOf(ed25519Pem(), "RS256"),
              "the key cannot sign with RS256: it is of the kind OKP Ed25519");
}
