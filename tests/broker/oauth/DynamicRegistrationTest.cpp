#include "broker/oauth/DynamicRegistration.h"
#include "broker/base/Json.h"
#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

using testing::Contains;
using testing::ElementsAre;

class DynamicRegistrationTest : public ::testing::Test {
protected:
    DynamicRegistrationTest() {
        setup.server.registrationEndpoint = QUrl(QStringLiteral("https://login.example/register"));
        setup.redirectPath = "/a/b";
        setup.redirectPort = 20001;
        setup.scopes = {"read", "write"};
    }
    void start() {
        flow = std::make_unique<DynamicRegistration>(http, clock, setup,
                                                     [this](Result<RegisteredOAuthClient> client) {
                                                         done = true;
                                                         result = std::move(client);
                                                     });
        flow->start();
    }
    [[nodiscard]] Json request(bool less = false) const {
        return *parseJson(registrationRequest(setup, less));
    }

    FakeClock clock;
    ScriptedTransport http;
    DynamicRegistration::Setup setup;
    std::unique_ptr<DynamicRegistration> flow;
    bool done = false;
    Result<RegisteredOAuthClient> result = failure(ErrorCode::InternalError, "not yet");
};

TEST_F(DynamicRegistrationTest, SEC_C_24_ANativeApplicationThatIsAnsweredOnLoopback) {
    const Json json = request();
    EXPECT_EQ(json["application_type"], "native");
    EXPECT_THAT(stringsAt(json, "redirect_uris"),
                ElementsAre("http://127.0.0.1:20001/a/b", "http://127.0.0.1/a/b"));
    EXPECT_THAT(stringsAt(json, "grant_types"), ElementsAre("authorization_code", "refresh_token")); // C19
    EXPECT_EQ(json["scope"], "read write");
    EXPECT_EQ(json["token_endpoint_auth_method"], "none");
}

TEST_F(DynamicRegistrationTest, C21_TheMethodIsOneThatTheServerLists) {
    setup.server.tokenEndpointAuthMethods = {"private_key_jwt", "client_secret_post"};
    EXPECT_EQ(request()["token_endpoint_auth_method"], "client_secret_post");
    setup.server.tokenEndpointAuthMethods = {"client_secret_post", "client_secret_basic"};
    EXPECT_EQ(request()["token_endpoint_auth_method"], "client_secret_basic");
}

TEST_F(DynamicRegistrationTest, C21_TheAnswerSaysWhichMethodCounts) {
    start();
    http.answer(201, R"({"client_id":"c1","client_secret":"s1","client_secret_expires_at":2000000000,)"
                     R"("token_endpoint_auth_method":"client_secret_post"})");
    ASSERT_TRUE(done && result);
    EXPECT_EQ(result->clientId, "c1");
    EXPECT_EQ(result->clientSecret.reveal(), "s1");
    EXPECT_EQ(result->method, ClientAuthMethod::ClientSecretPost);
    EXPECT_TRUE(result->secretExpiresAt.has_value());
    EXPECT_EQ(result->redirectPort, 20001);
}

TEST_F(DynamicRegistrationTest, APublicClientHasNoSecret) {
    start();
    http.answer(201, R"({"client_id":"c1","client_secret":"s1","token_endpoint_auth_method":"none"})");
    ASSERT_TRUE(done && result);
    EXPECT_TRUE(result->clientSecret.empty());
    EXPECT_EQ(result->method, ClientAuthMethod::None);
}

TEST_F(DynamicRegistrationTest, C9_BlamedMetadataAreSentOnceMoreWithLess) {
    start();
    http.answer(400, R"({"error":"invalid_redirect_uri"})");
    ASSERT_FALSE(done);
    const Json second = *parseJson(http.waiting.front().body);
    EXPECT_THAT(stringsAt(second, "redirect_uris"), ElementsAre("http://127.0.0.1:20001/a/b"));
    EXPECT_FALSE(second.contains("scope"));
    EXPECT_EQ(second["application_type"], "native");
    http.answer(400, R"({"error":"invalid_client_metadata","error_description":"no <b>way</b>"})");
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderError);
    EXPECT_EQ(std::get<std::string>(*result.error().detail("error")), "invalid_client_metadata");
    EXPECT_EQ(http.sent, 2);
}

TEST_F(DynamicRegistrationTest, ARefusalIsNotRepeated) {
    start();
    http.answer(403, "go away");
    ASSERT_TRUE(done);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderError);
    EXPECT_EQ(http.sent, 1);
}

TEST_F(DynamicRegistrationTest, T_28_AnAnswerThatCannotBeRightIsRefused) {
    for (const char* bad :
         {"", "[]", "{}", R"({"client_id":""})", R"({"client_id":"a\r\nb"})", R"({"client_id":7})",
          R"({"client_id":"c","token_endpoint_auth_method":"client_secret_basic"})",
          R"({"client_id":"c","token_endpoint_auth_method":"private_key_jwt"})",
          R"({"client_id":"c","client_secret":"\u0000"})"})
        EXPECT_FALSE(parseRegistration(Secret::copyOf(bad), setup)) << bad;
    EXPECT_FALSE(
        parseRegistration(Secret::copyOf(R"({"client_id":")" + std::string(3000, 'a') + "\"}"), setup));
    EXPECT_TRUE(parseRegistration(
        Secret::copyOf(R"({"client_id":"c","client_secret":"s","client_secret_expires_at":9e18})"), setup));
}

} // namespace
} // namespace keybearer
