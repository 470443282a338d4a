#include "tests/broker/access/ConsentFixture.h"

// A person's attention is not to be had for the asking (T-07).
namespace keybearer {
namespace {

using namespace std::chrono_literals;
using D = ConsentDecision;

class ConsentFloodTest : public ConsentFixture {
protected:
    static int refusals(const std::vector<std::shared_ptr<Outcome>>& outcomes, ErrorCode code) {
        int count = 0;
        for (const auto& outcome : outcomes)
            count += outcome->refused(code) ? 1 : 0;
        return count;
    }
};

TEST_F(ConsentFloodTest, TheSameQuestionIsAskedOnce) {
    const auto gate = make();
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 30; ++i)
        outcomes.push_back(ask(*gate, program("/usr/bin/curl")));
    ASSERT_EQ(gate->pending().size(), 1U);
    ASSERT_TRUE(answer(*gate, D::AllowSession));
    for (const auto& outcome : outcomes)
        EXPECT_TRUE(outcome->allowed());
    EXPECT_EQ(gate->consents().size(), 1U);
}

TEST_F(ConsentFloodTest, T07_AThousandAsksAreOneQuestionAndTheRestAreToldAtOnce) {
    const auto gate = make();
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 1000; ++i)
        outcomes.push_back(ask(*gate, program("/usr/bin/curl"), subject(), static_cast<std::uint64_t>(i)));
    EXPECT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(gate->counters().questions, 1U);
    EXPECT_EQ(refusals(outcomes, ErrorCode::RateLimited), 1000 - 32);
    const Error& error = outcomes.back()->grant.error();
    EXPECT_EQ(error.retryAfter, 120s);
    EXPECT_EQ(std::get<std::int64_t>(*error.detail("limit")), 32);
    EXPECT_EQ(std::get<std::int64_t>(*error.detail("remaining")), 0);
    EXPECT_NE(error.detail("reset_at"), nullptr);
}

TEST_F(ConsentFloodTest, T07_AProgramHasOneOpenQuestionWhateverItAsks) {
    const auto gate = make();
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 100; ++i)
        outcomes.push_back(ask(*gate, program("/usr/bin/curl"), subject({"scope" + std::to_string(i)})));
    EXPECT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(refusals(outcomes, ErrorCode::RateLimited), 100 - 9);
}

TEST_F(ConsentFloodTest, T07_ManyProcessesOfOneProgramHaveOneOpenQuestion) {
    const auto gate = make();
    for (int i = 0; i < 50; ++i) {
        Caller caller = script("/home/ana/server.js");
        caller.pid = 5000 + i;
        static_cast<void>(ask(*gate, caller));
    }
    EXPECT_EQ(gate->pending().size(), 1U);
}

TEST_F(ConsentFloodTest, WhoStandsInLineLooksAgainWhenItsTurnHasCome) {
    const auto gate = make();
    const auto first = ask(*gate, program("/usr/bin/curl"), subject({"a"}));
    const auto second = ask(*gate, program("/usr/bin/curl"), subject({"b"}));
    Caller sibling = program("/usr/bin/curl");
    sibling.pid = 4712;
    const auto third = ask(*gate, sibling, subject({"a"}));
    ASSERT_TRUE(answer(*gate, D::Allow));
    EXPECT_TRUE(first->allowed());
    EXPECT_TRUE(third->allowed()) << "what was allowed meanwhile needs no question";
    EXPECT_FALSE(second->answered);
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(gate->pending().front().subject.scopes, std::vector<std::string>{"b"});
    ASSERT_TRUE(answer(*gate, D::AllowOnce));
    EXPECT_TRUE(second->allowed());
}

TEST_F(ConsentFloodTest, WhoStandsInLineGivesUpInTime) {
    const auto gate = make();
    const auto first = ask(*gate, program("/usr/bin/curl"), subject({"a"}));
    clock.advance(60s);
    const auto second = ask(*gate, program("/usr/bin/curl"), subject({"b"}));
    clock.advance(60s);
    gate->prompts().endExpired();
    EXPECT_TRUE(first->refused(ErrorCode::ConsentRequired));
    EXPECT_FALSE(second->answered);
    EXPECT_EQ(gate->pending().size(), 1U);
    const auto third = ask(*gate, program("/usr/bin/curl"), subject({"c"}));
    clock.advance(120s);
    gate->prompts().endExpired();
    EXPECT_TRUE(second->refused(ErrorCode::ConsentRequired));
    EXPECT_TRUE(third->refused(ErrorCode::ConsentRequired));
    EXPECT_EQ(gate->counters().unanswered, 2U);
}

TEST_F(ConsentFloodTest, T07_ManyProgramsCannotFillTheScreen) {
    const auto gate = make();
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 100; ++i)
        outcomes.push_back(ask(*gate, program("/tmp/p" + std::to_string(i), IdentityClass::Unknown)));
    EXPECT_EQ(gate->pending().size(), 16U);
    EXPECT_EQ(refusals(outcomes, ErrorCode::RateLimited), 84);
}

