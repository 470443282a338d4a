#include "broker/access/Capabilities.h"
#include "broker/platform/PeerCredentials.h"
#include "tests/broker/platform/TemporaryPlace.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

class NoConsents final : public ConsentStore {
public:
    [[nodiscard]] Result<Loaded> loadConsents() override { return Loaded{}; }
    [[nodiscard]] Result<void> putConsent(const Consent&) override { return {}; }
    [[nodiscard]] Result<void> removeConsent(const std::string&) override { return {}; }
};

// A process that waits until it is ended.
class Sleeper {
public:
    // `nested`: it starts another one and says its pid.
    explicit Sleeper(bool nested = false) {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0)
            std::abort();
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const pid_t outer = ::getpid();
            const pid_t inner = nested ? ::fork() : 0;
            if (inner == 0 && nested) {
                ::prctl(PR_SET_PDEATHSIG, SIGKILL);
                if (::getppid() != outer)
                    ::_exit(0);
            } else {
                static_cast<void>(!::write(ends[1], &inner, sizeof inner));
            }
            for (;;)
                ::pause();
        }
        static_cast<void>(!::read(ends[0], &inner_, sizeof inner_));
        ::close(ends[0]);
        ::close(ends[1]);
    }
    ~Sleeper() { stop(); }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    void stop() {
        if (pid_ <= 0)
            return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    [[nodiscard]] std::int64_t pid() const { return pid_; }
    [[nodiscard]] std::int64_t inner() const { return inner_; }

private:
    pid_t pid_ = -1;
    pid_t inner_ = -1;
};

Caller callerOf(std::int64_t pid) {
    const ProcessEvidence evidence = describeProcess(pid);
    Caller caller;
    caller.uid = ::getuid();
    caller.pid = pid;
    caller.startTime = evidence.startTime;
    caller.executable = evidence.executable;
    caller.parentPid = evidence.parentPid;
    return caller;
}

class CapabilitiesTest : public ::testing::Test {
protected:
    void SetUp() override { make(AccessPolicy::Ask); }
    void make(AccessPolicy policy) {
        capabilities.reset();
        ConsentGate::Setup setup;
        setup.policy = policy;
        setup.somebodyListens = [this] { return listening; };
        gate = std::make_unique<ConsentGate>(std::move(setup), shelf, clock);
        Capabilities::Setup what;
        what.profiles = {{"notes", {"github", "apikey:weather"}, {}, std::nullopt, true},
                         {"fixed", {"corp"}, {"/usr/bin/true", "serve"}, std::chrono::seconds(60), false}};
        what.measure = [this](const std::string& path, const auto& done) {
            done(content + path, "stamp of " + path);
        };
        capabilities = std::make_unique<Capabilities>(std::move(what), *gate, clock);
        QObject::connect(capabilities.get(), &Capabilities::ended, capabilities.get(),
                         [this](const Capability& capability, const std::string& why,
                                const std::vector<std::uint64_t>& connections) {
                             endedIds.push_back(capability.id);
                             endedWhy = why;
                             closed = connections;
                         });
        QObject::connect(capabilities.get(), &Capabilities::refused, capabilities.get(),
                         [this](const Caller&, const std::string& why) { refusals.push_back(why); });
    }
    static RunCommand command(std::int64_t pid, std::vector<std::string> arguments = {"serve", "--x"}) {
        RunCommand out;
        out.pid = pid;
        out.startTime = describeProcess(pid).startTime;
        out.executable = "/usr/bin/true";
        out.arguments = std::move(arguments);
        out.workingDirectory = "/";
        return out;
    }
    struct Outcome {
        int answers = 0;
        Result<Capabilities::Opened> opened = failure(ErrorCode::Cancelled, "not answered");
        [[nodiscard]] ErrorCode code() const {
            return opened ? ErrorCode::InternalError : opened.error().code;
        }
    };
    std::shared_ptr<Outcome> open(const std::string& profile, RunCommand what, bool inEnvironment = false,
                                  std::uint64_t connection = 7) {
        auto outcome = std::make_shared<Outcome>();
        capabilities->open(connection, callerOf(::getpid()), profile, std::move(what), inEnvironment,
                           [outcome](Result<Capabilities::Opened> opened) {
                               ++outcome->answers;
                               outcome->opened = std::move(opened);
                           });
        return outcome;
    }
    void answer(ConsentDecision decision) {
        ASSERT_EQ(gate->pending().size(), 1U);
        ASSERT_TRUE(gate->answer(gate->pending().front().id, decision));
    }
    std::string secretFor(const Sleeper& child) {
        auto outcome = open("notes", command(child.pid()), true);
        if (outcome->answers == 0)
            answer(ConsentDecision::AllowOnce);
        spinOnce();
        EXPECT_TRUE(outcome->opened && outcome->opened->secret);
        return outcome->opened && outcome->opened->secret ? std::string(outcome->opened->secret->reveal())
                                                          : "";
    }

