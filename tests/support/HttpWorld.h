#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/LoopTimers.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/door/HttpDoor.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>

// An HTTP door over real sockets, with routes of the test's own.
namespace keybearer {

// The client's end of a connection, read and written without waiting for ever.
class RawClient {
public:
    explicit RawClient(int port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
        ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    void close() {
        if (descriptor_ >= 0)
            ::close(std::exchange(descriptor_, -1));
    }
    void sayNoMore() const { ::shutdown(descriptor_, SHUT_WR); }
    // How much went in before the other side had to read first.
    std::size_t write(std::string_view bytes) const {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t n = ::send(descriptor_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (n <= 0)
                break;
            done += static_cast<std::size_t>(n);
        }
        return done;
    }
    // What is there now.
    void takeIn(std::size_t most = std::size_t{1} << 30) {
        std::array<char, 65536> buffer{};
        while (most > 0) {
            const ssize_t n = ::recv(descriptor_, buffer.data(), std::min(most, buffer.size()), 0);
            if (n == 0 || (n < 0 && errno != EAGAIN))
                ended = true;
            if (n <= 0)
                return;
            text.append(buffer.data(), static_cast<std::size_t>(n));
            most -= static_cast<std::size_t>(n);
        }
    }
    [[nodiscard]] bool has(std::string_view part) {
        takeIn();
        return text.find(part) != std::string::npos;
    }
    // Of the first answer; 0 before there is one.
    [[nodiscard]] int status() const {
        return text.starts_with("HTTP/1.1 ") && text.size() > 12 ? std::stoi(text.substr(9, 3)) : 0;
    }
    // The head of the first answer is whole.
    [[nodiscard]] bool answered() {
        takeIn();
        return text.find("\r\n\r\n") != std::string::npos;
    }
    // A field of the first answer, by its name in lower case; empty: it has none.
    [[nodiscard]] std::string field(const std::string& name) const {
        const std::string head = text.substr(0, text.find("\r\n\r\n") + 2);
        const std::size_t at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos)
            return {};
        const std::size_t begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
    [[nodiscard]] std::string body() const {
        const std::size_t at = text.find("\r\n\r\n");
        return at == std::string::npos ? std::string() : text.substr(at + 4);
    }

    std::string text;
    bool ended = false; // by the other side
    bool connected = false;

private:
    int descriptor_;
};

// Answers as the test says; keeps the request until then.
// Of which nothing is asked here; it may have said something before a client spoke.
class SilentCore : public CorePort {
public:
    void request(const std::string&, Json, std::chrono::milliseconds, Completion<Json>) override {}
    void notify(const std::string&, Json) override {}
    void catchUp() override {
        if (onCatchUp)
            onCatchUp();
    }
    std::function<void()> onCatchUp;
};

class TestRoute : public Route {
public:
    struct Kept : Answerer {
        explicit Kept(TestRoute& of) : route(of) { ++route.open; }
        ~Kept() override {
            --route.open;
            route.request = nullptr;
        }
        void onDrained() override {
            ++route.drained;
            if (route.onDrained)
                route.onDrained();
        }
        TestRoute& route;
    };
    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest& served) override {
        ++hits;
        heads.push_back(served.head());
        request = &served;
        auto kept = std::make_unique<Kept>(*this);
        if (onServe)
            onServe(served);
        return kept;
    }
    // Reads the body to its end, then answers with its length.
    void echoLengths() {
        onServe = [this](ServedRequest& served) {
            body.clear();
            pump(served);
        };
    }
    void pump(ServedRequest& served) {
        served.readBody([this, &served](Result<std::string_view> piece) {
            if (!piece) {
                failures.push_back(piece.error().message);
                return;
            }
            if (piece->empty())
                return answerWhole(served, 200, "text/plain", std::to_string(body.size()));
            body.append(*piece);
            pump(served);
        });
    }

