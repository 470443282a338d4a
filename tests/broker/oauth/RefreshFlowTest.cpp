#include "broker/oauth/RefreshFlow.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/TokenResponse.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using Parameters = std::map<std::string, std::string>;

namespace {

class RefreshFlowTest : public ::testing::Test {
protected:
    RefreshFlowTest() {
        setup_.server = exampleServer();
        setup_.client = publicClient();
    }
    Result<TokenSet> run() {
        std::optional<Result<TokenSet>> result;
        RefreshFlow flow(transport_, clock_, setup_, RefreshToken(Secret::copyOf("rt/+0")),
                         [&](Result<TokenSet> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }

    ScriptedTransport transport_;
    StillClock clock_;
    RefreshFlow::Setup setup_;
};

} // namespace

TEST_F(RefreshFlowTest, SEC_C_29_TokenGoesToTheTokenEndpointAlone) {
    transport_.answer(200, goodTokens);
    const Result<TokenSet> set = run();
    ASSERT_TRUE(set);
    EXPECT_EQ(set->refreshToken.reveal(), "rt-1");
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/token");
    EXPECT_EQ(transport_.sent[0].header("Accept"), "application/json");
    EXPECT_EQ(decodeForm(transport_.sent[0].body),
              (Parameters{
                  {"grant_type", "refresh_token"}, {"refresh_token", "rt/+0"}, {"client_id", "our client"}}));
}

TEST_F(RefreshFlowTest, SEC_C_18_ResourceAndScopesAreSentWhenGiven) {
    transport_.answer(200, goodTokens);
    setup_.scopes = {"a", "b"};
    setup_.resource = "https://mcp.example/mcp";
    ASSERT_TRUE(run());
    const Parameters form = *decodeForm(transport_.sent[0].body);
    EXPECT_EQ(form.at("scope"), "a b");
    EXPECT_EQ(form.at("resource"), "https://mcp.example/mcp");
}

TEST_F(RefreshFlowTest, SEC_C_27_FailureIsReportedAfterOneRequest) {
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(transport_.sent.size(), 1U);
}

TEST_F(RefreshFlowTest, DeadTokenIsTold) {
    transport_.answer(400, R"({"error":"invalid_grant"})");
    EXPECT_TRUE(isInvalidGrant(run().error()));
}

TEST_F(RefreshFlowTest, MissingSecretIsToldFromTheEventLoop) {
    setup_.client.method = ClientAuthMethod::ClientSecretBasic;
    EXPECT_EQ(run().error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(RefreshFlowTest, DestroyedFlowIsSilent) {
    transport_.answer(200, goodTokens);
    bool called = false;
    auto flow = std::make_unique<RefreshFlow>(transport_, clock_, setup_, RefreshToken(Secret::copyOf("rt")),
                                              [&](const Result<TokenSet>&) { called = true; });
    flow->start();
    flow.reset();
    EXPECT_FALSE(waitFor([&] { return called; }, std::chrono::milliseconds(50)));
}

TEST_F(RefreshFlowTest, P1_TokensMayLieInsideTheAnswer) {
    setup_.server.dialect.tokenObject = "authed_user";
    transport_.answer(200, R"({"ok":true,"access_token":"bot","authed_user":{"access_token":"at-2",)"
                           R"("token_type":"user","refresh_token":"rt-2","expires_in":43200}})");
    const Result<TokenSet> set = run();
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_EQ(set->accessToken.reveal(), "at-2");
    EXPECT_EQ(set->refreshToken.reveal(), "rt-2");
    EXPECT_EQ(set->tokenType, "Bearer");
    transport_.answer(200, R"({"ok":true,"access_token":"bot","token_type":"bot"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
}

TEST_F(RefreshFlowTest, P1_TheLifeOfARefreshTokenMayBeKnownBeforehand) {
    setup_.server.dialect.refreshLife = std::chrono::hours(24 * 30);
    transport_.answer(200, goodTokens);
    EXPECT_EQ(run()->refreshExpiresIn, std::chrono::hours(24 * 30));
    transport_.answer(200, R"({"access_token":"a","token_type":"Bearer"})");
    EXPECT_FALSE(run()->refreshExpiresIn) << "no refresh token, no life of it";
}
