#include "broker/gateway/pins/PinWatch.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

const std::string one = R"({"name":"read","description":"reads"})";
const std::string two = R"({"name":"send","description":"sends"})";

std::string answerWith(const std::string& tools, const std::string& next = {}) {
    return R"({"jsonrpc":"2.0","id":1,"result":{"tools":[)" + tools + "]" +
           (next.empty() ? std::string() : R"(,"nextCursor":")" + next + "\"") + "}}";
}
Json said(const Json& hidden = Json::array(), const Json& unknown = Json::array()) {
    return Json{{"unknown", unknown}, {"hidden", hidden}};
}

class PinWatchTest : public ::testing::Test {
protected:
    struct Outcome {
        int times = 0;
        std::optional<Error> error;
        std::optional<std::string> text;
    };
    ExchangeTerms terms(PinMode mode, const std::string& exchange = "x1") {
        ExchangeTerms out;
        out.exchange = exchange;
        out.service = "svc";
        out.pins = mode;
        return out;
    }
    std::shared_ptr<Outcome> list(const std::string& answer, PinMode mode = PinMode::Hold,
                                  const std::string& cursor = {}, const std::string& exchange = "x1") {
        auto outcome = std::make_shared<Outcome>();
        watch_.listed(terms(mode, exchange), cursor, answer,
                      [outcome](const Result<std::optional<std::string>>& result) {
                          ++outcome->times;
                          if (result)
                              outcome->text = *result;
                          else
                              outcome->error = result.error();
                      });
        return outcome;
    }
    std::shared_ptr<Outcome> call(const std::string& tool) {
        auto outcome = std::make_shared<Outcome>();
        watch_.called(terms(PinMode::Hold), tool, [outcome](const Result<void>& result) {
            ++outcome->times;
            if (!result)
                outcome->error = result.error();
        });
        return outcome;
    }

    FakeTimers timers_;
    FakeCore core_;
    PinWatch watch_{core_, timers_};
};

TEST_F(PinWatchTest, M7_AHeldListWaitsForTheVerdictAndLosesWhatIsHidden) {
    const auto outcome = list(answerWith(one + "," + two));
    EXPECT_EQ(outcome->times, 0);
    ASSERT_EQ(core_.asked.size(), 1U);
    EXPECT_EQ(core_.asked[0].method, "tools.seen");
    EXPECT_EQ(core_.asked[0].params["exchange"], "x1");
    EXPECT_EQ(core_.asked[0].params["whole"], true);
    EXPECT_EQ(core_.asked[0].params["tools"].size(), 2U);
    core_.answer(said(Json::array({{{"name", "send"}, {"why", "new"}}})));
    EXPECT_EQ(outcome->times, 1);
    ASSERT_TRUE(outcome->text);
    EXPECT_EQ(*outcome->text, answerWith(one));
}

TEST_F(PinWatchTest, M7_AListWithNothingHiddenPassesUntouched) {
    const auto outcome = list(answerWith(one));
    core_.answer(said());
    EXPECT_EQ(outcome->times, 1);
    EXPECT_FALSE(outcome->text);
    EXPECT_FALSE(outcome->error);
}

TEST_F(PinWatchTest, M7_ToWarnAHiddenToolPasses) {
    const auto outcome = list(answerWith(one), PinMode::Warn);
    core_.answer(said(Json::array({{{"name", "read"}, {"why", "changed"}}})));
    EXPECT_EQ(outcome->times, 1);
    EXPECT_FALSE(outcome->text);
    EXPECT_FALSE(outcome->error);
}

TEST_F(PinWatchTest, M7_TheBrokerIsAskedOnceForTheSameListAndAgainWhenItIsOld) {
    list(answerWith(one));
    core_.answer(said());
    EXPECT_EQ(list(answerWith(one))->times, 1);
    EXPECT_TRUE(core_.asked.empty());
    list(answerWith(one + "," + two));
    EXPECT_EQ(core_.asked.size(), 1U) << "that is another one";
    core_.answer(said());
    timers_.advance(10min);
    list(answerWith(one));
    EXPECT_EQ(core_.asked.size(), 1U);
}

