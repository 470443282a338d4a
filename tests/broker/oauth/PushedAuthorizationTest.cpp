#include "broker/oauth/AuthorizationCodeFlow.h"
#include "broker/oauth/SigningKey.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using Parameters = std::map<std::string, std::string>;

namespace {

const std::string pushed = R"({"request_uri":"urn:ietf:params:oauth:request_uri:abc","expires_in":60})";

class PushedAuthorizationTest : public ::testing::Test {
protected:
    PushedAuthorizationTest() {
        setup_.server = exampleServer();
        setup_.server.pushedAuthorizationEndpoint = QUrl(QStringLiteral("https://as.example/par"));
        setup_.client = publicClient();
        setup_.scopes = {"a", "b"};
    }
    Result<QUrl> start() {
        std::optional<Result<QUrl>> url;
        flow_ = std::make_unique<AuthorizationCodeFlow>(transport_, clock_, setup_,
                                                        [](const Result<TokenSet>&) {});
        flow_->start([&](Result<QUrl> ready) { url = std::move(ready); });
        EXPECT_TRUE(waitFor([&] { return url.has_value(); }));
        return *url;
    }
    static Parameters queryOf(const QUrl& url) {
        return *decodeForm(url.query(QUrl::FullyEncoded).toStdString());
    }
    [[nodiscard]] Parameters form() const { return *decodeForm(transport_.sent.at(0).body); }

    ScriptedTransport transport_;
    StillClock clock_;
    AuthorizationCodeFlow::Setup setup_;
    std::unique_ptr<AuthorizationCodeFlow> flow_;
};

} // namespace

TEST_F(PushedAuthorizationTest, P11_TheBrowserCarriesNothingButTheReference) {
    transport_.answer(201, pushed);
    setup_.resource = "https://mcp.example/mcp";
    setup_.dpopKey = SigningKey::generate();
    const Result<QUrl> url = start();
    ASSERT_TRUE(url) << url.error().message;
    EXPECT_EQ(queryOf(*url), (Parameters{{"client_id", "our client"},
                                         {"request_uri", "urn:ietf:params:oauth:request_uri:abc"}}));
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/par");
    EXPECT_EQ(form().at("client_id"), "our client");
    EXPECT_EQ(form().at("response_type"), "code");
    EXPECT_EQ(form().at("redirect_uri"), flow_->redirectUri());
    EXPECT_EQ(form().at("scope"), "a b");
    EXPECT_EQ(form().at("resource"), "https://mcp.example/mcp");
    EXPECT_EQ(form().at("code_challenge_method"), "S256");
    EXPECT_EQ(form().at("dpop_jkt"), setup_.dpopKey->thumbprint());
    EXPECT_FALSE(form().contains("request_uri"));
    EXPECT_GE(form().at("state").size(), 43U);
}

TEST_F(PushedAuthorizationTest, TheClientProvesItselfThere) {
    transport_.answer(201, pushed);
    setup_.client = secretClient(ClientAuthMethod::ClientSecretBasic, "s");
    ASSERT_TRUE(start());
    EXPECT_EQ(transport_.sent[0].header("Authorization").substr(0, 6), "Basic ");
    EXPECT_EQ(form().at("client_id"), "our client") << "a parameter of its own right";
    setup_.client = publicClient();
    setup_.client.method = ClientAuthMethod::PrivateKeyJwt;
    setup_.client.signingKey = SigningKey::generate();
    transport_.sent.clear();
    transport_.answer(201, pushed);
    ASSERT_TRUE(start());
    EXPECT_TRUE(form().contains("client_assertion"));
}

TEST_F(PushedAuthorizationTest, TheEndpointsOwnQueryStaysInTheBrowser) {
    setup_.server.authorizationEndpoint = QUrl(QStringLiteral("https://as.example/authorize?tenant=t"));
    transport_.answer(201, pushed);
    const Result<QUrl> url = start();
    ASSERT_TRUE(url);
    EXPECT_EQ(queryOf(*url).at("tenant"), "t");
    EXPECT_FALSE(form().contains("tenant"));
}

TEST_F(PushedAuthorizationTest, ABrokenAnswerIsGoneRoundWhereNobodyDemandsIt) {
    const auto answers = [&](int count) {
        if (count == 0)
            transport_.answer(404, "not here");
        else if (count == 1)
            transport_.answer(201, "<html>");
        else if (count == 2)
            transport_.answer(201, R"({"request_uri":5})");
        else if (count == 3)
            transport_.answer(201, R"({"request_uri":")" + std::string(2049, 'u') + "\"}");
        else if (count == 4)
            transport_.answer(201, R"({"request_uri":"a\u0000b"})");
        else
            transport_.fail(ErrorCode::ProviderUnavailable);
    };
    for (int i = 0; i < 6; ++i) {
        answers(i);
        const Result<QUrl> url = start();
        ASSERT_TRUE(url) << i;
        EXPECT_TRUE(queryOf(*url).contains("code_challenge")) << i;
    }
    for (int i = 0; i < 6; ++i) {
        setup_.par = i % 2 == 0 ? PushedRequests::Required : PushedRequests::Auto;
        setup_.server.requiresPushedAuthorization = i % 2 == 1;
        answers(i);
        EXPECT_FALSE(start()) << i;
    }
}

TEST_F(PushedAuthorizationTest, ARefusalIsNeverGoneRound) {
    transport_.answer(400, R"({"error":"invalid_request","error_description":"no such scope"})");
    const Result<QUrl> url = start();
    ASSERT_FALSE(url);
    EXPECT_EQ(url.error().code, ErrorCode::ProviderError);
    EXPECT_EQ(std::get<std::string>(*url.error().detail("error")), "invalid_request");
    EXPECT_FALSE(flow_->complete("http://127.0.0.1/?code=c")) << "nothing waits";
}

TEST_F(PushedAuthorizationTest, NeverAndNotOfferedMeanPlain) {
    setup_.par = PushedRequests::Never;
    ASSERT_TRUE(start());
    setup_.par = PushedRequests::Auto;
    setup_.server.pushedAuthorizationEndpoint = QUrl();
    ASSERT_TRUE(start());
    EXPECT_TRUE(transport_.sent.empty());
    setup_.par = PushedRequests::Required;
    EXPECT_EQ(start().error().code, ErrorCode::NotFound);
}
