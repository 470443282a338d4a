#include "tests/broker/access/ConsentFixture.h"

// How long what a person said is good, by what is known of the program (R7, and the table of classes).
namespace keybearer {
namespace {

using namespace std::chrono_literals;
using D = ConsentDecision;

class ConsentSpanTest : public ConsentFixture {};

TEST_F(ConsentSpanTest, R1_EachClassHasItsLongestSpan) {
    const std::string own = "/opt/keybearer/bin/keybearer";
    const auto longest = [&](IdentityClass identity, const std::string& path = "/usr/bin/curl") {
        return longestSpan(program(path, identity), own);
    };
    EXPECT_EQ(longest(IdentityClass::Capability), ConsentSpan::ThirtyDays);
    EXPECT_EQ(longest(IdentityClass::Sandboxed), ConsentSpan::UntilRevoked);
    EXPECT_EQ(longest(IdentityClass::Native), ConsentSpan::ThirtyDays);
    EXPECT_EQ(longest(IdentityClass::Script), ConsentSpan::Session);
    EXPECT_EQ(longest(IdentityClass::Unknown), ConsentSpan::Once);
    EXPECT_EQ(longest(IdentityClass::Remote), ConsentSpan::Never);
    EXPECT_EQ(longest(IdentityClass::Native, own), ConsentSpan::Session);
    EXPECT_EQ(longest(IdentityClass::Unknown, own), ConsentSpan::Session);
    EXPECT_EQ(longest(IdentityClass::Remote, own), ConsentSpan::Never);
}

TEST_F(ConsentSpanTest, AnAnswerBeyondTheSpanIsRefusedAndTheQuestionStaysOpen) {
    const auto gate = make();
    const auto once = ask(*gate, program("/home/ana/bin/tool", IdentityClass::Unknown));
    EXPECT_EQ(answer(*gate, D::AllowSession).error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(answer(*gate, D::Allow).error().code, ErrorCode::InvalidParams);
    EXPECT_FALSE(once->answered) << "shortened without a word";
    ASSERT_TRUE(answer(*gate, D::AllowOnce));
    EXPECT_TRUE(once->allowed());
    const auto session = ask(*gate, script("/home/ana/server.js"));
    EXPECT_EQ(answer(*gate, D::Allow).error().code, ErrorCode::InvalidParams);
    ASSERT_TRUE(answer(*gate, D::AllowSession));
    EXPECT_TRUE(session->allowed());
}

TEST_F(ConsentSpanTest, ARemoteCallerIsRefusedWithoutAQuestion) {
    const auto gate = make();
    const auto outcome = ask(*gate, program("/usr/bin/curl", IdentityClass::Remote));
    EXPECT_TRUE(outcome->refused(ErrorCode::ConsentDenied));
    EXPECT_FALSE(outcome->grant.error().action.empty());
    EXPECT_TRUE(ask(*gate, program("/usr/bin/git", IdentityClass::Remote))->refused(ErrorCode::ConsentDenied))
        << "a path of another system is none of ours";
}

TEST_F(ConsentSpanTest, ThirtyDaysSurviveARestartAndThenEnd) {
    static_cast<void>(askAndAnswer(*make(), program("/usr/bin/curl"), D::Allow));
    static_cast<void>(askAndAnswer(*make(), program("/usr/bin/wget"), D::Allow));
    const auto later = make();
    EXPECT_EQ(later->consents().size(), 2U);
    EXPECT_TRUE(ask(*later, program("/usr/bin/curl"))->allowed());
    clock.advance(30 * 24h - 1s);
    EXPECT_TRUE(ask(*later, program("/usr/bin/wget"))->allowed());
    clock.advance(1s);
    EXPECT_FALSE(ask(*later, program("/usr/bin/curl"))->answered);
    std::vector<std::string> why;
    QObject::connect(&later->records(), &ConsentRecords::ended,
                     [&](const Consent&, const std::string& because) { why.push_back(because); });
    later->onMinute();
    EXPECT_EQ(why, (std::vector<std::string>{"expired", "expired"}));
    EXPECT_TRUE(shelf.kept.empty());
}

TEST_F(ConsentSpanTest, R7_ASessionDoesNotSurviveARestart) {
    {
        const auto gate = make();
        static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
        EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->allowed());
    }
    EXPECT_TRUE(shelf.kept.empty());
    EXPECT_FALSE(ask(*make(), program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentSpanTest, R7_ASessionEndsAfterTenIdleMinutes) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
    clock.advance(9min);
    const auto used = ask(*gate, program("/usr/bin/curl"));
    ASSERT_TRUE(used->allowed());
    used->grant->consent->noteUse(clock.wall(), clock.boot());
    clock.advance(9min);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/curl"))->allowed());
    clock.advance(1min);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(ConsentSpanTest, R7_ASessionEndsAfterTwelveHoursHoweverBusy) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
    for (int i = 0; i < 12 * 12 - 1; ++i) {
        clock.advance(5min);
        const auto used = ask(*gate, program("/usr/bin/curl"));
        ASSERT_TRUE(used->allowed()) << i;
        used->grant->consent->noteUse(clock.wall(), clock.boot());
        EXPECT_LE(*used->grant->until, clock.wall() + 10min);
    }
    clock.advance(5min);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentSpanTest, R7_NobodyProlongsASessionByTheWallClock) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
    clock.jumpWall(-24h);
    clock.advance(10min);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentSpanTest, R7_TheLockedScreenEndsSessionsAndNothingElse) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/wget"), D::Allow));
    int changes = 0;
    QObject::connect(gate.get(), &ConsentGate::changed, [&] { ++changes; });
    gate->screenLocked();
    EXPECT_EQ(changes, 1) << "what was prepared must be void";
    EXPECT_TRUE(ask(*gate, program("/usr/bin/wget"))->allowed());
    EXPECT_FALSE(ask(*gate, program("/usr/bin/curl"))->answered);
}

TEST_F(ConsentSpanTest, R7_TheLockedStoreEndsSessionsAndWithdrawsQuestions) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::AllowSession));
    const auto waiting = ask(*gate, program("/usr/bin/wget"));
    gate->storeLocked();
    EXPECT_TRUE(waiting->refused(ErrorCode::StoreLocked));
    EXPECT_TRUE(gate->consents().empty());
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(ConsentSpanTest, WhatWasStartedByARunProfileIsAllowedForAsLongAsItRuns) {
    const auto gate = make();
    same = false; // it is not running yet
    static_cast<void>(
        askAndAnswer(*gate, program("/usr/bin/server", IdentityClass::Capability), D::AllowSession));
    gate->screenLocked();
    clock.advance(11h);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/server", IdentityClass::Capability))->allowed());
    processes.end(4711);
    EXPECT_TRUE(gate->consents().empty());
}

