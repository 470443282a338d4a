#include "broker/gatekeeper/UpstreamAccess.h"

#include "broker/base/Random.h"
#include "tests/broker/gatekeeper/GatekeeperHouse.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class UpstreamAccessTest : public ::testing::Test {
protected:
    static std::string serial(std::string_view token) { return base64Url(sha256(token)); }
    // The one request that waits is a refresh; the server gives this.
    static void refreshes(GatekeeperHouse& house, const std::string& token) {
        ASSERT_TRUE(house.house.requestWaits());
        ASSERT_NE(house.house.http.waiting.front().body.find("grant_type=refresh_token"), std::string::npos);
        house.house.http.answer(200, GatekeeperHouse::tokenJson(token));
    }
};

TEST_F(UpstreamAccessTest, WithoutASignInTheServerIsAskedWithoutAToken) {
    GatekeeperHouse house;
    const auto wanted = house.ask(house.exchange());
    ASSERT_TRUE(wanted->done && wanted->token);
    EXPECT_EQ(wanted->token->scheme, "none");
    EXPECT_EQ(wanted->token->serial, "none");
    EXPECT_TRUE(house.audit.rows.empty());
}

TEST_F(UpstreamAccessTest, R9_ATokenIsReleasedForRequestsAndForNothingElse) {
    GatekeeperHouse house;
    static_cast<void>(house.session());
    Exchange& exchange = house.exchange();
    const auto wanted = house.ask(exchange);
    ASSERT_TRUE(house.questionWaits());
    EXPECT_EQ(house.gate.pending().front().subject.purpose, ConsentPurpose::Proxy);
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(spinUntil([&] { return wanted->done; }));
    ASSERT_TRUE(wanted->token) << wanted->token.error().message;
    EXPECT_EQ(wanted->token->scheme, "Bearer");
    EXPECT_EQ(wanted->value(), "at-1");
    EXPECT_EQ(wanted->token->serial, serial("at-1"));
    EXPECT_EQ(wanted->token->validFor, 300s);
    ASSERT_FALSE(house.audit.rows.empty());
    EXPECT_EQ(house.audit.rows.back().kind, "token.released");
}

TEST_F(UpstreamAccessTest, R10_APolicyServerIsAskedAboutEachTool) {
    WillingPolicy policy;
    GatekeeperHouse house(AccessPolicy::Trusting, 45s, {}, &policy);
    static_cast<void>(house.session());
    Exchange& exchange = house.exchange();
    EXPECT_TRUE(house.access.tokensGoByTool(exchange));
    for (const char* tool : {"read_file", "drop_table"}) {
        TokenNeed need;
        need.tool = tool;
        const auto wanted = house.ask(exchange, need);
        ASSERT_TRUE(spinUntil([&] { return wanted->done; }));
        ASSERT_TRUE(wanted->token) << wanted->token.error().message;
        EXPECT_EQ(policy.questions.back().tool, tool);
        EXPECT_EQ(policy.questions.back().service, "example");
        EXPECT_EQ(house.audit.rows.back().tool, tool);
    }
}

TEST_F(UpstreamAccessTest, WhatWasAllowedOnceIsGoodForTheConversationAndEndsWithIt) {
    GatekeeperHouse house;
    static_cast<void>(house.session());
    Exchange& exchange = house.exchange();
    const auto first = house.ask(exchange);
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(spinUntil([&] { return first->done; }));
    const auto second = house.ask(exchange);
    ASSERT_TRUE(second->done && second->token) << "it was allowed for the conversation";
    const auto elsewhere = house.ask(house.exchange());
    EXPECT_FALSE(elsewhere->done) << "another conversation is asked about";
    house.gate.connectionClosed(exchange.connection);
    const auto after = house.ask(exchange);
    EXPECT_FALSE(after->done);
}

TEST_F(UpstreamAccessTest, T21_TheAnswerBeforeTheSignInCoversItsUseInThisConversation) {
    GatekeeperHouse house;
    Exchange& exchange = house.exchange();
    const auto wanted = house.ask(exchange, GatekeeperHouse::refused());
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    house.signsIn();
    ASSERT_TRUE(spinUntil([&] { return wanted->done; })) << "asked a second time";
    EXPECT_EQ(wanted->value(), "at-1");
    const auto elsewhere = house.ask(house.exchange("/usr/bin/other"));
    EXPECT_FALSE(elsewhere->done) << "it was no permission for another program";
}

