#include "broker/confinement/Confinement.h"

#include "broker/base/UnderSanitizer.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <linux/landlock.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

constexpr int notConfined = 99; // this kernel has not what the test is about

enum class Part { Files, Calls };

bool kernelHas(Part part) {
    if (part == Part::Files)
        return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
    return ::prctl(PR_GET_SECCOMP) >= 0;
}

class ConfinementTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = "/tmp/kb-confined-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        for (const char* part : {"ours", "others"})
            std::filesystem::create_directory(directory_ / part);
        close(::open((directory_ / "others/file").c_str(), O_WRONLY | O_CREAT, 0600));
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    // What `call` says in a process that is confined as the broker is: errno, or 0.
    int confined(Part part, const std::function<long()>& call) const {
        const pid_t child = ::fork();
        if (child == 0) {
            ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            Confinement plan;
            plan.writable = {directory_ / "ours", "/dev/null", directory_ / "missing"};
            plan.executable = {directory_ / "ours"};
            plan.startsPrograms = true;
            plan.callsPrograms = true;
            const Confined done = confine(plan);
            if (!(part == Part::Files ? done.files : done.calls))
                ::_exit(notConfined);
            ::_exit(call() < 0 ? errno : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    long made(const char* name, int flags = O_WRONLY | O_CREAT) const {
        return ::open((directory_ / name).c_str(), flags | O_CLOEXEC, 0600);
    }

    std::filesystem::path directory_;
};

TEST_F(ConfinementTest, FilesAreChangedInItsOwnDirectoriesOnly) {
    if (!kernelHas(Part::Files))
        GTEST_SKIP() << "this kernel has no Landlock";
    EXPECT_EQ(confined(Part::Files, [&] { return made("ours/new"); }), 0);
    EXPECT_EQ(confined(Part::Files, [] { return long{::open("/dev/null", O_WRONLY)}; }), 0);
    EXPECT_EQ(confined(Part::Files, [&] { return made("others/new"); }), EACCES);
    EXPECT_EQ(confined(Part::Files, [&] { return made("others/file", O_WRONLY); }), EACCES);
    EXPECT_EQ(
        confined(Part::Files, [&] { return long{::truncate((directory_ / "others/file").c_str(), 0)}; }),
        EACCES);
    EXPECT_EQ(confined(Part::Files, [&] { return long{::unlink((directory_ / "others/file").c_str())}; }),
              EACCES);
    EXPECT_EQ(confined(Part::Files, [&] { return long{::mkdir((directory_ / "others/d").c_str(), 0700)}; }),
              EACCES);
    EXPECT_EQ(confined(Part::Files, [&] { return made("others/file", O_RDONLY); }), 0) << "reading is free";
}

TEST_F(ConfinementTest, FilesMoveBetweenItsOwnDirectories) {
    if (!kernelHas(Part::Files))
        GTEST_SKIP() << "this kernel has no Landlock";
    EXPECT_EQ(confined(Part::Files,
                       [&] {
                           ::mkdir((directory_ / "ours/below").c_str(), 0700);
                           ::close(static_cast<int>(made("ours/a")));
                           return long{::rename((directory_ / "ours/a").c_str(),
                                                (directory_ / "ours/below/a").c_str())};
                       }),
              0);
    EXPECT_NE(confined(Part::Files,
                       [&] {
                           return long{::rename((directory_ / "ours/below/a").c_str(),
                                                (directory_ / "others/a").c_str())};
                       }),
              0);
}

TEST_F(ConfinementTest, NoOtherProgramIsExecuted) {
    if (!kernelHas(Part::Files))
        GTEST_SKIP() << "this kernel has no Landlock";
    char* const none[] = {nullptr};
    EXPECT_EQ(confined(Part::Files, [&] { return long{::execve("/bin/sh", none, none)}; }), EACCES);
    const std::filesystem::path own = directory_ / "ours/false";
    std::filesystem::copy_file("/bin/false", own);
    EXPECT_EQ(confined(Part::Files, [&] { return long{::execve(own.c_str(), none, none)}; }), EACCES)
        << "its loader is another program";
    EXPECT_FALSE(ownLoader().empty());
    EXPECT_TRUE(std::filesystem::exists(ownLoader()));
}

TEST_F(ConfinementTest, NobodyIsLookedIntoAndNothingOfTheSystemIsChanged) {
    if (!kernelHas(Part::Calls))
        GTEST_SKIP() << "this kernel has no seccomp filters";
    char byte = 0;
    iovec part{&byte, 1};
    const auto refused = [&](const char* what, const std::function<long()>& call) {
        EXPECT_EQ(confined(Part::Calls, call), EPERM) << what;
    };
    if (!underSanitizer) // it looks into its own process
        refused("ptrace", [] { return ::syscall(SYS_ptrace, 0, 0, 0, 0); });
    refused("process_vm_readv",
            [&] { return ::syscall(SYS_process_vm_readv, ::getpid(), &part, 1, &part, 1, 0); });
    refused("process_vm_writev",
            [&] { return ::syscall(SYS_process_vm_writev, ::getpid(), &part, 1, &part, 1, 0); });
    refused("unshare", [] { return ::syscall(SYS_unshare, CLONE_FS); });
    refused("clone", [] { return ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); });
    refused("personality", [] { return ::syscall(SYS_personality, 0xffffffff); });
    refused("keyctl", [] { return ::syscall(SYS_keyctl, 0, -3, 0, 0, 0); });
    refused("io_uring_setup", [] { return ::syscall(SYS_io_uring_setup, 1, nullptr); });
    refused("bpf", [] { return ::syscall(SYS_bpf, 0, nullptr, 0); });
    refused("mount", [] { return ::syscall(SYS_mount, nullptr, nullptr, nullptr, 0, nullptr); });
    refused("packet", [] { return long{::socket(AF_PACKET, SOCK_DGRAM, 0)}; });
    refused("vsock", [] { return long{::socket(AF_VSOCK, SOCK_STREAM, 0)}; });
}

TEST_F(ConfinementTest, WhatTheBrokerNeedsStays) {
    if (!kernelHas(Part::Calls))
        GTEST_SKIP() << "this kernel has no seccomp filters";
    for (const int family : {AF_UNIX, AF_INET, AF_NETLINK})
        EXPECT_EQ(confined(Part::Calls, [&] { return long{::socket(family, SOCK_DGRAM, 0)}; }), 0) << family;
    EXPECT_EQ(confined(Part::Calls,
                       [] {
                           const pid_t child = ::fork();
                           if (child == 0)
                               ::_exit(0);
                           return long{child > 0 && ::waitpid(child, nullptr, 0) == child ? 0 : -1};
                       }),
              0);
}

} // namespace
} // namespace keybearer
