#include "broker/access/ConsentGate.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

class ShelfOfConsents final : public ConsentStore {
public:
    [[nodiscard]] Result<std::vector<Consent>> loadConsents() override {
        std::vector<Consent> out;
        for (const auto& [id, consent] : kept)
            out.push_back(consent);
        return out;
    }
    [[nodiscard]] Result<void> putConsent(const Consent& consent) override {
        if (broken)
            return failure(ErrorCode::StoreUnavailable, "disk full");
        kept[consent.id] = consent;
        return {};
    }
    [[nodiscard]] Result<void> removeConsent(const std::string& id) override {
        kept.erase(id);
        return {};
    }
    std::map<std::string, Consent> kept;
    bool broken = false;
};

class ConsentGateTest : public ::testing::Test {
protected:
    std::unique_ptr<ConsentGate> make(AccessPolicy policy) {
        ConsentGate::Setup setup;
        setup.policy = policy;
        setup.allowed = {{"/usr/bin/git", {"github"}}};
        setup.ownCommandLine = "/opt/keybearer/bin/keybearer";
        setup.somebodyListens = [this] { return listening; };
        auto made = std::make_unique<ConsentGate>(std::move(setup), shelf, clock);
        EXPECT_TRUE(made->load());
        return made;
    }
    static Caller program(std::string executable) {
        Caller caller;
        caller.uid = ::getuid();
        caller.pid = ::getpid();
        caller.startTime = 7;
        caller.executable = std::move(executable);
        caller.startedBy = "/usr/bin/bash";
        caller.parentPid = ::getppid();
        caller.parentStartTime = 3;
        return caller;
    }
    static ConsentSubject subject(std::vector<std::string> scopes = {"repo"}) {
        return {"github", "GitHub", "ana@example.com", "s_1", std::move(scopes)};
    }
    // What decide() has said so far.
    struct Outcome {
        bool answered = false;
        Result<ReleaseGrant> grant;
    };
    std::shared_ptr<Outcome> ask(ConsentGate& gate, const Caller& caller,
                                 const ConsentSubject& about = subject(), std::uint64_t connection = 1) {
        auto outcome = std::make_shared<Outcome>();
        gate.decide(connection, caller, about, "to read issues", [outcome](Result<ReleaseGrant> grant) {
            EXPECT_FALSE(outcome->answered) << "answered twice";
            outcome->answered = true;
            outcome->grant = std::move(grant);
        });
        return outcome;
    }

    FakeClock clock;
    ShelfOfConsents shelf;
    bool listening = true;
};

TEST_F(ConsentGateTest, T02_AnUnknownProgramGetsNothingUntilAPersonAnswers) {
    const auto gate = make(AccessPolicy::Ask);
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    EXPECT_FALSE(outcome->answered);
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(gate->pending().front().reason, "to read issues");
}

TEST_F(ConsentGateTest, NobodyToAskIsSaidAtOnce) {
    listening = false;
    const auto gate = make(AccessPolicy::Ask);
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(outcome->answered);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::ConsentUnavailable);
}

