#pragma once

#include "broker/platform/ListenSocket.h"
#include "broker/rpc/RpcServer.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace keybearer::test {

// Lets the event loop run until the condition holds; false after ten seconds, which only a broken server
// needs.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        ::poll(nullptr, 0, 1);
    }
    return true;
}

// A client that speaks raw bytes from the test's own thread.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path) {
        fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        connected_ = fd_ >= 0 && ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    RawClient(RawClient&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), got_(std::move(other.got_)) {}
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() { close(); }

    void close() {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }
    void closeSendingHalf() const { ::shutdown(fd_, SHUT_WR); }
    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] int descriptor() const { return fd_; }

    // Sends all of it while the server runs; false if the server hung up or did not take it.
    bool send(std::string_view bytes) const {
        return eventually([&] {
                   while (!bytes.empty()) {
                       const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
                       if (sent < 0)
                           return errno != EAGAIN;
                       bytes.remove_prefix(static_cast<std::size_t>(sent));
                   }
                   return true;
               }) &&
               bytes.empty();
    }
    // As much as fits without the server running.
    std::size_t sendNow(std::string_view bytes) const {
        const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return sent < 0 ? 0 : static_cast<std::size_t>(sent);
    }
    // The next line, without its LF; empty if the server hung up or said nothing.
    std::string line() {
        eventually([&] { return receive() || got_.find('\n') != std::string::npos; });
        const std::size_t end = got_.find('\n');
        if (end == std::string::npos)
            return {};
        std::string line = got_.substr(0, end);
        got_.erase(0, end + 1);
        return line;
    }
    Json answer() {
        const Result<Json> json = parseJson(line());
        return json ? *json : Json();
    }
    Json ask(const std::string& request) {
        EXPECT_TRUE(send(request + "\n"));
        return answer();
    }
    // What is there now, without letting the server run.
    [[nodiscard]] bool hasLine() {
        receive();
        return got_.find('\n') != std::string::npos;
    }
    // True once the server has closed this connection.
    bool closedByServer() {
        return eventually([&] { return receive(); });
    }

private:
    // True at the end of the stream.
    bool receive() {
        char buffer[65536];
        for (;;) {
            const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
            if (got == 0 || (got < 0 && errno != EAGAIN))
                return true;
            if (got < 0)
                return false;
            got_.append(buffer, static_cast<std::size_t>(got));
        }
    }

    int fd_ = -1;
    bool connected_ = false;
    std::string got_;
};

inline constexpr const char* helloLine =
    R"({"jsonrpc":"2.0","id":0,"method":"hello","params":{"protocol":1,"client":{"name":"test","version":"1"}}})";

// A server on a socket of its own, with methods that tests need.
class RpcServerTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "kb-rpc-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory_ = pattern;
        setup_.version = "1.2.3";
        setup_.describeCaller = [](const std::shared_ptr<const PeerProcess>&,
                                   const std::optional<Measurement>&, const auto& done) {
            Caller caller;
            caller.uid = 1000;
            caller.pid = 42;
            caller.executable = "/usr/bin/thing";
            caller.startedBy = "/usr/bin/shell";
            caller.role = Role::Admin; // the methods below are in no table
            caller.operatorProgram = true;
            done(caller);
        };
    }
    void TearDown() override {
        server_.reset();
        socket_.close();
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }

    void start() {
        Result<ListenSocket> socket = openListenSocket(path());
        ASSERT_TRUE(socket) << socket.error().message;
        socket_ = std::move(*socket);
        server_ = std::make_unique<RpcServer>(setup_);
        server_->add(
            "echo", [](const CallContext&, const Json& params, const Reply& reply) { reply.result(params); });
        server_->add("park", [this](const CallContext& call, const Json&, Reply reply) {
            parkedBy_.push_back(call.connection);
            parked_.push_back(std::move(reply));
        });
        ASSERT_TRUE(server_->listen(socket_.fd));
    }
    [[nodiscard]] std::filesystem::path path() const { return directory_ / "broker.sock"; }
    [[nodiscard]] RawClient connectClient() const { return RawClient(path()); }
    [[nodiscard]] RawClient greeted() const {
        RawClient client(path());
        EXPECT_TRUE(client.connected());
        EXPECT_TRUE(client.ask(helloLine).contains("result"));
        return client;
    }
    static std::string request(int id, const std::string& method, const std::string& params = "{}") {
        return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
               R"(","params":)" + params + "}";
    }

    std::filesystem::path directory_;
    RpcServer::Setup setup_;
    ListenSocket socket_;
    std::unique_ptr<RpcServer> server_;
    std::vector<Reply> parked_;
    std::vector<std::uint64_t> parkedBy_;
};

inline std::string errorName(const Json& answer) {
    return answer.contains("error") ? answer["error"]["data"].value("name", "") : "";
}

} // namespace keybearer::test
