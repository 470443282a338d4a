#include "broker/gatekeeper/NeededSignIns.h"

#include "tests/broker/gatekeeper/GatekeeperHouse.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class NeededSignInsTest : public ::testing::Test {
protected:
    struct Outcome {
        bool done = false;
        Result<std::string> session = failure(ErrorCode::InternalError, "not yet");
    };
    std::shared_ptr<Outcome> need(GatekeeperHouse& house, const Exchange& exchange,
                                  const std::vector<std::string>& scopes = {}) {
        auto outcome = std::make_shared<Outcome>();
        house.signIns.need(exchange, {}, scopes, [outcome](Result<std::string> session) {
            EXPECT_FALSE(outcome->done) << "answered twice";
            outcome->done = true;
            outcome->session = std::move(session);
        });
        return outcome;
    }
    static std::string text(const Error& error, const char* key) {
        const ErrorDetail* detail = error.detail(key);
        const auto* words = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
        return words == nullptr ? std::string() : *words;
    }
};

TEST_F(NeededSignInsTest, T21_APersonIsAskedBeforeABrowserOpensAndOnlyOnce) {
    GatekeeperHouse house;
    Exchange& one = house.exchange();
    Exchange& two = house.exchange();
    const auto first = need(house, one);
    const auto second = need(house, two);
    ASSERT_TRUE(house.questionWaits());
    ASSERT_EQ(house.gate.pending().size(), 1U);
    const ConsentSubject asked = house.gate.pending().front().subject;
    EXPECT_EQ(asked.purpose, ConsentPurpose::SignIn);
    EXPECT_EQ(asked.resource, GatekeeperHouse::url);
    spinOnce();
    EXPECT_TRUE(house.pages.empty()) << "nobody has said yes";
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    house.signsIn();
    ASSERT_TRUE(spinUntil([&] { return first->done && second->done; }));
    ASSERT_TRUE(first->session && second->session);
    EXPECT_EQ(*first->session, *second->session);
    EXPECT_EQ(house.pages.size(), 1U);
    EXPECT_EQ(house.signIns.open(), 0U);
}

TEST_F(NeededSignInsTest, T21_ARefusalEndsItBeforeAnythingBegins) {
    GatekeeperHouse house;
    const auto outcome = need(house, house.exchange());
    house.person(ConsentDecision::Deny);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    ASSERT_FALSE(outcome->session);
    EXPECT_EQ(outcome->session.error().code, ErrorCode::ConsentDenied);
    spinOnce();
    EXPECT_TRUE(house.pages.empty());
    EXPECT_EQ(house.desk.open(), 0U);
}

TEST_F(NeededSignInsTest, InTrustingModeNobodyIsAskedAndTheBrowserOpens) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    const auto outcome = need(house, house.exchange());
    ASSERT_TRUE(house.pageOpens());
    EXPECT_TRUE(house.gate.pending().empty());
}

TEST_F(NeededSignInsTest, AFlowThatNeedsNobodyAsksNobody) {
    GatekeeperHouse house;
    house.adoptServer("mcp.example", "robots", {"client_credentials"});
    const auto outcome = need(house, house.exchange());
    ASSERT_TRUE(house.house.requestWaits());
    EXPECT_TRUE(house.gate.pending().empty());
    EXPECT_NE(house.house.http.waiting.front().body.find("client_credentials"), std::string::npos);
    house.house.http.answer(200, R"({"access_token":"at-r","token_type":"Bearer","expires_in":60})");
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->session) << outcome->session.error().message;
    EXPECT_TRUE(house.pages.empty());
}

