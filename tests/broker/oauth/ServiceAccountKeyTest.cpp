#include "broker/oauth/ServiceAccountKey.h"

#include "broker/base/Random.h"
#include "broker/base/Time.h"
#include "tests/broker/oauth/TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const std::string& rsa() {
    static const std::string pem = rsaPem();
    return pem;
}

Json googleFile() {
    return Json{{"type", "service_account"},
                {"project_id", "p"},
                {"private_key_id", "kid-1"},
                {"private_key", rsa()},
                {"client_email", "robot@p.iam.gserviceaccount.com"},
                {"client_id", "123"},
                {"auth_uri", "https://accounts.google.com/o/oauth2/auth"},
                {"token_uri", "https://oauth2.googleapis.com/token"},
                {"universe_domain", "googleapis.com"}};
}

Json ownFile() {
    return Json{{"issuer", "robot"}, {"private_key", ecPem()}, {"key_id", "k1"}};
}

Result<std::shared_ptr<const ServiceAccountKey>> parsed(const Json& file) {
    return ServiceAccountKey::parse(Secret::copyOf(file.dump()));
}

std::string reasonOf(const Result<std::shared_ptr<const ServiceAccountKey>>& key) {
    if (key)
        return "accepted";
    EXPECT_EQ(key.error().code, ErrorCode::InvalidParams);
    EXPECT_FALSE(key.error().action.empty());
    return std::get<std::string>(*key.error().detail("reason"));
}

// One of the first two parts of a compact JWS.
Json partOf(std::string_view jws, int index) {
    for (int i = 0; i < index; ++i)
        jws.remove_prefix(jws.find('.') + 1);
    return Json::parse(fromBase64Url(jws.substr(0, jws.find('.'))));
}

} // namespace

TEST(ServiceAccountKeyTest, P7_GooglesFileIsRead) {
    const auto key = parsed(googleFile());
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ((*key)->issuer(), "robot@p.iam.gserviceaccount.com");
    EXPECT_EQ((*key)->tokenUri(), QUrl(QStringLiteral("https://oauth2.googleapis.com/token")));
    const WallTime now = fromUnixSeconds(1'900'000'000);
    const auto jws = (*key)->assertion("https://oauth2.googleapis.com/token", "", "a b", now);
    ASSERT_TRUE(jws);
    EXPECT_EQ(partOf(jws->reveal(), 0), (Json{{"alg", "RS256"}, {"kid", "kid-1"}, {"typ", "JWT"}}));
    const Json claims = partOf(jws->reveal(), 1);
    EXPECT_EQ(claims["iss"], "robot@p.iam.gserviceaccount.com");
    EXPECT_EQ(claims["aud"], "https://oauth2.googleapis.com/token");
    EXPECT_EQ(claims["scope"], "a b");
    EXPECT_EQ(claims["iat"], 1'900'000'000);
    EXPECT_EQ(claims["exp"], 1'900'000'300);
    EXPECT_FALSE(claims.contains("sub"));
    EXPECT_EQ(partOf((*key)->assertion("x", "ana@example.com", "a", now)->reveal(), 1)["sub"],
              "ana@example.com");
}

TEST(ServiceAccountKeyTest, P7_AFileOfOurOwnIsRead) {
    Json file = ownFile();
    file["audience"] = "https://as.example";
    const auto key = parsed(file);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_TRUE((*key)->tokenUri().isEmpty());
    const auto jws = (*key)->assertion("https://as.example/token", "", "a", fromUnixSeconds(0));
    EXPECT_EQ(partOf(jws->reveal(), 0)["alg"], "ES256");
    const Json claims = partOf(jws->reveal(), 1);
    EXPECT_EQ(claims["aud"], "https://as.example");
    EXPECT_EQ(claims["sub"], "robot");
    EXPECT_FALSE(claims.contains("scope"));
}

TEST(ServiceAccountKeyTest, P7_NoTwoAssertionsAreTheSame) {
    const auto key = parsed(ownFile());
    const auto jti = [&] {
        return partOf((*key)->assertion("x", "", "", fromUnixSeconds(0))->reveal(), 1)["jti"];
    };
    EXPECT_NE(jti(), jti());
}

TEST(ServiceAccountKeyTest, P7_WhatIsNoKeyFileIsNamed) {
    EXPECT_EQ(reasonOf(ServiceAccountKey::parse(Secret())), "not_a_key_file");
    EXPECT_EQ(reasonOf(ServiceAccountKey::parse(Secret::copyOf("-----BEGIN PRIVATE KEY-----"))),
              "not_a_key_file");
    EXPECT_EQ(reasonOf(ServiceAccountKey::parse(Secret::copyOf("[]"))), "not_a_key_file");
    EXPECT_EQ(reasonOf(ServiceAccountKey::parse(Secret::copyOf(std::string(70'000, ' ')))), "not_a_key_file");
    EXPECT_EQ(reasonOf(parsed(Json{{"type", "authorized_user"}})), "wrong_kind");
    EXPECT_EQ(reasonOf(parsed(Json{{"type", 7}})), "wrong_kind");
    const auto user = parsed(Json{{"type", "authorized_user"}});
    EXPECT_NE(user.error().message.find("authorized_user"), std::string::npos);
}

TEST(ServiceAccountKeyTest, P7_AMissingMemberIsNamed) {
    for (const char* member : {"client_email", "private_key", "private_key_id", "token_uri"}) {
        Json file = googleFile();
        file.erase(member);
        const auto key = parsed(file);
        EXPECT_EQ(reasonOf(key), "missing_member") << member;
        EXPECT_NE(key.error().message.find(member), std::string::npos) << member;
    }
    Json file = ownFile();
    file["issuer"] = "a\nb";
    EXPECT_EQ(reasonOf(parsed(file)), "missing_member");
}

TEST(ServiceAccountKeyTest, P7_AnUnknownMemberOfOurOwnFileIsRefused) {
    Json file = ownFile();
    file["isuer"] = "x";
    const auto key = parsed(file);
    EXPECT_EQ(reasonOf(key), "unknown_member");
    EXPECT_NE(key.error().message.find("issuer"), std::string::npos);
}

TEST(ServiceAccountKeyTest, P7_AWrongKeyOrAlgorithmIsNamed) {
    Json file = ownFile();
    file["private_key"] = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    EXPECT_EQ(reasonOf(parsed(file)), "bad_key");
    for (const char* algorithm : {"none", "HS256", "ES999", "RS256"}) { // the last is not for this key
        file = ownFile();
        file["algorithm"] = algorithm;
        EXPECT_EQ(reasonOf(parsed(file)), "bad_key") << algorithm;
    }
}

TEST(ServiceAccountKeyTest, SEC_C_21_TheAssertionGoesOutUnderTlsOnly) {
    for (const char* address : {"http://as.example/token", "file:///x", "https://u:p@as.example/"}) {
        Json file = googleFile();
        file["token_uri"] = address;
        EXPECT_EQ(reasonOf(parsed(file)), "bad_address") << address;
    }
}

TEST(ServiceAccountKeyTest, NoMessageHoldsTheKey) {
    Json file = ownFile();
    file["private_key"] = "PLANTED";
    EXPECT_EQ(parsed(file).error().message.find("PLANTED"), std::string::npos);
}
