#include "broker/access/OperatorPrograms.h"

#include "broker/platform/PeerCredentials.h"

#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

namespace fs = std::filesystem;

// A directory with programs that do nothing but run, and one of them running.
class OperatorProgramsTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = fs::canonical(fs::temp_directory_path()) / "kb-operator-XXXXXX";
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        place_ = pattern;
        for (const char* name : {"keybearer", "keybearer-tray", "keybearer-gateway"})
            fs::copy_file("/bin/sleep", place_ / name);
    }
    void TearDown() override {
        end();
        fs::remove_all(place_);
    }
    void run(const std::string& name) {
        end();
        std::string program = place_ / name;
        std::string argument = "60";
        char* arguments[] = {program.data(), argument.data(), nullptr};
        ASSERT_EQ(::posix_spawn(&pid_, program.c_str(), nullptr, nullptr, arguments, environ), 0);
    }
    void end() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        pid_ = -1;
    }
    [[nodiscard]] Caller caller() const {
        const ProcessEvidence evidence = describeProcess(pid_);
        Caller caller;
        caller.pid = pid_;
        caller.startTime = evidence.startTime;
        caller.executable = evidence.executable;
        caller.program = programIdentity(pid_);
        return caller;
    }

    fs::path place_;
    pid_t pid_ = -1;
};

TEST_F(OperatorProgramsTest, CommandLineAndTrayBesideTheBrokerAreMeant) {
    const OperatorPrograms operators(place_);
    for (const char* name : {"keybearer", "keybearer-tray"}) {
        run(name);
        EXPECT_TRUE(operators.include(caller())) << name;
    }
}

TEST_F(OperatorProgramsTest, NobodyElseIs) {
    const OperatorPrograms operators(place_);
    run("keybearer-gateway");
    EXPECT_FALSE(operators.include(caller()));
    run("keybearer");
    EXPECT_FALSE(OperatorPrograms(place_ / "elsewhere").include(caller()));
    EXPECT_FALSE(OperatorPrograms({}).include(caller()));
    EXPECT_FALSE(operators.include(Caller()));
}

TEST_F(OperatorProgramsTest, ProcessThatRunsAnotherFileThanTheNameSaysIsNot) {
    run("keybearer-gateway");
    Caller pretender = caller();
    pretender.executable = place_ / "keybearer"; // as a program in a mount namespace of its own can look
    EXPECT_FALSE(OperatorPrograms(place_).include(pretender));
}

// Of one that became another program after it had connected no file is known.
TEST_F(OperatorProgramsTest, T_03_ProcessWhoseFileIsUnknownIsNot) {
    run("keybearer");
    Caller changed = caller();
    changed.program.reset();
    EXPECT_FALSE(OperatorPrograms(place_).include(changed));
}

TEST_F(OperatorProgramsTest, PlaceThatOthersMayWriteHasNone) {
    run("keybearer");
    EXPECT_EQ(OperatorPrograms(place_ / "elsewhere").advice(caller()), "");
    fs::permissions(place_, fs::perms(0777));
    EXPECT_FALSE(OperatorPrograms(place_).include(caller()));
    EXPECT_NE(OperatorPrograms(place_).advice(caller()).find("Others may replace"), std::string::npos);
}

TEST_F(OperatorProgramsTest, NobodyIsOneThroughTheAgentDoor) {
    run("keybearer");
    Caller far = caller();
    far.door = Door::Agent;
    EXPECT_FALSE(OperatorPrograms(place_).include(far));
}

TEST_F(OperatorProgramsTest, ProcessIsStillItselfAfterAnUpdate) {
    run("keybearer");
    const Caller before = caller();
    EXPECT_TRUE(OperatorPrograms::isStill(before));
    fs::copy_file("/bin/sleep", place_ / "new");
    fs::rename(place_ / "new", place_ / "keybearer");
    EXPECT_TRUE(OperatorPrograms::isStill(before));
}

TEST_F(OperatorProgramsTest, ProcessThatEndedOrBecameAnotherIsNot) {
    run("keybearer");
    Caller before = caller();
    Caller other = before;
    other.startTime += 1; // the number was given to another process
    EXPECT_FALSE(OperatorPrograms::isStill(other));
    other = before;
    other.program = programIdentity(::getpid());
    EXPECT_FALSE(OperatorPrograms::isStill(other)); // it runs another file now
    other.program.reset();
    EXPECT_FALSE(OperatorPrograms::isStill(other));
    end();
    EXPECT_FALSE(OperatorPrograms::isStill(before));
}

} // namespace
} // namespace keybearer
