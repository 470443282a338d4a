// The door of the broker with a warm answer behind it and nothing else: shows what RpcServer itself costs.
// Each batch of answers costs one write of rows to a file, as the audit log's does. bench_stub SOCKET
// ROWS_FILE
#include "broker/platform/ListenSocket.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/rpc/RpcServer.h"

#include <QCoreApplication>

#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace {

using namespace keybearer;

class Rows {
public:
    explicit Rows(const char* path)
        : fd_(::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) {}
    ~Rows() { ::close(fd_); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    void stage() { staged_.append(row_); }
    bool flush() {
        const bool written =
            ::write(fd_, staged_.data(), staged_.size()) == static_cast<ssize_t>(staged_.size());
        staged_.clear();
        return written;
    }

private:
    int fd_;
    std::string staged_;
    std::string row_ = std::string(300, 'r') + "\n";
};

class Token final : public WarmAnswer {
public:
    explicit Token(Rows& rows) : rows_(rows) {}
    bool release() override {
        rows_.stage();
        return true;
    }
    std::string_view resultJson() const override { return json_; }

private:
    Rows& rows_;
    std::string json_ =
        R"({"access_token":")" + std::string(400, 't') +
        R"(","account":"ana@example.com","expires_at":"2026-05-01T09:30:00Z","issuer":)"
        R"("https://login.example.com","scopes":["openid","email"],"session_id":"s-0123456789",)"
        R"("token_type":"Bearer"})";
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3)
        return 2;
    QCoreApplication application(argc, argv);
    Result<ListenSocket> socket = openListenSocket(argv[1]);
    if (!socket)
        return 1;
    Rows rows(argv[2]);
    const auto token = std::make_shared<Token>(rows);
    RpcServer::Setup setup;
    setup.version = "bench";
    setup.describeCaller = [](int fd) {
        Caller caller;
        if (const auto peer = peerOf(fd))
            caller.pid = peer->pid;
        return caller;
    };
    setup.commitBatch = [&rows] { return rows.flush(); };
    RpcServer server(std::move(setup));
    server.add("token.get", [&](const CallContext&, const Json&, const Reply& reply) { reply.warm(token); });
    if (!server.listen(socket->fd))
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}
