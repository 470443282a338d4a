#include "broker/gateway/process/Confinement.h"

#include "broker/base/UnderSanitizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <netinet/in.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

constexpr int lacksSeccomp = 77;

// What `look` says in a process that has shut itself off.
int inConfinement(const std::function<int()>& look) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::vector<std::string> missing;
        if (!confineProcess(missing))
            ::_exit(99);
        const bool lacks = std::any_of(missing.begin(), missing.end(), [](const std::string& line) {
            return line.find("seccomp") != std::string::npos;
        });
        ::_exit(lacks ? lacksSeccomp : look());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void expectRefused(const char* what, int error, const std::function<long()>& call) {
    const int code = inConfinement([&] { return call() < 0 ? errno : 0; });
    // A kernel without filters is named in the log, and nothing is refused.
    EXPECT_TRUE(code == error || code == lacksSeccomp) << what << ": " << code;
}

TEST(ConfinementTest, NoOtherProgramOfThisUserIsReachedOverItsSocket) {
    expectRefused("socket", EACCES, [] { return long{::socket(AF_UNIX, SOCK_STREAM, 0)}; });
    expectRefused("socket", EACCES, [] { return long{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)}; });
    // The kernel reads 32 bits of the family, a filter all 64.
    expectRefused("socket", EACCES,
                  [] { return ::syscall(SYS_socket, (1UL << 32U) + AF_UNIX, SOCK_STREAM, 0); });
    expectRefused("socket", EPERM, [] { return long{::socket(AF_PACKET, SOCK_DGRAM, 0)}; });
    expectRefused("socket", EPERM, [] { return long{::socket(AF_ALG, SOCK_SEQPACKET, 0)}; });
    expectRefused("io_uring_setup", EPERM, [] { return ::syscall(SYS_io_uring_setup, 1, nullptr); });
}

TEST(ConfinementTest, ItsMemoryIsClosedToOtherProcesses) {
    const int dumpable = inConfinement([] { return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); });
    EXPECT_TRUE(dumpable == 0 || dumpable == lacksSeccomp) << dumpable;
}

TEST(ConfinementTest, NothingIsStartedAndNobodyIsLookedInto) {
    expectRefused("execve", EPERM, [] { return ::syscall(SYS_execve, "/bin/true", nullptr, nullptr); });
    if (!underSanitizer) // it looks into its own process
        expectRefused("ptrace", EPERM, [] { return ::syscall(SYS_ptrace, 0, 0, 0, 0); });
    expectRefused("pidfd_getfd", EPERM, [] { return ::syscall(SYS_pidfd_getfd, 0, 0, 0); });
    expectRefused("keyctl", EPERM, [] { return ::syscall(SYS_keyctl, 0, -3, 0, 0, 0); });
}

TEST(ConfinementTest, NobodyBecomesTheAdministratorOfANamespace) {
    expectRefused("unshare", EPERM, [] { return ::syscall(SYS_unshare, CLONE_NEWUSER); });
    expectRefused("clone", EPERM, [] { return ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); });
    expectRefused("clone3", ENOSYS, [] { return ::syscall(SYS_clone3, nullptr, 0); });
}

TEST(ConfinementTest, TheNetworkAndWhatLibrariesMakeForThemselvesStay) {
    const int code = inConfinement([] {
        int pair[2];
        const bool good = ::socket(AF_INET, SOCK_STREAM, 0) >= 0 && ::socket(AF_INET, SOCK_DGRAM, 0) >= 0 &&
                          ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
        return good ? 0 : 1;
    });
    EXPECT_TRUE(code == 0 || code == lacksSeccomp) << code;
}

TEST(ConfinementTest, DescriptorsOfTheBrokerAndConnectionsAtItsDoorsCanBeTaken) {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    ASSERT_EQ(::listen(listening, 1), 0);
    const int code = inConfinement([&] {
        int pair[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
            return 1;
        msghdr message{};
        char byte = 0;
        iovec part{&byte, 1};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const bool receives =
            ::recvmsg(pair[0], &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0 && errno == EAGAIN;
        ucred peer{};
        socklen_t size = sizeof(peer);
        const bool knows = ::getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
        const bool accepts = ::fcntl(listening, F_SETFL, O_NONBLOCK) == 0 &&
                             ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC) < 0 && errno == EAGAIN;
        return receives && knows && accepts ? 0 : 2;
    });
    ::close(listening);
    EXPECT_TRUE(code == 0 || code == lacksSeccomp) << code;
}

} // namespace
} // namespace keybearer
