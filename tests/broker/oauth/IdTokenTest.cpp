#include "broker/oauth/IdToken.h"
#include "broker/base/Random.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

const IdTokenExpectation expected{"https://as.example", "our client", "nonce-1", fromUnixSeconds(1'000'000)};

std::string token(const std::string& claims) {
    return base64Url(R"({"alg":"RS256"})") + "." + base64Url(claims) + ".c2ln";
}

std::string claims(const std::string& iss, const std::string& aud, const std::string& exp,
                   const std::string& nonce, const std::string& more = {}) {
    return R"({"sub":"u1","iss":)" + iss + R"(,"aud":)" + aud + R"(,"exp":)" + exp + R"(,"nonce":)" + nonce +
           (more.find("\"iat\"") == std::string::npos ? R"(,"iat":1000000)" : "") + more + "}";
}

Result<Json> check(const std::string& document) {
    return idTokenClaims(token(document), expected);
}

constexpr const char* iss = "\"https://as.example\"";
constexpr const char* aud = "\"our client\"";
constexpr const char* nonce = "\"nonce-1\"";

} // namespace

TEST(IdToken, GoodTokensAreAccepted) {
    EXPECT_TRUE(check(claims(iss, aud, "1000001", nonce)));
    EXPECT_TRUE(check(claims(iss, R"(["other","our client"])", "1000001", nonce, R"(,"azp":"our client")")));
    EXPECT_TRUE(check(claims(iss, aud, "1000001", nonce, R"(,"iat":1000060)"))) << "a minute ahead";
    EXPECT_TRUE(check(claims(iss, aud, "999941", nonce))) << "59 seconds late is within the leeway";
    IdTokenExpectation withoutNonce = expected;
    withoutNonce.nonce.clear();
    EXPECT_TRUE(idTokenClaims(token(claims(iss, aud, "1000001", "null")), withoutNonce));
}

TEST(IdToken, EveryWrongClaimIsRefused) {
    for (const std::string& wrong :
         {claims("\"https://as.example/\"", aud, "1000001", nonce), claims("null", aud, "1000001", nonce),
          claims(iss, "\"other\"", "1000001", nonce), claims(iss, "[]", "1000001", nonce),
          claims(iss, R"([["our client"]])", "1000001", nonce),
          claims(iss, aud, "1000001", nonce, R"(,"azp":"other")"), claims(iss, aud, "999940", nonce),
          claims(iss, aud, "\"1000001\"", nonce), claims(iss, aud, "null", nonce),
          claims(iss, aud, "-1e300", nonce), claims(iss, aud, "1000001", nonce, R"(,"iat":1000061)"),
          claims(iss, aud, "1000001", nonce, R"(,"iat":null)"),
          claims(iss, aud, "1000001", nonce, R"(,"azp":["our client"])"),
          claims(iss, aud, "1000001", "\"nonce-2\""), claims(iss, aud, "1000001", "null")})
        EXPECT_EQ(check(wrong).error().code, ErrorCode::ProviderError) << wrong;
}

TEST(IdToken, WhatIsNoTokenIsRefused) {
    for (const std::string& text :
         {std::string(), std::string("abc"), std::string("a.b"), std::string("a.b.c.d"),
          std::string("a.!!.c"), token("[]"), token("{"), std::string("..")})
        EXPECT_FALSE(idTokenClaims(text, expected)) << text;
}

TEST(IdToken, TokenWithoutARecordedIssuerIsRefused) {
    IdTokenExpectation nobody = expected;
    nobody.issuer.clear();
    EXPECT_FALSE(idTokenClaims(token(claims("\"\"", aud, "1000001", nonce)), nobody));
}

TEST(IdToken, IdentityTakesTheFirstKeyThatIsThere) {
    const Json document =
        *parseJson(R"({"id":583231,"login":"octocat","email":null,"name":"","owner":{"user":{"id":"n1"}}})");
    const Result<Identity> identity = identityFrom(document, {"sub", "id"}, {"email", "name", "login"});
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->subject, "583231");
    EXPECT_EQ(identity->label, "octocat");
    EXPECT_EQ(identityFrom(document, {"owner.user.id"}, {"x"})->subject, "n1");
    EXPECT_EQ(identityFrom(document, {"owner.user.id"}, {"x"})->label, "n1")
        << "the subject stands in for a label";
}

TEST(IdToken, SEC_C_38_UnusableSubjectsAreRefusedAndLabelsEscaped) {
    for (const std::string& subject :
         {std::string("\"\""), std::string("null"), std::string("1.5"), std::string("true"),
          std::string(R"("a\nb")"), std::string(R"("a\u202eb")"), "\"" + std::string(256, 's') + "\""})
        EXPECT_FALSE(identityFrom(*parseJson("{\"sub\":" + subject + "}"), {"sub"}, {"email"})) << subject;
    EXPECT_EQ(identityFrom(*parseJson(R"({"sub":"1","email":"a\u001b[0m@x"})"), {"sub"}, {"email"})->label,
              "a\\u{1B}[0m@x");
}
