#pragma once

#include "broker/gateway/McpExchange.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

// Everything around an exchange, under the test's thumb: time, the broker, the client and the server.
namespace keybearer {

class FakeTimers : public EventTimers {
public:
    [[nodiscard]] std::unique_ptr<EventTimer> after(std::chrono::milliseconds wait,
                                                    std::function<void()> ring) override {
        auto timer = std::make_unique<Timer>();
        timer->token = std::make_shared<std::function<void()>>(std::move(ring));
        queue_.push_back({now_ + wait, ++last_, timer->token});
        return timer;
    }
    [[nodiscard]] std::unique_ptr<EventTimer> soon(std::function<void()> ring) override {
        return after(std::chrono::milliseconds(0), std::move(ring));
    }
    [[nodiscard]] Instant now() const override { return now_; }

    // Rings what is due until nothing is.
    void run() { advance(std::chrono::milliseconds(0)); }
    void advance(std::chrono::milliseconds by) {
        const Instant end = now_ + by;
        while (true) {
            const auto next = std::min_element(queue_.begin(), queue_.end(), [](const Due& a, const Due& b) {
                return std::tie(a.at, a.order) < std::tie(b.at, b.order);
            });
            if (next == queue_.end() || next->at > end)
                break;
            const Due due = *next;
            queue_.erase(next);
            if (const auto token = due.token.lock()) {
                now_ = std::max(now_, due.at);
                const std::function<void()> call = *token;
                call();
            }
        }
        now_ = end;
    }

private:
    struct Timer : EventTimer {
        std::shared_ptr<std::function<void()>> token;
    };
    struct Due {
        Instant at;
        int order;
        std::weak_ptr<std::function<void()>> token;
    };
    Instant now_{std::chrono::hours(1)};
    std::vector<Due> queue_;
    int last_ = 0;
};

// Keeps what the gateway asks until the test answers it.
class FakeCore : public CorePort {
public:
    struct Asked {
        std::string method;
        Json params;
        Completion<Json> done;
    };
    void request(const std::string& method, Json params, std::chrono::milliseconds,
                 Completion<Json> done) override {
        history.push_back(params);
        asked.push_back({method, std::move(params), std::move(done)});
    }
    void notify(const std::string& method, Json params) override { told.emplace_back(method, params); }
    void catchUp() override {
        if (onCatchUp)
            onCatchUp();
    }

    void answer(Result<Json> result) {
        mustBeAsked();
        const Asked first = std::move(asked.front());
        asked.pop_front();
        first.done(std::move(result));
    }
    void giveToken(int serial, const std::string& value, int seconds = 300) {
        answer(Json{{"serial", serial}, {"scheme", "Bearer"}, {"value", value}, {"valid_seconds", seconds}});
    }

    std::deque<Asked> asked;
    std::vector<Json> history;
    std::vector<std::pair<std::string, Json>> told;
    std::function<void()> onCatchUp; // what the broker had said before the client spoke

private:
    void mustBeAsked() const {
        if (asked.empty())
            throw std::logic_error("the broker was asked nothing");
    }
};

class FakeClientPort : public ClientPort {
public:
    [[nodiscard]] bool deliver(std::string line) override {
        lines.push_back(std::move(line));
        return !full;
    }
    void holdInput(bool hold) override { held = hold; }
    void finish() override { finished = true; }

    // The last line, as a document.
    [[nodiscard]] Json last() const { return lines.empty() ? Json() : Json::parse(lines.back()); }

    std::vector<std::string> lines;
    bool full = false;
    bool held = false;
    bool finished = false;
};

// A server that does what the test says, one connection after the other.
class FakeServer : public ServerConnector {
public:
    class Connection : public ServerConnection {
    public:
        Connection(FakeServer& server, ServerTransport how, ServerListener& to)
            : transport(how), listener(to), server_(server) {}
        ~Connection() override { std::erase(server_.connections, this); }
        void send(ClientMessage message) override {
            sent.push_back(message);
            server_.sent.push_back(message);
            if (server_.onSend)
                server_.onSend(*this, message);
        }
        void cancel(const std::string& requestId) override { server_.cancelled.push_back(requestId); }
        void resume() override { ++resumed; }
        [[nodiscard]] std::size_t unsentBytes() const override { return unsent; }
        [[nodiscard]] Era era() const override {
            return transport == ServerTransport::Modern ? Era::Modern : Era::Legacy;
        }
        void close(Completion<void> done) override { closing = std::move(done); }

        ServerTransport transport;
        ServerListener& listener;
        std::vector<ClientMessage> sent;
        std::size_t unsent = 0;
        int resumed = 0;
        Completion<void> closing;

    private:
        FakeServer& server_;
    };

    [[nodiscard]] std::unique_ptr<ServerConnection> connect(ServerTransport transport, const ExchangeTerms&,
                                                            Authorizer& to,
                                                            ServerListener& listener) override {
        authorizer = &to;
        transports.push_back(transport);
        auto connection = std::make_unique<Connection>(*this, transport, listener);
        connections.push_back(connection.get());
        return connection;
    }

    [[nodiscard]] Connection& now() { return *connections.back(); }
    [[nodiscard]] const ClientMessage& lastSent() const { return sent.back(); }
    // The answer to the last request, and with `rest` any other message.
    bool say(const std::string& text, const std::string& requestId = {}) {
        return now().listener.onServerMessage(text, requestId);
    }
    bool result(const std::string& id, const std::string& result) {
        return say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + result + "}", id);
    }
    void fail(const std::string& id, int status, const std::string& body,
              Error error = Error(ErrorCode::ProviderError, "refused")) {
        ServerFailure failure;
        failure.error = std::move(error);
        failure.status = status;
        failure.body = body;
        now().listener.onRequestFailed(id, std::move(failure));
    }

    std::function<void(Connection&, const ClientMessage&)> onSend;
    std::vector<Connection*> connections; // that are open
    std::vector<ServerTransport> transports;
    std::vector<ClientMessage> sent; // over all connections
    std::vector<std::string> cancelled;
    Authorizer* authorizer = nullptr;
};

// One exchange with all of that around it.
struct ExchangeWorld {
    explicit ExchangeWorld(bool authorized = false) {
        terms.exchange = "x1";
        terms.service = "svc";
        terms.url = "http://127.0.0.1:1/mcp";
        terms.authorized = authorized;
        exchange = std::make_unique<McpExchange>(McpExchange::Parts{core, timers, server, memory, seal},
                                                 terms, client);
    }
    void line(const std::string& text) { exchange->onClientLine(text); }
    // A legacy client at a legacy server, until both are content.
    void openLegacy() {
        line(initialize);
        server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{}})");
        line(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    }

    inline static const std::string initialize =
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
        R"("capabilities":{"elicitation":{"form":{},"url":{}},"sampling":{}},)"
        R"("clientInfo":{"name":"c","version":"1"}}})";
    inline static const std::string modernMeta =
        R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
        R"("io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{},"url":{}}},)"
        R"("io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"}})";
    inline static const std::string discover =
        R"({"jsonrpc":"2.0","id":"d","method":"server/discover","params":{)" + modernMeta + "}}";

    FakeTimers timers;
    FakeCore core;
    FakeServer server;
    FakeClientPort client;
    ServerMemory memory;
    StateSeal seal;
    ExchangeTerms terms;
    std::unique_ptr<McpExchange> exchange;
};

} // namespace keybearer