TEST_F(ConsentFloodTest, T07_ThreeDenialsAreAQuarantineOfTenMinutes) {
    const auto gate = make();
    int quarantines = 0;
    QObject::connect(gate.get(), &ConsentGate::quarantined,
                     [&](const PendingConsent&, std::chrono::seconds length) {
                         ++quarantines;
                         EXPECT_EQ(length, 600s);
                     });
    for (int i = 0; i < 3; ++i)
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Deny));
    EXPECT_EQ(quarantines, 1);
    clock.advance(100s);
    const auto refused = ask(*gate, program("/usr/bin/curl"), subject({"other"}));
    ASSERT_TRUE(refused->refused(ErrorCode::ConsentDenied));
    EXPECT_EQ(refused->grant.error().retryAfter, 500s);
    EXPECT_TRUE(gate->pending().empty());
    EXPECT_FALSE(ask(*gate, program("/usr/bin/wget"))->answered) << "another program has done nothing";
    clock.advance(500s);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentFloodTest, T07_ACopyElsewhereIsNoOtherProgram) {
    const auto gate = make();
    for (int i = 0; i < 3; ++i)
        static_cast<void>(
            askAndAnswer(*gate, program("/tmp/p" + std::to_string(i), IdentityClass::Unknown), D::Deny));
    EXPECT_TRUE(ask(*gate, program("/tmp/p4", IdentityClass::Unknown))->refused(ErrorCode::ConsentDenied));
    Caller other = program("/tmp/p5", IdentityClass::Unknown);
    other.executableHash = "bb22";
    EXPECT_FALSE(ask(*gate, other)->answered) << "another one has done nothing";
    EXPECT_FALSE(ask(*gate, program("/usr/bin/git-of-the-system"))->answered);
}

TEST_F(ConsentFloodTest, T07_ProgramsThatAnybodyCanMakeShareOnePatience) {
    const auto gate = make();
    const auto made = [](int number) {
        Caller caller = program("/tmp/p" + std::to_string(number), IdentityClass::Unknown);
        caller.executableHash = "c" + std::to_string(number);
        return caller;
    };
    for (int i = 0; i < 9; ++i)
        static_cast<void>(askAndAnswer(*gate, made(i), D::Deny));
    EXPECT_EQ(gate->counters().quarantines, 1U);
    EXPECT_TRUE(ask(*gate, made(10))->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(ask(*gate, script("/tmp/other.js"))->refused(ErrorCode::ConsentDenied));
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered)
        << "what only root can replace is asked about";
    clock.advance(10min);
    EXPECT_FALSE(ask(*gate, made(10))->answered);
}

TEST_F(ConsentFloodTest, DenialsThatLieFarApartAreNoQuarantine) {
    const auto gate = make();
    for (int i = 0; i < 6; ++i) {
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Deny));
        clock.advance(5min + 1s);
    }
    EXPECT_EQ(gate->counters().quarantines, 0U);
}

TEST_F(ConsentFloodTest, T07_OneAnswerToManyRequestsIsOneDenial) {
    const auto gate = make();
    for (int i = 0; i < 20; ++i)
        static_cast<void>(ask(*gate, program("/usr/bin/curl")));
    ASSERT_TRUE(answer(*gate, D::Deny));
    EXPECT_EQ(gate->counters().quarantines, 0U);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentFloodTest, T07_TheThirdDenialAnswersTheWholeLine) {
    const auto gate = make();
    for (int i = 0; i < 2; ++i)
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Deny));
    const auto first = ask(*gate, program("/usr/bin/curl"), subject({"a"}));
    const auto second = ask(*gate, program("/usr/bin/curl"), subject({"b"}));
    ASSERT_TRUE(answer(*gate, D::Deny));
    EXPECT_TRUE(first->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(second->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(ConsentFloodTest, WhatWasAllowedBeforeIsServedInQuarantine) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Allow));
    for (int i = 0; i < 3; ++i)
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Deny, subject({"admin"})));
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->allowed());
}

TEST_F(ConsentFloodTest, AQuestionIsWithdrawnWithItsConnection) {
    const auto gate = make();
    std::string withdrawn;
    QObject::connect(&gate->prompts(), &ConsentPrompts::withdrawn,
                     [&](const std::string& id, const std::string&) { withdrawn = id; });
    const auto outcome = ask(*gate, program("/usr/bin/curl"), subject(), 5);
    const std::string id = gate->pending().front().id;
    gate->connectionClosed(5);
    EXPECT_EQ(withdrawn, id);
    EXPECT_FALSE(outcome->answered);
    EXPECT_EQ(gate->answer(id, D::Allow).error().code, ErrorCode::NotFound);
}

TEST_F(ConsentFloodTest, T07_AskingAndGoingAwayDoesNotMakeTheScreenFlicker) {
    const auto gate = make();
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        outcomes.push_back(ask(*gate, program("/usr/bin/curl"), subject(), i));
        gate->connectionClosed(i);
    }
    EXPECT_EQ(gate->counters().questions, 5U);
    EXPECT_EQ(refusals(outcomes, ErrorCode::RateLimited), 995);
    clock.advance(61s);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentFloodTest, AnAnswerAfterTheMachineHasSleptPastTheQuestionComesTooLate) {
    const auto gate = make();
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    clock.advance(3min);
    EXPECT_EQ(answer(*gate, D::Allow).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentRequired));
}

TEST_F(ConsentFloodTest, DenialsOfManyProgramsTakeNoMoreThanTheirPlace) {
    Denials denials(clock);
    for (int i = 0; i < 3; ++i)
        static_cast<void>(denials.deny("first", {}));
    for (int i = 0; i < 100'000; ++i) {
        clock.advance(1ms);
        static_cast<void>(denials.deny("p" + std::to_string(i), {}));
    }
    EXPECT_TRUE(denials.quarantine("first")) << "the one that matters longest is kept";
}

} // namespace
} // namespace keybearer