    FakeClock clock;
    NoConsents shelf;
    bool listening = true;
    std::string content = "1";
    std::unique_ptr<ConsentGate> gate;
    std::unique_ptr<Capabilities> capabilities;
    std::vector<std::string> endedIds, refusals;
    std::string endedWhy;
    std::vector<std::uint64_t> closed;
};

TEST_F(CapabilitiesTest, AProfileThatGivesLessOrIsGoneTakesItsProgramsAlong) {
    make(AccessPolicy::Trusting);
    Sleeper first;
    Sleeper second;
    const auto fixed = open("fixed", command(first.pid()));
    ASSERT_TRUE(fixed->opened) << fixed->opened.error().message;
    const std::string id = fixed->opened->capability.id;
    capabilities->configure({{"fixed", {"corp", "github"}, {"/usr/bin/true", "serve"}, {}, false}});
    EXPECT_TRUE(endedIds.empty()) << "it gives more";
    capabilities->configure({{"fixed", {"github"}, {"/usr/bin/true", "serve"}, {}, false}});
    EXPECT_EQ(endedIds, std::vector<std::string>{id});
    EXPECT_EQ(open("notes", command(second.pid()))->code(), ErrorCode::NotFound);
}

TEST_F(CapabilitiesTest, I3_ACommandThatTheProfileNamesNeedsNoQuestion) {
    const Sleeper child;
    const auto outcome = open("fixed", command(child.pid()));
    ASSERT_TRUE(outcome->opened) << outcome->opened.error().message;
    EXPECT_TRUE(gate->pending().empty());
    const Caller& holder = outcome->opened->capability.holder;
    EXPECT_EQ(holder.identity, IdentityClass::Capability);
    EXPECT_EQ(holder.role, Role::Agent);
    EXPECT_FALSE(holder.operatorProgram);
    EXPECT_EQ(holder.pid, child.pid());
    EXPECT_EQ(holder.executable, "/usr/bin/true");
    ASSERT_TRUE(holder.prior);
    EXPECT_EQ(holder.prior->why, "run:fixed");
    EXPECT_EQ(holder.prior->allowed, std::vector<std::string>{"corp"});
    EXPECT_EQ(holder.prior->until, clock.wall() + std::chrono::seconds(60));
    EXPECT_FALSE(outcome->opened->secret);
}

TEST_F(CapabilitiesTest, AnotherCommandIsAskedAboutAndShownWhole) {
    const Sleeper child;
    const auto outcome = open("notes", command(child.pid(), {"a b", "it's"}));
    EXPECT_EQ(outcome->answers, 0);
    ASSERT_EQ(gate->pending().size(), 1U);
    const PendingConsent question = gate->pending().front();
    EXPECT_EQ(question.subject.accountLabel, "/usr/bin/true 'a b' 'it'\\''s'");
    EXPECT_EQ(question.subject.scopes, (std::vector<std::string>{"github", "apikey:weather"}));
    EXPECT_EQ(question.caller.pid, child.pid());
    answer(ConsentDecision::Allow);
    EXPECT_TRUE(spinUntil([&] { return outcome->answers == 1; }));
    ASSERT_TRUE(outcome->opened);
    EXPECT_EQ(outcome->opened->stamp, "stamp of /usr/bin/true") << "no other file is to be started";
}