TEST_F(ConsentGateTest, DenyIsAnErrorAndIsNotRemembered) {
    const auto gate = make(AccessPolicy::Ask);
    const auto first = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Deny));
    ASSERT_TRUE(first->answered);
    EXPECT_EQ(first->grant.error().code, ErrorCode::ConsentDenied);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, OnceIsGoodForOneAnswer) {
    const auto gate = make(AccessPolicy::Ask);
    const auto first = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::AllowOnce));
    ASSERT_TRUE(first->grant);
    EXPECT_TRUE(first->grant->once);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, ThirtyDaysSurviveARestartAndThenEnd) {
    {
        const auto gate = make(AccessPolicy::Ask);
        const auto first = ask(*gate, program("/usr/bin/curl"));
        ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
        ASSERT_TRUE(first->grant);
    }
    {
        const auto gate = make(AccessPolicy::Ask);
        static_cast<void>(ask(*gate, program("/usr/bin/wget")));
        ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    }
    const auto later = make(AccessPolicy::Ask);
    EXPECT_EQ(later->consents().size(), 2U);
    EXPECT_TRUE(ask(*later, program("/usr/bin/curl"))->answered);
    EXPECT_TRUE(ask(*later, program("/usr/bin/wget"))->answered);
    clock.advance(std::chrono::hours(30 * 24 + 1));
    EXPECT_FALSE(ask(*later, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, ASessionDoesNotSurviveARestart) {
    {
        const auto gate = make(AccessPolicy::Ask);
        static_cast<void>(ask(*gate, program("/usr/bin/curl")));
        ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::AllowSession));
        EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->answered);
    }
    EXPECT_FALSE(ask(*make(AccessPolicy::Ask), program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, T03_ASessionEndsWithTheProcess) {
    const auto gate = make(AccessPolicy::Ask);
    int hold[2];
    ASSERT_EQ(::pipe(hold), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        char byte = 0;
        ::close(hold[1]);
        static_cast<void>(!::read(hold[0], &byte, 1));
        ::_exit(0);
    }
    ::close(hold[0]);
    Caller caller = program("/usr/bin/curl");
    caller.pid = child;
    static_cast<void>(ask(*gate, caller));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::AllowSession));
    EXPECT_TRUE(ask(*gate, caller)->answered);
    bool changed = false;
    QObject::connect(gate.get(), &ConsentGate::changed, [&] { changed = true; });
    ::close(hold[1]);
    ASSERT_TRUE(spinUntil([&] { return changed; }));
    ::waitpid(child, nullptr, 0);
    EXPECT_FALSE(ask(*gate, caller)->answered) << "a process with the same number inherited the permission";
}

TEST_F(ConsentGateTest, AnotherProgramDoesNotProfit) {
    const auto gate = make(AccessPolicy::Ask);
    static_cast<void>(ask(*gate, program("/usr/bin/curl")));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    EXPECT_FALSE(ask(*gate, program("/usr/bin/wget"))->answered);
}

TEST_F(ConsentGateTest, MoreScopesAskAnew) {
    const auto gate = make(AccessPolicy::Ask);
    static_cast<void>(ask(*gate, program("/usr/bin/curl")));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"), subject({"repo"}))->answered);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"), subject({"repo", "admin:org"}))->answered);
}

TEST_F(ConsentGateTest, AnotherSessionAsksAnew) {
    const auto gate = make(AccessPolicy::Ask);
    static_cast<void>(ask(*gate, program("/usr/bin/curl")));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    ConsentSubject other = subject();
    other.sessionId = "s_2";
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"), other)->answered);
}

TEST_F(ConsentGateTest, T05_AnInterpreterIsNeverAnIdentity) {
    const auto gate = make(AccessPolicy::Ask);
    Caller node = program("/usr/bin/node");
    node.interpreter = true;
    const auto first = ask(*gate, node);
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    ASSERT_TRUE(first->grant);
    EXPECT_TRUE(first->grant->once) << "thirty days for any node";
    node.script = "/home/ana/server.js";
    const auto second = ask(*gate, node);
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    ASSERT_TRUE(second->grant->consent);
    EXPECT_EQ(second->grant->consent->span, ConsentSpan::Session);
    node.script = "/home/ana/other.js";
    EXPECT_FALSE(ask(*gate, node)->answered);
}

TEST_F(ConsentGateTest, OurCommandLineIsOnlyAMessenger) {
    const auto gate = make(AccessPolicy::Ask);
    Caller shell = program("/opt/keybearer/bin/keybearer");
    static_cast<void>(ask(*gate, shell));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    EXPECT_TRUE(ask(*gate, shell)->answered);
    shell.startedBy = "/tmp/evil";
    EXPECT_FALSE(ask(*gate, shell)->answered);
}

