#include "broker/authserver/AccessTokens.h"

#include "tests/broker/authserver/AuthorityFixture.h"

#include <sodium.h>

namespace keybearer {
namespace {

class AccessToken_ : public AuthorityFixture {
protected:
    void SetUp() override {
        AuthorityFixture::SetUp();
        client = newClient();
        good = signIn(client).at("access_token").get<std::string>();
        const std::size_t first = good.find('.');
        const std::size_t second = good.rfind('.');
        header = *parseJson(fromBase64Url(good.substr(0, first)));
        claims = *parseJson(fromBase64Url(good.substr(first + 1, second - first - 1)));
        signature = good.substr(second + 1);
    }
    static std::string part(const Json& value) { return base64Url(dumpJson(value)); }
    [[nodiscard]] bool believed(const std::string& token) const {
        return server->verify(token, "notes").has_value();
    }
    // Signed by the key that signs, whatever it says.
    [[nodiscard]] std::string signedToken(Json head, const Json& payload) const {
        const std::string kid = header.at("kid");
        const auto key = SigningKey::fromPem(*state->localKeySecret(kid), {}, "ES256", kid);
        return *(*key)->sign(std::move(head), payload);
    }
    std::string client;
    std::string good;
    Json header;
    Json claims;
    std::string signature;
};

TEST_F(AccessToken_, SEC_S_16_ItSaysWhatRfc9068Wants) {
    EXPECT_EQ(header["typ"], "at+jwt");
    EXPECT_EQ(header["alg"], "ES256");
    EXPECT_EQ(header["kid"], server->jwks()["keys"][0]["kid"]);
    EXPECT_EQ(claims["iss"], std::string(base) + "/as/notes");
    EXPECT_EQ(claims["aud"], std::string(base) + "/notes/mcp");
    EXPECT_EQ(claims["client_id"], client);
    EXPECT_EQ(claims["scope"], "notes");
    EXPECT_GE(claims["jti"].get<std::string>().size(), 22U);
    EXPECT_EQ(claims["exp"].get<std::int64_t>() - claims["iat"].get<std::int64_t>(), 300);
    EXPECT_EQ(claims["sub"].get<std::string>().find("s_1"), std::string::npos);
    EXPECT_TRUE(believed(good));
    EXPECT_TRUE(believed(signedToken({{"typ", "at+jwt"}}, claims))) << "the helper of this test is right";
}

TEST_F(AccessToken_, SEC_S_17_ForgeriesAreRefused) {
    const std::string payload = part(claims);
    const Json none{{"typ", "at+jwt"}, {"alg", "none"}, {"kid", header["kid"]}};
    EXPECT_FALSE(believed(part(none) + "." + payload + "."));
    EXPECT_FALSE(believed(part(none) + "." + payload + "." + signature));
    // HS256 with what everybody knows as the key (RFC 8725 section 2.1).
    const std::string head = part({{"typ", "at+jwt"}, {"alg", "HS256"}, {"kid", header["kid"]}});
    const std::string publicKey = dumpJson(server->jwks()["keys"][0]);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state hmac;
    crypto_auth_hmacsha256_init(&hmac, reinterpret_cast<const unsigned char*>(publicKey.data()),
                                publicKey.size());
    const std::string input = head + "." + payload;
    crypto_auth_hmacsha256_update(&hmac, reinterpret_cast<const unsigned char*>(input.data()), input.size());
    crypto_auth_hmacsha256_final(&hmac, reinterpret_cast<unsigned char*>(mac.data()));
    EXPECT_FALSE(believed(input + "." + base64Url(mac)));
    // A key of somebody else, under our kid, under its own, brought along, or named by address.
    const auto foreign = SigningKey::generate();
    const auto underOurs = SigningKey::fromPem(foreign->pem(), {}, "ES256", header["kid"]);
    EXPECT_FALSE(believed(*(*underOurs)->sign({{"typ", "at+jwt"}}, claims)));
    EXPECT_FALSE(believed(*foreign->sign({{"typ", "at+jwt"}, {"kid", foreign->thumbprint()}}, claims)));
    EXPECT_FALSE(believed(*foreign->sign({{"typ", "at+jwt"}, {"jwk", foreign->publicJwk()}}, claims)));
    EXPECT_FALSE(
        believed(*(*underOurs)->sign({{"typ", "at+jwt"}, {"jku", "https://evil.example/jwks"}}, claims)));
    for (const char* text : {"", ".", "..", "a.b.c", "kbr_g_x.1.y"})
        EXPECT_FALSE(believed(text)) << text;
    EXPECT_FALSE(believed(good + "A"));
    EXPECT_FALSE(believed(good + "." + signature));
    EXPECT_FALSE(believed(good.substr(0, good.size() - 4)));
    EXPECT_FALSE(believed(std::string(100'000, 'a')));
}

TEST_F(AccessToken_, SEC_S_17_OurOwnSignatureUnderAnotherHeaderIsNoAccessToken) {
    EXPECT_FALSE(believed(signedToken(Json::object(), claims))) << "without typ";
    EXPECT_FALSE(believed(signedToken({{"typ", "JWT"}}, claims)));
    EXPECT_FALSE(believed(signedToken({{"typ", "at+JWT "}}, claims)));
    EXPECT_FALSE(believed(signedToken({{"typ", "at+jwt"}, {"crit", {"exp"}}}, claims)));
    EXPECT_FALSE(believed(signedToken({{"typ", "at+jwt"}, {"jku", "https://evil.example/jwks"}}, claims)));
    EXPECT_FALSE(believed(signedToken({{"typ", "at+jwt"}, {"x5u", "https://evil.example/x"}}, claims)));
    EXPECT_FALSE(believed(signedToken({{"typ", "at+jwt"}, {"jwk", server->jwks()["keys"][0]}}, claims)));
}

TEST_F(AccessToken_, SEC_S_16_EveryClaimIsHeldAgainstThisGatewayAndTheTime) {
    const auto with = [this](const char* name, const Json& value) {
        Json changed = claims;
        if (value.is_null())
            changed.erase(name);
        else
            changed[name] = value;
        return believed(signedToken({{"typ", "at+jwt"}}, changed));
    };
    const std::int64_t now = claims["iat"];
    EXPECT_TRUE(with("scope", "notes"));
    for (const char* name : {"iss", "aud", "sub", "client_id", "jti", "iat", "exp", "grant_id"})
        EXPECT_FALSE(with(name, nullptr)) << name;
    EXPECT_FALSE(with("iss", std::string(base) + "/as/files"));
    EXPECT_FALSE(with("iss", "http://localhost:4180/as/notes"));
    EXPECT_FALSE(with("aud", std::string(base) + "/files/mcp"));
    EXPECT_FALSE(with("aud", {std::string(base) + "/notes/mcp", "https://elsewhere.example"}));
    EXPECT_FALSE(with("grant_id", "g_unknown"));
    EXPECT_FALSE(with("client_id", "kbl_other")) << "the grant is not that client's";
    EXPECT_FALSE(with("exp", now));
    EXPECT_TRUE(with("exp", now + 1));
    EXPECT_FALSE(with("iat", now + 61));
    EXPECT_FALSE(with("exp", "tomorrow"));
}

TEST_F(AccessToken_, ItEndsInItsTime) {
    clock.advance(std::chrono::seconds(299));
    EXPECT_TRUE(believed(good));
    clock.advance(std::chrono::seconds(1));
    EXPECT_FALSE(believed(good));
    EXPECT_EQ(server->verify(good, "notes").error().code, ErrorCode::ClientExpired);
}

TEST_F(AccessToken_, SEC_S_27_AfterARotationOldOnesAreGoodUntilTheyEnd) {
    int told = 0;
    QObject::connect(server.get(), &LocalAuthorizationServer::keysChanged, [&told] { ++told; });
    bool rotated = false;
    server->rotateKeys([&rotated](const Result<void>& done) { rotated = done.has_value(); });
    EXPECT_TRUE(rotated);
    EXPECT_EQ(told, 1);
    EXPECT_TRUE(believed(good));
    const Json keys = server->keys()["keys"];
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0]["state"], "signing");
    EXPECT_EQ(keys[1]["state"], "retired");
    EXPECT_EQ(server->jwks()["keys"].size(), 2U);
    const Json next = signIn(client);
    EXPECT_TRUE(isGood(next));
    const std::string token = next["access_token"];
    EXPECT_NE(parseJson(fromBase64Url(token.substr(0, token.find('.'))))->at("kid"), header["kid"]);
    clock.advance(std::chrono::minutes(21));
    server->onMinute();
    EXPECT_EQ(server->jwks()["keys"].size(), 1U);
    EXPECT_EQ(told, 2);
    EXPECT_EQ(countOf("local_key.rotated"), 1U);
}

TEST_F(AccessToken_, SEC_S_27_TheNextKeyComesByItselfAndPublicPartsAreAllThatIsShown) {
    clock.advance(LocalKeys::ownLife);
    server->onMinute();
    EXPECT_EQ(server->keys()["keys"].size(), 2U);
    const Json shown = server->jwks();
    for (const Json& key : shown.at("keys")) {
        EXPECT_FALSE(key.contains("d"));
        EXPECT_EQ(key["use"], "sig");
        EXPECT_EQ(key["alg"], "ES256");
    }
    EXPECT_EQ(ask("jwks", {}).body, shown);
}

TEST_F(AccessToken_, AKeyThatCannotBeOpenedIsReplaced) {
    ASSERT_TRUE(state->open(Secret::random(32))); // another store
    start();
    const AsAnswer answer = ask("token", exchange(client, codeFor(client)));
    ASSERT_EQ(answer.status, 200) << dumpJson(answer.body);
    EXPECT_TRUE(isGood(answer.body));
}

} // namespace
} // namespace keybearer
