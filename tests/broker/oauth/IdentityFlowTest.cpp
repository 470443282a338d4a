#include "broker/oauth/IdentityFlow.h"
#include "broker/base/Random.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

class IdentityFlowTest : public ::testing::Test {
protected:
    IdentityFlowTest() {
        setup_.server = exampleServer();
        setup_.clientId = "our client";
        setup_.nonce = "n";
        tokens_.accessToken = AccessToken(Secret::copyOf("at-1"));
    }
    void giveIdToken(const std::string& more) {
        const std::string claims = R"({"iss":"https://as.example","aud":"our client","exp":)" +
                                   std::to_string(toUnixSeconds(clock_.now) + 300) +
                                   R"(,"nonce":"n","sub":"u1")" + more + "}";
        tokens_.idToken = Secret::copyOf("e30." + base64Url(claims) + ".c2ln");
    }
    Result<Identity> run() {
        std::optional<Result<Identity>> result;
        IdentityFlow flow(transport_, clock_, setup_, tokens_,
                          [&](Result<Identity> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return *result;
    }

    ScriptedTransport transport_;
    StillClock clock_;
    IdentityFlow::Setup setup_;
    TokenSet tokens_;
};

} // namespace

TEST_F(IdentityFlowTest, IdTokenWithAnEmailIsEnough) {
    giveIdToken(R"(,"email":"alex@example.org")");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_EQ(identity->subject, "u1");
    EXPECT_EQ(identity->label, "alex@example.org");
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(IdentityFlowTest, IdTokenWithoutALabelAsksUserinfo) {
    giveIdToken("");
    transport_.answer(200, R"({"sub":"u1","preferred_username":"alex"})");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->label, "alex");
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/userinfo");
    EXPECT_EQ(transport_.sent[0].header("Authorization"), "Bearer at-1");
}

TEST_F(IdentityFlowTest, UserinfoOfSomebodyElseIsRefused) {
    giveIdToken("");
    transport_.answer(200, R"({"sub":"u2","email":"evil@example.org"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
}

TEST_F(IdentityFlowTest, FailingUserinfoDoesNotSpoilAProvenSubject) {
    giveIdToken("");
    transport_.answer(503, "");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->label, "u1");
}

TEST_F(IdentityFlowTest, ForgedIdTokenIsRefusedAndNobodyIsAsked) {
    giveIdToken(R"(,"email":"a@b")");
    setup_.nonce = "other";
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(IdentityFlowTest, GivenAddressIsAskedAndMayNameNumbers) {
    setup_.url = QUrl(QStringLiteral("https://api.example/user"));
    setup_.subjectKeys = {"id"};
    setup_.labelKeys = {"login"};
    transport_.answer(200, R"({"id":583231,"login":"octocat"})");
    const Result<Identity> identity = run();
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->subject, "583231");
    EXPECT_EQ(identity->label, "octocat");
    EXPECT_EQ(transport_.sent[0].url, "https://api.example/user");
}

TEST_F(IdentityFlowTest, NowhereToAskIsNotFound) {
    setup_.server.userinfoEndpoint = QUrl();
    EXPECT_EQ(run().error().code, ErrorCode::NotFound);
}

TEST_F(IdentityFlowTest, BadAnswersAreTold) {
    transport_.answer(401, R"({"error":"invalid_token"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    transport_.answer(200, "<html>");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
    transport_.answer(200, R"({"name":"x"})");
    EXPECT_EQ(run().error().code, ErrorCode::ProviderError);
    transport_.fail(ErrorCode::ProviderUnavailable);
    EXPECT_EQ(run().error().code, ErrorCode::ProviderUnavailable);
}
