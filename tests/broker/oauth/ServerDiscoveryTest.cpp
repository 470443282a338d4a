#include "broker/oauth/ServerDiscovery.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const std::string good =
    R"({"issuer":"https://as.example/t","authorization_endpoint":"https://as.example/a",
        "token_endpoint":"https://as.example/t","code_challenge_methods_supported":["S256"]})";

Result<AuthorizationServer> discover(ScriptedTransport& transport,
                                     const std::string& from = "https://as.example/t") {
    std::optional<Result<AuthorizationServer>> result;
    ServerDiscovery discovery(transport, from, [&](Result<AuthorizationServer> r) { result = std::move(r); });
    discovery.start();
    EXPECT_FALSE(result) << "inside the call";
    EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
    return *result;
}

} // namespace

TEST(ServerDiscovery, SEC_C_15_StopsAtTheFirstValidDocument) {
    ScriptedTransport transport;
    transport.answer(200, good);
    const Result<AuthorizationServer> server = discover(transport);
    ASSERT_TRUE(server);
    EXPECT_EQ(server->tokenEndpoint, QUrl(QStringLiteral("https://as.example/t")));
    ASSERT_EQ(transport.sent.size(), 1U);
    EXPECT_EQ(transport.sent[0].url, "https://as.example/.well-known/oauth-authorization-server/t");
    EXPECT_EQ(transport.sent[0].method, HttpRequest::Method::Get);
}

TEST(ServerDiscovery, SEC_C_15_GoesOnBehindWhatIsMissingForeignOrBroken) {
    ScriptedTransport transport;
    transport.answer(404, "");
    transport.answer(200, R"({"issuer":"https://evil.example"})");
    transport.answer(200, good);
    ASSERT_TRUE(discover(transport));
    ASSERT_EQ(transport.sent.size(), 3U);
    EXPECT_EQ(transport.sent[1].url, "https://as.example/.well-known/openid-configuration/t");
    EXPECT_EQ(transport.sent[2].url, "https://as.example/t/.well-known/openid-configuration");
}

TEST(ServerDiscovery, WrongDocumentIsToldRatherThanAMissingOne) {
    ScriptedTransport transport;
    transport.answer(200, R"({"issuer":"https://evil.example"})");
    transport.answer(404, "");
    transport.answer(404, "");
    const Result<AuthorizationServer> server = discover(transport);
    EXPECT_EQ(server.error().code, ErrorCode::ProviderError);
    EXPECT_NE(server.error().message.find("another issuer"), std::string::npos);
}

TEST(ServerDiscovery, AddressThatDidNotAnswerMakesTheFailurePassing) {
    ScriptedTransport transport;
    transport.fail(ErrorCode::ProviderUnavailable);
    transport.answer(404, "");
    transport.answer(200, "<html>");
    EXPECT_EQ(discover(transport).error().code, ErrorCode::ProviderUnavailable);
    transport.answer(404, "");
    transport.answer(503, "", {{"Retry-After", "9"}});
    transport.answer(404, "");
    EXPECT_EQ(discover(transport).error().retryAfter, std::chrono::seconds(9));
    transport.answer(404, "");
    transport.fail(ErrorCode::ProviderError); // a redirect
    transport.answer(404, "");
    EXPECT_EQ(discover(transport).error().code, ErrorCode::ProviderError);
}

TEST(ServerDiscovery, UnusableIssuerIsNotAsked) {
    ScriptedTransport transport;
    EXPECT_EQ(discover(transport, "http://as.example").error().code, ErrorCode::InvalidParams);
    EXPECT_TRUE(transport.sent.empty());
}

TEST(ServerDiscovery, SEC_C_22_WhatAPublicServerNamesMustBePublicToo) {
    for (const bool isPublic : {true, false}) {
        ScriptedTransport transport;
        transport.fromPublicAddress = isPublic;
        transport.answer(200, good);
        const Result<AuthorizationServer> server = discover(transport);
        ASSERT_TRUE(server);
        EXPECT_EQ(server->publicOnly, isPublic);
    }
}