TEST_F(UpstreamAccessTest, T21_TheAnswerCoversAServerWhoseIdentifierIsNotItsAddress) {
    GatekeeperHouse house;
    house.adoptServer("mcp.example", "corp", {}, "https://mcp.example");
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused());
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    house.signsIn();
    EXPECT_TRUE(spinUntil([&] { return wanted->done; })) << "asked a second time";
}

TEST_F(UpstreamAccessTest, T21_TheAnswerCoversAConfiguredProvider) {
    GatekeeperHouse house;
    house.target.provider = "corp";
    house.target.fixedProvider = true;
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused());
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    house.signsIn("at-1", R"(,"scope":"read")");
    EXPECT_TRUE(spinUntil([&] { return wanted->done; })) << "asked a second time";
}

TEST_F(UpstreamAccessTest, AProgramWhoseKeyWasWithdrawnGetsNothing) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session());
    house.programGood = false;
    const auto wanted = house.ask(house.exchange());
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->token.error().code, ErrorCode::ConsentDenied);
}

TEST_F(UpstreamAccessTest, OfAShortLifeHalfIsUsed) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session({"read"}, 100s));
    const auto wanted = house.ask(house.exchange());
    ASSERT_TRUE(wanted->done && wanted->token);
    EXPECT_EQ(wanted->token->validFor, 90s);
}

TEST_F(UpstreamAccessTest, ARefusalOfAnOlderTokenIsMetWithTheNewest) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session());
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused(serial("at-0")));
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->value(), "at-1");
    EXPECT_TRUE(house.house.http.idle()) << "nothing had to be refreshed";
}

TEST_F(UpstreamAccessTest, SEC_C_23_ARefusedTokenIsRenewedOnceAfterTheServerWasLookedAtAgain) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session());
    Exchange& exchange = house.exchange();
    const auto wanted = house.ask(exchange, GatekeeperHouse::refused(serial("at-1")));
    ASSERT_EQ(house.rechecked.size(), 1U);
    refreshes(house, "at-2");
    ASSERT_TRUE(spinUntil([&] { return wanted->done; }));
    EXPECT_EQ(wanted->value(), "at-2");
    // The new one is no better: a third would not be either.
    const auto again = house.ask(exchange, GatekeeperHouse::refused(serial("at-2")));
    EXPECT_TRUE(house.pageOpens()) << "a person has to sign in";
    EXPECT_TRUE(house.house.http.idle());
}

TEST_F(UpstreamAccessTest, ASignInThatNeitherServerWantsIsOverThoughItsTokenHasNotEnded) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    const std::string id = house.session();
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused(serial("at-1")));
    for (int times = 0; times < 2; ++times) { // a refusal is believed the second time
        ASSERT_TRUE(house.house.requestWaits());
        house.house.http.answer(400, R"({"error":"invalid_grant"})");
    }
    ASSERT_TRUE(house.pageOpens()) << "a person has to sign in";
    EXPECT_TRUE(house.house.registry.find(id)->record.needsSignIn) << "for everybody else as well";
    EXPECT_TRUE(house.house.http.idle());
}

TEST_F(UpstreamAccessTest, SEC_C_23_ASignInAtAnAuthorizationServerOfThePastIsNotRenewed) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    const std::string id = house.session();
    house.house.registry.markNeedsSignIn(id, "issuer_changed", "another server");
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused(serial("at-1")));
    ASSERT_TRUE(house.pageOpens());
    EXPECT_TRUE(house.house.http.idle()) << "no refresh token is sent there";
}

TEST_F(UpstreamAccessTest, SEC_C_37_MoreScopesAreAskedForWithThoseThatWereThere) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session({"read"}));
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused(serial("at-1"), 403, "write"));
    ASSERT_TRUE(house.pageOpens());
    EXPECT_NE(house.pages.front().second.find("scope=read%20write"), std::string::npos)
        << house.pages.front().second;
}

TEST_F(UpstreamAccessTest, T31_SEC_C_37_ADemandForScopesIsMetTwiceAndNoMore) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session({"read"}));
    Exchange& exchange = house.exchange();
    for (int time = 1; time <= 2; ++time) {
        const auto step =
            house.ask(exchange, GatekeeperHouse::refused(serial("at-" + std::to_string(time)), 403, "more"));
        ASSERT_TRUE(house.pageOpens(static_cast<std::size_t>(time)));
        house.signsIn("at-" + std::to_string(time + 1));
        ASSERT_TRUE(spinUntil([&] { return step->done; }));
        ASSERT_TRUE(step->token) << step->token.error().message;
    }
    const auto third = house.ask(exchange, GatekeeperHouse::refused(serial("at-3"), 403, "more"));
    ASSERT_TRUE(third->done);
    EXPECT_EQ(third->token.error().code, ErrorCode::InsufficientScope);
    EXPECT_EQ(house.pages.size(), 2U);
}