TEST_F(CapabilitiesTest, WhatWasAgreedToIsAskedAgainOnlyWhenSomethingAboutItChanges) {
    Sleeper child;
    auto first = open("notes", command(child.pid()));
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(spinUntil([&] { return first->answers == 1; }));
    EXPECT_EQ(open("notes", command(child.pid()))->answers, 1);
    const auto asks = [&](RunCommand changed) {
        clock.advance(std::chrono::minutes(20)); // a program that asks and goes away has to wait
        const auto outcome = open("notes", std::move(changed), false, 50);
        const bool asked = outcome->answers == 0;
        capabilities->connectionClosed(50);
        gate->connectionClosed(50);
        return asked;
    };
    EXPECT_TRUE(asks(command(child.pid(), {"serve"})));
    RunCommand elsewhere = command(child.pid());
    elsewhere.workingDirectory = "/tmp";
    EXPECT_TRUE(asks(elsewhere));
    RunCommand loaded = command(child.pid());
    loaded.environment = {"LD_PRELOAD=/tmp/x.so"};
    EXPECT_TRUE(asks(loaded));
    content = "2";
    EXPECT_TRUE(asks(command(child.pid())));
    content = "1";
    EXPECT_FALSE(asks(command(child.pid())));
}

TEST_F(CapabilitiesTest, T_05_VariablesThatBringForeignCodeAreNeverPartOfANamedCommand) {
    const Sleeper child;
    RunCommand loaded = command(child.pid());
    loaded.environment = {"LD_PRELOAD=/tmp/x.so"};
    EXPECT_EQ(open("fixed", loaded)->answers, 0);
    ASSERT_EQ(gate->pending().size(), 1U);
    EXPECT_NE(gate->pending().front().subject.accountLabel.find("LD_PRELOAD=/tmp/x.so"), std::string::npos);
}

TEST_F(CapabilitiesTest, R_04_AnInterpreterAloneIsNoCommand) {
    RunCommand node;
    node.executable = "/usr/bin/node";
    node.arguments = {"/tmp/evil.js"};
    RunProfile profile{"p", {"x"}, {"/usr/bin/node"}, std::nullopt, false};
    EXPECT_FALSE(namesCommand(profile, node));
    profile.command = {"/usr/bin/node", "/home/ana/server.js"};
    EXPECT_FALSE(namesCommand(profile, node));
    node.arguments = {"/home/ana/server.js", "--port", "1"};
    EXPECT_TRUE(namesCommand(profile, node));
}

TEST_F(CapabilitiesTest, R_04_AProgramMayBeNamedByTheLinkThatChoosesItsVersion) {
    const TemporaryPlace place;
    const auto in = [&](const char* name) { return (place / name).string(); };
    std::ofstream(in("python3.11")) << "";
    std::filesystem::create_symlink("python3.11", in("python3"));
    std::filesystem::create_symlink("python3.11", in("ls"));
    RunCommand python;
    python.executable = std::filesystem::canonical(in("python3.11")).string();
    python.arguments = {"/home/ana/server.py"};
    RunProfile profile{"p", {"x"}, {in("python3"), "/home/ana/server.py"}, std::nullopt, false};
    EXPECT_TRUE(namesCommand(profile, python));
    profile.command.front() = in("ls"); // one file with many names, each of which does something else
    EXPECT_FALSE(namesCommand(profile, python));
    profile.command.front() = in("gone");
    EXPECT_FALSE(namesCommand(profile, python));
}

TEST_F(CapabilitiesTest, T_51_ACommandTooLongToShowIsRefused) {
    const Sleeper child;
    const auto outcome = open("notes", command(child.pid(), {std::string(5000, 'x')}));
    EXPECT_EQ(outcome->code(), ErrorCode::PolicyDenied);
    EXPECT_TRUE(gate->pending().empty());
}

TEST_F(CapabilitiesTest, ANoIsANo) {
    const Sleeper child;
    const auto outcome = open("notes", command(child.pid()));
    answer(ConsentDecision::Deny);
    ASSERT_TRUE(spinUntil([&] { return outcome->answers == 1; }));
    EXPECT_EQ(outcome->code(), ErrorCode::ConsentDenied);
    EXPECT_EQ(refusals.size(), 1U);
    EXPECT_EQ(capabilities->counters().live, 0U);
}

TEST_F(CapabilitiesTest, WithNobodyToAskTheActionNamesTheProfile) {
    listening = false;
    const Sleeper child;
    const auto outcome = open("notes", command(child.pid()));
    EXPECT_EQ(outcome->code(), ErrorCode::ConsentUnavailable);
    EXPECT_NE(outcome->opened.error().action.find("command:"), std::string::npos);
}