TEST_F(ConsentGateTest, TheSameQuestionIsAskedOnce) {
    const auto gate = make(AccessPolicy::Ask);
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 200; ++i)
        outcomes.push_back(ask(*gate, program("/usr/bin/curl")));
    ASSERT_EQ(gate->pending().size(), 1U);
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::AllowSession));
    for (const auto& outcome : outcomes)
        EXPECT_TRUE(outcome->answered && outcome->grant);
    EXPECT_EQ(gate->consents().size(), 1U);
}

TEST_F(ConsentGateTest, T07_AProgramCannotPileUpQuestions) {
    const auto gate = make(AccessPolicy::Ask);
    int refused = 0;
    for (int i = 0; i < 100; ++i) {
        const auto outcome = ask(*gate, program("/usr/bin/curl"), subject({"scope" + std::to_string(i)}));
        refused += outcome->answered && outcome->grant.error().code == ErrorCode::RateLimited;
    }
    EXPECT_EQ(gate->pending().size(), 4U);
    EXPECT_EQ(refused, 96);
}

TEST_F(ConsentGateTest, AQuestionIsWithdrawnWithItsConnection) {
    const auto gate = make(AccessPolicy::Ask);
    std::string withdrawn;
    QObject::connect(&gate->prompts(), &ConsentPrompts::withdrawn,
                     [&](const std::string& id, const std::string&) { withdrawn = id; });
    const auto outcome = ask(*gate, program("/usr/bin/curl"), subject(), 5);
    const std::string id = gate->pending().front().id;
    gate->connectionClosed(5);
    EXPECT_EQ(withdrawn, id);
    EXPECT_FALSE(outcome->answered);
    EXPECT_FALSE(gate->answer(id, ConsentDecision::Allow));
}

TEST_F(ConsentGateTest, WhenTheLastListenerGoesTheAskersAreTold) {
    const auto gate = make(AccessPolicy::Ask);
    const auto outcome = ask(*gate, program("/usr/bin/curl"), subject(), 5);
    listening = false;
    gate->connectionClosed(6);
    ASSERT_TRUE(outcome->answered);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::ConsentUnavailable);
}

TEST_F(ConsentGateTest, LockedServesOnlyWhatWasApprovedBefore) {
    {
        const auto gate = make(AccessPolicy::Ask);
        static_cast<void>(ask(*gate, program("/usr/bin/curl")));
        ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    }
    const auto gate = make(AccessPolicy::Locked);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->grant);
    const auto other = ask(*gate, program("/usr/bin/wget"));
    ASSERT_TRUE(other->answered);
    EXPECT_EQ(other->grant.error().code, ErrorCode::ConsentDenied);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/git"))->grant);
}

TEST_F(ConsentGateTest, TrustingGivesWithoutAsking) {
    const auto gate = make(AccessPolicy::Trusting);
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(outcome->grant);
    EXPECT_EQ(outcome->grant->why, "trusting");
}

TEST_F(ConsentGateTest, TheConfigurationAllowsOneProgramForOneProvider) {
    const auto gate = make(AccessPolicy::Ask);
    EXPECT_EQ(ask(*gate, program("/usr/bin/git"))->grant->why, "callers");
    ConsentSubject other = subject();
    other.provider = "google";
    EXPECT_FALSE(ask(*gate, program("/usr/bin/git"), other)->answered);
}

TEST_F(ConsentGateTest, RevocationTakesEffectAtOnce) {
    const auto gate = make(AccessPolicy::Ask);
    static_cast<void>(ask(*gate, program("/usr/bin/curl")));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    int changes = 0;
    QObject::connect(gate.get(), &ConsentGate::changed, [&] { ++changes; });
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_EQ(changes, 1);
    EXPECT_TRUE(shelf.kept.empty());
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, AConsentThatCannotBeKeptIsNotGranted) {
    const auto gate = make(AccessPolicy::Ask);
    shelf.broken = true;
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::Allow));
    ASSERT_TRUE(outcome->answered);
    EXPECT_EQ(outcome->grant.error().code, ErrorCode::StoreUnavailable);
}

} // namespace
} // namespace keybearer
