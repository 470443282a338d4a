#include "tests/broker/access/ConsentFixture.h"

#include "broker/platform/PeerCredentials.h"
#include "tests/support/EventLoop.h"

#include <QTimer>
#include <sys/wait.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class ConsentGateTest : public ConsentFixture {};

TEST_F(ConsentGateTest, T02_AnUnknownProgramGetsNothingUntilAPersonAnswers) {
    const auto gate = make();
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    EXPECT_FALSE(outcome->answered);
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_EQ(gate->pending().front().reason, "to read issues");
}

TEST_F(ConsentGateTest, R6_NobodyToAskIsSaidAtOnce) {
    listening = false;
    const auto gate = make();
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->refused(ErrorCode::ConsentUnavailable));
    EXPECT_EQ(gate->counters().unavailable, 1U);
}

TEST_F(ConsentGateTest, DenyIsAnErrorAndIsNotRemembered) {
    const auto gate = make();
    const auto first = askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Deny);
    EXPECT_TRUE(first->refused(ErrorCode::ConsentDenied));
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, OnceIsGoodForOneAnswer) {
    const auto gate = make();
    const auto first = askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::AllowOnce);
    ASSERT_TRUE(first->allowed());
    EXPECT_TRUE(first->grant->once);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentGateTest, T03_ASessionEndsWithTheProcess) {
    ConsentGate::Setup setup;
    setup.somebodyListens = [] { return true; };
    ConsentGate gate(std::move(setup), shelf, clock); // with real processes
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
    caller.startTime = describeProcess(child).startTime;
    static_cast<void>(askAndAnswer(gate, caller, ConsentDecision::AllowSession));
    EXPECT_TRUE(ask(gate, caller)->answered);
    bool changed = false;
    QObject::connect(&gate, &ConsentGate::changed, [&] { changed = true; });
    ::close(hold[1]);
    ASSERT_TRUE(spinUntil([&] { return changed; }));
    ::waitpid(child, nullptr, 0);
    EXPECT_FALSE(ask(gate, caller)->answered) << "a process with the same number inherited the permission";
}

TEST_F(ConsentGateTest, T04_ASessionIsNotGivenToAnotherProcessOfTheSameNumber) {
    ConsentGate::Setup setup;
    setup.somebodyListens = [] { return true; };
    ConsentGate gate(std::move(setup), shelf, clock);
    Caller caller = program("/usr/bin/curl");
    caller.pid = ::getpid();
    caller.startTime = describeProcess(::getpid()).startTime - 1; // of whoever had the number before
    static_cast<void>(askAndAnswer(gate, caller, ConsentDecision::AllowSession));
    EXPECT_TRUE(gate.consents().empty());
    EXPECT_FALSE(ask(gate, caller)->answered);
}

TEST_F(ConsentGateTest, AnotherProgramDoesNotProfit) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    EXPECT_FALSE(ask(*gate, program("/usr/bin/wget"))->answered);
}

TEST_F(ConsentGateTest, R1_MoreScopesAskAnewAndSayWhatIsMore) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"), subject({"repo"}))->answered);
    ASSERT_FALSE(ask(*gate, program("/usr/bin/curl"), subject({"repo", "admin:org"}))->answered);
    const std::vector<EvidenceChange> changed = gate->pending().front().changed;
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].what, "scopes");
    EXPECT_EQ(changed[0].before, "repo");
    EXPECT_EQ(changed[0].now, "repo admin:org");
}

TEST_F(ConsentGateTest, R1_NoListOfScopesIsMoreThanAnyList) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"), subject({}))->answered);
}

TEST_F(ConsentGateTest, R1_AnotherAccountResourceIssuerOrPurposeAsksAnew) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    const auto differs = [&](auto change) {
        ConsentSubject other = subject();
        change(other);
        const auto outcome = ask(*gate, program("/usr/bin/curl"), other);
        const bool asked = !outcome->answered;
        gate->connectionClosed(1);
        clock.advance(2min); // what was left alone is forgotten
        return asked;
    };
    EXPECT_TRUE(differs([](ConsentSubject& other) { other.sessionId = "s_2"; }));
    EXPECT_TRUE(differs([](ConsentSubject& other) { other.resource = "https://mcp.example.com"; }));
    EXPECT_TRUE(differs([](ConsentSubject& other) { other.issuer = "https://elsewhere.example.com"; }));
    EXPECT_TRUE(differs([](ConsentSubject& other) { other.purpose = ConsentPurpose::Proxy; }));
    EXPECT_TRUE(differs([](ConsentSubject& other) { other.purpose = ConsentPurpose::Sign; }));
    EXPECT_FALSE(differs([](ConsentSubject& other) { other.accountLabel = "renamed"; }));
}

