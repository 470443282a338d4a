#include "broker/gateway/proxy/RouteAdmission.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class RouteAdmissionTest : public ::testing::Test {
protected:
    struct Asker {
        std::unique_ptr<RouteAdmission::Waiting> waiting;
        std::optional<RouteAdmission::Outcome> outcome;
    };
    std::unique_ptr<Asker> ask(const std::string& credential, const std::string& service = "svc") {
        auto asker = std::make_unique<Asker>();
        RouteAdmission::Question question;
        question.service = service;
        question.credential = credential;
        question.base = "http://127.0.0.1:4180";
        asker->waiting = admission.admit(
            question, [asker = asker.get()](const RouteAdmission::Outcome& got) { asker->outcome = got; });
        return asker;
    }
    static Json admitted(const std::string& exchange, int valid = 900) {
        return Json{{"exchange", exchange},   {"service", "svc"}, {"url", "http://127.0.0.1:1/mcp"},
                    {"valid_seconds", valid}, {"client", "c1"},   {"pins", "off"},
                    {"local", false}};
    }
    static Error refusal(int status = 401) {
        Error error(ErrorCode::PolicyDenied, "no");
        error.details.emplace_back("status", std::int64_t{status});
        return error;
    }
    int toldTimes(const std::string& method) {
        int all = 0;
        for (const auto& [name, params] : core.told)
            all += name == method ? 1 : 0;
        return all;
    }

    FakeTimers timers;
    FakeCore core;
    RouteAdmission admission{core, timers};
};

TEST_F(RouteAdmissionTest, TheBrokerIsAskedOnceForEachCredentialAndService) {
    auto first = ask("a");
    auto second = ask("a");
    ASSERT_EQ(core.asked.size(), 1U);
    EXPECT_EQ(core.asked[0].params["credential"], "a");
    core.answer(admitted("x1"));
    ASSERT_TRUE(first->outcome && second->outcome && *first->outcome && *second->outcome);
    EXPECT_EQ((**first->outcome).get(), (**second->outcome).get());
    ASSERT_TRUE(admission.known("svc", "a"));
    EXPECT_TRUE(*admission.known("svc", "a"));
    EXPECT_FALSE(admission.known("other", "a"));
    EXPECT_FALSE(admission.known("svc", "b"));
}

TEST_F(RouteAdmissionTest, ARefusalIsRememberedForSeconds) {
    auto asker = ask("bad");
    core.answer(failure(refusal()));
    ASSERT_TRUE(asker->outcome);
    EXPECT_EQ(asker->outcome->error().status, 401);
    EXPECT_EQ(asker->outcome->error().oauthError, "invalid_token");
    ASSERT_TRUE(admission.known("svc", "bad"));
    EXPECT_FALSE(*admission.known("svc", "bad"));
    timers.advance(seconds(4));
    EXPECT_FALSE(admission.known("svc", "bad"));
}

TEST_F(RouteAdmissionTest, TroubleOfTheBrokerIsNotHeldAgainstTheCredential) {
    auto asker = ask("a");
    core.answer(failure(ErrorCode::BrokerUnreachable, "gone"));
    EXPECT_EQ(asker->outcome->error().status, 503);
    EXPECT_FALSE(admission.known("svc", "a"));
}

TEST_F(RouteAdmissionTest, AFloodOfBadOnesKeepsNoGoodOneOut) {
    std::vector<std::unique_ptr<Asker>> askers;
    for (int i = 0; i < 10; ++i) {
        askers.push_back(ask("bad" + std::to_string(i)));
        core.answer(failure(refusal()));
    }
    for (int i = 10; i < 70; ++i)
        askers.push_back(ask("bad" + std::to_string(i)));
    auto good = ask("good");
    EXPECT_TRUE(core.asked.empty()) << "nobody is in a hurry any more";
    for (int i = 0; i < 60; ++i) {
        timers.advance(std::chrono::milliseconds(2));
        ASSERT_EQ(core.asked.size(), 1U);
        core.answer(failure(refusal()));
    }
    timers.advance(std::chrono::milliseconds(2));
    EXPECT_EQ(core.asked.front().params["credential"], "good");
    core.answer(admitted("x1"));
    ASSERT_TRUE(good->outcome);
    EXPECT_TRUE(*good->outcome);
    EXPECT_EQ(askers.back()->outcome->error().status, 401);
}

