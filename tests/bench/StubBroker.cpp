// The door of the broker with a warm answer behind it and nothing else: shows what RpcServer itself costs.
// Each batch of answers costs one write of rows to a file, as the audit log's does. bench_stub SOCKET
// ROWS_FILE
#include "broker/audit/AuditLog.h"
#include "broker/platform/ListenSocket.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/rpc/RpcServer.h"

#include <QCoreApplication>

#include <cstdio>
#include <string>

namespace {

using namespace keybearer;

class Token final : public WarmAnswer {
public:
    Token(AuditLog& audit, AuditTemplate row) : audit_(audit), row_(std::move(row)) {}
    bool release() override {
        audit_.stage(row_);
        return true;
    }
    std::string_view resultJson() const override { return json_; }

private:
    AuditLog& audit_;
    AuditTemplate row_;
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
    const SystemClock clock;
    const auto audit = openAuditLog(argv[2], clock);
    if (!audit)
        return 1;
    AuditEvent event;
    event.kind = "token.released";
    event.caller = "/usr/bin/example-program";
    event.pid = 4242;
    event.provider = "example";
    event.account = "ana@example.com";
    event.sessionId = "s-0123456789";
    event.scopes = "openid email";
    event.why = "trusting";
    event.token = "0123456789abcdef";
    const auto token = std::make_shared<Token>(**audit, (*audit)->prepare(event));
    RpcServer::Setup setup;
    setup.version = "bench";
    setup.describeCaller = [](const std::shared_ptr<const PeerProcess>& process,
                              const std::optional<Measurement>&, const auto& done) {
        Caller caller;
        caller.pid = process->credentials.pid;
        done(std::move(caller));
    };
    setup.commitBatch = [&audit] { return (*audit)->flush().has_value(); };
    RpcServer server(std::move(setup));
    server.add("token.get", [&](const CallContext&, const Json&, const Reply& reply) { reply.warm(token); });
    if (!server.listen(socket->fd))
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}