TEST_F(UpstreamAccessTest, SEC_C_37_WhereNobodyWaitsTheMissingScopesAreNamed) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session({"read"}));
    TokenNeed need = GatekeeperHouse::refused(serial("at-1"), 403, "write");
    need.interactive = false;
    const auto wanted = house.ask(house.exchange(), need);
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->token.error().code, ErrorCode::InsufficientScope);
    EXPECT_EQ(std::get<std::vector<std::string>>(*wanted->token.error().detail("required")),
              std::vector<std::string>{"write"});
    EXPECT_TRUE(house.pages.empty());
}

TEST_F(UpstreamAccessTest, C26_WhoCannotWaitLongerIsToldHowThePersonGoesOn) {
    GatekeeperHouse house(AccessPolicy::Trusting, 0s);
    Exchange& exchange = house.exchange();
    const auto first = house.ask(exchange, GatekeeperHouse::refused());
    ASSERT_TRUE(spinUntil([&] { return first->done; }));
    EXPECT_EQ(first->token.error().code, ErrorCode::AuthorizationRequired);
    ASSERT_TRUE(house.pageOpens()) << "the sign-in goes on";
    const auto second = house.ask(exchange, GatekeeperHouse::refused());
    ASSERT_TRUE(spinUntil([&] { return second->done; }));
    EXPECT_EQ(second->token.error().code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(std::get<std::string>(*second->token.error().detail("authorization_url")),
              house.pages.front().second);
    EXPECT_EQ(house.pages.size(), 1U) << "one browser for one reason";
}

TEST_F(UpstreamAccessTest, WhoAsksInPassingBeginsNoSignIn) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    TokenNeed need = GatekeeperHouse::refused();
    need.interactive = false;
    const auto wanted = house.ask(house.exchange(), need);
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->token.error().code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(house.signIns.open(), 0U);
}

TEST_F(UpstreamAccessTest, TheEndOfAnExchangeEndsWhatItWaitsFor) {
    GatekeeperHouse house;
    Exchange& exchange = house.exchange();
    const auto wanted = house.ask(exchange, GatekeeperHouse::refused());
    ASSERT_TRUE(house.questionWaits());
    house.access.exchangeClosed(exchange);
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->token.error().code, ErrorCode::Cancelled);
}

TEST_F(UpstreamAccessTest, SEC_C_28_AProofIsMadeOnlyForATokenThatTheExchangeWasGiven) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    const std::string id = house.session();
    Exchange& exchange = house.exchange();
    const ProofNeed need{serial("at-1"), "POST", GatekeeperHouse::url, ""};
    EXPECT_EQ(house.access.proof(exchange, need).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(house.ask(exchange)->token);
    const Result<std::string> proof = house.access.proof(exchange, need);
    ASSERT_TRUE(proof);
    EXPECT_EQ(house.proved.front().first, id);
    EXPECT_EQ(house.access.proof(house.exchange(), need).error().code, ErrorCode::NotFound);
    house.programGood = false;
    EXPECT_EQ(house.access.proof(exchange, need).error().code, ErrorCode::ConsentDenied);
}

TEST_F(UpstreamAccessTest, SeveralAccountsAreAQuestionAndNotAGuess) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    static_cast<void>(house.session());
    AccountRegistry::SignedIn who;
    who.provider = "mcp.example";
    who.issuer = "https://login.example.com";
    who.resource = GatekeeperHouse::url;
    who.account = {"43", "bob@example.com"};
    TokenSet tokens;
    tokens.accessToken = AccessToken(Secret::copyOf("at-b"));
    tokens.receivedAt = house.house.clock.wall();
    ASSERT_TRUE(house.house.registry.adopt(std::move(who), std::move(tokens)));
    const auto wanted = house.ask(house.exchange(), GatekeeperHouse::refused());
    ASSERT_TRUE(wanted->done);
    EXPECT_EQ(wanted->token.error().code, ErrorCode::InvalidParams);
}

} // namespace
} // namespace keybearer