TEST_F(CapabilitiesTest, UnknownProfilesAndForeignProcessesAreRefused) {
    const Sleeper child(true);
    EXPECT_EQ(open("note", command(child.pid()))->code(), ErrorCode::NotFound);
    EXPECT_EQ(open("fixed", command(child.pid()), true)->code(), ErrorCode::PolicyDenied); // no fallback
    EXPECT_EQ(open("fixed", command(child.inner()))->code(), ErrorCode::PolicyDenied);     // a grandchild
    EXPECT_EQ(open("fixed", command(1))->code(), ErrorCode::PolicyDenied);
    RunCommand reused = command(child.pid());
    reused.startTime += 1;
    EXPECT_EQ(open("fixed", reused)->code(), ErrorCode::PolicyDenied);
}

TEST_F(CapabilitiesTest, T_03_ItEndsWithItsProgramAndNamesTheConnectionsToClose) {
    Sleeper child;
    const auto outcome = open("fixed", command(child.pid()), false, 9);
    ASSERT_TRUE(outcome->opened);
    child.stop();
    ASSERT_TRUE(spinUntil([&] { return !endedIds.empty(); }));
    EXPECT_EQ(endedIds.front(), outcome->opened->capability.id);
    EXPECT_EQ(endedWhy, "the program ended");
    EXPECT_EQ(closed, std::vector<std::uint64_t>{9});
    EXPECT_EQ(capabilities->counters().live, 0U);
    EXPECT_EQ(capabilities->counters().ended, 1U);
}

TEST_F(CapabilitiesTest, ItEndsWhenTheHandedOverConnectionIsClosedEverywhere) {
    const Sleeper child;
    ASSERT_TRUE(open("fixed", command(child.pid()), false, 9)->opened);
    capabilities->connectionClosed(9);
    EXPECT_EQ(endedIds.size(), 1U);
}

TEST_F(CapabilitiesTest, ItEndsWhenItsConsentIsRevoked) {
    const Sleeper child;
    const auto outcome = open("notes", command(child.pid()));
    answer(ConsentDecision::Allow);
    ASSERT_TRUE(spinUntil([&] { return outcome->answers == 1; }));
    ASSERT_EQ(gate->consents().size(), 1U);
    ASSERT_TRUE(gate->revoke(gate->consents().front()->id));
    EXPECT_EQ(endedWhy, "its consent was revoked");
}

TEST_F(CapabilitiesTest, TheProgramMayEndBeforeAnybodyAnswers) {
    Sleeper child;
    const auto outcome = open("notes", command(child.pid()));
    child.stop();
    ASSERT_TRUE(spinUntil([&] { return outcome->answers == 1; }));
    EXPECT_EQ(outcome->code(), ErrorCode::Cancelled);
    ASSERT_EQ(gate->pending().size(), 1U);
    static_cast<void>(gate->answer(gate->pending().front().id, ConsentDecision::Allow).has_value());
    spinOnce();
    EXPECT_EQ(outcome->answers, 1);
    EXPECT_EQ(capabilities->counters().issued, 0U);
}

TEST_F(CapabilitiesTest, TheSecretIsWorthSomethingToTheProgramAndItsChildrenOnly) {
    const Sleeper child(true);
    const std::string secret = secretFor(child);
    EXPECT_EQ(secret.rfind("kbc_", 0), 0U);
    EXPECT_GE(secret.size(), 46U);
    Caller holder = callerOf(child.pid());
    ASSERT_TRUE(capabilities->admit(20, secret, holder));
    EXPECT_EQ(holder.identity, IdentityClass::Capability);
    EXPECT_EQ(holder.role, Role::Agent);
    EXPECT_EQ(holder.prior->why, "run:notes");
    Caller grandchild = callerOf(child.inner());
    EXPECT_TRUE(capabilities->admit(21, secret, grandchild));
    Caller stranger = callerOf(::getpid()); // even the one that started it
    const Result<void> refused = capabilities->admit(22, secret, stranger);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::PolicyDenied);
    EXPECT_FALSE(stranger.prior);
    Caller otherUser = callerOf(child.pid());
    otherUser.uid += 1;
    EXPECT_FALSE(capabilities->admit(23, secret, otherUser));
}

