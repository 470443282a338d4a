#include "broker/platform/PeerCredentials.h"

#include "tests/broker/platform/Child.h"
#include "tests/broker/platform/TemporaryPlace.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace keybearer {
namespace {

using test::Child;

TEST(PeerCredentials, ConnectedSocketNamesUserAndProcess) {
    int pair[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    const Result<PeerCredentials> peer = peerOf(pair[0]);
    ASSERT_TRUE(peer.has_value());
    EXPECT_EQ(peer->uid, getuid());
    EXPECT_EQ(peer->pid, getpid());
    close(pair[0]);
    close(pair[1]);
}

TEST(PeerCredentials, WhatIsNoConnectedSocketIsAnError) {
    EXPECT_FALSE(peerOf(-1).has_value());
    const int lonely = socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_FALSE(peerOf(lonely).has_value());
    close(lonely);
}

TEST(ProcessEvidence, RunningProgramIsDescribed) {
    const Child child({"/bin/cat"});
    child.feed("x");
    child.awaitFirstByte();
    const ProcessEvidence evidence = describeProcess(child.pid());
    EXPECT_EQ(evidence.executable, std::filesystem::canonical("/bin/cat"));
    EXPECT_EQ(evidence.parentPid, getpid());
    EXPECT_EQ(evidence.startedBy, std::filesystem::canonical("/proc/self/exe"));
    EXPECT_GT(evidence.startTime, 0U);
    EXPECT_EQ(evidence.startTime, describeProcess(child.pid()).startTime);
    EXPECT_EQ(evidence.script, "");
}

TEST(ProcessEvidence, ScriptOfAnInterpreterIsFound) {
    const TemporaryPlace place;
    const std::filesystem::path script = place / "ask.sh";
    std::ofstream(script) << "echo ready; read line\n";
    const Child child({"/bin/sh", script});
    child.awaitFirstByte();
    EXPECT_EQ(describeProcess(child.pid()).script, std::filesystem::canonical(script));
}

TEST(ProcessEvidence, NameWithParenthesesAndSpacesDoesNotShiftTheFields) {
    const TemporaryPlace place;
    const std::filesystem::path copy = place / "a) S 1 (b";
    std::filesystem::copy_file("/bin/cat", copy);
    const Child child({copy});
    child.feed("x");
    child.awaitFirstByte();
    const ProcessEvidence evidence = describeProcess(child.pid());
    EXPECT_EQ(evidence.parentPid, getpid());
    EXPECT_EQ(evidence.executable, std::filesystem::canonical(copy));
}

TEST(ProcessEvidence, ProgramReplacedByAnUpgradeKeepsItsName) {
    const TemporaryPlace place;
    const std::filesystem::path copy = std::filesystem::canonical(place.path()) / "tool";
    std::filesystem::copy_file("/bin/cat", copy);
    const Child child({copy});
    child.feed("x");
    child.awaitFirstByte();
    std::filesystem::remove(copy);
    EXPECT_EQ(describeProcess(child.pid()).executable, copy);
}

TEST(ProcessEvidence, FileThatIsReallyCalledDeletedKeepsItsWholeName) {
    const TemporaryPlace place;
    const std::filesystem::path copy = std::filesystem::canonical(place.path()) / "tool (deleted)";
    std::filesystem::copy_file("/bin/cat", copy);
    const Child child({copy});
    child.feed("x");
    child.awaitFirstByte();
    EXPECT_EQ(describeProcess(child.pid()).executable, copy);
}

TEST(ProcessEvidence, ProcessThatIsGoneIsEmpty) {
    pid_t gone = 0;
    {
        const Child child({"/bin/true"});
        gone = child.pid();
    }
    for (const std::int64_t pid : {static_cast<std::int64_t>(gone), std::int64_t{0}, std::int64_t{-1}}) {
        const ProcessEvidence evidence = describeProcess(pid);
        EXPECT_EQ(evidence.executable, "");
        EXPECT_EQ(evidence.parentPid, 0);
        EXPECT_EQ(evidence.startTime, 0U);
    }
}

} // namespace
} // namespace keybearer