TEST_F(NeededSignInsTest, C26_WithoutABrowserAServerByUrlIsSignedInToWithACode) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    house.adoptServer("mcp.example", "kiosk", {"browser", "device"});
    house.browserThere = false;
    Exchange& exchange = house.exchange();
    const auto outcome = need(house, exchange);
    ASSERT_TRUE(house.house.requestWaits());
    EXPECT_EQ(house.house.http.waiting.front().url, "https://login.example.com/device");
    EXPECT_NE(house.house.http.waiting.front().body.find("resource=https%3A%2F%2Fmcp.example%2Fmcp"),
              std::string::npos)
        << house.house.http.waiting.front().body;
    house.house.http.answer(200, R"({"device_code":"dev-1","user_code":"WDJB-MJHT",)"
                                 R"("verification_uri":"https://login.example.com/d","expires_in":900})");
    Error error(ErrorCode::InternalError, "");
    ASSERT_TRUE(spinUntil([&] {
        error = house.signIns.openOne(exchange, {});
        return error.detail("user_code") != nullptr;
    }));
    EXPECT_EQ(error.code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(text(error, "auth_type"), "device_code");
    EXPECT_EQ(text(error, "user_code"), "WDJB-MJHT");
    EXPECT_EQ(text(error, "verification_uri"), "https://login.example.com/d");
    EXPECT_NE(text(error, "instructions").find("WDJB-MJHT"), std::string::npos);
    EXPECT_NE(error.detail("expires_in"), nullptr);
    EXPECT_TRUE(house.pages.empty());
    EXPECT_FALSE(outcome->done);
}

TEST_F(NeededSignInsTest, WhereThereIsNoDeviceFlowThePageIsInTheError) {
    GatekeeperHouse house(AccessPolicy::Ask);
    house.browserThere = false;
    Exchange& exchange = house.exchange();
    const auto outcome = need(house, exchange);
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    const Error error = house.signIns.openOne(exchange, {});
    EXPECT_EQ(text(error, "authorization_url"), house.pages.front().second);
    EXPECT_EQ(text(error, "signin_id"), house.pages.front().first);
    EXPECT_EQ(std::get<bool>(*error.detail("browser_opened")), false);
}

TEST_F(NeededSignInsTest, WhoeverGivesUpIsToldWhatItWaitsFor) {
    GatekeeperHouse house;
    Exchange& starter = house.exchange();
    Exchange& other = house.exchange();
    EXPECT_EQ(house.signIns.openOne(starter, {}).code, ErrorCode::AuthorizationRequired);
    const auto outcome = need(house, starter);
    ASSERT_TRUE(house.questionWaits());
    EXPECT_EQ(house.signIns.openOne(starter, {}).code, ErrorCode::ConsentRequired);
    house.person(ConsentDecision::AllowOnce);
    ASSERT_TRUE(house.pageOpens());
    EXPECT_EQ(house.signIns.openOne(starter, {}).code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(house.signIns.openOne(other, {}).code, ErrorCode::AuthorizationPending);
    house.signsIn();
    EXPECT_EQ(house.ended, (std::vector<std::pair<std::string, std::string>>{{starter.id, "signed_in"},
                                                                             {other.id, "signed_in"}}));
}

TEST_F(NeededSignInsTest, T31_WhatHasJustFailedIsNotBegunAgainForTheSameExchange) {
    GatekeeperHouse house;
    Exchange& exchange = house.exchange();
    house.prepared = failure(ErrorCode::ProviderUnavailable, "down");
    const auto first = need(house, exchange);
    ASSERT_TRUE(first->done);
    house.prepared = std::string("mcp.example");
    const auto again = need(house, exchange);
    ASSERT_TRUE(again->done);
    EXPECT_EQ(again->session.error().code, ErrorCode::ProviderUnavailable);
    const auto other = need(house, house.exchange());
    EXPECT_FALSE(other->done) << "another one may try";
    house.person(ConsentDecision::Deny);
    ASSERT_TRUE(spinUntil([&] { return other->done; }));
    house.house.clock.advance(NeededSignIns::failureMemory);
    const auto later = need(house, exchange);
    EXPECT_FALSE(later->done);
    EXPECT_TRUE(house.questionWaits());
}

TEST_F(NeededSignInsTest, TheEndOfAnExchangeWithdrawsItsQuestion) {
    GatekeeperHouse house;
    Exchange& exchange = house.exchange();
    const auto outcome = need(house, exchange);
    ASSERT_TRUE(house.questionWaits());
    house.signIns.exchangeClosed(exchange);
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(outcome->session.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(house.signIns.open(), 0U);
}

TEST_F(NeededSignInsTest, ABrowserThatIsOpenOutlivesTheExchange) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    Exchange& exchange = house.exchange();
    const auto outcome = need(house, exchange);
    ASSERT_TRUE(house.pageOpens());
    house.signIns.exchangeClosed(exchange);
    ASSERT_TRUE(outcome->done);
    EXPECT_EQ(house.signIns.open(), 1U);
    house.signsIn();
    EXPECT_EQ(house.house.registry.all().size(), 1U);
    EXPECT_TRUE(house.ended.empty()) << "nobody is there to be told";
}

TEST_F(NeededSignInsTest, ThereAreNeverTooManyAtOnce) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (std::size_t at = 0; at <= NeededSignIns::most; ++at)
        outcomes.push_back(need(house, house.exchange(), {"scope" + std::to_string(at)}));
    ASSERT_TRUE(outcomes.back()->done);
    EXPECT_EQ(outcomes.back()->session.error().code, ErrorCode::RateLimited);
    EXPECT_EQ(house.signIns.open(), NeededSignIns::most);
}

TEST_F(NeededSignInsTest, TheConfiguredProviderIsTakenWithoutLookingAround) {
    GatekeeperHouse house(AccessPolicy::Trusting);
    house.prepared = failure(ErrorCode::InternalError, "must not be asked");
    house.target.provider = "corp";
    house.target.fixedProvider = true;
    const auto outcome = need(house, house.exchange());
    ASSERT_TRUE(house.pageOpens());
    EXPECT_FALSE(outcome->done);
}

} // namespace
} // namespace keybearer
