#include "broker/platform/ReadyNotice.h"

#include "broker/platform/Watchdog.h"
#include "tests/broker/platform/TemporaryPlace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <ctime>
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

TEST(ReadyNotice, WatchdogIsWantedByThisProcessOrNobodyInParticular) {
    setenv("WATCHDOG_USEC", "30000000", 1);
    EXPECT_EQ(watchdogLimit(), std::chrono::seconds(30));
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    EXPECT_EQ(watchdogLimit(), std::chrono::seconds(30));
    setenv("WATCHDOG_PID", "1", 1);
    EXPECT_EQ(watchdogLimit(), std::nullopt);
    unsetenv("WATCHDOG_PID");
    for (const char* odd : {"", "x", "0", "-5", "1"}) {
        setenv("WATCHDOG_USEC", odd, 1);
        EXPECT_EQ(watchdogLimit(), std::nullopt) << odd;
    }
    unsetenv("WATCHDOG_USEC");
}

// The pings are the event loop's: while it turns they come, and while it hangs none does.
TEST(Watchdog, PingsComeFromTheEventLoopAndFromNowhereElse) {
    const TemporaryPlace place;
    const ManagerSocket manager((place / "notify").string());
    setenv("WATCHDOG_USEC", "90000", 1);
    const Watchdog watchdog;
    unsetenv("WATCHDOG_USEC");
    EXPECT_TRUE(watchdog.isWanted());
    EXPECT_EQ(manager.heard(), "WATCHDOG=1");
    QElapsedTimer time;
    time.start();
    while (manager.heard() != "WATCHDOG=1" && time.elapsed() < 10'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    EXPECT_LT(time.elapsed(), 10'000);
    while (!manager.heard().empty()) {
    }
    timespec hang{0, 200'000'000}; // the loop hangs for longer than the limit
    nanosleep(&hang, nullptr);
    EXPECT_EQ(manager.heard(), "");
}

TEST(Watchdog, NobodyIsToldWhoDoesNotWantIt) {
    EXPECT_FALSE(Watchdog().isWanted());
}

} // namespace
} // namespace keybearer
