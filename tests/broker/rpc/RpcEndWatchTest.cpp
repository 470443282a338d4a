// A connection ends with the process that made it, whoever else holds its descriptor; nothing behind hello is
// looked at before the measurement is done.
#include "tests/broker/rpc/RpcFixture.h"

#include <csignal>
#include <sys/un.h>
#include <sys/wait.h>

namespace keybearer {
namespace {

using test::eventually;
using test::helloLine;
using test::RawClient;

// A process that connects, sends its end of the connection to us and lives until it is told to end.
class Connector {
public:
    explicit Connector(const std::filesystem::path& path) {
        int channel[2] = {-1, -1};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel), 0);
        channel_ = channel[0];
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.string().copy(address.sun_path, sizeof address.sun_path - 1);
        pid_ = ::fork();
        if (pid_ == 0) {
            const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
            if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
                ::_exit(1);
            pass(channel[1], fd);
            ::pause();
            ::_exit(0);
        }
        ::close(channel[1]);
        fd_ = receive(channel_);
    }
    ~Connector() {
        end();
        ::close(channel_);
        ::close(fd_);
    }
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] int descriptor() const { return fd_; } // our copy of its end
    void end() {
        if (pid_ <= 0)
            return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }

private:
    static void pass(int over, int fd) {
        char byte = 'x';
        iovec piece{&byte, 1};
        alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = room;
        message.msg_controllen = sizeof room;
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
        if (::sendmsg(over, &message, 0) != 1)
            ::_exit(1);
    }
    static int receive(int over) {
        char byte = 0;
        iovec piece{&byte, 1};
        alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = room;
        message.msg_controllen = sizeof room;
        int fd = -1;
        if (::recvmsg(over, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message) != nullptr)
            std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
        return fd;
    }

    int channel_ = -1;
    int fd_ = -1;
    pid_t pid_ = 0;
};

class RpcEndWatchTest : public test::RpcServerTest {
protected:
    [[nodiscard]] bool accepted(std::uint64_t count) {
        return eventually(
            [&] { return server_->counters().accepted + server_->counters().refused >= count; });
    }
};

TEST_F(RpcEndWatchTest, T_03_ConnectionEndsWithTheProcessThatMadeItWhoeverHoldsItsDescriptor) {
    start();
    Connector connector(path());
    ASSERT_GE(connector.descriptor(), 0);
    ASSERT_TRUE(accepted(1));
    ASSERT_EQ(server_->counters().connections, 1U);
    RawClient other = greeted();
    connector.end();
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    char byte = 0;
    EXPECT_EQ(::recv(connector.descriptor(), &byte, 1, 0), 0); // our copy: the end of the stream
    EXPECT_EQ(other.ask(request(1, "echo"))["id"], 1);         // of a living process: untouched
}

TEST_F(RpcEndWatchTest, AllConnectionsOfAProcessEndWithIt) {
    start();
    Connector connector(path());
    Connector neighbour(path());
    ASSERT_TRUE(accepted(2));
    std::vector<RawClient> ours;
    for (int i = 0; i < 3; ++i)
        ours.push_back(greeted());
    EXPECT_EQ(server_->counters().connections, 5U);
    connector.end();
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 4; }));
    neighbour.end();
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 3; }));
}

TEST_F(RpcEndWatchTest, WhoHoldsACapabilityIsBoundToThatInstead) {
    start();
    Connector connector(path());
    ASSERT_TRUE(accepted(1));
    Connector plain(path());
    ASSERT_TRUE(accepted(2));
    Caller holder;
    holder.capability = "cap_1";
    ASSERT_TRUE(server_->become(1, holder)); // the first connection of this server
    connector.end();
    plain.end();
    ASSERT_TRUE(eventually([&] { return server_->counters().connections == 1; }));
    const std::string asking = request(7, "echo") + "\n";
    ASSERT_EQ(::send(connector.descriptor(), asking.data(), asking.size(), 0),
              static_cast<ssize_t>(asking.size()));
    char answer[256];
    ssize_t got = 0;
    ASSERT_TRUE(eventually([&] {
        got = ::recv(connector.descriptor(), answer, sizeof answer, MSG_DONTWAIT);
        return got > 0;
    }));
    EXPECT_NE(std::string(answer, static_cast<std::size_t>(got)).find(R"("id":7)"), std::string::npos);
}

