#include "broker/oauth/TokenResponse.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using std::chrono::seconds;

namespace {

const WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");

Result<TokenSet> parse(int status, std::string_view body, std::vector<HttpHeader> headers = {}) {
    HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = Secret::copyOf(body);
    return parseTokenResponse(response, now);
}

std::string with(const std::string& members) {
    return R"({"access_token":"at","token_type":"Bearer")" + (members.empty() ? "" : "," + members) + "}";
}

std::string detailOf(const Error& error, const char* key) {
    const ErrorDetail* detail = error.detail(key);
    return detail == nullptr ? "(absent)" : std::get<std::string>(*detail);
}

struct BadAnswer {
    const char* name;
    int status;
    std::string body;
    ErrorCode code;
};

std::vector<BadAnswer> badAnswers() {
    constexpr auto passing = ErrorCode::ProviderUnavailable;
    constexpr auto lasting = ErrorCode::ProviderError;
    return {
        {"login page of a hotel", 200, "<html><body>Welcome</body></html>", passing},
        {"empty", 200, "", passing},
        {"no content", 204, "", passing},
        {"cut off", 200, R"({"access_token":"at","token_ty)", passing},
        {"array", 200, R"(["access_token"])", passing},
        {"text", 200, R"("access_token")", passing},
        {"null", 200, "null", passing},
        {"no token", 200, R"({"token_type":"Bearer"})", passing},
        {"empty token", 200, R"({"access_token":"","token_type":"Bearer"})", passing},
        {"token is a number", 200, R"({"access_token":5,"token_type":"Bearer"})", passing},
        {"token is null", 200, R"({"access_token":null,"token_type":"Bearer"})", passing},
        {"token twice", 200, R"({"access_token":"a","access_token":"b","token_type":"Bearer"})", passing},
        {"NUL in token", 200, R"({"access_token":"a\u0000b","token_type":"Bearer"})", passing},
        {"no UTF-8", 200, "{\"access_token\":\"\xFF\",\"token_type\":\"Bearer\"}", passing},
        {"two documents", 200, with("") + with(""), passing},
        {"too deep", 200, with("\"x\":" + std::string(100, '[') + std::string(100, ']')), passing},
        {"endless number", 200, with(R"("expires_in":1e400)"), passing},
        {"form instead of JSON", 200, "access_token=at&token_type=bearer", passing},
        {"internal error", 500, R"({"error":"invalid_grant"})", passing},
        {"bad gateway", 502, "<html>", passing},
        {"down", 503, "", passing},
        {"too many", 429, R"({"error":"invalid_grant"})", passing},
        {"400 of a proxy", 400, "<html>Bad Request</html>", passing},
        {"400 empty", 400, "", passing},
        {"401 empty", 401, "", passing},
        {"403 of a firewall", 403, "<html>Blocked</html>", passing},
        {"404", 404, "Not here", passing},
        {"407", 407, "", passing},
        {"error is no text", 400, R"({"error":{"code":"invalid_grant"}})", passing},
        {"temporarily unavailable", 400, R"({"error":"temporarily_unavailable"})", passing},
        {"server error", 400, R"({"error":"server_error"})", passing},
        {"CR LF in token", 200, R"({"access_token":"a\r\nX-Evil: 1","token_type":"Bearer"})", lasting},
        {"space in token", 200, R"({"access_token":"a b","token_type":"Bearer"})", lasting},
        {"8 bit in token", 200, R"({"access_token":"\u00e9","token_type":"Bearer"})", lasting},
        {"no type", 200, R"({"access_token":"at"})", lasting},
        {"type mac", 200, R"({"access_token":"at","token_type":"mac"})", lasting},
        {"type with CR LF", 200, R"({"access_token":"at","token_type":"Bearer\r\n"})", lasting},
        {"type DPoP", 200, R"({"access_token":"at","token_type":"DPoP"})", lasting},
        {"access token of 32 KiB + 1", 200,
         R"({"token_type":"Bearer","access_token":")" + std::string(32769, 'a') + "\"}", lasting},
        {"refresh token of 16 KiB + 1", 200, with("\"refresh_token\":\"" + std::string(16385, 'r') + "\""),
         lasting},
        {"CR LF in refresh token", 200, with(R"("refresh_token":"a\r\nb")"), lasting},
        {"refresh token is a number", 200, with(R"("refresh_token":7)"), lasting},
        {"id token is a list", 200, with(R"("id_token":[])"), lasting},
        {"scope with line end", 200, with(R"("scope":"a\nb")"), lasting},
        {"invalid_client", 401, R"({"error":"invalid_client"})", lasting},
        {"access_denied", 403, R"({"error":"access_denied"})", lasting},
        {"error with 200", 200, R"({"error":"incorrect_client_credentials"})", lasting},
    };
}

} // namespace

TEST(TokenResponse, GoodAnswerIsReadWhole) {
    const Result<TokenSet> set = parse(
        200, R"({"access_token":"at-._~+/=","token_type":"bEaReR","expires_in":3600,"refresh_token":"r t",
                       "scope":"a  b","id_token":"x.y.z","extra":{"a":[1,null]}})");
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_EQ(set->accessToken.reveal(), "at-._~+/=");
    EXPECT_EQ(set->tokenType, "Bearer");
    EXPECT_EQ(set->refreshToken.reveal(), "r t");
    EXPECT_EQ(set->idToken.reveal(), "x.y.z");
    EXPECT_EQ(set->expiresIn, seconds(3600));
    EXPECT_EQ(set->scopes, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(set->receivedAt, now);
}