TEST_F(PinWatchTest, ManyThatListTheSameAskOnce) {
    const auto first = list(answerWith(one), PinMode::Hold, {}, "x1");
    const auto second = list(answerWith(one), PinMode::Hold, {}, "x2");
    ASSERT_EQ(core_.asked.size(), 1U);
    core_.answer(said());
    EXPECT_EQ(first->times, 1);
    EXPECT_EQ(second->times, 1);
}

TEST_F(PinWatchTest, M7_DefinitionsThatAreNotKnownAreSentAFewAtATime) {
    std::string many;
    Json unknown = Json::array();
    for (int at = 0; at < 10; ++at) {
        many.append(at == 0 ? "" : ",").append(R"({"name":"t)").append(std::to_string(at)).append("\"}");
        unknown.push_back("t" + std::to_string(at));
    }
    list(answerWith(many));
    core_.answer(said(Json::array(), unknown));
    EXPECT_EQ(core_.asked.size(), 4U);
    EXPECT_EQ(core_.asked[0].method, "tools.define");
    EXPECT_EQ(core_.asked[0].params["definition"], R"({"name":"t0"})");
    for (int at = 0; at < 10; ++at) {
        ASSERT_FALSE(core_.asked.empty()) << at;
        core_.answer(Json{{"hidden", false}});
    }
    EXPECT_TRUE(core_.asked.empty());
}

TEST_F(PinWatchTest, ADefinitionThatCouldNotBeSentIsOfferedAgainWithTheNextList) {
    list(answerWith(one));
    core_.answer(said(Json::array(), Json::array({"read"})));
    core_.answer(failure(ErrorCode::TimedOut, "slow"));
    list(answerWith(one));
    EXPECT_EQ(core_.asked.size(), 1U);
}

TEST_F(PinWatchTest, M7_PagesMakeAWholeList) {
    list(answerWith(one, "p2"));
    EXPECT_EQ(core_.asked[0].params["whole"], false);
    core_.answer(said());
    list(answerWith(two), PinMode::Hold, "p2");
    EXPECT_EQ(core_.asked[0].params["whole"], true);
    EXPECT_EQ(core_.asked[0].params["tools"].size(), 2U);
    core_.answer(said());
}

TEST_F(PinWatchTest, APageThatDoesNotFollowIsNoWholeList) {
    list(answerWith(two), PinMode::Hold, "p9");
    EXPECT_EQ(core_.asked[0].params["whole"], false);
    EXPECT_EQ(core_.asked[0].params["tools"].size(), 1U);
}

TEST_F(PinWatchTest, PagesOfOneExchangeAreNotThoseOfAnother) {
    list(answerWith(one, "p2"), PinMode::Hold, {}, "x1");
    core_.answer(said());
    list(answerWith(two), PinMode::Hold, "p2", "x2");
    EXPECT_EQ(core_.asked[0].params["whole"], false);
}

TEST_F(PinWatchTest, M7_AHeldListThatTheBrokerSaysNothingOfIsRefused) {
    const auto outcome = list(answerWith(one));
    core_.answer(failure(ErrorCode::TimedOut, "slow"));
    ASSERT_TRUE(outcome->error);
    EXPECT_EQ(outcome->error->code, ErrorCode::PolicyUnavailable);
    const auto warned = list(answerWith(one), PinMode::Warn);
    core_.answer(failure(ErrorCode::BrokerUnreachable, "gone"));
    EXPECT_FALSE(warned->error);
    EXPECT_EQ(warned->times, 1);
}

TEST_F(PinWatchTest, AListThatCannotBeReadIsRefusedWhereItIsHeld) {
    const std::string twice = R"({"jsonrpc":"2.0","id":1,"result":{"tools":[],"tools":[]}})";
    EXPECT_TRUE(list(twice)->error);
    EXPECT_FALSE(list(twice, PinMode::Warn)->error);
    EXPECT_TRUE(core_.asked.empty());
}

TEST_F(PinWatchTest, WhatCannotBeToldApartIsHidden) {
    const auto outcome =
        list(answerWith(one + R"(,{"name":"read","description":"another"},{"description":"no name"})"));
    EXPECT_EQ(core_.asked[0].params["tools"].size(), 1U);
    core_.answer(said());
    ASSERT_TRUE(outcome->text);
    EXPECT_EQ(*outcome->text, answerWith(one));
}

