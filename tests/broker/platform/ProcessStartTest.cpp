#include "broker/platform/ProcessStart.h"
#include "broker/platform/Starter.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace keybearer {
namespace {

// With a starter, and without: the same comes of it.
class ProcessStartTest : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        if (!GetParam())
            return;
        const int socket = forkStarter();
        if (socket < 0)
            GTEST_SKIP() << "this system has no starter";
        useStarter(socket);
    }
    void TearDown() override {
        endStarter();
        while (::waitpid(-1, nullptr, 0) > 0) {
        }
    }
    // What the shell says of `script`, with a pipe for its output.
    static std::string said(const std::string& script, ProcessPlan plan = {}) {
        plan.program = "/bin/sh";
        plan.words = {"sh", "-c", script};
        return saidBy(std::move(plan));
    }
    static std::string saidBy(ProcessPlan plan) {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return "no pipe";
        plan.descriptors.push_back({ends[1], STDOUT_FILENO});
        const StartedProcess started = startProcess(plan);
        ::close(ends[1]);
        std::string out;
        char byte = 0;
        while (::read(ends[0], &byte, 1) == 1)
            out.push_back(byte);
        ::close(ends[0]);
        int status = 0;
        if (started.pid <= 0 || ::waitpid(static_cast<pid_t>(started.pid), &status, 0) != started.pid)
            return "not our child";
        return out;
    }
};

TEST_P(ProcessStartTest, ItIsOurChildWithTheWordsVariablesAndDirectoryOfThePlan) {
    ProcessPlan plan;
    plan.variables = {"ONE=1", "PATH=/usr/bin:/bin"};
    plan.directory = "/usr";
    plan.mask = 027;
    EXPECT_EQ(said("echo $PPID $ONE $HOME; pwd; umask", plan),
              std::to_string(::getpid()) + " 1\n/usr\n0027\n");
}

TEST_P(ProcessStartTest, ASessionOfItsOwnUsualSignalsAndNothingElseOpen) {
    const int open = ::open("/dev/null", O_RDONLY); // without close-on-exec
    ProcessPlan plan;
    plan.variables = {"PATH=/usr/bin:/bin"};
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t blocked;
    sigset_t before;
    sigfillset(&blocked);
    ::sigprocmask(SIG_SETMASK, &blocked, &before);
    const std::string shown = said(
        "cut -d' ' -f6 /proc/self/stat | grep -qx $$ && echo leads; "
        "n=0; while [ $n -lt 64 ]; do [ ! -e /proc/$$/fd/$n ] || echo $n; n=$((n + 1)); done; " // no pipe
        "readlink /proc/$$/fd/0 /proc/$$/fd/2",
        plan);
    plan.program = "/bin/grep"; // a shell has a mask of its own while it waits
    plan.words = {"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"};
    const std::string signals = saidBy(plan);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    ::close(open);
    EXPECT_EQ(shown, "leads\n0\n1\n2\n/dev/null\n/dev/null\n");
    EXPECT_EQ(signals, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST_P(ProcessStartTest, DescriptorsGetTheirNumbers) {
    std::array<int, 2> three{-1, -1};
    std::array<int, 2> four{-1, -1};
    ASSERT_EQ(::pipe2(three.data(), O_CLOEXEC), 0);
    ASSERT_EQ(::pipe2(four.data(), O_CLOEXEC), 0);
    ProcessPlan plan;
    plan.descriptors = {{four[0], 4}, {three[0], 3}};
    ASSERT_EQ(::write(three[1], "three\n", 6), 6);
    ASSERT_EQ(::write(four[1], "four\n", 5), 5);
    EXPECT_EQ(said("read a <&3; read b <&4; echo $a $b", plan), "three four\n");
    for (const int fd : {three[0], three[1], four[0], four[1]})
        ::close(fd);
}

TEST_P(ProcessStartTest, WhatCannotBeStartedIsNamed) {
    ProcessPlan plan;
    plan.program = "/proc/no-such-place/program";
    plan.words = {"program"};
    EXPECT_EQ(startProcess(plan).code, ENOENT);
    EXPECT_EQ(startProcess(plan).pid, 0);
    plan.program = "/etc/passwd";
    EXPECT_EQ(startProcess(plan).code, EACCES);
    plan.program = "/bin/true";
    plan.directory = "/proc/no-such-place";
    EXPECT_EQ(startProcess(plan).code, ENOENT);
    plan.directory.clear();
    plan.words = {"true", std::string(std::size_t{300} * 1024, 'x')};
    EXPECT_EQ(startProcess(plan).code, E2BIG);
    plan.words = {"true"};
    const StartedProcess started = startProcess(plan);
    EXPECT_EQ(started.code, 0) << "and the next one starts";
    EXPECT_EQ(::waitpid(static_cast<pid_t>(started.pid), nullptr, 0), started.pid);
}

TEST_P(ProcessStartTest, ItEndsWithUsIfThatIsWished) {
    std::array<int, 2> alive{-1, -1};
    ASSERT_EQ(::pipe2(alive.data(), O_CLOEXEC), 0);
    const pid_t broker = ::fork();
    if (broker == 0) { // another broker, with a starter of its own
        ::close(alive[0]);
        endStarter();
        if (GetParam())
            useStarter(forkStarter());
        ProcessPlan plan;
        plan.program = "/bin/sleep";
        plan.words = {"sleep", "1000"};
        plan.descriptors = {{alive[1], STDOUT_FILENO}};
        plan.endsWithUs = true;
        if (startProcess(plan).pid <= 0)
            ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    ::close(alive[1]);
    int status = 0;
    ASSERT_EQ(::waitpid(broker, &status, 0), broker);
    EXPECT_TRUE(WIFSIGNALED(status));
    pollfd end{alive[0], POLLIN, 0};
    EXPECT_EQ(::poll(&end, 1, 20'000), 1);
    EXPECT_EQ(end.revents & POLLHUP, POLLHUP) << "nobody has the other end any more";
    ::close(alive[0]);
}

INSTANTIATE_TEST_SUITE_P(Ways, ProcessStartTest, ::testing::Bool(),
                         [](const auto& way) { return way.param ? "ByTheStarter" : "Directly"; });

} // namespace
} // namespace keybearer