    std::function<void(ServedRequest&)> onServe = [](ServedRequest& served) {
        answerWhole(served, 200, "text/plain", "served");
    };
    std::function<void()> onDrained;
    std::vector<RequestHead> heads;
    std::vector<std::string> failures;
    std::string body;
    ServedRequest* request = nullptr;
    int hits = 0;
    int open = 0;
    int drained = 0;
};

// The loop's timers with a clock that the test can put forward: what it skips is noticed at once.
class SkippingTimers : public EventTimers {
public:
    explicit SkippingTimers(boost::asio::io_context& loop) : loop_(loop) {}
    [[nodiscard]] std::unique_ptr<EventTimer> after(std::chrono::milliseconds wait,
                                                    std::function<void()> ring) override {
        return std::make_unique<Watched>(*this, now() + wait, std::move(ring));
    }
    [[nodiscard]] std::unique_ptr<EventTimer> soon(std::function<void()> ring) override {
        return loop_.soon(std::move(ring));
    }
    [[nodiscard]] Instant now() const override { return loop_.now() + skipped; }

    std::chrono::milliseconds skipped{0};

private:
    // Looks at the clock again and again.
    struct Watched : EventTimer {
        Watched(SkippingTimers& of, Instant at, std::function<void()> then)
            : timers(of), due(at), ring(std::move(then)) {
            look();
        }
        void look() {
            const Instant now = timers.now();
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - now);
            step = timers.loop_.after(
                std::clamp(left, std::chrono::milliseconds(0), std::chrono::milliseconds(10)), [this] {
                    if (timers.now() < due)
                        return look();
                    const std::function<void()> call = ring; // whoever is called may destroy this
                    call();
                });
        }
        SkippingTimers& timers;
        Instant due;
        std::function<void()> ring;
        std::unique_ptr<EventTimer> step;
    };

    LoopTimers loop_;
};

struct HttpWorld {
    HttpWorld() {
        RouteRules mcp{{"GET", "POST", "DELETE"}, {}, {}, false, true};
        routes.add("/*/mcp", mcp, route);
        routes.add("/as/*/token",
                   RouteRules{{"POST"}, "application/x-www-form-urlencoded", 65536, false, true}, route);
        routes.add("/as/*/authorize",
                   RouteRules{{"GET", "POST"}, "application/x-www-form-urlencoded", 65536, true, false},
                   route);
        EXPECT_TRUE(terms.replace(Json{{"services", Json::array({Json{{"name", "svc"}, {"title", "Svc"}}})},
                                       {"origins", Json::array({"http://localhost:6274"})},
                                       {"base", "http://127.0.0.1:1"}}));
        std::vector<OwnedDescriptor> listening;
        listening.emplace_back(listen());
        const std::string number = std::to_string(port);
        door.open({"http", {"127.0.0.1:" + number, "localhost:" + number, "[::1]:" + number}},
                  std::move(listening));
        host = "127.0.0.1:" + number;
    }
    int listen() {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        EXPECT_EQ(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(descriptor, 4096), 0);
        EXPECT_EQ(::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size), 0);
        port = ntohs(address.sin_port);
        return descriptor;
    }
    // Runs the loop until something is so.
    void until(const std::function<bool()>& so) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!so() && std::chrono::steady_clock::now() < end) {
            loop.restart();
            loop.run_for(std::chrono::milliseconds(2));
        }
        EXPECT_TRUE(so());
    }
    [[nodiscard]] std::unique_ptr<RawClient> client() const { return std::make_unique<RawClient>(port); }
    // The answer to one request, whole head and body, on a connection of its own.
    [[nodiscard]] std::unique_ptr<RawClient> ask(const std::string& request) {
        auto out = client();
        out->write(request);
        until([&] { return out->answered() || out->ended; });
        return out;
    }
    [[nodiscard]] std::string get(const std::string& target, const std::string& fields = {}) const {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
    }
    [[nodiscard]] std::string post(const std::string& target, const std::string& body,
                                   const std::string& fields = {}) const {
        return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    boost::asio::io_context loop;
    SkippingTimers timers{loop};
    TestRoute route;
    RouteTable routes;
    DoorTerms terms;
    DoorCounts counts;
    SilentCore broker;
    HttpDoor door{loop, timers, broker, routes, terms, counts};
    int port = 0;
    std::string host;
};

} // namespace keybearer
