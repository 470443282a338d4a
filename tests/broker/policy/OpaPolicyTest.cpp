#include "broker/policy/OpaPolicy.h"

#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

PolicyQuestion about(const std::string& tool) {
    PolicyQuestion question;
    question.action = "token.get";
    question.provider = "github";
    question.tool = tool;
    return question;
}

class OpaPolicyTest : public ::testing::Test {
protected:
    std::shared_ptr<std::optional<Result<PolicyVerdict>>> ask(const std::string& tool = "t") {
        auto outcome = std::make_shared<std::optional<Result<PolicyVerdict>>>();
        policy.decide(about(tool), [outcome](Result<PolicyVerdict> verdict) {
            EXPECT_FALSE(outcome->has_value()) << "answered twice";
            *outcome = std::move(verdict);
        });
        return outcome;
    }

    FakeClock clock;
    ScriptedTransport network;
    OpaPolicy policy{{"http://127.0.0.1:8181/v1/data/keybearer/allow", 500ms, 5s}, network, clock};
};

TEST_F(OpaPolicyTest, A5_AsksTheConfiguredAddressOnceAndBelievesTheBoolean) {
    const auto outcome = ask();
    ASSERT_EQ(network.waiting.size(), 1U);
    EXPECT_EQ(network.waiting.front().url, "http://127.0.0.1:8181/v1/data/keybearer/allow");
    EXPECT_EQ(network.waiting.front().body.substr(0, 10), R"({"input":{)");
    EXPECT_FALSE(outcome->has_value());
    network.answer(200, R"({"result": true})");
    ASSERT_TRUE(outcome->has_value() && **outcome);
    EXPECT_TRUE((**outcome)->allowed);
    EXPECT_EQ((**outcome)->until, clock.boot() + 5s);
    EXPECT_EQ(policy.counters().asked, 1);
    EXPECT_EQ(policy.counters().allowed, 1);
}

TEST_F(OpaPolicyTest, A5_ADecisionIsRememberedBrieflyAndForTheSameQuestionOnly) {
    static_cast<void>(ask());
    network.answer(200, R"({"result": false})");
    clock.advance(4s);
    const auto again = ask();
    ASSERT_TRUE(again->has_value() && **again);
    EXPECT_FALSE((**again)->allowed);
    EXPECT_EQ(network.sent, 1);
    static_cast<void>(ask("other"));
    EXPECT_EQ(network.sent, 2);
    clock.advance(1s);
    static_cast<void>(ask());
    EXPECT_EQ(network.sent, 3) << "after five seconds it is asked anew";
    EXPECT_EQ(policy.counters().remembered, 1);
}

TEST_F(OpaPolicyTest, A5_TheSameQuestionIsAskedOnceHoweverManyWait) {
    const auto first = ask();
    const auto second = ask();
    EXPECT_EQ(network.sent, 1);
    network.answer(200, R"({"result": true})");
    EXPECT_TRUE(first->has_value() && **first && (**first)->allowed);
    EXPECT_TRUE(second->has_value() && **second && (**second)->allowed);
}

TEST_F(OpaPolicyTest, AnotherServerIsAskedFromNowOnAndTheOldAnswerIsForgotten) {
    const auto before = ask();
    policy.configure({"http://127.0.0.1:8282/v1/data/other/allow", 500ms, 5s});
    const auto after = ask();
    ASSERT_EQ(network.waiting.size(), 2U) << "the answer of the other server is no answer to this";
    EXPECT_EQ(network.waiting.back().url, "http://127.0.0.1:8282/v1/data/other/allow");
    network.answer(200, R"({"result": true})");
    ASSERT_TRUE(before->has_value() && **before);
    EXPECT_EQ((**before)->until, clock.boot()) << "good for this answer alone";
    network.answer(200, R"({"result": false})");
    ASSERT_TRUE(after->has_value() && **after);
    EXPECT_FALSE((**after)->allowed);
    const auto again = ask();
    ASSERT_TRUE(again->has_value() && **again);
    EXPECT_FALSE((**again)->allowed);
    EXPECT_EQ(network.sent, 2);
}

TEST_F(OpaPolicyTest, T48_NoAnswerIsARefusalAndIsNotRemembered) {
    const auto down = ask();
    network.fail(Error(ErrorCode::ProviderUnavailable, "connection refused"));
    ASSERT_TRUE(down->has_value() && !**down);
    EXPECT_EQ((**down).error().code, ErrorCode::PolicyUnavailable);
    EXPECT_FALSE((**down).error().action.empty());
    const auto redirect = ask();
    EXPECT_EQ(network.sent, 2);
    network.fail(Error(ErrorCode::ProviderError, "the server redirects"));
    EXPECT_EQ((**redirect).error().code, ErrorCode::PolicyUnavailable);
    const auto text = ask();
    network.answer(200, R"({"result": "true"})");
    EXPECT_EQ((**text).error().code, ErrorCode::PolicyUnavailable);
    const auto fine = ask();
    network.answer(200, R"({"result": true})");
    EXPECT_TRUE(**fine && (**fine)->allowed);
    EXPECT_EQ(policy.counters().unavailable, 3);
}

TEST_F(OpaPolicyTest, T48_AFloodOfQuestionsMeetsABound) {
    std::vector<std::shared_ptr<std::optional<Result<PolicyVerdict>>>> asked;
    for (int i = 0; i < 100; ++i)
        asked.push_back(ask("t" + std::to_string(i)));
    EXPECT_EQ(network.sent, 64);
    ASSERT_TRUE(asked.back()->has_value());
    EXPECT_EQ((**asked.back()).error().code, ErrorCode::PolicyUnavailable);
}

TEST_F(OpaPolicyTest, A5_WithoutACacheEveryQuestionIsAsked) {
    OpaPolicy strict({"http://127.0.0.1:1/x", 500ms, 0s}, network, clock);
    for (int i = 0; i < 3; ++i) {
        strict.decide(about("t"), [&](Result<PolicyVerdict> verdict) {
            EXPECT_TRUE(verdict);
            EXPECT_LE(verdict->until, clock.boot()) << "nothing may be prepared from it";
        });
        network.answer(200, R"({"result": true})");
    }
    EXPECT_EQ(network.sent, 3);
}

TEST_F(OpaPolicyTest, NobodyIsAnsweredAfterItsEnd) {
    auto brief =
        std::make_unique<OpaPolicy>(OpaPolicy::Setup{"http://127.0.0.1:1/x", 500ms, 5s}, network, clock);
    brief->decide(about("t"), [](const Result<PolicyVerdict>&) { ADD_FAILURE() << "answered"; });
    brief.reset();
    network.answer(200, R"({"result": true})");
}

} // namespace
} // namespace keybearer
