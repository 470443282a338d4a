#pragma once

#include "broker/stores/redis/RedisReplies.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QLocalSocket>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

#include <csignal>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace keybearer::testing {

// A port of this machine that nobody uses at this moment.
inline std::uint16_t freePort() {
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : std::uint16_t{0};
}

// A real redis-server in a folder of its own, gone with this object. What it was told survives a restart
// (append-only file). It always listens at a socket file, through which the test looks into it.
class RedisServer {
public:
    struct Wish {
        bool tcp = false;
        std::string tlsFolder{};         // with ca.pem, server.pem, server.key; then only TLS at port()
        std::vector<std::string> more{}; // arguments of redis-server
        std::vector<std::string> auth{}; // AUTH, ...: for the test's own questions
    };
    RedisServer() : RedisServer(Wish{}) {}
    explicit RedisServer(Wish wish) : wish_(std::move(wish)) {
        for (int attempt = 0; attempt < 5; ++attempt) { // somebody else may take the port first
            port_ = wish_.tcp || !wish_.tlsFolder.empty() ? freePort() : std::uint16_t{0};
            if (launch())
                return;
        }
        ADD_FAILURE() << "redis-server does not start: " << said_.toStdString();
    }
    ~RedisServer() { kill(); }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    void start() { ASSERT_TRUE(launch()) << said_.toStdString(); }
    void stop() {
        process_->terminate();
        ASSERT_TRUE(process_->waitForFinished(20'000));
    }
    void kill() {
        if (process_->state() == QProcess::NotRunning)
            return;
        process_->kill();
        process_->waitForFinished(20'000);
    }
    void pause() const { ::kill(static_cast<pid_t>(process_->processId()), SIGSTOP); }
    void resume() const { ::kill(static_cast<pid_t>(process_->processId()), SIGCONT); }

    [[nodiscard]] std::string folder() const { return folder_.path().toStdString(); }
    [[nodiscard]] std::string socket() const { return folder() + "/redis.sock"; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url() const {
        if (port_ == 0)
            return "unix:" + socket();
        return (wish_.tlsFolder.empty() ? "redis://127.0.0.1:" : "rediss://localhost:") +
               std::to_string(port_);
    }

    // One command, by somebody else than the code under test.
    RedisReply say(const std::vector<std::string>& words) const {
        QLocalSocket socket;
        socket.connectToServer(QString::fromStdString(this->socket()));
        RedisReplyReader reader;
        std::size_t due = 1;
        if (!wish_.auth.empty()) {
            send(socket, wish_.auth);
            ++due;
        }
        send(socket, words);
        std::vector<RedisReply> all;
        while (all.size() < due && socket.waitForReadyRead(10'000)) {
            const QByteArray bytes = socket.readAll();
            Result<std::vector<RedisReply>> more =
                reader.take({bytes.constData(), static_cast<std::size_t>(bytes.size())});
            EXPECT_TRUE(more.has_value());
            if (!more)
                break;
            for (RedisReply& reply : *more)
                all.push_back(std::move(reply));
        }
        EXPECT_EQ(all.size(), due) << words.front();
        return all.size() == due ? std::move(all.back()) : RedisReply();
    }
    // The attached replica has everything that was written before.
    void awaitReplica() const {
        const std::int64_t written = say({"ROLE"}).elements.at(1).integer;
        QElapsedTimer since;
        for (since.start(); since.elapsed() < 20'000;) {
            const RedisReply replicas = say({"ROLE"}).elements.at(2);
            say({"WAIT", "1", "100"}); // has it asked what it has
            if (replicas.elements.size() == 1 &&
                std::stoll(replicas.elements[0].elements.at(2).text) >= written)
                return;
        }
        ADD_FAILURE() << "no replica";
    }

private:
    bool launch() {
        process_ = std::make_unique<QProcess>();
        process_->setWorkingDirectory(folder_.path());
        process_->setProcessChannelMode(QProcess::MergedChannels);
#ifdef __linux__
        process_->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
        process_->start(QStringLiteral("redis-server"), arguments());
        said_.clear();
        while (!said_.contains("eady to accept connections") && process_->waitForReadyRead(20'000))
            said_ += process_->readAll();
        return said_.contains("eady to accept connections");
    }
    static void send(QLocalSocket& socket, const std::vector<std::string>& words) {
        const std::string command = redisCommand(words);
        socket.write(command.data(), static_cast<qint64>(command.size()));
    }
    [[nodiscard]] QStringList arguments() const {
        const std::string tls = wish_.tlsFolder;
        std::vector<std::string> all{"--unixsocket", socket(), "--save",        "",
                                     "--appendonly", "yes",    "--appendfsync", "always",
                                     "--daemonize",  "no",     "--bind",        "127.0.0.1"};
        const auto add = [&](std::initializer_list<std::string> more) { all.insert(all.end(), more); };
        add({"--port", std::to_string(tls.empty() ? port_ : 0), "--repl-diskless-sync-delay", "0"});
        if (!tls.empty())
            add({"--tls-port", std::to_string(port_), "--tls-cert-file", tls + "/server.pem",
                 "--tls-key-file", tls + "/server.key", "--tls-ca-cert-file", tls + "/ca.pem"});
        all.insert(all.end(), wish_.more.begin(), wish_.more.end());
        QStringList list;
        for (const std::string& each : all)
            list << QString::fromStdString(each);
        return list;
    }

    Wish wish_;
    QTemporaryDir folder_;
    std::uint16_t port_ = 0;
    std::unique_ptr<QProcess> process_;
    QByteArray said_; // while it started
};

} // namespace keybearer::testing
