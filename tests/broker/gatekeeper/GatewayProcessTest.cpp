#include "broker/gatekeeper/GatewayProcess.h"

#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

// A shell script plays the gateway: its descriptors 3 and 4 are those of the real one.
class GatewayProcessTest : public ::testing::Test {
protected:
    void write(const std::string& body) {
        std::ofstream(program()) << "#!/bin/sh\n" << body << "\n";
        ::chmod(program().c_str(), 0700);
    }
    std::string program() const { return directory_.filePath(QStringLiteral("gateway")).toStdString(); }
    std::unique_ptr<GatewayProcess> make(std::chrono::milliseconds idle = std::chrono::minutes(1)) {
        GatewayProcess::Setup setup;
        setup.program = program();
        setup.socket = directory_.filePath(QStringLiteral("run/mcp.sock")).toStdString();
        setup.idleLimit = idle;
        setup.firstPause = setup.longestPause = std::chrono::milliseconds(10);
        auto process = std::make_unique<GatewayProcess>(setup, clock_);
        QObject::connect(process.get(), &GatewayProcess::received, process.get(),
                         [this](const std::string& line) { lines_.push_back(line); });
        QObject::connect(process.get(), &GatewayProcess::ended, process.get(), [this] { ++ended_; });
        return process;
    }

    QTemporaryDir directory_;
    FakeClock clock_;
    std::vector<std::string> lines_;
    int ended_ = 0;
};

TEST_F(GatewayProcessTest, ItHasTheLinkAndTheSocketAndNothingElseOfOurs) {
    write("ls /proc/self/fd | tr '\\n' ' ' >&3; echo >&3\n"
          "test -S /dev/fd/4 && test -S /dev/fd/3 && echo sockets >&3\n"
          "test -z \"$KEYBEARER_SECRET_OF_TEST$LD_PRELOAD\" && echo clean >&3\n"
          "echo $GLIBC_TUNABLES >&3\nread line <&3");
    ::setenv("KEYBEARER_SECRET_OF_TEST", "1", 1);
    const auto process = make();
    ASSERT_TRUE(process->want().has_value());
    ASSERT_TRUE(spinUntil([&] { return lines_.size() >= 4; }));
    ::unsetenv("KEYBEARER_SECRET_OF_TEST");
    EXPECT_EQ(lines_[0].substr(0, 10), "0 1 2 3 4 ");
    EXPECT_LE(lines_[0].size(), 16U) << lines_[0]; // one more: the listing's own
    EXPECT_EQ(lines_[1], "sockets");
    EXPECT_EQ(lines_[2], "clean");
    EXPECT_EQ(lines_[3], "glibc.malloc.tcache_count=256");
    struct stat status {};
    ASSERT_EQ(::stat(process->socket().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(GatewayProcessTest, ItIsStartedAgainWhenItDiesWhileItIsNeeded) {
    write("echo up >&3; read line <&3");
    const auto process = make();
    ASSERT_TRUE(process->want().has_value());
    process->setBusy(true);
    ASSERT_TRUE(spinUntil([&] { return lines_.size() == 1; }));
    const std::int64_t first = process->pid();
    ::kill(static_cast<pid_t>(first), SIGKILL);
    ASSERT_TRUE(spinUntil([&] { return lines_.size() == 2; }));
    EXPECT_NE(process->pid(), first);
    EXPECT_EQ(ended_, 1);
    EXPECT_EQ(process->counters().deaths, 1U);
}

TEST_F(GatewayProcessTest, WhatNobodyNeedsIsNotStartedAgainButWhenItIsWanted) {
    write("echo up >&3; read line <&3");
    const auto process = make();
    ASSERT_TRUE(process->want().has_value());
    ASSERT_TRUE(spinUntil([&] { return lines_.size() == 1; }));
    ::kill(static_cast<pid_t>(process->pid()), SIGKILL);
    ASSERT_TRUE(spinUntil([&] { return ended_ == 1; }));
    EXPECT_FALSE(process->running());
    ASSERT_TRUE(process->want().has_value());
    EXPECT_TRUE(spinUntil([&] { return lines_.size() == 2; }));
}

TEST_F(GatewayProcessTest, ItIsToldToStopWhenNothingIsOpen) {
    write("read line <&3; echo \"$line\" >&2; exit 0");
    const auto process = make(std::chrono::milliseconds(1));
    ASSERT_TRUE(process->want().has_value());
    process->setBusy(true);
    process->setBusy(false);
    ASSERT_TRUE(spinUntil([&] { return ended_ == 1; }));
    EXPECT_EQ(process->counters().deaths, 0U);
    EXPECT_FALSE(process->running());
}

TEST_F(GatewayProcessTest, OneThatEndsAgainAndAgainIsReported) {
    write("exit 3");
    const auto process = make();
    process->setBusy(true);
    ASSERT_TRUE(process->want().has_value());
    Result<void> wanted;
    ASSERT_TRUE(spinUntil([&] {
        wanted = process->want();
        return !wanted.has_value();
    }));
    EXPECT_EQ(wanted.error().code, ErrorCode::InternalError);
}

TEST_F(GatewayProcessTest, ALineThatIsTooLongEndsIt) {
    write("head -c 1100000 /dev/zero | tr '\\0' x >&3; read line <&3");
    const auto process = make();
    ASSERT_TRUE(process->want().has_value());
    EXPECT_TRUE(spinUntil([&] { return ended_ == 1; }));
    EXPECT_TRUE(lines_.empty());
}

TEST_F(GatewayProcessTest, WithoutAProgramThereIsAnErrorThatSaysSo) {
    const auto process = make();
    const Result<void> wanted = process->want();
    ASSERT_FALSE(wanted.has_value());
    EXPECT_EQ(wanted.error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace keybearer