TEST_F(ConsentSpanTest, ASandboxedProgramIsAllowedForAsLongAsItIsUsed) {
    const auto gate = make();
    Caller flatpak = program("/app/bin/editor", IdentityClass::Sandboxed);
    flatpak.sandbox = "flatpak:org.example.Editor";
    static_cast<void>(askAndAnswer(*gate, flatpak, D::Allow));
    for (int i = 0; i < 3; ++i) {
        clock.advance(89 * 24h);
        flatpak.executableHash = "update" + std::to_string(i); // its updates come through the sandbox
        const auto used = ask(*gate, flatpak);
        ASSERT_TRUE(used->allowed());
        used->grant->consent->noteUse(clock.wall(), clock.boot());
    }
    clock.advance(90 * 24h);
    EXPECT_FALSE(ask(*gate, flatpak)->answered);
    flatpak.sandbox = "flatpak:org.example.Other";
    EXPECT_FALSE(ask(*gate, flatpak)->answered);
}

TEST_F(ConsentSpanTest, T05_AnInterpreterIsNeverAnIdentity) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, script("/home/ana/server.js"), D::AllowSession));
    EXPECT_TRUE(ask(*gate, script("/home/ana/server.js"))->allowed());
    EXPECT_FALSE(ask(*gate, script("/home/ana/other.js"))->answered);
    Caller elsewhere = script("/home/ana/server.js");
    elsewhere.workingDirectory = "/tmp";
    EXPECT_FALSE(ask(*gate, elsewhere)->answered);
}

TEST_F(ConsentSpanTest, R3_AChangedScriptIsAskedAboutAnewAndTheQuestionSaysWhatChanged) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, script("/home/ana/server.js"), D::AllowSession));
    processes.end(4711);
    Caller next = script("/home/ana/server.js");
    next.pid = 4712;
    next.scriptHash = "5c22";
    EXPECT_FALSE(ask(*gate, next)->answered);
    const std::vector<EvidenceChange> changed = gate->pending().front().changed;
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].what, "script_sha256");
    EXPECT_EQ(changed[0].before, "5c11");
    EXPECT_EQ(changed[0].now, "5c22");
}

TEST_F(ConsentSpanTest, AnUpdateByTheSystemKeepsTheConsentAndLeavesANote) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Allow));
    std::string before;
    QObject::connect(&gate->records(), &ConsentRecords::updated,
                     [&](const Consent&, const std::string& hash) { before = hash; });
    Caller updated = program("/usr/bin/curl");
    updated.executableHash = "bb22";
    EXPECT_TRUE(ask(*gate, updated)->allowed());
    EXPECT_EQ(before, "aa11");
    EXPECT_EQ(shelf.kept.begin()->second.evidence.executableHash, "bb22");
    EXPECT_EQ(gate->consents().front()->updatedAt, clock.wall());
    EXPECT_EQ(gate->counters().updated, 1U);
}

TEST_F(ConsentSpanTest, R3_AReplacementThatTheUserCouldHaveMadeIsAskedAbout) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Allow));
    Caller replaced = program("/usr/bin/curl", IdentityClass::Unknown);
    replaced.executableHash = "bb22";
    EXPECT_FALSE(ask(*gate, replaced)->answered);
    const PendingConsent question = gate->pending().front();
    EXPECT_EQ(question.longest, ConsentSpan::Once);
    std::vector<std::string> what;
    for (const EvidenceChange& change : question.changed)
        what.push_back(change.what);
    EXPECT_EQ(what, (std::vector<std::string>{"class", "executable_sha256", "owner"}));
}

TEST_F(ConsentSpanTest, AnUpdateThatCannotBeKeptIsAskedAbout) {
    const auto gate = make();
    static_cast<void>(askAndAnswer(*gate, program("/usr/bin/curl"), D::Allow));
    Caller updated = program("/usr/bin/curl");
    updated.executableHash = "bb22";
    shelf.broken = true;
    EXPECT_FALSE(ask(*gate, updated)->answered);
}

} // namespace
} // namespace keybearer
