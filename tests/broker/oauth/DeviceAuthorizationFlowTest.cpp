#include "broker/oauth/DeviceAuthorizationFlow.h"

#include "broker/oauth/Form.h"
#include "tests/broker/oauth/ScriptedTransport.h"
#include "tests/support/FakeClock.h"

#include <QTimer>

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const std::string goodCode =
    R"({"device_code":"dev-1","user_code":"WDJB-MJHT","verification_uri":"https://as.example/device",)"
    R"("expires_in":900,"interval":5})";

class DeviceAuthorizationFlowTest : public ::testing::Test {
protected:
    DeviceAuthorizationFlowTest() {
        setup.server = exampleServer();
        setup.server.deviceAuthorizationEndpoint = QUrl(QStringLiteral("https://as.example/device_code"));
        setup.client = publicClient();
        setup.scopes = {"a", "b"};
        setup.second = std::chrono::milliseconds(1);
    }
    void start() {
        flow = std::make_unique<DeviceAuthorizationFlow>(transport, clock, setup, [this](Result<TokenSet> r) {
            EXPECT_FALSE(result) << "completed twice";
            result = std::move(r);
        });
        flow->start([this](Result<DeviceCode> shown) { code = std::move(shown); });
        EXPECT_FALSE(code) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return code.has_value(); }));
    }
    Result<TokenSet>& outcome() {
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return *result;
    }
    void no(const char* name) { transport.answer(400, std::string(R"({"error":")") + name + R"("})"); }

    ScriptedTransport transport;
    FakeClock clock;
    DeviceAuthorizationFlow::Setup setup;
    std::unique_ptr<DeviceAuthorizationFlow> flow;
    std::optional<Result<DeviceCode>> code;
    std::optional<Result<TokenSet>> result;
};

} // namespace

TEST_F(DeviceAuthorizationFlowTest, P4_ThePersonIsShownACodeAndThenSignedIn) {
    setup.resource = "https://mcp.example/mcp";
    transport.answer(200, goodCode);
    no("authorization_pending");
    no("authorization_pending");
    transport.answer(200, goodTokens);
    start();
    ASSERT_TRUE(*code) << code->error().message;
    EXPECT_EQ((*code)->userCode, "WDJB-MJHT");
    ASSERT_TRUE(outcome()) << result->error().message;
    EXPECT_EQ((*result)->refreshToken.reveal(), "rt-1");
    ASSERT_EQ(transport.sent.size(), 4U);
    EXPECT_EQ(transport.sent[0].url, "https://as.example/device_code");
    const auto asked = *decodeForm(transport.sent[0].body);
    EXPECT_EQ(asked.at("client_id"), "our client");
    EXPECT_EQ(asked.at("scope"), "a b");
    EXPECT_EQ(asked.at("resource"), "https://mcp.example/mcp");
    const auto polled = *decodeForm(transport.sent[3].body);
    EXPECT_EQ(transport.sent[3].url, "https://as.example/token");
    EXPECT_EQ(polled.at("grant_type"), "urn:ietf:params:oauth:grant-type:device_code");
    EXPECT_EQ(polled.at("device_code"), "dev-1");
    EXPECT_EQ(polled.at("client_id"), "our client");
    EXPECT_EQ(polled.at("resource"), "https://mcp.example/mcp");
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_NothingIsAskedBeforeTheIntervalHasPassed) {
    setup.second = std::chrono::hours(1);
    transport.answer(200, goodCode);
    start();
    EXPECT_FALSE(waitFor([&] { return transport.sent.size() > 1; }, std::chrono::milliseconds(50)));
}

