#include "broker/oauth/ClientCredentialsFlow.h"

#include "tests/broker/oauth/ScriptedTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

class ClientCredentialsFlowTest : public ::testing::Test {
protected:
    Result<TokenSet> run() {
        std::optional<Result<TokenSet>> result;
        ClientCredentialsFlow flow(transport, clock, setup,
                                   [&](Result<TokenSet> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }
    ScriptedTransport transport;
    StillClock clock;
    ClientCredentialsFlow::Setup setup{exampleServer(),
                                       secretClient(ClientAuthMethod::ClientSecretPost, "s3"),
                                       {"a", "b"},
                                       " ",
                                       "https://mcp.example/mcp"};
};

} // namespace

TEST_F(ClientCredentialsFlowTest, P6_TheClientAsksForItself) {
    transport.answer(200, goodTokens);
    const Result<TokenSet> tokens = run();
    ASSERT_TRUE(tokens);
    EXPECT_EQ(tokens->accessToken.reveal(), "at-1");
    const auto form = *decodeForm(transport.sent.at(0).body);
    EXPECT_EQ(form.at("grant_type"), "client_credentials");
    EXPECT_EQ(form.at("scope"), "a b");
    EXPECT_EQ(form.at("resource"), "https://mcp.example/mcp");
    EXPECT_EQ(form.at("client_secret"), "s3");
}

TEST_F(ClientCredentialsFlowTest, P6_ARefreshTokenIsNotKept) {
    transport.answer(200, goodTokens); // it holds one
    EXPECT_TRUE(run()->refreshToken.empty());
}

TEST_F(ClientCredentialsFlowTest, P6_AClientThatCannotProveItselfIsNotSent) {
    setup.client = publicClient();
    const Result<TokenSet> tokens = run();
    ASSERT_FALSE(tokens);
    EXPECT_EQ(tokens.error().code, ErrorCode::NotConfigured);
    EXPECT_FALSE(tokens.error().action.empty());
    EXPECT_TRUE(transport.sent.empty());
}

TEST_F(ClientCredentialsFlowTest, P6_ARefusalKeepsItsName) {
    transport.answer(401, R"({"error":"invalid_client"})");
    const Result<TokenSet> tokens = run();
    EXPECT_EQ(std::get<std::string>(*tokens.error().detail("error")), "invalid_client");
}
