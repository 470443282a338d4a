#include "broker/oauth/JwtBearerFlow.h"

#include "broker/base/Random.h"
#include "tests/broker/oauth/ScriptedTransport.h"
#include "tests/broker/oauth/TestKeys.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

class JwtBearerFlowTest : public ::testing::Test {
protected:
    static std::shared_ptr<const ServiceAccountKey> key(const Json& more = Json::object()) {
        static const std::string pem = ecPem();
        Json file{{"issuer", "robot"}, {"private_key", pem}};
        file.update(more);
        return *ServiceAccountKey::parse(Secret::copyOf(file.dump()));
    }
    Result<TokenSet> run() {
        std::optional<Result<TokenSet>> result;
        JwtBearerFlow flow(transport, clock, setup, account, subject,
                           [&](Result<TokenSet> r) { result = std::move(r); });
        flow.start();
        EXPECT_FALSE(result) << "inside the call";
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return std::move(*result);
    }
    static Json claimsOf(const SentRequest& request) {
        const std::string jws = decodeForm(request.body)->at("assertion");
        const std::size_t first = jws.find('.') + 1;
        return Json::parse(fromBase64Url(jws.substr(first, jws.find('.', first) - first)));
    }
    ScriptedTransport transport;
    StillClock clock;
    MachineGrant::Setup setup{exampleServer(), {}, {"a", "b"}};
    std::shared_ptr<const ServiceAccountKey> account = key();
    std::string subject;
};

} // namespace

TEST_F(JwtBearerFlowTest, P7_TheAssertionIsTheGrant) {
    transport.answer(200, goodTokens);
    const Result<TokenSet> tokens = run();
    ASSERT_TRUE(tokens) << tokens.error().message;
    EXPECT_TRUE(tokens->refreshToken.empty());
    const SentRequest& sent = transport.sent.at(0);
    EXPECT_EQ(sent.url, "https://as.example/token");
    const auto form = *decodeForm(sent.body);
    EXPECT_EQ(form.at("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    EXPECT_EQ(form.at("scope"), "a b");
    EXPECT_FALSE(form.contains("client_id"));
    EXPECT_EQ(claimsOf(sent)["aud"], "https://as.example/token");
}

TEST_F(JwtBearerFlowTest, P7_AClientIdIsSentWhenThereIsOne) {
    setup.client = publicClient();
    transport.answer(200, goodTokens);
    ASSERT_TRUE(run());
    EXPECT_EQ(decodeForm(transport.sent.at(0).body)->at("client_id"), "our client");
}

TEST_F(JwtBearerFlowTest, P7_TheKeyFilesEndpointComesFirst) {
    account = key(Json{{"token_uri", "https://other.example/t"}});
    subject = "ana";
    transport.answer(200, goodTokens);
    ASSERT_TRUE(run());
    EXPECT_EQ(transport.sent.at(0).url, "https://other.example/t");
    EXPECT_EQ(claimsOf(transport.sent.at(0))["aud"], "https://other.example/t");
    EXPECT_EQ(claimsOf(transport.sent.at(0))["sub"], "ana");
}

TEST_F(JwtBearerFlowTest, WithoutAnyEndpointNothingIsSent) {
    setup.server = {};
    EXPECT_EQ(run().error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(transport.sent.empty());
}

TEST_F(JwtBearerFlowTest, AnUnknownKeyIsTold) {
    transport.answer(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
    EXPECT_EQ(std::get<std::string>(*run().error().detail("error")), "invalid_grant");
}