// Held against a shorter timer that was started before: that one fires first, however slow the machine is.
TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_TheIntervalIsTheServers) {
    transport.answer(200, R"({"device_code":"dev-1","user_code":"WDJB-MJHT","expires_in":900,)"
                          R"("verification_uri":"https://as.example/device","interval":600})");
    std::optional<std::size_t> sentBefore;
    QTimer shorter;
    shorter.setSingleShot(true);
    shorter.setTimerType(Qt::PreciseTimer);
    QObject::connect(&shorter, &QTimer::timeout, [&] { sentBefore = transport.sent.size(); });
    shorter.start(300 * setup.second);
    start();
    ASSERT_TRUE(waitFor([&] { return sentBefore.has_value(); }));
    EXPECT_EQ(*sentBefore, 1U);
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_TroubleOnTheWayIsWaitedOut) {
    transport.answer(200, goodCode);
    transport.fail(ErrorCode::ProviderUnavailable);
    transport.answer(503, "busy");
    transport.answer(200, "<html>the hotel's login page</html>");
    no("slow_down");
    transport.answer(200, goodTokens);
    start();
    EXPECT_TRUE(outcome());
    EXPECT_EQ(transport.sent.size(), 6U);
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_DenialEndsThePolling) {
    transport.answer(200, goodCode);
    no("access_denied");
    start();
    EXPECT_EQ(outcome().error().code, ErrorCode::Cancelled);
    EXPECT_EQ(transport.sent.size(), 2U);
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_ExpiredTokenEndsThePolling) {
    transport.answer(200, goodCode);
    no("expired_token");
    start();
    EXPECT_EQ(outcome().error().code, ErrorCode::TimedOut);
    EXPECT_EQ(transport.sent.size(), 2U);
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_ACodeThatHasExpiredIsNotAskedForAgain) {
    transport.answer(200, goodCode);
    start();
    clock.advance(std::chrono::seconds(901)); // the machine slept
    EXPECT_EQ(outcome().error().code, ErrorCode::TimedOut);
    EXPECT_EQ(transport.sent.size(), 1U);
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_31_AWallClockThatJumpsDoesNotEndIt) {
    transport.answer(200, goodCode);
    transport.answer(200, goodTokens);
    start();
    clock.jumpWall(std::chrono::hours(48));
    EXPECT_TRUE(outcome());
}

TEST_F(DeviceAuthorizationFlowTest, SEC_C_32_TheDeviceCodeIsInNoError) {
    transport.answer(200, goodCode);
    transport.answer(400, R"({"error":"invalid_grant","error_description":"no"})");
    start();
    ASSERT_FALSE(outcome());
    EXPECT_EQ(result->error().message.find("dev-1"), std::string::npos);
    EXPECT_EQ(result->error().code, ErrorCode::ProviderError);
}

TEST_F(DeviceAuthorizationFlowTest, T_19_AServerWithoutTheFlowSaysSo) {
    setup.server.deviceAuthorizationEndpoint.clear();
    start();
    ASSERT_FALSE(*code);
    EXPECT_EQ(code->error().code, ErrorCode::PolicyDenied);
    EXPECT_EQ(std::get<std::string>(*code->error().detail("reason")), "flow_disabled");
    EXPECT_TRUE(transport.sent.empty());
}

TEST_F(DeviceAuthorizationFlowTest, T_19_AClientThatMayNotUseItIsToldSo) {
    for (const char* word : {"unauthorized_client", "device_flow_disabled"}) {
        code.reset();
        no(word);
        start();
        ASSERT_FALSE(*code);
        EXPECT_EQ(std::get<std::string>(*code->error().detail("reason")), "flow_disabled") << word;
    }
}

TEST_F(DeviceAuthorizationFlowTest, AFailureBeforeThereIsACodeIsTheStartsOwn) {
    transport.fail(ErrorCode::ProviderUnavailable);
    start();
    EXPECT_EQ(code->error().code, ErrorCode::ProviderUnavailable);
    EXPECT_FALSE(waitFor([&] { return result.has_value(); }, std::chrono::milliseconds(20)));
}

TEST_F(DeviceAuthorizationFlowTest, DestroyedFlowAsksNoMore) {
    transport.answer(200, goodCode);
    start();
    flow.reset();
    EXPECT_FALSE(waitFor([&] { return transport.sent.size() > 1; }, std::chrono::milliseconds(50)));
    EXPECT_FALSE(result);
}
