#include "broker/protocol/BearerChallenge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace keybearer;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<BearerChallenge> parse(const std::string& field) {
    return parseChallenges({field});
}

TEST(BearerChallengeTest, C1_ReadsWhatAServerDemands) {
    const auto all =
        parse(R"(Bearer realm="x", error="insufficient_scope", )"
              R"(error_description="More is needed", scope="a  b:c", )"
              R"(resource_metadata="https://s.example/.well-known/oauth-protected-resource/mcp")");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].scheme, BearerChallenge::Scheme::Bearer);
    EXPECT_EQ(all[0].error, "insufficient_scope");
    EXPECT_EQ(all[0].errorDescription, "More is needed");
    EXPECT_EQ(all[0].scope, "a b:c");
    EXPECT_EQ(all[0].resourceMetadata, "https://s.example/.well-known/oauth-protected-resource/mcp");
}

TEST(BearerChallengeTest, SchemesAndNamesAreWrittenInAnyCase) {
    const auto all = parse(R"(bEARER Scope="a" , RESOURCE_METADATA = "https://s.example/")");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].scope, "a");
    EXPECT_EQ(all[0].resourceMetadata, "https://s.example/");
}

TEST(BearerChallengeTest, SeveralChallengesStandInOneFieldAndOthersAreReadOver) {
    const auto all =
        parse(R"(Negotiate, Basic realm="a, Bearer scope=\"no\"", NTLM abc/d==, )"
              R"(DPoP algs="ES256 RS256", error="use_dpop_nonce", Bearer scope="yes", Digest a=b)");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].scheme, BearerChallenge::Scheme::Dpop);
    EXPECT_THAT(all[0].algs, ElementsAre("ES256", "RS256"));
    EXPECT_EQ(all[0].error, "use_dpop_nonce");
    EXPECT_EQ(all[1].scope, "yes");
}

TEST(BearerChallengeTest, ABearerChallengeIsChosenBeforeOneOfDpop) {
    EXPECT_EQ(chosenChallenge({R"(DPoP algs="ES256")", R"(Bearer scope="b")"})->scope, "b");
    EXPECT_EQ(chosenChallenge({R"(DPoP algs="ES256")"})->scheme, BearerChallenge::Scheme::Dpop);
    EXPECT_FALSE(chosenChallenge({R"(Basic realm="x")", ""}).has_value());
}

TEST(BearerChallengeTest, AnAddressWithoutQuotesIsTaken) {
    const auto all = parse("Bearer resource_metadata=https://s.example/m?x=1, scope=a");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].resourceMetadata, "https://s.example/m?x=1");
    EXPECT_EQ(all[0].scope, "a");
}

TEST(BearerChallengeTest, ABareSchemeIsAChallenge) {
    EXPECT_EQ(parse("Bearer").size(), 1U);
    EXPECT_EQ(parse("Bearer ").size(), 1U);
    EXPECT_EQ(parse(", Bearer ,").size(), 1U);
    EXPECT_EQ(parse("Bearer, Bearer").size(), 2U);
}

TEST(BearerChallengeTest, SEC_C_38_WhatBreaksTheGrammarCountsUpToItsLastWholeChallenge) {
    EXPECT_EQ(parse(R"(Bearer scope="a", Bearer scope="b)").size(), 1U);
    for (const char* broken : {"", ",", "=", "Bearer=", R"(Bearer scope="a)", R"(Bearer scope="a" "b")",
                               R"(Bearer ="a")", R"(Bearer scope=a"b")", R"("Bearer scope=a")",
                               "Bear\ter scope=a", "Bearer\n", R"(Bearer scope="a\)", "Bearer @"})
        EXPECT_THAT(parse(broken), IsEmpty()) << broken;
}

TEST(BearerChallengeTest, SEC_C_38_WhatSaysOneThingTwiceDoesNotCount) {
    EXPECT_THAT(parse(R"(Bearer scope="a", Scope="b")"), IsEmpty());
}

TEST(BearerChallengeTest, T_30_NoControlCharacterComesThrough) {
    const auto all = parse("Bearer error=\"a\xc3\xa9\", scope=\"b\xff\", resource_metadata=\"https://a b/\", "
                           "error_description=\"x\xe2\x80\xae y\"");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].error, "");
    EXPECT_EQ(all[0].scope, "");
    EXPECT_EQ(all[0].resourceMetadata, "");
    EXPECT_EQ(all[0].errorDescription.find('\xe2'), std::string::npos);
    EXPECT_THAT(parse("Bearer error=\"a\r\nb\""), IsEmpty());
    EXPECT_THAT(parse(std::string("Bearer error=\"a\0b\"", 18)), IsEmpty());
}

TEST(BearerChallengeTest, T_26_HugeFieldsAreReadToABound) {
    EXPECT_THAT(parse("Bearer scope=\"" + std::string(1 << 20, 'a') + "\""), IsEmpty());
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += "Bearer,";
    EXPECT_EQ(parse(many).size(), 16U);
    EXPECT_EQ(parseChallenges(std::vector<std::string>(500, "Bearer")).size(), 16U);
    std::string parameters = "Bearer ";
    for (int i = 0; i < 500; ++i)
        parameters.append("p").append(std::to_string(i)).append("=1,");
    EXPECT_THAT(parse(parameters), IsEmpty());
    EXPECT_EQ(parse("Bearer resource_metadata=\"https://s.example/" + std::string(3000, 'a') + "\"")[0]
                  .resourceMetadata,
              "");
}

} // namespace
