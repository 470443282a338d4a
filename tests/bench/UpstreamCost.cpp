// What a message to a remote server costs between the exchange and the socket: the same POST written by hand
// on a blocking socket, through the pool, and through a connection of each era, one after the other in one
// run.
//   bench_mcp_upstream & bench_upstream PORT [CALLS]
// Prints one JSON object with the p50 of each in microseconds, and what the connections add to the bare
// socket.
#include "broker/base/Json.h"
#include "broker/gateway/upstream/ServerConnections.h"
#include "broker/gateway/upstream/UpstreamPool.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace keybearer;

namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

const std::string body =
    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"tool","arguments":{}}})";

class Bearer final : public Authorizer {
public:
    void authorize(const AuthorizationTarget&, Completion<Fields> done) override {
        done(Fields{{"Authorization", "Bearer 0123456789abcdef0123456789abcdef"}});
    }
    void challenged(const AuthorizationTarget&, AuthorizationChallenge, Completion<void> done) override {
        done(failure(ErrorCode::AuthorizationRequired, "none"));
    }
};

class Answered final : public ServerListener, public UpstreamListener {
public:
    bool onServerMessage(std::string_view, const std::string&) override { return done = true; }
    void onRequestFailed(const std::string&, ServerFailure) override { failed = done = true; }
    void onDeliveryFailed(const ClientMessage&, ServerFailure) override {}
    void onHead(const UpstreamHead&) override {}
    bool onBody(std::string_view) override { return true; }
    void onEnd(UpstreamEnd end) override {
        failed = failed || end.error.has_value();
        done = true;
    }
    void onSent() override {}
    bool done = false;
    bool failed = false;
};

template <typename Call>
double p50(int calls, Call call) {
    std::vector<double> took;
    for (int i = 0; i < calls; ++i) {
        const auto began = steady_clock::now();
        call();
        took.push_back(std::chrono::duration<double, std::micro>(steady_clock::now() - began).count());
    }
    std::nth_element(took.begin(), took.begin() + calls / 2, took.end());
    return took[static_cast<std::size_t>(calls) / 2];
}

class Bench {
public:
    explicit Bench(std::uint16_t port)
        : url_("http://127.0.0.1:" + std::to_string(port) + "/mcp"), bare_(loop_) {
        bare_.connect({asio::ip::address_v4::loopback(), port});
        bare_.set_option(asio::ip::tcp::no_delay(true));
        wire_ =
            "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    void bare() {
        asio::write(bare_, asio::buffer(wire_));
        std::size_t size = 0;
        std::string_view seen;
        do {
            size += bare_.read_some(asio::buffer(answer_.data() + size, answer_.size() - size));
            seen = std::string_view(answer_.data(), size);
        } while (seen.find("\r\n\r\n") == std::string_view::npos || !seen.ends_with('}'));
    }
    void pooled() {
        UpstreamRequest request;
        request.url = url_;
        request.body = std::make_shared<const std::string>(body);
        request.fields = {{"Content-Type", "application/json"}};
        const auto transfer = pool_.start(std::move(request), answered_);
        wait();
    }
    [[nodiscard]] std::unique_ptr<ServerConnection> connect(Era era) {
        const ConnectionSetup setup{{url_, std::chrono::seconds(30), {}, {}, {}}, pool_, bearer_, answered_};
        return era == Era::Modern ? connectModern(setup) : connectLegacy(setup, false);
    }
    void through(ServerConnection& connection) {
        ClientMessage message;
        message.kind = ClientMessage::Kind::Request;
        message.id = "1";
        message.method = "tools/call";
        message.name = "tool";
        message.text = body;
        connection.send(std::move(message));
        wait();
    }
    [[nodiscard]] bool failed() const { return answered_.failed; }

private:
    void wait() {
        answered_.done = false;
        loop_.restart();
        while (!answered_.done)
            loop_.run_one();
    }

    asio::io_context loop_;
    UpstreamPool pool_{loop_};
    Bearer bearer_;
    Answered answered_;
    std::string url_;
    std::string wire_;
    asio::ip::tcp::socket bare_;
    std::array<char, 65536> answer_{};
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2)
        return 2;
    const int calls = argc > 2 ? std::atoi(argv[2]) : 5000;      // NOLINT: a number or nothing
    Bench bench(static_cast<std::uint16_t>(std::atoi(argv[1]))); // NOLINT: the same
    const auto modern = bench.connect(Era::Modern);
    const auto legacy = bench.connect(Era::Legacy);
    std::array<std::vector<double>, 4> rounds;
    for (int round = 0; round < 5; ++round) {
        rounds[0].push_back(p50(calls, [&] { bench.bare(); }));
        rounds[1].push_back(p50(calls, [&] { bench.pooled(); }));
        rounds[2].push_back(p50(calls, [&] { bench.through(*modern); }));
        rounds[3].push_back(p50(calls, [&] { bench.through(*legacy); }));
    }
    std::array<double, 4> best{};
    for (std::size_t i = 0; i < rounds.size(); ++i)
        best[i] = *std::min_element(rounds[i].begin(), rounds[i].end());
    Json out;
    out["bare_p50_us"] = best[0];
    out["pool_p50_us"] = best[1];
    out["modern_p50_us"] = best[2];
    out["legacy_p50_us"] = best[3];
    out["added_p50_us"] = std::max(best[2], best[3]) - best[0];
    std::puts(dumpJson(out).c_str());
    return bench.failed() ? 1 : 0;
}
