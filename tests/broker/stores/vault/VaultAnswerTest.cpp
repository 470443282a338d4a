#include "broker/stores/vault/VaultAnswer.h"

#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

HttpResponse response(int status, std::string_view body, std::vector<HttpHeader> headers = {}) {
    HttpResponse out;
    out.status = status;
    out.body = Secret::copyOf(body);
    out.headers = std::move(headers);
    out.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    return out;
}

Result<VaultAnswer> read(int status, std::string_view body, std::vector<HttpHeader> headers = {}) {
    initialiseSecrets();
    return readVaultAnswer(response(status, body, std::move(headers)), FakeClock().wall());
}

TEST(VaultAnswer, HasTheErrorsTheServersTimeAndItsPause) {
    const auto answer = read(429, R"({"errors":["request path \"x\": rate limit quota exceeded"]})",
                             {{"Date", "Sun, 22 Nov 2026 00:00:07 GMT"}, {"Retry-After", "7"}});
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->says("rate limit quota"));
    EXPECT_FALSE(answer->says("sealed"));
    EXPECT_EQ(toRfc3339(*answer->time), "2026-11-22T00:00:07Z");
    EXPECT_EQ(answer->retryAfter, std::chrono::seconds(7));
}

TEST(VaultAnswer, WhatIsNoJsonIsAFailureButForAnErrorOfSomethingBefore) {
    HttpResponse page = response(200, "<html>welcome</html>");
    EXPECT_EQ(readVaultAnswer(page, {}).error().code, ErrorCode::ParseError);
    page.headers = {{"Content-Type", "text/html"}};
    EXPECT_EQ(readVaultAnswer(page, {}).error().code, ErrorCode::ParseError);
    page.status = 502;
    EXPECT_EQ(readVaultAnswer(page, {})->status, 502);
    EXPECT_FALSE(read(200, "[]"));
    EXPECT_FALSE(read(200, R"({"a":1,"a":2})"));
    EXPECT_TRUE(read(204, "")->body.is_null());
}

TEST(VaultAnswer, ErrorsAreMadeSafeToShow) {
    const auto answer =
        read(400, std::string(R"({"errors":["a)") + "\\u001b[31m" + std::string(5000, 'x') + R"("]})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->errors.at(0).find('\x1b'), std::string::npos);
    EXPECT_LT(answer->errors.at(0).size(), 300U);
}

TEST(VaultAnswer, AKeyWithItsVersion) {
    const auto there = kvVersionOf(*read(200, R"({"data":{"data":{"a":1},"metadata":{"version":7}}})"));
    ASSERT_TRUE(there);
    EXPECT_EQ(there->version, 7U);
    EXPECT_EQ(there->data, (Json{{"a", 1}}));
}

TEST(VaultAnswer, ADeletedVersionCountsForCheckAndSet) {
    const auto gone =
        kvVersionOf(*read(404, R"({"data":{"data":null,"metadata":{"version":3,"destroyed":true}}})"));
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->version, 3U);
    EXPECT_TRUE(gone->data.is_null());
    const auto never = kvVersionOf(*read(404, R"({"errors":[]})"));
    ASSERT_TRUE(never);
    EXPECT_EQ(never->version, 0U);
}

TEST(VaultAnswer, AKeyOfVersionOneIsNone) {
    EXPECT_FALSE(kvVersionOf(*read(200, R"({"data":{"revision":1,"sealed":"x"}})")));
    EXPECT_FALSE(kvVersionOf(*read(200, R"({"data":{"data":{},"metadata":{"version":-1}}})")));
    EXPECT_FALSE(kvVersionOf(*read(200, R"({"data":{"data":{},"metadata":{"version":"1"}}})")));
    EXPECT_FALSE(kvVersionOf(*read(200, R"({"data":[]})")));
    EXPECT_FALSE(kvWrittenVersionOf(*read(204, "")));
}

TEST(VaultAnswer, ListsNamesOfOursAlone) {
    const auto names =
        kvNamesOf(*read(200, R"({"data":{"keys":["s_1","own/",".changes","a b","","/","../","x/y"]}})"));
    ASSERT_TRUE(names);
    EXPECT_EQ(*names, (std::vector<std::string>{"s_1", "own/"}));
    EXPECT_TRUE(kvNamesOf(*read(404, R"({"errors":[]})"))->empty());
    EXPECT_FALSE(kvNamesOf(*read(200, R"({"data":{"keys":[1]}})")));
    EXPECT_FALSE(kvNamesOf(*read(200, R"({"data":{"keys":"s_1"}})")));
}

TEST(VaultAnswer, ATokenWithItsLease) {
    const auto token = vaultTokenOf(
        *read(200, R"({"auth":{"client_token":"hvs.abc","lease_duration":3600,"renewable":true}})"));
    ASSERT_TRUE(token);
    EXPECT_TRUE(token->token.equals("hvs.abc"));
    EXPECT_EQ(token->lease, std::chrono::hours(1));
    EXPECT_TRUE(token->renewable);
    for (const char* wrong :
         {R"({"auth":null})", R"({"auth":{"client_token":"","lease_duration":1}})",
          R"({"auth":{"client_token":"a\r\nb","lease_duration":1}})", R"({"auth":{"client_token":"a"}})",
          R"({"auth":{"client_token":"a","lease_duration":-1}})"})
        EXPECT_FALSE(vaultTokenOf(*read(200, wrong))) << wrong;
}

TEST(VaultAnswer, ATokenThatIsAboutToEndDoesNotLookEndless) {
    EXPECT_EQ(describedTokenOf(*read(200, R"({"data":{"ttl":0,"expire_time":null}})"))->lease.count(), 0);
    EXPECT_EQ(describedTokenOf(*read(200, R"({"data":{"ttl":0,"expire_time":"2026-11-22T00:00:00Z"}})"))
                  ->lease.count(),
              1);
    EXPECT_FALSE(describedTokenOf(*read(200, R"({"data":{}})")));
}

TEST(VaultAnswer, NamesOfRecords) {
    EXPECT_TRUE(isRecordName("own/BROKER-1/journal_key"));
    for (const char* wrong : {"", "/a", "a/", "a//b", "a.b", "..", "a b", "\xc3\xa4"})
        EXPECT_FALSE(isRecordName(wrong)) << wrong;
    EXPECT_FALSE(isRecordName(std::string(201, 'a')));
}

} // namespace

} // namespace keybearer
