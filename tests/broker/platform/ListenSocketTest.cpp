#include "broker/platform/ListenSocket.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

sockaddr_un addressOf(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    return address;
}

bool canConnect(const std::filesystem::path& path) {
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un address = addressOf(path);
    const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

int boundSocket(const std::filesystem::path& path, int type = SOCK_STREAM) {
    const int fd = socket(AF_UNIX, type, 0);
    const sockaddr_un address = addressOf(path);
    EXPECT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
}

class ListenSocket_ : public testing::Test {
protected:
    TemporaryPlace place_;
    std::filesystem::path path_ = place_ / "run/broker.sock";
};

TEST_F(ListenSocket_, SocketAndDirectoryAreForThisUserAlone) {
    const Result<ListenSocket> socket = openListenSocket(path_);
    ASSERT_TRUE(socket.has_value()) << socket.error().message;
    EXPECT_FALSE(socket->activated);
    struct stat status {};
    ASSERT_EQ(lstat(path_.c_str(), &status), 0);
    EXPECT_TRUE(S_ISSOCK(status.st_mode));
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    ASSERT_EQ(stat(path_.parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U);
    EXPECT_NE(fcntl(socket->fd, F_GETFD) & FD_CLOEXEC, 0);
    EXPECT_NE(fcntl(socket->fd, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_TRUE(canConnect(path_));
}

TEST_F(ListenSocket_, PathIsRemovedAtTheEndUnlessAnotherSocketTookIt) {
    { const auto socket = openListenSocket(path_); }
    EXPECT_FALSE(std::filesystem::exists(path_));
    int other = -1;
    {
        const auto socket = openListenSocket(path_);
        std::filesystem::rename(path_, place_ / "run/aside"); // keeps the first inode in use
        other = boundSocket(path_);
    }
    EXPECT_TRUE(std::filesystem::exists(path_));
    close(other);
}

TEST_F(ListenSocket_, MovedSocketIsClosedOnce) {
    auto first = openListenSocket(path_);
    ASSERT_TRUE(first.has_value());
    ListenSocket second = std::move(*first);
    EXPECT_EQ(first->fd, -1); // NOLINT(bugprone-use-after-move)
    first->close();
    EXPECT_TRUE(canConnect(path_));
    second = ListenSocket();
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ListenSocket_, StaleSocketIsReplaced) {
    std::filesystem::create_directory(path_.parent_path());
    close(boundSocket(path_));
    const auto socket = openListenSocket(path_);
    ASSERT_TRUE(socket.has_value());
    EXPECT_TRUE(canConnect(path_));
}

TEST_F(ListenSocket_, WhatIsNoSocketIsLeftAlone) {
    std::filesystem::create_directory(path_.parent_path());
    std::ofstream(path_) << "precious";
    EXPECT_FALSE(openListenSocket(path_).has_value());
    EXPECT_EQ(std::filesystem::file_size(path_), 8U);
    std::filesystem::rename(path_, place_ / "precious");
    std::filesystem::create_symlink(place_ / "precious", path_);
    EXPECT_FALSE(openListenSocket(path_).has_value());
    EXPECT_TRUE(std::filesystem::is_symlink(path_));
}

TEST_F(ListenSocket_, SocketOfAnotherUserIsLeftAlone) {
    if (geteuid() != 0)
        return; // only root can make one
    std::filesystem::create_directory(path_.parent_path());
    close(boundSocket(path_));
    ASSERT_EQ(lchown(path_.c_str(), 65534, 65534), 0);
    const auto socket = openListenSocket(path_);
    ASSERT_FALSE(socket.has_value());
    EXPECT_NE(socket.error().message.find("belongs to another user"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(ListenSocket_, PathThatIsTooLongOrRelativeOrSharedIsRefusedWithAReason) {
    const auto tooLong = openListenSocket(place_ / std::string(200, 'x').c_str());
    ASSERT_FALSE(tooLong.has_value());
    EXPECT_NE(tooLong.error().action.find("KEYBEARER_SOCKET"), std::string::npos);
    EXPECT_FALSE(openListenSocket("broker.sock").has_value());
    EXPECT_FALSE(openListenSocket("/tmp/keybearer-test-in-the-open.sock").has_value());
}

// Runs in a child, because activation means descriptor 3 and variables that name the process. Exit status 0:
// the socket was adopted, the variables are gone and the path outlives the object.
int activatedChild(const std::filesystem::path& path, int type, const char* count, bool forUs) {
    const int fd = boundSocket(path, type);
    if (dup2(fd, 3) != 3)
        return 10;
    if (type == SOCK_STREAM && listen(3, 5) != 0)
        return 11;
    setenv("LISTEN_PID", std::to_string(forUs ? getpid() : 1).c_str(), 1);
    setenv("LISTEN_FDS", count, 1);
    {
        HandedOver handed = HandedOver::take();
        const Result<ListenSocket> socket = openListenSocket(path.string() + "2", handed);
        if (!handed.sockets.empty())
            return 1;
        if (getenv("LISTEN_PID") != nullptr || getenv("LISTEN_FDS") != nullptr)
            return 12;
        if (!socket)
            return 1;
        if (!socket->activated)
            return 2;
        if (socket->fd != 3 || (fcntl(3, F_GETFD) & FD_CLOEXEC) == 0 || (fcntl(3, F_GETFL) & O_NONBLOCK) == 0)
            return 13;
    }
    return std::filesystem::exists(path) ? 0 : 14;
}

int inChild(const std::filesystem::path& path, int type, const char* count, bool forUs) {
    const pid_t child = fork();
    if (child == 0)
        _exit(activatedChild(path, type, count, forUs));
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(ListenSocket_, SocketOfTheServiceManagerIsAdoptedAndItsPathStays) {
    EXPECT_EQ(inChild(place_ / "a", SOCK_STREAM, "1", true), 0);
}

TEST_F(ListenSocket_, OtherThanOneStreamSocketFromTheServiceManagerIsRefused) {
    EXPECT_EQ(inChild(place_ / "a", SOCK_DGRAM, "1", true), 1);
    EXPECT_EQ(inChild(place_ / "b", SOCK_STREAM, "2", true), 1);
}

// What a broker hands to its successor: its own socket, another one, the lock, and the way to its starter.
int successorChild(const std::filesystem::path& path) {
    const int own = boundSocket(path);
    const int other = boundSocket(path.string() + ".agent");
    const int lock = open((path.string() + ".lock").c_str(), O_RDWR | O_CREAT, 0600);
    if (listen(own, 5) != 0 || listen(other, 5) != 0)
        return 11;
    const int aside[] = {dup(lock), dup(other), dup(own), dup(lock)};
    for (int i = 0; i < 4; ++i)
        dup2(aside[i], 3 + i);
    setenv("LISTEN_PID", std::to_string(getpid()).c_str(), 1);
    setenv("LISTEN_FDS", "4", 1);
    setenv("LISTEN_FDNAMES", "keybearer.lock:keybearer.activated:keybearer.own:keybearer.starter", 1);
    HandedOver handed = HandedOver::take();
    if (handed.takeLock() != 3 || handed.takeLock() != -1 || handed.sockets.size() != 2)
        return 12;
    if (handed.takeStarter() != 6 || handed.takeStarter() != -1)
        return 16;
    {
        const auto mine = openListenSocket(path, handed);
        const auto agents = openListenSocket(path.string() + ".agent", handed);
        if (!mine || !agents || mine->fd != 5 || agents->fd != 4)
            return 13;
        if (mine->activated || !agents->activated || !handed.sockets.empty())
            return 14;
    }
    return !std::filesystem::exists(path) && std::filesystem::exists(path.string() + ".agent") ? 0 : 15;
}

TEST_F(ListenSocket_, SuccessorGetsEachSocketByItsPathAndRemovesItsOwnAlone) {
    const pid_t child = fork();
    if (child == 0)
        _exit(successorChild(place_ / "a"));
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ListenSocket_, ReleasedSocketStaysOpenAndItsPathStays) {
    auto socket = openListenSocket(path_);
    ASSERT_TRUE(socket.has_value());
    const int fd = socket->release();
    socket->close();
    EXPECT_TRUE(canConnect(path_));
    close(fd);
}

TEST_F(ListenSocket_, VariablesForAnotherProcessAreIgnoredAndRemoved) {
    EXPECT_EQ(inChild(place_ / "a", SOCK_STREAM, "1", false), 2);
}

} // namespace
} // namespace keybearer
