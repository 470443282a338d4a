#include "broker/oauth/Jws.h"

#include "broker/base/Random.h"
#include "broker/oauth/SigningKey.h"

#include "TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

using Key = std::shared_ptr<const SigningKey>;

Key keyOf(const std::string& pem, const std::string& algorithm = {}, const std::string& keyId = {}) {
    return *SigningKey::fromPem(Secret::copyOf(pem), {}, algorithm, keyId);
}

Json setOf(const std::vector<Json>& keys) {
    return {{"keys", keys}};
}

Json jwkOf(const Key& key, const Json& more = Json::object()) {
    Json jwk = key->publicJwk();
    jwk.update(more);
    return jwk;
}

JwkSet parsed(const std::vector<Json>& keys) {
    return *parseJwkSet(setOf(keys).dump());
}

std::string tokenOf(const Json& header, const std::string& claims = R"({"sub":"u"})",
                    const std::string& signature = "sig") {
    return base64Url(header.dump())
        .append(".")
        .append(base64Url(claims))
        .append(".")
        .append(base64Url(signature));
}

std::string reasonOf(const std::string& token) {
    const auto read = readJws(token);
    EXPECT_FALSE(read);
    EXPECT_TRUE(read || read.error().code == ErrorCode::ProviderError);
    return read ? "" : read.error().message;
}

} // namespace

TEST(Jws, EveryAlgorithmVerifiesAgainstTheIssuersKey) {
    const std::string rsa = rsaPem();
    const std::vector<Key> keys{keyOf(ecPem()),      keyOf(ecPem("P-384")), keyOf(ecPem("P-521")),
                                keyOf(ed25519Pem()), keyOf(rsa, "RS256"),   keyOf(rsa, "PS256"),
                                keyOf(rsa, "PS512")};
    for (const Key& key : keys) {
        const auto token = readJws(*key->sign(Json::object(), {{"sub", "u"}}));
        ASSERT_TRUE(token) << key->algorithm();
        EXPECT_EQ(token->algorithm, key->algorithm());
        EXPECT_EQ(verifyJws(*token, parsed({jwkOf(key)})), JwsVerdict::Verified) << key->algorithm();
        Jws changed = *token;
        changed.compact[changed.compact.find('.') + 2] ^= 1;
        EXPECT_EQ(verifyJws(changed, parsed({jwkOf(key)})), JwsVerdict::Forged) << key->algorithm();
    }
}

TEST(Jws, TheKeyIsChosenByKidKindAndAlgorithm) {
    const Key key = keyOf(ecPem(), {}, "k1");
    const Key other = keyOf(ecPem(), {}, "k2");
    const auto token = *readJws(*key->sign(Json::object(), Json::object()));
    EXPECT_EQ(verifyJws(token, {}), JwsVerdict::NoKey);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(key, {{"kid", "k1"}, {"use", "sig"}, {"alg", "ES256"}})})),
              JwsVerdict::Verified);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(key)})), JwsVerdict::Verified) << "a set without kid";
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(key, {{"kid", "k2"}})})), JwsVerdict::NoKey);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(other, {{"kid", "k1"}})})), JwsVerdict::Forged);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(key, {{"kid", "k1"}, {"alg", "ES384"}})})), JwsVerdict::NoKey);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(key, {{"kid", "k1"}, {"use", "enc"}})})), JwsVerdict::NoKey);
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(keyOf(ed25519Pem()), {{"kid", "k1"}})})), JwsVerdict::NoKey);
}

TEST(Jws, WithoutAKidTheKeysOfItsKindAreTried) {
    const Key key = keyOf(ecPem());
    const auto token = *readJws(*key->sign(Json::object(), Json::object()));
    const Json own = jwkOf(key, {{"kid", "b"}});
    EXPECT_EQ(verifyJws(token, parsed({jwkOf(keyOf(ecPem()), {{"kid", "a"}}), own})), JwsVerdict::Verified);
    std::vector<Json> many(8, jwkOf(keyOf(ecPem()), {{"kid", "a"}}));
    many.push_back(own);
    EXPECT_EQ(verifyJws(token, parsed(many)), JwsVerdict::Forged) << "bounded work";
}

TEST(Jws, TheHeaderMayNotChooseTheRules) {
    for (const char* algorithm : {"none", "None", "HS256", "HS512", "RSA-OAEP", "ES256K", "dir", ""})
        EXPECT_NE(reasonOf(tokenOf({{"alg", algorithm}})).find("algorithm"), std::string::npos) << algorithm;
    EXPECT_NE(reasonOf(tokenOf(Json::object())).find("algorithm"), std::string::npos);
    EXPECT_NE(reasonOf(tokenOf({{"alg", 5}})).find("algorithm"), std::string::npos);
    EXPECT_NE(reasonOf(tokenOf({{"alg", {"ES256"}}})).find("algorithm"), std::string::npos);
    const Key own = keyOf(ecPem());
    const Json members{{"crit", {"exp"}},
                       {"b64", false},
                       {"jwk", own->publicJwk()},
                       {"jku", "https://evil.example/k"},
                       {"x5u", "https://evil.example/c"}};
    for (const auto& [name, value] : members.items()) {
        const auto token = *own->sign({{"typ", "JWT"}}, {{"sub", "u"}});
        EXPECT_TRUE(readJws(token));
        EXPECT_NE(reasonOf(tokenOf({{"alg", "ES256"}, {name, value}})).find(name), std::string::npos) << name;
    }
}

