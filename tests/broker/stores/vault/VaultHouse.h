#pragma once

#include "broker/http/HttpClient.h"
#include "broker/stores/vault/VaultRecords.h"
#include "tests/support/EventLoop.h"

#include <QElapsedTimer>
#include <QProcess>

#include <gtest/gtest.h>

namespace keybearer::test {

// tests/support/vault_server.mjs as a child: a server made from the public description of the API, which is
// strict with what it is asked.
class VaultServer {
public:
    explicit VaultServer(const Json& options = Json::object()) {
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QStringLiteral(KEYBEARER_NODE),
                       {QStringLiteral(KEYBEARER_VAULT_SERVER), QString::fromStdString(dumpJson(options))});
        port_ = answer().value("port", 0);
    }
    ~VaultServer() {
        process_.closeWriteChannel();
        if (!process_.waitForFinished(5000))
            process_.kill();
    }
    VaultServer(const VaultServer&) = delete;
    VaultServer& operator=(const VaultServer&) = delete;

    Json command(const Json& what) {
        process_.write(QByteArray::fromStdString(dumpJson(what) + "\n"));
        return answer();
    }
    Json command(const char* what) { return command(Json{{"do", what}}); }
    Json tell() { return command("tell"); }
    // How many requests began so: "POST secret/data".
    int count(const std::string& beginning) {
        const Json told = tell();
        const Json& requests = told.at("requests");
        return static_cast<int>(std::count_if(requests.begin(), requests.end(), [&](const Json& one) {
            return one.get<std::string>().compare(0, beginning.size(), beginning) == 0;
        }));
    }
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

private:
    Json answer() {
        QElapsedTimer waited;
        waited.start();
        while (!process_.canReadLine() && waited.elapsed() < 20'000)
            process_.waitForReadyRead(200);
        const Result<Json> line = parseJson(process_.readLine().trimmed().toStdString());
        EXPECT_TRUE(line);
        return line.value_or(Json::object());
    }
    QProcess process_;
    int port_ = 0;
};

inline VaultConfig vaultConfig(const VaultServer& server) {
    VaultConfig config;
    config.url = server.url();
    config.token = std::make_shared<const SealedSecret>(Secret::copyOf("root-token"));
    config.poll = std::chrono::seconds(1);
    return config;
}

inline std::shared_ptr<const SealedSecret> sealedText(std::string_view text) {
    return std::make_shared<const SealedSecret>(Secret::copyOf(text));
}

inline const SystemClock& systemClock() {
    static const SystemClock clock;
    return clock;
}

inline std::unique_ptr<VaultRecords> vaultRecords(VaultConfig config, std::string prefix = "keybearer/test") {
    auto records = std::make_unique<VaultRecords>(VaultRecords::Setup{std::move(config), std::move(prefix)},
                                                  std::make_unique<HttpClient>(), systemClock());
    records->start();
    return records;
}

// One server, and brokers' connections to it.
class VaultHouse : public ::testing::Test {
protected:
    using Health = CredentialStore::Health;
    using Records = RemoteRecords;

    void SetUp() override { initialiseSecrets(); }
    void TearDown() override {
        const Json told = server.tell();
        EXPECT_EQ(told.value("violations", Json()), Json::array()) << "what no client should send";
    }
    static bool ready(const RemoteRecords& records) {
        return spinUntil([&] { return records.health().state == Health::State::Ready; });
    }
    static bool unavailable(const RemoteRecords& records) {
        return spinUntil([&] { return records.health().state == Health::State::Unavailable; });
    }
    template <typename Value>
    static Result<Value> wait(const std::function<void(Completion<Value>)>& call) {
        auto answer = std::make_shared<std::optional<Result<Value>>>();
        call([answer](Result<Value> result) { answer->emplace(std::move(result)); });
        EXPECT_FALSE(answer->has_value()) << "later";
        if (!spinUntil([&] { return answer->has_value(); }, 30'000))
            return failure(ErrorCode::TimedOut, "no answer");
        return std::move(**answer);
    }
    static Result<Records::Record> get(Records& of, const std::string& name) {
        return wait<Records::Record>([&](auto done) { of.get(name, std::move(done)); });
    }
    static Result<void> put(Records& to, const std::string& name, std::uint64_t expected,
                            const std::string& sealed, std::uint64_t fence = 0) {
        return wait<void>([&](auto done) {
            to.put({name, expected, {expected + 1, sealed}, fence}, std::move(done));
        });
    }
    static Result<Records::Lease> lease(Records& of, const std::string& name, const std::string& owner,
                                        std::chrono::milliseconds life = std::chrono::seconds(30)) {
        return wait<Records::Lease>([&](auto done) { of.lease(name, owner, life, std::move(done)); });
    }
    void fault(Json what) {
        what["do"] = "fault";
        server.command(what);
    }

    VaultServer server;
};

} // namespace keybearer::test
