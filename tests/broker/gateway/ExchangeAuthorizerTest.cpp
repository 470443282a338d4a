#include "broker/gateway/ExchangeAuthorizer.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

using Fields = Authorizer::Fields;

struct World {
    explicit World(bool authorized, bool toolRules = false) {
        terms.exchange = "x1";
        terms.url = "https://s.example/mcp";
        terms.authorized = authorized;
        terms.toolRules = toolRules;
        authorizer = std::make_unique<ExchangeAuthorizer>(terms, core, timers);
    }
    void authorize(const AuthorizationTarget& target) {
        fields.reset();
        authorizer->authorize(target, [this](Result<Fields> result) { fields = std::move(result); });
    }
    void challenge(const AuthorizationTarget& target, int status, const std::string& field,
                   const std::string& nonce = {}) {
        answered.reset();
        authorizer->challenged(target, {status, {field}, nonce},
                               [this](Result<void> result) { answered = std::move(result); });
        timers.run();
    }
    [[nodiscard]] std::string sent() const {
        return fields && *fields && !(*fields)->empty() ? (*fields)->front().second : "";
    }
    static AuthorizationTarget request(const std::string& id, const std::string& tool = "a") {
        return {"POST", "https://s.example/mcp", tool, "tools/call " + tool, id};
    }

    ExchangeTerms terms;
    FakeTimers timers;
    FakeCore core;
    std::unique_ptr<ExchangeAuthorizer> authorizer;
    std::optional<Result<Fields>> fields;
    std::optional<Result<void>> answered;
};

const AuthorizationTarget handshake{"POST", "https://s.example/mcp", "", "initialize", "1"};
const std::string invalid = R"(Bearer error="invalid_token", resource_metadata="https://s.example/prm")";
const std::string more = R"(Bearer error="insufficient_scope", scope="write")";

TEST(ExchangeAuthorizer, NothingIsSentUntilTheServerAsks) {
    World world(false);
    world.authorize(World::request("1"));
    ASSERT_TRUE(world.fields && *world.fields);
    EXPECT_TRUE((*world.fields)->empty());
    EXPECT_TRUE(world.core.history.empty());
}

TEST(ExchangeAuthorizer, ATokenIsAskedForOnceAndKeptWhileItLives) {
    World world(true);
    world.authorize(World::request("1"));
    EXPECT_FALSE(world.fields);
    EXPECT_EQ(world.core.history.at(0)["operation"], "tools/call a");
    world.core.giveToken(1, "T1", 60);
    EXPECT_EQ(world.sent(), "Bearer T1");
    world.authorize(World::request("2", "b"));
    EXPECT_EQ(world.sent(), "Bearer T1");
    EXPECT_EQ(world.core.history.size(), 1U);
    world.timers.advance(55s);
    world.authorize(World::request("3"));
    EXPECT_FALSE(world.fields);
    EXPECT_EQ(world.core.history.size(), 2U);
}

TEST(ExchangeAuthorizer, RequestsThatNeedTheSameTokenShareOneQuestion) {
    World world(true);
    int given = 0;
    for (const char* id : {"1", "2", "3"})
        world.authorizer->authorize(World::request(id),
                                    [&](const Result<Fields>& result) { given += result ? 1 : 0; });
    EXPECT_EQ(world.core.history.size(), 1U);
    world.core.giveToken(1, "T1");
    EXPECT_EQ(given, 3);
}

TEST(ExchangeAuthorizer, SEC_C_20_TokensGoByToolWhereTheRulesSaySo) {
    World world(true, true);
    world.authorize(World::request("1", "a"));
    EXPECT_EQ(world.core.history.at(0)["tool"], "a");
    world.core.giveToken(1, "TA");
    world.authorize(World::request("2", "b"));
    EXPECT_EQ(world.core.history.at(1)["tool"], "b");
    world.core.giveToken(2, "TB");
    EXPECT_EQ(world.sent(), "Bearer TB");
    world.authorize(World::request("3", "a"));
    EXPECT_EQ(world.sent(), "Bearer TA");
}

TEST(ExchangeAuthorizer, AfterA401OneNewTokenIsTriedAndNoMore) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.giveToken(1, "T1");
    world.challenge(World::request("1"), 401, invalid);
    const Json asked = world.core.history.at(1);
    EXPECT_EQ(asked["sent"], 1);
    EXPECT_EQ(asked["challenge"], (Json{{"status", 401},
                                        {"scheme", "Bearer"},
                                        {"error", "invalid_token"},
                                        {"resource_metadata", "https://s.example/prm"}}));
    world.core.giveToken(2, "T2");
    ASSERT_TRUE(world.answered && *world.answered);
    world.authorize(World::request("1"));
    EXPECT_EQ(world.sent(), "Bearer T2");
    world.challenge(World::request("1"), 401, invalid);
    ASSERT_TRUE(world.answered);
    EXPECT_FALSE(*world.answered);
    EXPECT_EQ(world.core.history.size(), 2U);
    // Another request has its own count.
    world.authorize(World::request("2"));
    world.challenge(World::request("2"), 401, invalid);
    EXPECT_EQ(world.core.history.size(), 3U);
}

TEST(ExchangeAuthorizer, ATokenThatAnotherRequestRenewedIsTakenWithoutAsking) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.giveToken(1, "T1");
    world.authorize(World::request("2"));
    world.challenge(World::request("1"), 401, invalid);
    world.core.giveToken(2, "T2");
    world.challenge(World::request("2"), 401, invalid);
    ASSERT_TRUE(world.answered && *world.answered);
    EXPECT_EQ(world.core.history.size(), 2U);
}

