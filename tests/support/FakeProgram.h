#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/local/LocalServer.h"
#include "tests/support/FakeGateway.h"

#include <stdexcept>

// A local MCP program that does what the test says, and clients that share it.
namespace keybearer {

class FakeProgram : public ProgramStarter {
public:
    class Wire : public LocalWire {
    public:
        explicit Wire(FakeProgram& program) : program_(program) { program_.running = true; }
        ~Wire() override {
            if (program_.wire == this)
                program_.running = false;
        }
        void write(std::string line) override { program_.got.push_back(std::move(line)); }
        [[nodiscard]] std::size_t unsentBytes() const override { return program_.unsent; }

    private:
        FakeProgram& program_;
    };

    void open(const std::string& exchange, LocalWire::Listener& to, Completion<Started> done) override {
        asked.push_back(exchange);
        listener = &to;
        waiting.push_back(std::move(done));
        if (startsAtOnce)
            start();
    }
    void close(const std::string& instance) override { closed.push_back(instance); }

    // The broker's answer to the oldest local.open.
    void start() {
        Started started;
        started.instance = "i" + std::to_string(++instances);
        auto made = std::make_unique<Wire>(*this);
        wire = made.get();
        started.wire = std::move(made);
        started.idle = std::chrono::seconds(600);
        take()(std::move(started));
    }
    void refuse(Error error) { take()(failure(std::move(error))); }

    void say(const std::string& line) { listener->onLine(line); }
    [[nodiscard]] Json last() const { return got.empty() ? Json() : Json::parse(got.back()); }
    [[nodiscard]] Json at(std::size_t i) const { return Json::parse(got.at(i)); }
    // The answer to the last request that it got.
    void answer(const std::string& result) { answer(last()["id"].dump(), result); }
    void answer(const std::string& id, const std::string& result) {
        say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + result + "}");
    }
    void refuseLast(int code) {
        say(R"({"jsonrpc":"2.0","id":)" + last()["id"].dump() + R"(,"error":{"code":)" +
            std::to_string(code) + R"(,"message":"no"}})");
    }
    // The answer to our initialize.
    void greet(const std::string& version = "2025-11-25") {
        if (last()["method"] != "initialize")
            throw std::logic_error("the program was not greeted");
        answer(R"({"protocolVersion":")" + version +
               R"(","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"p","version":"1"}})");
    }

    bool startsAtOnce = true;
    bool running = false;
    int instances = 0;
    std::size_t unsent = 0;
    std::vector<std::string> asked;
    std::vector<std::string> closed;
    std::vector<std::string> got;
    Wire* wire = nullptr;
    LocalWire::Listener* listener = nullptr;
    std::deque<Completion<Started>> waiting;

private:
    Completion<Started> take() {
        Completion<Started> first = std::move(waiting.front());
        waiting.pop_front();
        return first;
    }
};

// One conversation at a LocalServer.
class FakeLocalClient : public LocalClient {
public:
    FakeLocalClient(LocalServer& at, Era era, std::string exchange)
        : server(at), name(std::move(exchange)), id(at.join(*this, era)) {}
    ~FakeLocalClient() override { server.leave(id); }
    FakeLocalClient(const FakeLocalClient&) = delete;
    FakeLocalClient& operator=(const FakeLocalClient&) = delete;

    void onProgramAnswer(std::string text, const std::string& requestId) override {
        answers.emplace_back(std::move(text), requestId);
    }
    void onProgramMessage(std::string text, const std::string& requestId) override {
        said.emplace_back(std::move(text), requestId);
    }
    void onRequestLost(const std::string& requestId, ServerFailure failure) override {
        lost.emplace_back(requestId, std::move(failure));
    }
    [[nodiscard]] const std::string& exchange() const override { return name; }
    void onProgramRead() override { ++read; }

    void request(const std::string& requestId, const std::string& method, const std::string& params = "{}") {
        ClientMessage message;
        message.kind = ClientMessage::Kind::Request;
        message.id = requestId;
        message.method = method;
        message.text = R"({"jsonrpc":"2.0","id":)" + requestId + R"(,"method":")" + method +
                       R"(","params":)" + params + "}";
        server.send(id, std::move(message));
    }
    void notify(const std::string& method, const std::string& params = "{}") {
        ClientMessage message;
        message.method = method;
        message.text = R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}";
        server.send(id, std::move(message));
    }
    void respond(const std::string& requestId, const std::string& result) {
        ClientMessage message;
        message.kind = ClientMessage::Kind::Response;
        message.id = requestId;
        message.text = R"({"jsonrpc":"2.0","id":)" + requestId + R"(,"result":)" + result + "}";
        server.send(id, std::move(message));
    }
    void initialize(const std::string& capabilities = "{}", const std::string& version = "2025-11-25") {
        request("0", "initialize",
                R"({"protocolVersion":")" + version + R"(","capabilities":)" + capabilities +
                    R"(,"clientInfo":{"name":"c","version":"1"}})");
    }
    [[nodiscard]] Json answer() const { return answers.empty() ? Json() : Json::parse(answers.back().first); }
    [[nodiscard]] Json heard() const { return said.empty() ? Json() : Json::parse(said.back().first); }

    LocalServer& server;
    std::string name;
    LocalServer::ClientId id;
    std::vector<std::pair<std::string, std::string>> answers;
    std::vector<std::pair<std::string, std::string>> said;
    std::vector<std::pair<std::string, ServerFailure>> lost;
    int read = 0;
};

struct ProgramWorld {
    FakeTimers timers;
    FakeProgram program;
    LocalServer server{"files", program, timers};
};

} // namespace keybearer