TEST(TokenResponse, SEC_C_26_WhatIsAbsentStaysAbsent) {
    for (const char* members :
         {"", R"("refresh_token":null,"scope":null,"id_token":null)", R"("refresh_token":"")"}) {
        const Result<TokenSet> set = parse(200, with(members));
        ASSERT_TRUE(set) << members;
        EXPECT_TRUE(set->refreshToken.empty());
        EXPECT_TRUE(set->idToken.empty());
        EXPECT_FALSE(set->scopes);
        EXPECT_FALSE(set->expiresIn);
    }
}

TEST(TokenResponse, ExpiryHasADefinedMeaningForWhateverIsSent) {
    const seconds year = std::chrono::hours(24 * 365);
    const std::vector<std::pair<const char*, std::optional<seconds>>> table = {
        {"3600", seconds(3600)},
        {"\"3600\"", seconds(3600)},
        {"0", seconds(0)},
        {"-1", seconds(0)},
        {"\"-1\"", seconds(0)},
        {"3599.9", seconds(3599)},
        {"1e3", seconds(1000)},
        {"1e300", year},
        {"-1e300", seconds(0)},
        {"31536001", year},
        {"9223372036854775807", year},
        {"18446744073709551615", year},
        {"\"99999999999999999999999\"", year},
        {"\"-99999999999999999999999\"", seconds(0)},
        {"null", std::nullopt},
        {"\"\"", std::nullopt},
        {"\"soon\"", std::nullopt},
        {"\"3600s\"", std::nullopt},
        {"\" 3600\"", std::nullopt},
        {"\"1e3\"", std::nullopt},
        {"true", std::nullopt},
        {"[]", std::nullopt},
        {"{}", std::nullopt},
    };
    for (const auto& [value, expected] : table) {
        const Result<TokenSet> set = parse(200, with("\"expires_in\":" + std::string(value)));
        ASSERT_TRUE(set) << value;
        EXPECT_EQ(set->expiresIn, expected) << value;
    }
}

TEST(TokenResponse, SEC_C_38_EveryBadAnswerIsNamedAndNoneEndsASession) {
    for (const BadAnswer& bad : badAnswers()) {
        const Result<TokenSet> set = parse(bad.status, bad.body);
        ASSERT_FALSE(set) << bad.name;
        EXPECT_EQ(set.error().code, bad.code) << bad.name << ": " << set.error().message;
        EXPECT_FALSE(isInvalidGrant(set.error())) << bad.name;
        EXPECT_EQ(set.error().message.find("X-Evil"), std::string::npos) << bad.name;
    }
}

TEST(TokenResponse, LargestTokensAreAccepted) {
    const Result<TokenSet> set =
        parse(200, R"({"token_type":"Bearer","access_token":")" + std::string(32768, 'a') +
                       R"(","refresh_token":")" + std::string(16384, 'r') + "\"}");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->accessToken.size(), 32768U);
    EXPECT_EQ(set->refreshToken.size(), 16384U);
}

TEST(TokenResponse, OnlyTheServersOwnWordEndsASession) {
    for (const auto& [status, body] :
         std::vector<std::pair<int, const char*>>{{400, R"({"error":"invalid_grant"})"},
                                                  {401, R"({"error":"invalid_grant"})"},
                                                  {403, R"({"error":"invalid_grant"})"},
                                                  {200, R"({"error":"invalid_grant"})"},
                                                  {200, R"({"error":"bad_refresh_token"})"}}) {
        const Result<TokenSet> set = parse(status, body);
        ASSERT_FALSE(set);
        EXPECT_TRUE(isInvalidGrant(set.error())) << status << body;
    }
    EXPECT_FALSE(isInvalidGrant(Error(ErrorCode::ProviderError, "invalid_grant")));
    EXPECT_FALSE(isInvalidGrant(Error(ErrorCode::ProviderUnavailable, "x").with("error", "invalid_grant")));
}

TEST(TokenResponse, SEC_C_38_ErrorTextsAreEscapedAndCapped) {
    const Result<TokenSet> set =
        parse(400, R"({"error":"invalid_request","error_description":"a\u001b[31m\n\u202eb)" +
                       std::string(1000, 'x') + R"(","error_uri":"javascript:\u0007"})");
    ASSERT_FALSE(set);
    EXPECT_EQ(detailOf(set.error(), "error"), "invalid_request");
    const std::string description = detailOf(set.error(), "error_description");
    EXPECT_EQ(description.rfind("a\\u{1B}[31m\\u{A}\\u{202E}b", 0), 0U) << description;
    EXPECT_LT(description.size(), 300U);
    EXPECT_EQ(detailOf(set.error(), "error_uri"), "javascript:\\u{7}");
}

TEST(TokenResponse, RetryAfterIsKeptAndBounded) {
    EXPECT_EQ(parse(429, "", {{"Retry-After", "17"}}).error().retryAfter, seconds(17));
    EXPECT_EQ(parse(503, "", {{"Retry-After", "Fri, 01 May 2026 09:31:00 GMT"}}).error().retryAfter,
              seconds(60));
    EXPECT_EQ(parse(503, "", {{"Retry-After", "999999999"}}).error().retryAfter, seconds(3600));
    EXPECT_EQ(parse(503, "").error().retryAfter, std::nullopt);
}

TEST(TokenResponse, ScopesMayBeSeparatedByCommas) {
    HttpResponse response;
    response.status = 200;
    response.body = Secret::copyOf(with(R"("scope":"repo,gist user")"));
    EXPECT_EQ(parseTokenResponse(response, now, ",")->scopes,
              (std::vector<std::string>{"repo", "gist", "user"}));
    EXPECT_EQ(parseTokenResponse(response, now)->scopes, (std::vector<std::string>{"repo,gist", "user"}));
}