TEST(ExchangeAuthorizer, SEC_T_31_TwoStepUpsARequestAndNoMore) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.giveToken(1, "T1");
    for (int serial = 2; serial < 4; ++serial) {
        world.challenge(World::request("1"), 403, more);
        EXPECT_EQ(world.core.history.back()["challenge"]["scope"], "write");
        world.core.giveToken(serial, "T");
        ASSERT_TRUE(world.answered && *world.answered);
        world.authorize(World::request("1"));
    }
    world.challenge(World::request("1"), 403, more);
    ASSERT_TRUE(world.answered);
    EXPECT_FALSE(*world.answered);
    EXPECT_EQ(world.answered->error().code, ErrorCode::InsufficientScope);
    EXPECT_EQ(world.core.history.size(), 3U);
}

TEST(ExchangeAuthorizer, APlain403IsAnAnswer) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.giveToken(1, "T1");
    world.challenge(World::request("1"), 403, "Basic realm=x");
    ASSERT_TRUE(world.answered);
    EXPECT_FALSE(*world.answered);
    EXPECT_EQ(world.core.history.size(), 1U);
}

TEST(ExchangeAuthorizer, AHandshakeAsksNobodyAndLeavesItsChallengeForTheFirstCall) {
    World world(false);
    world.authorize(handshake);
    world.challenge(handshake, 401, invalid);
    EXPECT_EQ(world.core.history.at(0)["interactive"], false);
    world.core.answer(failure(ErrorCode::AuthorizationRequired, "nobody"));
    ASSERT_TRUE(world.answered);
    EXPECT_FALSE(*world.answered);
    world.authorizer->setSomebodyWaits(true);
    world.authorize(handshake);
    EXPECT_FALSE(world.core.history.at(1).contains("interactive"));
    EXPECT_EQ(world.core.history.at(1)["challenge"]["resource_metadata"], "https://s.example/prm");
    world.core.giveToken(1, "T1");
    EXPECT_EQ(world.sent(), "Bearer T1");
}

TEST(ExchangeAuthorizer, StreamsAndNotificationsAskNobodyAndAreBounded) {
    World world(true);
    const AuthorizationTarget stream{"GET", "https://s.example/mcp", "", "stream", ""};
    world.authorize(stream);
    EXPECT_EQ(world.core.history.at(0)["interactive"], false);
    world.core.giveToken(1, "T1");
    world.challenge(stream, 401, invalid);
    world.core.giveToken(2, "T2");
    world.authorize(stream);
    world.challenge(stream, 401, invalid);
    EXPECT_FALSE(*world.answered);
    world.timers.advance(61s);
    world.authorize(stream);
    world.challenge(stream, 401, invalid);
    EXPECT_EQ(world.core.history.size(), 3U);
}

TEST(ExchangeAuthorizer, AStaleTokenIsForgottenAlsoWhileItIsUnderWay) {
    World world(true);
    world.authorize(World::request("1"));
    world.authorizer->forget();
    world.core.giveToken(1, "OLD");
    EXPECT_FALSE(world.fields);
    world.core.giveToken(2, "NEW");
    EXPECT_EQ(world.sent(), "Bearer NEW");
    world.authorizer->forget();
    world.authorize(World::request("2"));
    EXPECT_EQ(world.core.history.size(), 3U);
}

TEST(ExchangeAuthorizer, ADpopTokenGoesWithAProofOfItsOwn) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.answer(Json{{"serial", 4}, {"scheme", "DPoP"}, {"value", "D1"}, {"valid_seconds", 300}});
    EXPECT_EQ(world.core.asked.front().method, "exchange.proof");
    EXPECT_EQ(world.core.history.back()["serial"], 4);
    EXPECT_EQ(world.core.history.back()["url"], "https://s.example/mcp");
    world.core.answer(Json{{"proof", "a.b.c"}});
    EXPECT_EQ(**world.fields, (Fields{{"Authorization", "DPoP D1"}, {"DPoP", "a.b.c"}}));
    // The server wants its nonce in the proof: the token itself is good.
    world.challenge(World::request("1"), 401, R"(DPoP error="use_dpop_nonce")", "n1");
    ASSERT_TRUE(world.answered && *world.answered);
    world.authorize(World::request("1"));
    EXPECT_EQ(world.core.history.back()["nonce"], "n1");
}

TEST(ExchangeAuthorizer, AnApiKeyGoesInTheHeaderOfItsName) {
    World world(true);
    world.authorize(World::request("1"));
    world.core.answer(Json{
        {"serial", 1}, {"scheme", "header"}, {"header", "X-Api-Key"}, {"value", "K"}, {"valid_seconds", 9}});
    EXPECT_EQ(**world.fields, (Fields{{"X-Api-Key", "K"}}));
}

TEST(ExchangeAuthorizer, SEC_T_28_WhatCannotStandInAHeaderIsRefused) {
    for (const Json& bad :
         {Json{{"scheme", "Bearer"}, {"value", "a\r\nX: 1"}}, Json{{"scheme", "Bearer"}, {"value", ""}},
          Json{{"scheme", "header"}, {"header", "X: y"}, {"value", "k"}}}) {
        World world(true);
        world.authorize(World::request("1"));
        world.core.answer(bad);
        ASSERT_TRUE(world.fields);
        EXPECT_FALSE(*world.fields);
    }
}

} // namespace
