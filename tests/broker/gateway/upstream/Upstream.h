#pragma once

#include "broker/gateway/upstream/LoopbackPool.h"
#include "broker/gateway/upstream/ServerConnections.h"
#include "broker/gateway/upstream/UpstreamPool.h"
#include "tests/support/ScriptedServer.h"

#include <gtest/gtest.h>

namespace keybearer::test {

using Request = ScriptedServer::Request;
using Reply = ScriptedServer::Reply;

// Runs the loop until the condition holds; false if it does not within the deadline.
template <typename Condition>
[[nodiscard]] bool runUntil(boost::asio::io_context& loop, Condition condition, int milliseconds = 10'000) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (!condition()) {
        loop.restart();
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        loop.run_one_for(std::chrono::milliseconds(20));
    }
    return true;
}
// Lets everything that is ready happen.
inline void settle(boost::asio::io_context& loop, int milliseconds = 50) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (std::chrono::steady_clock::now() < deadline) {
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(5));
    }
}

// Gives tokens out of a list, or fails as told.
class FakeAuthorizer final : public Authorizer {
public:
    void authorize(const AuthorizationTarget& target, Completion<Fields> done) override {
        asked.push_back(target);
        if (failing)
            return done(failure(*failing));
        if (token.empty())
            return done(Fields{});
        Fields fields{{"Authorization", (proof.empty() ? "Bearer " : "DPoP ") + token}};
        if (!proof.empty())
            fields.emplace_back("DPoP", proof);
        done(fields);
    }
    void challenged(const AuthorizationTarget& target, AuthorizationChallenge challenge,
                    Completion<void> done) override {
        targets.push_back(target);
        challenges.push_back(std::move(challenge));
        if (onChallenge)
            return onChallenge(std::move(done));
        done(failure(ErrorCode::AuthorizationRequired, "Nobody has signed in"));
    }
    void nonceSeen(const AuthorizationTarget&, const std::string& nonce) override { nonces.push_back(nonce); }

    std::string token;
    std::string proof;
    std::optional<Error> failing;
    std::function<void(Completion<void>)> onChallenge;
    std::vector<AuthorizationTarget> asked;
    std::vector<AuthorizationTarget> targets;
    std::vector<AuthorizationChallenge> challenges;
    std::vector<std::string> nonces;
};

struct Heard {
    std::string text;
    std::string requestId;
};
struct Failed {
    std::string id; // of a request; else the method
    ServerFailure failure;
};

class FakeListener final : public ServerListener {
public:
    bool onServerMessage(std::string_view text, const std::string& requestId) override {
        heard.push_back({std::string(text), requestId});
        if (onMessage)
            onMessage(heard.back());
        return taking;
    }
    void onRequestFailed(const std::string& requestId, ServerFailure failure) override {
        failed.push_back({requestId, std::move(failure)});
        if (onFailure)
            onFailure();
    }
    void onDeliveryFailed(const ClientMessage& message, ServerFailure failure) override {
        undelivered.push_back({message.method, std::move(failure)});
    }
    void onSent() override { ++sent; }

    std::vector<Heard> heard;
    std::vector<Failed> failed;
    std::vector<Failed> undelivered;
    std::function<void(const Heard&)> onMessage;
    std::function<void()> onFailure;
    bool taking = true;
    int sent = 0;
};

inline ClientMessage request(const std::string& id, const std::string& method,
                             const std::string& version = {}) {
    ClientMessage message;
    message.kind = ClientMessage::Kind::Request;
    message.id = id;
    message.method = method;
    message.protocolVersion = version;
    message.text = R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"("})";
    return message;
}
inline ClientMessage notification(const std::string& method) {
    ClientMessage message;
    message.kind = ClientMessage::Kind::Notification;
    message.method = method;
    message.protocolVersion = "2025-11-25";
    message.text = R"({"jsonrpc":"2.0","method":")" + method + R"("})";
    return message;
}
inline std::string answer(const std::string& id, const std::string& result = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + result + "}";
}
inline std::string event(const std::string& data, const std::string& id = {}) {
    return (id.empty() ? std::string() : "id: " + id + "\n") + "data: " + data + "\n\n";
}

// A server, a pool and the fakes around a connection.
class UpstreamTest : public ::testing::Test {
protected:
    void serve(ScriptedServer::Script script) {
        server = std::make_unique<ScriptedServer>(loop, std::move(script));
        address.url = server->url();
    }
    ConnectionSetup setup() { return {address, pool, authorizer, listener}; }
    template <typename Condition>
    bool until(Condition condition, int milliseconds = 10'000) {
        return runUntil(loop, condition, milliseconds);
    }

    boost::asio::io_context loop;
    UpstreamPool pool{loop};
    LoopbackPool loopback{loop};
    FakeAuthorizer authorizer;
    FakeListener listener;
    ServerAddress address;
    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<ServerConnection> connection;
};

// The same over either pool: http on this machine goes through the loopback's, https through libcurl's.
class BothPoolsTest : public UpstreamTest, public ::testing::WithParamInterface<bool> {
protected:
    ConnectionSetup setup() {
        UpstreamStarter& starter = GetParam() ? static_cast<UpstreamStarter&>(loopback) : pool;
        return {address, starter, authorizer, listener};
    }
};
inline std::string poolName(const ::testing::TestParamInfo<bool>& pool) {
    return pool.param ? "Loopback" : "Curl";
}

} // namespace keybearer::test
