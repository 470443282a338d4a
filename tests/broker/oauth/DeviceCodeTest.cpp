#include "broker/oauth/DeviceCode.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

const WallTime now = fromUnixSeconds(1'900'000'000);

Json goodAnswer() {
    return Json{{"device_code", "dev-1"},
                {"user_code", "WDJB-MJHT"},
                {"verification_uri", "https://as.example/device"},
                {"verification_uri_complete", "https://as.example/device?user_code=WDJB-MJHT"},
                {"expires_in", 900},
                {"interval", 7}};
}

Result<DeviceAuthorization> parsed(const Json& answer, int status = 200) {
    HttpResponse response;
    response.status = status;
    response.body = Secret::copyOf(answer.is_string() ? answer.get<std::string>() : answer.dump());
    return parseDeviceAuthorization(response, now);
}

Result<DeviceAuthorization> parsedWith(const char* key, const Json& value) {
    Json answer = goodAnswer();
    answer[key] = value;
    return parsed(answer);
}

Error named(const char* name, ErrorCode code = ErrorCode::ProviderError) {
    return Error(code, "no").with("error", std::string(name));
}

} // namespace

TEST(DeviceCodeTest, P4_AnAnswerIsReadWhole) {
    const auto answer = parsed(goodAnswer());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->deviceCode.reveal(), "dev-1");
    EXPECT_EQ(answer->shown.userCode, "WDJB-MJHT");
    EXPECT_EQ(answer->shown.verificationUri, QUrl(QStringLiteral("https://as.example/device")));
    EXPECT_EQ(answer->shown.verificationUriComplete,
              QUrl(QStringLiteral("https://as.example/device?user_code=WDJB-MJHT")));
    EXPECT_EQ(answer->shown.expiresAt, now + std::chrono::seconds(900));
    EXPECT_EQ(answer->shown.interval, std::chrono::seconds(7));
}

TEST(DeviceCodeTest, SEC_C_31_TheIntervalIsFiveSecondsUnlessTold) {
    Json answer = goodAnswer();
    answer.erase("interval");
    EXPECT_EQ(parsed(answer)->shown.interval, std::chrono::seconds(5));
    for (const Json& odd : {Json(0), Json(-3), Json("fast"), Json(nullptr), Json(0.4)})
        EXPECT_EQ(parsedWith("interval", odd)->shown.interval, std::chrono::seconds(5)) << odd;
}

TEST(DeviceCodeTest, P4_TheOldNameOfTheAddressIsUnderstood) {
    Json answer = goodAnswer();
    answer["verification_url"] = answer["verification_uri"];
    answer.erase("verification_uri");
    EXPECT_TRUE(parsed(answer));
}

TEST(DeviceCodeTest, SEC_C_38_ACodeThatNobodyCouldTypeIsRefused) {
    for (const Json& code : {Json(""), Json(std::string(65, 'A')), Json("AB\u001b[2J"), Json("A\nB"),
                             Json("\u202eABCD"), Json(12), Json(nullptr), Json(" AB")}) {
        const auto answer = parsedWith("user_code", code);
        ASSERT_FALSE(answer) << code;
        EXPECT_EQ(answer.error().code, ErrorCode::ProviderError);
    }
}

TEST(DeviceCodeTest, SEC_C_38_AnAddressThatMustNotBeOpenedIsRefused) {
    for (const char* address : {"http://as.example/device", "javascript:alert(1)", "file:///etc/passwd",
                                "https://", "//as.example", "https://as.example@evil.example/", "-x", ""})
        EXPECT_FALSE(parsedWith("verification_uri", address)) << address;
    EXPECT_FALSE(parsedWith("verification_uri", "https://as.example/" + std::string(2048, 'a')));
    EXPECT_TRUE(parsedWith("verification_uri", "http://127.0.0.1:8080/device"));
}