TEST_F(PinWatchTest, M7_AHiddenToolCannotBeCalled) {
    list(answerWith(one + "," + two));
    core_.answer(said(Json::array({{{"name", "send"}, {"why", "changed"}}})));
    const auto refused = call("send");
    ASSERT_EQ(refused->times, 1) << "it is known already";
    ASSERT_TRUE(refused->error);
    EXPECT_EQ(refused->error->code, ErrorCode::PolicyDenied);
    EXPECT_NE(refused->error->action.find("keybearer tool approve svc send"), std::string::npos);
    EXPECT_FALSE(call("read")->error);
    EXPECT_TRUE(core_.asked.empty());
}

TEST_F(PinWatchTest, M7_ACallBeforeAnyListAsksWhatIsHidden) {
    const auto outcome = call("send");
    ASSERT_EQ(core_.asked.size(), 1U);
    EXPECT_EQ(core_.asked[0].params["tools"], Json::array());
    EXPECT_EQ(core_.asked[0].params["whole"], false);
    core_.answer(said(Json::array({{{"name", "send"}, {"why", "new"}}})));
    ASSERT_TRUE(outcome->error);
    const auto slow = call(std::string(200, 'n'));
    EXPECT_TRUE(slow->error) << "a name that no list can show";
}

TEST_F(PinWatchTest, M7_ACallThatTheBrokerSaysNothingOfIsRefused) {
    const auto outcome = call("read");
    core_.answer(failure(ErrorCode::TimedOut, "slow"));
    ASSERT_TRUE(outcome->error);
    EXPECT_EQ(outcome->error->code, ErrorCode::PolicyUnavailable);
}

class CountingWatcher : public ToolGate::Watcher {
public:
    void onToolsChanged() override { ++times; }
    int times = 0;
};

TEST_F(PinWatchTest, M7_AfterAChangeTheBrokerIsAskedAgainAndClientsAreTold) {
    CountingWatcher watcher;
    watch_.watch("svc", watcher);
    list(answerWith(one));
    core_.answer(said(Json::array({{{"name", "read"}, {"why", "changed"}}})));
    watch_.changed("other");
    EXPECT_EQ(watcher.times, 0);
    watch_.changed("svc");
    EXPECT_EQ(watcher.times, 1);
    const auto outcome = list(answerWith(one));
    ASSERT_EQ(core_.asked.size(), 1U);
    core_.answer(said());
    EXPECT_FALSE(outcome->text);
    EXPECT_FALSE(call("read")->error);
    watch_.leave(watcher);
    watch_.changed("svc");
    EXPECT_EQ(watcher.times, 1);
}

TEST_F(PinWatchTest, AVerdictThatWasOvertakenIsNotRemembered) {
    const auto outcome = list(answerWith(one));
    watch_.changed("svc");
    core_.answer(said(Json::array({{{"name", "read"}, {"why", "changed"}}})));
    EXPECT_EQ(outcome->times, 1);
    list(answerWith(one));
    EXPECT_EQ(core_.asked.size(), 1U);
}

TEST_F(PinWatchTest, AListThatComesBackAfterAnotherIsToldAgain) {
    list(answerWith(one));
    core_.answer(said());
    list(answerWith(two));
    core_.answer(said(Json::array({{{"name", "send"}, {"why", "new"}}})));
    list(answerWith(one));
    EXPECT_EQ(core_.asked.size(), 1U) << "what is current has changed";
}

TEST_F(PinWatchTest, AnEmptyListAsksNothing) {
    EXPECT_EQ(list(answerWith(""))->times, 1);
    EXPECT_TRUE(core_.asked.empty());
}

TEST_F(PinWatchTest, AnAnswerThatComesAfterItsEndHarmsNobody) {
    FakeCore core;
    {
        PinWatch gone(core, timers_);
        gone.called(terms(PinMode::Hold), "read", [](const Result<void>&) { FAIL(); });
    }
    core.answer(said());
}

} // namespace
} // namespace keybearer
