#include "broker/oauth/TokenRequest.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const QUrl endpoint(QStringLiteral("https://as.example/token"));

Result<HttpRequest> requestOf(const ClientRegistration& client) {
    Form form;
    form.add("grant_type", "refresh_token");
    return tokenRequest(endpoint, exampleServer(), client, std::move(form), StillClock().wall());
}

std::string headerOf(const HttpRequest& request, std::string_view name) {
    for (const HttpHeader& header : request.headers) {
        if (header.name == name)
            return header.value;
    }
    return {};
}

} // namespace

TEST(TokenRequest, PublicClientOnlyNamesItself) {
    const Result<HttpRequest> request = requestOf(publicClient());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, HttpRequest::Method::Post);
    EXPECT_EQ(request->url, endpoint);
    EXPECT_EQ(request->contentType, "application/x-www-form-urlencoded");
    EXPECT_EQ(request->body.reveal(), "grant_type=refresh_token&client_id=our+client");
    EXPECT_EQ(headerOf(*request, "Accept"), "application/json");
    EXPECT_EQ(headerOf(*request, "Authorization"), "");
    EXPECT_LE(request->deadline, std::chrono::seconds(30));
}

TEST(TokenRequest, BasicIsFormEncodedBeforeBase64) {
    const Result<HttpRequest> request =
        requestOf(secretClient(ClientAuthMethod::ClientSecretBasic, "s3cr3t:+ %"));
    ASSERT_TRUE(request);
    // base64("our+client:s3cr3t%3A%2B+%25")
    EXPECT_EQ(headerOf(*request, "Authorization"), "Basic b3VyK2NsaWVudDpzM2NyM3QlM0ElMkIrJTI1");
    EXPECT_EQ(request->body.reveal(), "grant_type=refresh_token") << "one authentication method a request";
}

TEST(TokenRequest, PostPutsTheSecretIntoTheBodyEncoded) {
    const Result<HttpRequest> request =
        requestOf(secretClient(ClientAuthMethod::ClientSecretPost, "s3cr3t:+"));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->body.reveal(),
              "grant_type=refresh_token&client_id=our+client&client_secret=s3cr3t%3A%2B");
    EXPECT_EQ(headerOf(*request, "Authorization"), "");
}

TEST(TokenRequest, WithoutIdOrSecretItIsNotConfigured) {
    ClientRegistration client = publicClient();
    client.method = ClientAuthMethod::ClientSecretPost;
    EXPECT_EQ(requestOf(client).error().code, ErrorCode::NotConfigured);
    EXPECT_EQ(requestOf({}).error().code, ErrorCode::NotConfigured);
}

TEST(TokenRequest, SEC_C_21_PlainHttpEndpointIsRefused) {
    const auto to = [](const char* address) {
        return tokenRequest(QUrl(QString::fromLatin1(address)), exampleServer(), publicClient(), Form(),
                            StillClock().wall());
    };
    EXPECT_FALSE(to("http://as.example/token"));
    EXPECT_FALSE(to(""));
    EXPECT_TRUE(to("http://127.0.0.1:1/token"));
}

namespace {

Result<HttpRequest> requestTo(const Dialect& dialect, const ClientRegistration& client) {
    Form form;
    form.add("grant_type", "authorization_code").add("code", "a/+ \"b");
    AuthorizationServer server = exampleServer();
    server.dialect = dialect;
    return tokenRequest(endpoint, server, client, std::move(form), StillClock().wall());
}

} // namespace

TEST(TokenRequest, P1_AServerThatWantsJsonGetsTheSameParametersAsAnObject) {
    Dialect dialect;
    dialect.jsonBody = true;
    const Result<HttpRequest> request =
        requestTo(dialect, secretClient(ClientAuthMethod::ClientSecretBasic, "s"));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->contentType, "application/json");
    EXPECT_EQ(request->body.reveal(), R"({"code":"a/+ \"b","grant_type":"authorization_code"})");
    EXPECT_NE(headerOf(*request, "Authorization"), "");
}

TEST(TokenRequest, P1_AServerThatDecodesNothingGetsIdAndSecretAsTheyAre) {
    Dialect dialect;
    dialect.basicAsIs = true;
    const Result<HttpRequest> request =
        requestTo(dialect, secretClient(ClientAuthMethod::ClientSecretBasic, "s3cr3t:+ %"));
    ASSERT_TRUE(request);
    // base64("our client:s3cr3t:+ %")
    EXPECT_EQ(headerOf(*request, "Authorization"), "Basic b3VyIGNsaWVudDpzM2NyM3Q6KyAl");
}

TEST(TokenRequest, P1_SecretAloneIsTheUserOfHttpBasic) {
    Dialect dialect;
    dialect.secretAsBasicUser = true;
    const Result<HttpRequest> request =
        requestTo(dialect, secretClient(ClientAuthMethod::ClientSecretBasic, "sk_test_1"));
    ASSERT_TRUE(request);
    EXPECT_EQ(headerOf(*request, "Authorization"), "Basic c2tfdGVzdF8xOg=="); // base64("sk_test_1:")
}

TEST(TokenRequest, SEC_C_22_APublicServersEndpointIsReachedInPublicOnly) {
    AuthorizationServer server = exampleServer();
    EXPECT_FALSE(tokenRequest(endpoint, server, publicClient(), Form(), StillClock().wall())->publicOnly);
    server.publicOnly = true;
    EXPECT_TRUE(tokenRequest(endpoint, server, publicClient(), Form(), StillClock().wall())->publicOnly);
}
