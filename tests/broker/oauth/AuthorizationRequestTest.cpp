#include "broker/oauth/AuthorizationRequest.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <QUrlQuery>

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

AuthorizationRequestParams exampleParams() {
    AuthorizationRequestParams params;
    params.clientId = "our client/+";
    params.redirectUri = "http://127.0.0.1:4711/cb/x";
    params.state = "state-1";
    params.codeChallenge = "challenge-1";
    params.scopes = {"read:all", "write+more"};
    return params;
}

QString value(const QUrl& url, const char* name) {
    return QUrlQuery(url).queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

Result<QUrl> urlFor(const QString& endpoint) {
    AuthorizationServer server = exampleServer();
    server.authorizationEndpoint = QUrl(endpoint);
    return authorizationUrl(server, exampleParams());
}

} // namespace

TEST(AuthorizationRequest, SaysEverythingOnceAndExactlyEncoded) {
    AuthorizationRequestParams params = exampleParams();
    params.nonce = "nonce-1";
    params.resource = "https://mcp.example/a";
    params.extraParameters = {{"access_type", "offline"}, {"prompt", "select account&consent"}};
    const Result<QUrl> url = authorizationUrl(exampleServer(), params);
    ASSERT_TRUE(url) << url.error().message;
    const std::string text = url->toEncoded().toStdString();
    EXPECT_EQ(text.rfind("https://as.example/authorize?", 0), 0U) << text;
    for (const char* part :
         {"response_type=code", "client_id=our%20client%2F%2B",
          "redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fcb%2Fx", "scope=read%3Aall%20write%2Bmore",
          "state=state-1", "code_challenge=challenge-1", "nonce=nonce-1", "code_challenge_method=S256",
          "resource=https%3A%2F%2Fmcp.example%2Fa", "access_type=offline",
          "prompt=select%20account%26consent"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    EXPECT_EQ(QUrlQuery(*url).queryItems().size(), 11);
}

TEST(AuthorizationRequest, WhatIsNotWantedIsNotSent) {
    AuthorizationRequestParams params = exampleParams();
    params.scopes.clear();
    const Result<QUrl> url = authorizationUrl(exampleServer(), params);
    ASSERT_TRUE(url);
    EXPECT_FALSE(QUrlQuery(*url).hasQueryItem(QStringLiteral("scope")));
    EXPECT_FALSE(QUrlQuery(*url).hasQueryItem(QStringLiteral("nonce")));
    EXPECT_FALSE(QUrlQuery(*url).hasQueryItem(QStringLiteral("resource")));
}

TEST(AuthorizationRequest, ScopesMayBeSeparatedByCommas) {
    AuthorizationRequestParams params = exampleParams();
    params.scopes = {"a", "b"};
    params.scopeSeparator = ",";
    EXPECT_EQ(value(*authorizationUrl(exampleServer(), params), "scope"), u"a,b");
}

TEST(AuthorizationRequest, QueryOfTheEndpointStays) {
    const Result<QUrl> url = urlFor(QStringLiteral("https://as.example/authorize?tenant=a%2Bb"));
    ASSERT_TRUE(url);
    EXPECT_NE(url->toEncoded().toStdString().find("tenant=a%2Bb"), std::string::npos);
    EXPECT_EQ(value(*url, "response_type"), u"code");
}

TEST(AuthorizationRequest, SEC_C_01_NobodyElseSetsOurParameters) {
    for (const char* name : {"response_type", "client_id", "redirect_uri", "state", "code_challenge",
                             "code_challenge_method", "resource", "request_uri"}) {
        AuthorizationRequestParams params = exampleParams();
        params.extraParameters = {{name, "token"}};
        EXPECT_FALSE(authorizationUrl(exampleServer(), params)) << name;
        EXPECT_FALSE(urlFor(QStringLiteral("https://as.example/a?%1=token").arg(QString::fromLatin1(name))))
            << name;
    }
}

TEST(AuthorizationRequest, SEC_C_34_HostileEndpointsAreRefused) {
    for (const char* endpoint : {"javascript:alert(1)", "file:///bin/sh", "data:text/html,x",
                                 "http://as.example/a", "https:///a", "-x", "", "--help", "ms-settings:x",
                                 "https://user@as.example/a", "https://as.example@evil.example/a",
                                 "https://as.example/a#f", "//as.example/a", "ssh://as.example", "$(calc)"})
        EXPECT_FALSE(urlFor(QString::fromLatin1(endpoint))) << endpoint;
}

TEST(AuthorizationRequest, SEC_C_34_GoodAddressIsPlainAsciiWithoutControls) {
    const Result<QUrl> url = urlFor(QStringLiteral("https://as.example/a\u00E9\u202E?x=%0D%0A"));
    ASSERT_TRUE(url);
    for (const char c : url->toEncoded().toStdString())
        EXPECT_TRUE(c > 0x20 && c < 0x7F && c != '"' && c != '\'' && c != '`');
    EXPECT_TRUE(urlFor(QStringLiteral("http://127.0.0.1:8080/authorize")));
}

TEST(AuthorizationRequest, SEC_C_18_ResourceIsAbsoluteWithoutFragment) {
    for (const char* resource : {"https://mcp.example/mcp", "http://127.0.0.1:1/mcp", "https://mcp.example"})
        EXPECT_TRUE(checkResource(resource)) << resource;
    for (const char* resource :
         {"", "/mcp", "mcp.example", "https://mcp.example/#x", "https://a b/", "https://a\r\nb"})
        EXPECT_FALSE(checkResource(resource)) << resource;
}

TEST(AuthorizationRequest, P1_AServerMayCallScopesByAnotherName) {
    AuthorizationServer server = exampleServer();
    server.dialect.scopeParameter = "user_scope";
    const Result<QUrl> url = authorizationUrl(server, exampleParams());
    ASSERT_TRUE(url);
    EXPECT_EQ(value(*url, "user_scope"), QStringLiteral("read:all write+more"));
    EXPECT_FALSE(QUrlQuery(*url).hasQueryItem(QStringLiteral("scope")));
}