TEST_F(ConsentGateTest, OurCommandLineIsOnlyAMessenger) {
    const auto gate = make();
    Caller shell = program("/opt/keybearer/bin/keybearer");
    EXPECT_EQ(ask(*gate, shell)->answered, false);
    EXPECT_EQ(gate->pending().front().longest, ConsentSpan::Session)
        << "any script of any shell, for a month";
    ASSERT_TRUE(answer(*gate, ConsentDecision::AllowSession));
    shell.pid = 9999; // the next command of the same shell
    EXPECT_TRUE(ask(*gate, shell)->allowed());
    Caller other = shell;
    other.parentPid = 5000;
    EXPECT_FALSE(ask(*gate, other)->answered) << "another shell";
    gate->connectionClosed(1);
    shell.startedBy = "/tmp/evil";
    EXPECT_FALSE(ask(*gate, shell)->answered);
    gate->connectionClosed(1);
    processes.end(4700);
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(ConsentGateTest, WhenTheLastListenerGoesTheAskersAreTold) {
    const auto gate = make();
    const auto outcome = ask(*gate, program("/usr/bin/curl"), subject(), 5);
    listening = false;
    gate->connectionClosed(6);
    EXPECT_FALSE(outcome->answered) << "a tray that is started again has had no time to come back";
    EXPECT_TRUE(ask(*gate, program("/usr/bin/wget"), subject(), 7)->refused(ErrorCode::ConsentUnavailable));
    ASSERT_TRUE(spinUntil([&] { return outcome->answered; }));
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentUnavailable));
}

TEST_F(ConsentGateTest, QuestionsOutliveATrayThatComesBack) {
    const auto gate = make();
    const auto outcome = ask(*gate, program("/usr/bin/curl"), subject(), 5);
    listening = false;
    gate->connectionClosed(6);
    listening = true;
    bool later = false;
    QTimer::singleShot(3 * listenerReturn, [&] { later = true; });
    ASSERT_TRUE(spinUntil([&] { return later; }));
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_TRUE(gate->answer(gate->pending().front().id, ConsentDecision::AllowOnce));
    EXPECT_TRUE(outcome->allowed());
}

TEST_F(ConsentGateTest, LockedServesOnlyWhatWasApprovedBefore) {
    {
        const auto gate = make();
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    }
    const auto gate = make(AccessPolicy::Locked);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->allowed());
    EXPECT_TRUE(ask(*gate, program("/usr/bin/wget"))->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(ask(*gate, program("/usr/bin/git"))->allowed());
}

TEST_F(ConsentGateTest, AnotherConfigurationHoldsForTheNextRequestAndEndsOpenQuestions) {
    const auto gate = make();
    int changes = 0;
    QObject::connect(gate.get(), &ConsentGate::changed, gate.get(), [&changes] { ++changes; });
    const std::string version = gate->policyVersion();
    const auto waiting = ask(*gate, program("/usr/bin/curl"));
    ASSERT_FALSE(waiting->answered);
    gate->configure(AccessPolicy::Locked, {});
    EXPECT_TRUE(waiting->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(gate->pending().empty());
    EXPECT_EQ(changes, 1) << "what was prepared before is void";
    EXPECT_NE(gate->policyVersion(), version);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/git"))->refused(ErrorCode::ConsentDenied));
    gate->configure(AccessPolicy::Locked, {{"/usr/bin/wget", {subject().provider}}});
    EXPECT_TRUE(ask(*gate, program("/usr/bin/wget"))->allowed());
    gate->configure(AccessPolicy::Trusting, {});
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->allowed());
}

TEST_F(ConsentGateTest, TrustingGivesWithoutAsking) {
    const auto gate = make(AccessPolicy::Trusting);
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(outcome->allowed());
    EXPECT_EQ(outcome->grant->why, "trusting");
}

TEST_F(ConsentGateTest, TrustingDoesNotMeanWhatIsFarAway) {
    const auto gate = make(AccessPolicy::Trusting);
    EXPECT_TRUE(
        ask(*gate, program("/usr/bin/ssh", IdentityClass::Remote))->refused(ErrorCode::ConsentDenied));
}

TEST_F(ConsentGateTest, T03_ASessionEndsWhenTheProcessExecutesAnything) {
    const auto gate = make();
    Caller caller = script("/home/ana/server.js");
    caller.process =
        std::make_shared<const PeerProcess>(PeerProcess{{1000, caller.pid}, nullptr, {7, 1, 2, 0x7ff0}});
    static_cast<void>(askAndAnswer(*gate, caller, ConsentDecision::AllowSession));
    EXPECT_TRUE(ask(*gate, caller)->allowed());
    // The same interpreter and script in the same process, with other variables perhaps.
    caller.process =
        std::make_shared<const PeerProcess>(PeerProcess{{1000, caller.pid}, nullptr, {7, 1, 2, 0x7fe0}});
    EXPECT_FALSE(ask(*gate, caller)->answered);
}

