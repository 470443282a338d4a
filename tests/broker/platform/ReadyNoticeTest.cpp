#include "broker/platform/ReadyNotice.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {
namespace {

class ManagerSocket {
public:
    explicit ManagerSocket(const std::string& name) : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name[0] == '@')
            address.sun_path[0] = '\0';
        EXPECT_EQ(bind(fd_, reinterpret_cast<const sockaddr*>(&address),
                       static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())),
                  0);
        setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~ManagerSocket() {
        unsetenv("NOTIFY_SOCKET");
        close(fd_);
    }
    ManagerSocket(const ManagerSocket&) = delete;
    ManagerSocket& operator=(const ManagerSocket&) = delete;
    [[nodiscard]] std::string heard() const {
        char text[64];
        const ssize_t size = recv(fd_, text, sizeof text, 0);
        return size < 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
    }

private:
    int fd_;
};

TEST(ReadyNotice, DescriptorGetsTheLineAndIsClosed) {
    int pipe[2];
    ASSERT_EQ(pipe2(pipe, O_CLOEXEC), 0);
    notifyReady(pipe[1]);
    char text[32];
    EXPECT_EQ(read(pipe[0], text, sizeof text), 8);
    EXPECT_EQ(std::string(text, 8), "READY=1\n");
    EXPECT_EQ(read(pipe[0], text, sizeof text), 0); // the end: nobody holds the other side
    close(pipe[0]);
}

TEST(ReadyNotice, ServiceManagerIsToldAtAPathOrAnAbstractName) {
    const TemporaryPlace place;
    for (const std::string& name :
         {(place / "notify").string(), std::string("@").append(place.path().string())}) {
        const ManagerSocket manager(name);
        notifyReady(-1);
        EXPECT_EQ(manager.heard(), "READY=1") << name;
        notifyStopping();
        EXPECT_EQ(manager.heard(), "STOPPING=1") << name;
    }
}

TEST(ReadyNotice, MissingOrOddServiceManagerIsIgnored) {
    for (const std::string& name : {std::string(), std::string("/"), std::string("relative"),
                                    std::string("/").append(200, 'x'), std::string("/nonexistent/notify")}) {
        setenv("NOTIFY_SOCKET", name.c_str(), 1);
        notifyReady(-1);
        notifyStopping();
    }
    unsetenv("NOTIFY_SOCKET");
}

} // namespace
} // namespace keybearer
