#include "broker/platform/PeerProcess.h"

#include "tests/broker/platform/Child.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/socket.h>

namespace keybearer {
namespace {

using test::Child;

TEST(ProcessPin, HoldsOnToAProcessThatLives) {
    const Child child({"/bin/cat"});
    const auto pin = ProcessPin::ofProcess(child.pid());
    ASSERT_NE(pin, nullptr);
    EXPECT_EQ(pin->pid(), child.pid());
    EXPECT_FALSE(pin->ended());
    ::kill(child.pid(), SIGKILL);
    siginfo_t end{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child.pid()), &end, WEXITED | WNOWAIT), 0);
    EXPECT_TRUE(pin->ended());
}

TEST(ProcessPin, T_04_WhatIsGoneCannotBePinned) {
    pid_t gone = 0;
    {
        const Child child({"/bin/true"});
        gone = child.pid();
    }
    EXPECT_EQ(ProcessPin::ofProcess(gone), nullptr);
    EXPECT_EQ(ProcessPin::ofProcess(0), nullptr);
    EXPECT_EQ(ProcessPin::ofProcess(-1), nullptr);
}

TEST(ProcessPin, PeerOfASocketIsPinned) {
    int pair[2] = {-1, -1};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    const auto pin = ProcessPin::ofPeer(pair[0], ::getpid());
    ASSERT_NE(pin, nullptr);
    EXPECT_FALSE(pin->ended());
    EXPECT_EQ(ProcessPin::ofPeer(-1, ::getpid()), nullptr);
    ::close(pair[0]);
    ::close(pair[1]);
}

// The shell becomes the same shell again, with the same executable and the same process: only exec tells.
TEST(PeerProcess, T_03_ExecOfTheSameFileIsNoticed) {
    const Child child({"/bin/sh", "-c", "echo a; read line; exec /bin/sh -c 'echo b; read line'"});
    child.awaitFirstByte();
    const PeerProcess process{
        {::getuid(), child.pid()}, ProcessPin::ofProcess(child.pid()), markOf(child.pid())};
    EXPECT_TRUE(process.stillTheSame());
    child.feed("\n");
    child.awaitFirstByte(); // the end of the first line
    child.awaitFirstByte();
    const ProgramMark now = markOf(child.pid());
    EXPECT_EQ(now.inode, process.mark.inode);
    EXPECT_EQ(now.startTime, process.mark.startTime);
    EXPECT_FALSE(process.stillTheSame());
}

TEST(PeerProcess, T_04_SameNumberAndAnotherStartIsAnotherProcess) {
    const Child child({"/bin/cat"});
    PeerProcess process{{::getuid(), child.pid()}, ProcessPin::ofProcess(child.pid()), {}};
    child.feed("x");
    child.awaitFirstByte();
    process.mark = markOf(child.pid());
    EXPECT_TRUE(process.stillTheSame());
    --process.mark.startTime; // as if the number had been somebody else's before
    EXPECT_FALSE(process.stillTheSame());
}

TEST(PeerProcess, EndedProcessIsNotTheSame) {
    const Child child({"/bin/cat"});
    const PeerProcess process{
        {::getuid(), child.pid()}, ProcessPin::ofProcess(child.pid()), markOf(child.pid())};
    ::kill(child.pid(), SIGKILL);
    siginfo_t end{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child.pid()), &end, WEXITED | WNOWAIT), 0);
    EXPECT_FALSE(process.stillTheSame());
}

} // namespace
} // namespace keybearer