TEST_F(RpcEndWatchTest, T_03_WhoShowedASecretOfTheEnvironmentIsStillTheProcessThatConnected) {
    setup_.describeCaller = [](const std::shared_ptr<const PeerProcess>& process,
                               const std::optional<Measurement>&, const auto& done) {
        Caller caller;
        caller.process = process;
        done(std::move(caller));
    };
    setup_.admitCapability = [](std::uint64_t, const std::string&, Caller& caller) -> Result<void> {
        caller.capability = "cap_1";
        return {};
    };
    start();
    Connector grandchild(path());
    ASSERT_TRUE(accepted(1));
    const std::string hello =
        request(1, "hello", R"({"protocol":1,"client":{"name":"x","version":"1"},"capability":"kbc_x"})") +
        "\n";
    ASSERT_EQ(::send(grandchild.descriptor(), hello.data(), hello.size(), 0),
              static_cast<ssize_t>(hello.size()));
    char answer[1024];
    ssize_t got = 0;
    ASSERT_TRUE(eventually([&] {
        got = ::recv(grandchild.descriptor(), answer, sizeof answer, MSG_DONTWAIT);
        return got > 0;
    }));
    ASSERT_NE(std::string(answer, static_cast<std::size_t>(got)).find("cap_1"), std::string::npos);
    grandchild.end();
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 0; }))
        << "copies are worth nothing";
}

TEST_F(RpcEndWatchTest, T_03_WhoIsGoneBeforeItIsAcceptedIsRefused) {
    start();
    Connector connector(path());
    connector.end(); // the event loop has not run yet
    ASSERT_TRUE(accepted(1));
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 0; }));
    char byte = 0;
    EXPECT_TRUE(eventually([&] { return ::recv(connector.descriptor(), &byte, 1, MSG_DONTWAIT) == 0; }));
}

TEST_F(RpcEndWatchTest, NothingBehindHelloIsLookedAtBeforeItIsKnownWhoAsks) {
    std::function<void(Result<Caller>)> finish;
    setup_.describeCaller = [&](const std::shared_ptr<const PeerProcess>&, const std::optional<Measurement>&,
                                const auto& done) { finish = done; };
    start();
    RawClient slow = connectClient();
    ASSERT_TRUE(
        slow.send(std::string(helloLine) + "\n" + request(1, "echo") + "\n" + request(2, "echo") + "\n"));
    ASSERT_TRUE(eventually([&] { return static_cast<bool>(finish); }));
    EXPECT_FALSE(slow.hasLine());
    ASSERT_TRUE(slow.send(request(3, "echo") + "\n")); // comes while it waits
    std::exchange(finish, nullptr)(Caller());
    for (const int id : {0, 1, 2, 3})
        EXPECT_EQ(slow.answer()["id"], id);
}

TEST_F(RpcEndWatchTest, ClientThatGoesWhileItIsMeasuredIsForgotten) {
    std::function<void(Result<Caller>)> finish;
    setup_.describeCaller = [&](const std::shared_ptr<const PeerProcess>&, const std::optional<Measurement>&,
                                const auto& done) { finish = done; };
    start();
    {
        RawClient brief = connectClient();
        ASSERT_TRUE(brief.send(std::string(helloLine) + "\n"));
        ASSERT_TRUE(eventually([&] { return static_cast<bool>(finish); }));
    }
    ASSERT_TRUE(eventually([&] { return server_->counters().connections == 0; }));
    finish(Caller()); // leads nowhere
}

TEST_F(RpcEndWatchTest, ProgramThatCannotBeMeasuredIsRefusedAtHello) {
    setup_.describeCaller = [](const std::shared_ptr<const PeerProcess>&, const std::optional<Measurement>&,
                               const auto& done) {
        done(failure(ErrorCode::InvalidRequest, "the program that connected has ended"));
    };
    start();
    RawClient client = connectClient();
    EXPECT_EQ(test::errorName(client.ask(helloLine)), "invalid_request");
    EXPECT_EQ(client.ask(request(1, "echo"))["error"]["data"]["action"], "Send hello first.");
}

} // namespace
} // namespace keybearer