TEST_F(CapabilitiesTest, I3_OverHttpItIsHeldAgainstTheProcessWhereOneIsKnown) {
    Sleeper child;
    const std::string secret = secretFor(child);
    Caller unknown;
    unknown.uid = callerOf(child.pid()).uid;
    ASSERT_TRUE(capabilities->admitRoute(secret, unknown));
    EXPECT_EQ(unknown.prior->why, "run:notes");
    EXPECT_TRUE(capabilities->confirm(unknown));
    Caller holder = callerOf(child.pid());
    EXPECT_TRUE(capabilities->admitRoute(secret, holder));
    Caller stranger = callerOf(::getpid());
    EXPECT_EQ(capabilities->admitRoute(secret, stranger).error().code, ErrorCode::PolicyDenied);
    Caller nobody;
    EXPECT_EQ(capabilities->admitRoute("kbc_x", nobody).error().code, ErrorCode::ClientUnknown);
    EXPECT_TRUE(capabilities->confirm(nobody)) << "it holds none";
    child.stop();
    ASSERT_TRUE(spinUntil([&] { return !endedIds.empty(); }));
    EXPECT_TRUE(closed.empty()) << "no connection was opened with it";
    EXPECT_EQ(capabilities->confirm(unknown).error().code, ErrorCode::ClientExpired);
    EXPECT_EQ(capabilities->admitRoute(secret, unknown).error().code, ErrorCode::ClientExpired);
}

TEST_F(CapabilitiesTest, AClosedConnectionDoesNotEndASecret) {
    const Sleeper child;
    const std::string secret = secretFor(child);
    capabilities->connectionClosed(7);
    Caller holder = callerOf(child.pid());
    ASSERT_TRUE(capabilities->admit(20, secret, holder));
    capabilities->connectionClosed(20);
    EXPECT_TRUE(capabilities->admit(21, secret, holder));
    EXPECT_TRUE(endedIds.empty());
}

TEST_F(CapabilitiesTest, ASpentSecretIsExpiredAndAnInventedOneUnknown) {
    Sleeper child;
    const std::string secret = secretFor(child);
    Caller holder = callerOf(child.pid());
    ASSERT_TRUE(capabilities->admit(20, secret, holder));
    child.stop();
    ASSERT_TRUE(spinUntil([&] { return !endedIds.empty(); }));
    EXPECT_EQ(closed, std::vector<std::uint64_t>{20});
    EXPECT_EQ(capabilities->admit(21, secret, holder).error().code, ErrorCode::ClientExpired);
    for (const std::string& wrong : {std::string("kbc_x"), std::string(), secret + "x", secret.substr(1)})
        EXPECT_EQ(capabilities->admit(22, wrong, holder).error().code, ErrorCode::ClientUnknown);
}

TEST_F(CapabilitiesTest, T_03_AnInventedSecretIsUnknownWhileTheProgramRuns) {
    const Sleeper child;
    const std::string secret = secretFor(child);
    Caller holder = callerOf(child.pid());
    std::string other = secret;
    other.back() = other.back() == 'A' ? 'B' : 'A';
    for (const std::string& wrong : {std::string(), secret + "x", secret.substr(1), other}) {
        const Result<void> admitted = capabilities->admit(21, wrong, holder);
        ASSERT_FALSE(admitted);
        EXPECT_EQ(admitted.error().code, ErrorCode::ClientUnknown);
    }
    EXPECT_TRUE(capabilities->admit(21, secret, holder));
}

TEST_F(CapabilitiesTest, AnExpiredOneSaysSo) {
    const Sleeper child;
    const auto outcome = open("fixed", command(child.pid()));
    ASSERT_TRUE(outcome->opened);
    clock.advance(std::chrono::seconds(61));
    gate->decide(9, outcome->opened->capability.holder, {"corp", "Corp", "ana", "s_1", {}}, "",
                 [](const Result<ReleaseGrant>& grant) {
                     ASSERT_FALSE(grant);
                     EXPECT_EQ(grant.error().code, ErrorCode::ClientExpired);
                 });
}

} // namespace
} // namespace keybearer