TEST_F(RouteAdmissionTest, SixteenQuestionsAtATimeAndTheOthersInLine) {
    std::vector<std::unique_ptr<Asker>> askers;
    for (int i = 0; i < 18; ++i)
        askers.push_back(ask("a" + std::to_string(i)));
    timers.run();
    EXPECT_EQ(core.asked.size(), 16U);
    askers[16]->waiting.reset(); // has gone before it was asked about
    core.answer(admitted("x1"));
    EXPECT_EQ(core.asked.size(), 16U);
    EXPECT_EQ(core.asked.back().params["credential"], "a17");
}

TEST_F(RouteAdmissionTest, AllRequestsOfOneClientWaitForTheSameAnswer) {
    std::vector<std::unique_ptr<Asker>> askers;
    for (int i = 0; i < 500; ++i)
        askers.push_back(ask("new"));
    EXPECT_EQ(core.asked.size(), 1U);
    core.answer(admitted("x1"));
    for (const auto& asker : askers)
        ASSERT_TRUE(asker->outcome && *asker->outcome);
}

TEST_F(RouteAdmissionTest, WhoHasGoneIsNotTold) {
    auto asker = ask("a");
    asker->waiting.reset();
    core.answer(admitted("x1"));
    EXPECT_FALSE(asker->outcome);
}

TEST_F(RouteAdmissionTest, AnExchangeIsClosedAfterTenIdleMinutes) {
    auto asker = ask("a");
    core.answer(admitted("x1", 24 * 3600));
    asker->outcome.reset();
    timers.advance(minutes(9));
    EXPECT_TRUE(admission.known("svc", "a"));
    timers.advance(minutes(9));
    EXPECT_EQ(toldTimes("exchange.closed"), 0);
    timers.advance(minutes(2));
    EXPECT_EQ(toldTimes("exchange.closed"), 1);
    EXPECT_FALSE(admission.known("svc", "a"));
}

class Tenant final : public ExchangeTenant {
public:
    void onExchangeEnd(const std::string& message) override { ended = message; }
    void onExchangeExpired() override { ++expired; }
    std::string ended;
    int expired = 0;
};

TEST_F(RouteAdmissionTest, SEC_G_05_16_WhatTheBrokerWithdrawsEndsAtOnce) {
    auto asker = ask("a");
    core.answer(admitted("x1"));
    Tenant tenant;
    (**asker->outcome)->tenants.insert(&tenant);
    EXPECT_FALSE(admission.end("other", "gone"));
    EXPECT_TRUE(admission.end("x1", "revoked"));
    EXPECT_EQ(tenant.ended, "revoked");
    EXPECT_FALSE(admission.known("svc", "a"));
    EXPECT_EQ(toldTimes("exchange.closed"), 0); // the broker knows
    (**asker->outcome)->tenants.clear();
}

TEST_F(RouteAdmissionTest, AfterItsTimeNothingBeginsAndWhatRunsIsLetFinish) {
    auto asker = ask("a");
    core.answer(admitted("x1", 60));
    Tenant tenant;
    const auto exchange = **asker->outcome;
    exchange->tenants.insert(&tenant);
    timers.advance(seconds(61));
    EXPECT_FALSE(admission.known("svc", "a"));
    EXPECT_EQ(tenant.expired, 1);
    EXPECT_EQ(toldTimes("exchange.closed"), 0);
    EXPECT_TRUE(admission.end("x1", "revoked")); // still ours to end
    EXPECT_EQ(tenant.ended, "revoked");
    exchange->tenants.clear();
}

} // namespace

} // namespace keybearer