TEST(Jws, WhatIsNoTokenIsRefused) {
    for (const char* token : {"", ".", "..", "...", "a.b.c", "e30.e30", "e30.e30.", "e30..c2ln", ".e30.c2ln",
                              "e30.e30.c2ln.c2ln", "e30.e30.c2l=", "e30=.e30.c2ln", "e30.e30.c2ln\n"})
        EXPECT_FALSE(readJws(token)) << token;
    EXPECT_FALSE(readJws(tokenOf({{"alg", "ES256"}}, "[]")));
    EXPECT_FALSE(readJws(tokenOf({{"alg", "ES256"}}, R"({"a":1,"a":2})"))) << "a name twice";
    EXPECT_FALSE(readJws(tokenOf({{"alg", "ES256"}, {"kid", 7}})));
    EXPECT_FALSE(readJws(tokenOf({{"alg", "ES256"}, {"kid", std::string(513, 'k')}})));
    EXPECT_FALSE(readJws(tokenOf({{"alg", "ES256"}}, R"({"a":")" + std::string(70'000, 'x') + "\"}")));
    EXPECT_TRUE(readJws(tokenOf({{"alg", "ES256"}})));
}

// The public key as the secret of an HMAC, and an ECDSA signature of nought: the two old forgeries.
TEST(Jws, ForgedSignaturesAreForged) {
    const Key key = keyOf(ecPem());
    const JwkSet keys = parsed({jwkOf(key)});
    const auto zero = readJws(tokenOf({{"alg", "ES256"}}, "{}", std::string(64, '\0')));
    ASSERT_TRUE(zero);
    EXPECT_EQ(verifyJws(*zero, keys), JwsVerdict::Forged);
    for (const std::size_t size : {1U, 63U, 65U, 128U}) {
        const auto odd = readJws(tokenOf({{"alg", "ES256"}}, "{}", std::string(size, 'x')));
        EXPECT_EQ(verifyJws(*odd, keys), JwsVerdict::Forged) << size;
    }
    const auto rsa = readJws(tokenOf({{"alg", "RS256"}}, "{}", std::string(256, 'x')));
    EXPECT_EQ(verifyJws(*rsa, parsed({jwkOf(keyOf(rsaPem()))})), JwsVerdict::Forged);
    EXPECT_EQ(verifyJws(*rsa, keys), JwsVerdict::NoKey) << "an EC key is no RSA key";
}

TEST(JwkSet, KeysThatCannotVerifyAreLeftOut) {
    const Json ec = keyOf(ecPem())->publicJwk();
    const Json rsa = keyOf(rsaPem())->publicJwk();
    const auto with = [](Json key, const Json& more) {
        key.update(more);
        return key;
    };
    const auto count = [](const Json& key) { return parsed({key}).size(); };
    EXPECT_EQ(count(ec), 1U);
    EXPECT_EQ(count(rsa), 1U);
    EXPECT_EQ(count(with(ec, {{"key_ops", {"verify"}}})), 1U);
    const std::vector<Json> unusable{
        Json("text"),
        Json::object(),
        {{"kty", "oct"}, {"k", "c2VjcmV0"}},
        {{"kty", "RSA"}},
        with(ec, {{"use", "enc"}}),
        with(ec, {{"use", 1}}),
        with(ec, {{"key_ops", {"sign"}}}),
        with(ec, {{"crv", "secp256k1"}}),
        with(ec, {{"crv", "P-384"}}),
        with(ec, {{"x", "AAAA"}}),
        with(ec, {{"y", nullptr}}),
        with(ec, {{"kid", std::string(513, 'k')}}),
        with(rsa, {{"e", "AQ"}}),                                       // one: the signature is the text
        with(rsa, {{"e", "AQAA"}}),                                     // even
        with(rsa, {{"e", base64Url(std::string(64, '\x03'))}}),         // work without end
        with(rsa, {{"n", base64Url(std::string(128, '\xFF'))}}),        // 1024 bits
        with(rsa, {{"n", base64Url(std::string(2049, '\xFF'))}}),       // 16 kilobits
        with(rsa, {{"n", base64Url(std::string(255, '\0') + "\x01")}}), // many zeros
        {{"kty", "OKP"}, {"crv", "X25519"}, {"x", base64Url(std::string(32, 'x'))}},
        {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64Url(std::string(31, 'x'))}},
    };
    for (const Json& key : unusable)
        EXPECT_EQ(count(key), 0U) << key.dump();
}

TEST(JwkSet, APointOffTheCurveVerifiesNothing) {
    Json ec = keyOf(ecPem())->publicJwk();
    ec["y"] = base64Url(std::string(32, 'x'));
    const auto token = *readJws(*keyOf(ecPem())->sign(Json::object(), Json::object()));
    EXPECT_EQ(verifyJws(token, parsed({ec})), JwsVerdict::Forged);
}

TEST(JwkSet, OnlyPublicMembersAreKept) {
    Json key = keyOf(ecPem())->publicJwk();
    key.update({{"d", "c2VjcmV0"}, {"x5c", {"AAAA"}}, {"kid", "k"}, {"more", 1}});
    const JwkSet keys = parsed({key});
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].keyId, "k");
    EXPECT_EQ(keys[0].members.size(), 4U);
}

TEST(JwkSet, WhatIsNoSetIsRefused) {
    for (const char* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":null})", R"({"keys":[})", "<html>"})
        EXPECT_FALSE(parseJwkSet(text)) << text;
    EXPECT_TRUE(parseJwkSet(R"({"keys":[]})"));
    EXPECT_FALSE(parseJwkSet(setOf(std::vector<Json>(101, Json::object())).dump()));
    EXPECT_FALSE(parseJwkSet(std::string(jwkSetLimit + 1, ' ')));
}
