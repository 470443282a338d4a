#include "tests/broker/rpc/RpcFixture.h"
#include "tests/support/OwnMemory.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace keybearer {
namespace {

using test::errorName;
using test::eventually;
using test::RawClient;
using RpcCrowdTest = test::RpcServerTest;

// The soft limit of descriptors, raised as far as we may; put back at the end.
class ManyDescriptors {
public:
    ManyDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit raised = before_;
        raised.rlim_cur = before_.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &raised);
        available = static_cast<std::size_t>(raised.rlim_cur);
    }
    ~ManyDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    ManyDescriptors(const ManyDescriptors&) = delete;
    ManyDescriptors& operator=(const ManyDescriptors&) = delete;

    std::size_t available = 0;

private:
    rlimit before_{};
};

TEST_F(RpcCrowdTest, T_46_FiveThousandConnectionsDoNotKeepOthersOut) {
    const ManyDescriptors descriptors;
    // Whoever is let in stays, however slowly a busy machine gets through this.
    setup_.limits.hello = setup_.limits.halfLine = std::chrono::minutes(10);
    start();
    RawClient early = greeted();
    const std::size_t before = residentBytes();
    std::vector<RawClient> crowd;
    const std::size_t wanted = std::min<std::size_t>(5000, descriptors.available - 1000);
    std::size_t attempts = 0;
    while (attempts < wanted) {
        crowd.push_back(connectClient());
        ++attempts;
        RawClient& client = crowd.back();
        switch (attempts % 4) {
        case 0:
            client.sendNow(R"({"half":)");
            break;
        case 1:
            client.sendNow("\xff\xfe\xfd\n");
            break;
        case 2:
            client.sendNow(std::string(test::helloLine) + "\n");
            break;
        default:
            break;
        }
        if (attempts % 50 == 0) {
            ASSERT_EQ(early.ask(request(1, "echo"))["id"], 1) << attempts;
        }
    }
    EXPECT_TRUE(
        eventually([&] { return server_->counters().accepted + server_->counters().refused > wanted; }));
    const RpcServer::Counters counters = server_->counters();
    EXPECT_LE(counters.connections, setup_.limits.crowdedAt);
    EXPECT_GE(counters.refused, wanted - setup_.limits.crowdedAt);
    EXPECT_LT(residentBytes(), before + (64U << 20) + keptBySanitizers);
    crowd.clear();
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    RawClient late = greeted();
    EXPECT_EQ(late.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcCrowdTest, T_46_WhoIsOneTooManyIsToldAndClosed) {
    setup_.limits.crowdedAt = 2;
    setup_.limits.connectionsPerProcess = 2;
    start();
    RawClient first = greeted();
    RawClient second = greeted();
    RawClient third = connectClient();
    EXPECT_EQ(errorName(third.answer()), "rate_limited");
    EXPECT_TRUE(third.closedByServer());
    second.close();
    ASSERT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    RawClient fourth = greeted();
    EXPECT_EQ(first.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcCrowdTest, RunningOutOfDescriptorsRefusesClientsAndServesTheOthers) {
    start();
    RawClient early = greeted();
    RawClient waiting = connectClient(); // in the backlog
    std::vector<int> hoard;
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit tight = before;
    tight.rlim_cur = 256;
    ::setrlimit(RLIMIT_NOFILE, &tight);
    for (int fd = ::dup(0); fd >= 0; fd = ::dup(0))
        hoard.push_back(fd);
    EXPECT_TRUE(waiting.closedByServer());
    EXPECT_EQ(early.ask(request(1, "echo"))["id"], 1);
    for (const int fd : hoard)
        ::close(fd);
    ::setrlimit(RLIMIT_NOFILE, &before);
    RawClient late = greeted();
    EXPECT_EQ(late.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcCrowdTest, T_10_ProgramOfAnotherUserIsClosedWithoutAWord) {
    setup_.user = static_cast<std::int64_t>(::geteuid()) + 1;
    start();
    RawClient client = connectClient();
    client.sendNow(std::string(test::helloLine) + "\n");
    EXPECT_TRUE(client.closedByServer());
    EXPECT_EQ(client.line(), "");
    EXPECT_EQ(server_->counters().refused, 1U);
    EXPECT_EQ(server_->counters().connections, 0U);
}

// What the kernel says of a program that really runs as somebody else; only the superuser can start one.
TEST_F(RpcCrowdTest, T_10_NobodyIsClosedEvenIfThePathIsOpenToAll) {
    start();
    const uid_t nobody = 65534;
    const bool canSwitch = ::geteuid() == 0;
    ASSERT_EQ(::chmod(directory_.c_str(), 0755), 0);
    ASSERT_EQ(::chmod(path().c_str(), 0666), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (canSwitch && ::setuid(nobody) != 0)
            ::_exit(3);
        const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path().c_str(), sizeof address.sun_path - 1);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            ::_exit(4);
        const std::string hello = std::string(test::helloLine) + "\n";
        (void)::send(fd, hello.data(), hello.size(), MSG_NOSIGNAL);
        char byte = 0;
        ::_exit(::recv(fd, &byte, 1, 0) == 1 ? 1 : 0); // 1: answered, 0: closed
    }
    int status = 0;
    ASSERT_TRUE(eventually([&] { return ::waitpid(child, &status, WNOHANG) == child; }));
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), canSwitch ? 0 : 1); // our own user is answered
}

} // namespace
} // namespace keybearer
