#include "broker/oauth/RevocationRequest.h"
#include "broker/oauth/Form.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

Result<void> revoke(ScriptedTransport& transport, const AuthorizationServer& server = exampleServer()) {
    std::optional<Result<void>> result;
    RevocationRequest request(transport, server, secretClient(ClientAuthMethod::ClientSecretPost, "s"),
                              Secret::copyOf("rt"), "refresh_token",
                              [&](Result<void> r) { result = std::move(r); });
    request.start();
    EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
    return *result;
}

} // namespace

TEST(RevocationRequest, SEC_C_36_TokenAndHintAreSentAndStatus200IsSuccess) {
    ScriptedTransport transport;
    transport.answer(200, "");
    EXPECT_TRUE(revoke(transport));
    ASSERT_EQ(transport.sent.size(), 1U);
    EXPECT_EQ(transport.sent[0].url, "https://as.example/revoke");
    EXPECT_EQ(decodeForm(transport.sent[0].body),
              (std::map<std::string, std::string>{{"token", "rt"},
                                                  {"token_type_hint", "refresh_token"},
                                                  {"client_id", "our client"},
                                                  {"client_secret", "s"}}));
}

TEST(RevocationRequest, SEC_C_36_FailureIsTold) {
    ScriptedTransport transport;
    transport.answer(400, R"({"error":"unsupported_token_type"})");
    transport.answer(503, "", {{"Retry-After", "5"}});
    transport.fail(ErrorCode::ProviderUnavailable);
    EXPECT_EQ(revoke(transport).error().code, ErrorCode::ProviderError);
    EXPECT_EQ(revoke(transport).error().retryAfter, std::chrono::seconds(5));
    EXPECT_EQ(revoke(transport).error().code, ErrorCode::ProviderUnavailable);
}

TEST(RevocationRequest, ServerWithoutEndpointCannotRevoke) {
    ScriptedTransport transport;
    AuthorizationServer server = exampleServer();
    server.revocationEndpoint = QUrl();
    EXPECT_EQ(revoke(transport, server).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(transport.sent.empty());
}

TEST(RevocationRequest, P1_GitHubIsToldInItsOwnWay) {
    ScriptedTransport transport;
    transport.answer(204, "");
    AuthorizationServer server = exampleServer();
    server.dialect.githubRevocation = true;
    EXPECT_TRUE(revoke(transport, server));
    ASSERT_EQ(transport.sent.size(), 1U);
    EXPECT_EQ(transport.sent[0].method, HttpRequest::Method::Delete);
    EXPECT_EQ(transport.sent[0].url, "https://api.github.com/applications/our%20client/grant");
    EXPECT_EQ(transport.sent[0].body, R"({"access_token":"rt"})");
    EXPECT_NE(transport.sent[0].header("Authorization"), "");
}

TEST(RevocationRequest, AServerThatIsKnownNotToRevokeIsNotAsked) {
    ScriptedTransport transport;
    AuthorizationServer server = exampleServer();
    server.dialect.revokes = false;
    EXPECT_EQ(revoke(transport, server).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(transport.sent.empty());
}