TEST_F(ConsentGateTest, TheForwardedSocketIsNeverTrustingAndNeverAsks) {
    Caller far = program("/usr/bin/ssh");
    far.door = Door::Agent;
    EXPECT_TRUE(ask(*make(AccessPolicy::Trusting), far)->refused(ErrorCode::ConsentDenied));
    const auto gate = make();
    EXPECT_TRUE(ask(*gate, far)->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(ConsentGateTest, TheConfigurationAllowsOneProgramForOneProvider) {
    const auto gate = make();
    EXPECT_EQ(ask(*gate, program("/usr/bin/git"))->grant->why, "callers");
    ConsentSubject other = subject();
    other.provider = "google";
    EXPECT_FALSE(ask(*gate, program("/usr/bin/git"), other)->answered);
}

TEST_F(ConsentGateTest, APriorGrantHasWhatIsListedAndNothingElse) {
    const auto gate = make();
    Caller client = program("/usr/bin/curl");
    client.prior = PriorGrant{"client:ci", {"github:ana@example.com"}, clock.wall() + 1h};
    EXPECT_EQ(ask(*gate, client)->grant->why, "client:ci");
    ConsentSubject other = subject();
    other.accountLabel = "bob@example.com";
    EXPECT_TRUE(ask(*gate, client, other)->refused(ErrorCode::PolicyDenied));
    clock.advance(1h);
    EXPECT_TRUE(ask(*gate, client)->refused(ErrorCode::ClientExpired));
}

TEST_F(ConsentGateTest, APriorGrantForOneAccountLetsASignInBeginWhoseResultIsLookedAt) {
    const auto gate = make();
    Caller client = program("/usr/bin/curl");
    client.prior = PriorGrant{"gateway:c_1", {"github:ana@example.com"}, std::nullopt};
    ConsentSubject begun = subject();
    begun.purpose = ConsentPurpose::SignIn;
    begun.accountLabel.clear();
    EXPECT_EQ(ask(*gate, client, begun)->grant->why, "gateway:c_1");
    begun.provider = "google";
    EXPECT_TRUE(ask(*gate, client, begun)->refused(ErrorCode::PolicyDenied));
    ConsentSubject released = subject();
    released.accountLabel.clear();
    EXPECT_TRUE(ask(*gate, client, released)->refused(ErrorCode::PolicyDenied)) << "a token is another thing";
}

TEST_F(ConsentGateTest, RevocationTakesEffectAtOnce) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    int changes = 0;
    QObject::connect(gate.get(), &ConsentGate::changed, [&] { ++changes; });
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_EQ(changes, 1);
    EXPECT_TRUE(shelf.kept.empty());
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
    EXPECT_EQ(gate->revoke("c_none").error().code, ErrorCode::NotFound);
}

TEST_F(ConsentGateTest, AConsentThatCannotBeKeptIsNotGranted) {
    const auto gate = make();
    shelf.broken = true;
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    EXPECT_EQ(answer(*gate, ConsentDecision::Allow).error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(outcome->refused(ErrorCode::StoreUnavailable));
}

TEST_F(ConsentGateTest, T03_AProgramThatIsNotTheSameAnyMoreIsNeitherAskedAboutNorServed) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    same = false;
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(ask(*gate, program("/usr/bin/wget"))->refused(ErrorCode::ConsentDenied));
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(ConsentGateTest, T03_AYesForAProgramThatHasChangedMeanwhileDoesNotCount) {
    const auto gate = make();
    std::string why;
    QObject::connect(gate.get(), &ConsentGate::denied,
                     [&](const PendingConsent&, const std::string& because) { why = because; });
    const auto outcome = ask(*gate, program("/usr/bin/curl"));
    same = false;
    EXPECT_EQ(answer(*gate, ConsentDecision::Allow).error().code, ErrorCode::ConsentDenied);
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentDenied));
    EXPECT_EQ(why, "the program has changed");
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(ConsentGateTest, R9_TheRecordSaysWhoWhatWhyAndUnderWhichRules) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    ASSERT_EQ(shelf.kept.size(), 1U);
    const Consent& kept = shelf.kept.begin()->second;
    EXPECT_EQ(kept.evidence, evidenceOf(program("/usr/bin/curl"), ""));
    EXPECT_EQ(kept.promptHash.size(), 64U);
    EXPECT_EQ(kept.policyVersion, gate->policyVersion());
    EXPECT_NE(make(AccessPolicy::Locked)->policyVersion(), gate->policyVersion());
}

TEST_F(ConsentGateTest, R9_ARowWithoutItsSealIsToldAndRemoved) {
    shelf.tampered = {"c_bad"};
    ConsentGate::Setup setup;
    ConsentGate gate(std::move(setup), shelf, clock);
    std::string refused;
    QObject::connect(&gate.records(), &ConsentRecords::refused, [&](const std::string& id) { refused = id; });
    ASSERT_TRUE(gate.load());
    EXPECT_EQ(refused, "c_bad");
    EXPECT_EQ(shelf.removed, std::vector<std::string>{"c_bad"});
    EXPECT_EQ(gate.counters().refusedRows, 1U);
}

TEST_F(ConsentGateTest, AnAccountThatIsGoneTakesItsConsentsAlong) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), ConsentDecision::Allow));
    gate->sessionRemoved("s_1");
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_TRUE(shelf.kept.empty());
}

} // namespace
} // namespace keybearer