TEST(DeviceCodeTest, SEC_C_33_ACompleteAddressThatLeadsElsewhereIsLeftOut) {
    for (const char* address : {"https://evil.example/device?user_code=WDJB-MJHT", "javascript:alert(1)",
                                "http://as.example/device", ""}) {
        const auto answer = parsedWith("verification_uri_complete", address);
        ASSERT_TRUE(answer) << address;
        EXPECT_TRUE(answer->shown.verificationUriComplete.isEmpty()) << address;
    }
}

TEST(DeviceCodeTest, SEC_C_38_ADeviceCodeUnfitForAFormIsRefused) {
    for (const Json& code : {Json(""), Json("a\r\nb"), Json(std::string(5000, 'a')), Json(1), Json(nullptr)})
        EXPECT_FALSE(parsedWith("device_code", code)) << code;
}

TEST(DeviceCodeTest, T_19_ACodeLivesHalfAnHourAtMost) {
    EXPECT_EQ(parsedWith("expires_in", 1e300)->shown.expiresAt, now + std::chrono::minutes(30));
    for (const Json& odd : {Json(0), Json(-1), Json("900"), Json(nullptr)})
        EXPECT_FALSE(parsedWith("expires_in", odd)) << odd;
}

TEST(DeviceCodeTest, ARefusalKeepsItsName) {
    const auto refused = parsed(Json{{"error", "unauthorized_client"}}, 400);
    ASSERT_FALSE(refused);
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("error")), "unauthorized_client");
    EXPECT_FALSE(parsed(Json{{"error", "device_flow_disabled"}}, 200));
}

TEST(DeviceCodeTest, WhatIsNoAnswerIsUnavailable) {
    EXPECT_EQ(parsed("<html>", 200).error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(parsed("", 200).error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(parsed("[]", 200).error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(parsed("busy", 503).error().code, ErrorCode::ProviderUnavailable);
}

TEST(DevicePaceTest, SEC_C_31_SlowDownAddsFiveSecondsForGood) {
    DevicePace pace(std::chrono::seconds(5));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(5));
    EXPECT_FALSE(pace.judge(named("slow_down", ErrorCode::ProviderUnavailable)));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(10));
    EXPECT_FALSE(pace.judge(named("authorization_pending")));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(10));
    EXPECT_FALSE(pace.judge(named("slow_down", ErrorCode::ProviderUnavailable)));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(15));
}

TEST(DevicePaceTest, SEC_C_31_TimeOutsDoubleTheWaitUntilTheServerAnswers) {
    DevicePace pace(std::chrono::seconds(5));
    const Error timeout(ErrorCode::ProviderUnavailable, "no answer");
    for (const int expected : {10, 20, 40, 60, 60, 60, 60, 60}) {
        EXPECT_FALSE(pace.judge(timeout));
        EXPECT_EQ(pace.wait(), std::chrono::seconds(expected));
    }
    EXPECT_FALSE(pace.judge(named("authorization_pending")));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(5));
}

TEST(DevicePaceTest, SEC_C_31_ALongIntervalIsNeverShortenedByBackingOff) {
    DevicePace pace(std::chrono::seconds(90));
    EXPECT_FALSE(pace.judge(Error(ErrorCode::ProviderUnavailable, "no answer")));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(90));
}

TEST(DevicePaceTest, SEC_C_31_RetryAfterIsHonoured) {
    DevicePace pace(std::chrono::seconds(5));
    EXPECT_FALSE(pace.judge(Error(ErrorCode::ProviderUnavailable, "busy").retry(std::chrono::seconds(75))));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(75));
    EXPECT_FALSE(pace.judge(named("authorization_pending")));
    EXPECT_EQ(pace.wait(), std::chrono::seconds(5));
}

TEST(DevicePaceTest, SEC_C_31_DenialAndExpiryEndIt) {
    DevicePace pace(std::chrono::seconds(5));
    EXPECT_EQ(pace.judge(named("access_denied"))->code, ErrorCode::Cancelled);
    EXPECT_EQ(pace.judge(named("authorization_declined"))->code, ErrorCode::Cancelled);
    EXPECT_EQ(pace.judge(named("expired_token"))->code, ErrorCode::TimedOut);
    EXPECT_EQ(pace.judge(named("invalid_grant"))->code, ErrorCode::ProviderError);
}
