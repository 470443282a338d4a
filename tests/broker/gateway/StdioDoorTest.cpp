// The door and the core link over real sockets, with a broker and a server of the test's own.
#include "broker/gateway/StdioDoor.h"
#include "broker/gateway/CoreLink.h"

#include "tests/support/FakeGateway.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

// One end of a stream socket, read and written without waiting for ever.
class Wire {
public:
    explicit Wire(int descriptor) : descriptor_(descriptor) {
        ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
    }
    ~Wire() { close(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    void close() {
        if (descriptor_ >= 0)
            ::close(std::exchange(descriptor_, -1));
    }
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
    void takeIn() {
        std::array<char, 65536> buffer{};
        while (true) {
            const ssize_t n = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
            if (n == 0)
                ended = true;
            if (n <= 0)
                return;
            text.append(buffer.data(), static_cast<std::size_t>(n));
        }
    }
    [[nodiscard]] std::vector<std::string> lines() {
        takeIn();
        std::vector<std::string> out;
        std::size_t start = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
            out.push_back(text.substr(start, end - start));
            start = end + 1;
        }
        return out;
    }

    std::string text;
    bool ended = false;

private:
    int descriptor_;
};

struct World {
    World() {
        std::array<char, 32> directory{"/tmp/keybearer-door-XXXXXX"};
        EXPECT_NE(::mkdtemp(directory.data()), nullptr);
        directory_ = directory.data();
        address_.sun_family = AF_UNIX;
        const std::string path = directory_ + "/mcp.sock";
        path.copy(address_.sun_path, sizeof(address_.sun_path) - 1);
        const int listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
        EXPECT_EQ(::bind(listening, reinterpret_cast<const sockaddr*>(&address_), sizeof(address_)), 0);
        EXPECT_EQ(::listen(listening, 8), 0);
        door = std::make_unique<StdioDoor>(loop, McpExchange::Parts{core, timers, server, memory, seal},
                                           listening);
        door->start();
    }
    ~World() {
        door.reset();
        ::unlink(address_.sun_path);
        ::rmdir(directory_.c_str());
    }
    [[nodiscard]] std::unique_ptr<Wire> connect() {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        EXPECT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address_), sizeof(address_)), 0);
        return std::make_unique<Wire>(descriptor);
    }
    // Runs the loop until something is so.
    void until(const std::function<bool()>& so) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (!so() && std::chrono::steady_clock::now() < end) {
            loop.restart();
            loop.run_for(2ms);
        }
        EXPECT_TRUE(so());
    }
    // A client whose exchange is open.
    [[nodiscard]] std::unique_ptr<Wire> admitted() {
        auto wire = connect();
        wire->write("{\"ticket\":\"t\"}\n");
        until([&] { return !core.asked.empty(); });
        core.answer(Json{{"exchange", "x1"}, {"service", "svc"}, {"url", "http://127.0.0.1/mcp"}});
        until([&] { return wire->lines().size() == 1; });
        return wire;
    }

    boost::asio::io_context loop;
    LoopTimers timers{loop};
    FakeCore core;
    FakeServer server;
    ServerMemory memory;
    StateSeal seal;
    std::unique_ptr<StdioDoor> door;

private:
    std::string directory_;
    sockaddr_un address_{};
};

TEST(StdioDoor, ATicketOpensAnExchangeAndMessagesMayFollowAtOnce) {
    World world;
    const auto client = world.connect();
    client->write("{\"ticket\":\"secret\"}\n" + ExchangeWorld::initialize + "\n");
    world.until([&] { return !world.core.asked.empty(); });
    EXPECT_EQ(world.core.asked.front().method, "exchange.open");
    EXPECT_EQ(world.core.asked.front().params["ticket"], "secret");
    EXPECT_TRUE(world.server.sent.empty());
    world.core.answer(Json{{"exchange", "x1"}, {"service", "svc"}, {"url", "http://127.0.0.1/mcp"}});
    world.until([&] { return world.server.sent.size() == 1; });
    EXPECT_EQ(client->lines().front(), R"({"service":"svc"})");
    EXPECT_NE(world.door->exchange("x1"), nullptr);
}

TEST(StdioDoor, WhatTheBrokerSaidBeforeTheClientIsTakenInBeforeTheMessageGoesOn) {
    World world;
    const auto client = world.admitted();
    std::size_t sentBefore = 99;
    world.core.onCatchUp = [&] { sentBefore = world.server.sent.size(); };
    client->write(ExchangeWorld::initialize + "\n");
    world.until([&] { return world.server.sent.size() == 1; });
    EXPECT_EQ(sentBefore, 0U);
}

TEST(StdioDoor, ARefusedTicketIsToldAndTheConnectionCloses) {
    World world;
    const auto client = world.connect();
    client->write("{\"ticket\":\"old\"}\n");
    world.until([&] { return !world.core.asked.empty(); });
    world.core.answer(failure(ErrorCode::NotFound, "no such ticket"));
    world.until([&] {
        client->takeIn();
        return client->ended;
    });
    EXPECT_EQ(Json::parse(client->lines().front())["error"]["code"], -31011);
}

TEST(StdioDoor, AFirstLineWithoutTicketIsRefused) {
    for (const std::string& first : {std::string("nonsense\n"), std::string("{}\n"), std::string("[]\n")}) {
        World world;
        const auto client = world.connect();
        client->write(first);
        world.until([&] {
            client->takeIn();
            return client->ended;
        });
        EXPECT_TRUE(world.core.history.empty());
    }
}

TEST(StdioDoor, AFirstLineWithoutEndIsCutOffAtOneMebibyte) {
    World world;
    const auto client = world.connect();
    const std::string filler(64 * 1024, 'x');
    world.until([&] {
        client->write(filler);
        client->takeIn();
        return client->ended;
    });
    EXPECT_TRUE(world.core.history.empty());
}

TEST(StdioDoor, ALineThatIsTooLongIsRefusedAndTheConversationGoesOn) {
    World world;
    const auto client = world.admitted();
    std::size_t left = (std::size_t(64) << 20) + 1;
    std::string filler(1U << 20, 'x');
    client->write(R"({"jsonrpc":"2.0","id":77,"method":")");
    std::size_t offset = 0;
    world.until([&] {
        offset +=
            client->write(std::string_view(filler).substr(offset, std::min(filler.size() - offset, left)));
        if (offset == filler.size() || offset == left) {
            left -= offset;
            offset = 0;
        }
        return left == 0;
    });
    client->write("\"}\n" + ExchangeWorld::initialize + "\n");
    world.until([&] { return !world.server.sent.empty(); });
    const Json refusal = Json::parse(client->lines().at(1));
    EXPECT_EQ(refusal["id"], 77);
    EXPECT_EQ(refusal["error"]["code"], -32600);
}

TEST(StdioDoor, AClientThatDoesNotReadStopsTheServerUntilItDoes) {
    World world;
    const auto client = world.admitted();
    client->write(ExchangeWorld::initialize + "\n");
    world.until([&] { return !world.server.sent.empty(); });
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    const std::string message = R"({"jsonrpc":"2.0","method":"notifications/message","params":{"d":")" +
                                std::string(100'000, 'x') + "\"}}";
    int said = 0;
    while (world.server.say(message) && said < 1000) {
        ++said;
        world.loop.restart();
        world.loop.poll();
    }
    EXPECT_LT(said, 100);
    EXPECT_EQ(world.server.now().resumed, 0);
    world.until([&] { return client->lines().size() == static_cast<std::size_t>(said) + 3; });
    world.until([&] { return world.server.now().resumed == 1; });
}

TEST(StdioDoor, WhenAClientGoesItsExchangeEnds) {
    World world;
    const auto client = world.admitted();
    client->write(ExchangeWorld::initialize + "\n");
    world.until([&] { return !world.server.sent.empty(); });
    world.server.result("1", R"({"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{}})");
    client->close();
    world.until([&] { return !world.core.told.empty(); });
    EXPECT_EQ(world.core.told.front().first, "exchange.closed");
    EXPECT_EQ(world.core.told.front().second["exchange"], "x1");
    world.server.now().closing({});
    world.until([&] { return world.server.connections.empty(); });
    EXPECT_EQ(world.door->exchange("x1"), nullptr);
}

TEST(StdioDoor, ASlowClientDoesNotStopAnother) {
    World world;
    const auto slow = world.admitted();
    const auto quick = world.admitted();
    slow->write(R"({"jsonrpc":"2.0","id":1,"method":")"); // and no end
    quick->write(ExchangeWorld::initialize + "\n");
    world.until([&] { return !world.server.sent.empty(); });
}

struct Link {
    Link() {
        std::array<int, 2> pair{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
        link = std::make_unique<CoreLink>(loop, timers, pair[0]);
        broker = std::make_unique<Wire>(pair[1]);
        link->start([this](const std::string& method, const Json& params,
                           const std::vector<OwnedDescriptor>&) { told.emplace_back(method, params); },
                    [this] { ++ended; });
    }
    void until(const std::function<bool()>& so) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (!so() && std::chrono::steady_clock::now() < end) {
            loop.restart();
            loop.run_for(2ms);
        }
        EXPECT_TRUE(so());
    }
    boost::asio::io_context loop;
    LoopTimers timers{loop};
    std::unique_ptr<CoreLink> link;
    std::unique_ptr<Wire> broker;
    std::vector<std::pair<std::string, Json>> told;
    int ended = 0;
};

TEST(CoreLink, AnswersFindTheirRequestsInAnyOrder) {
    Link link;
    std::vector<int> got;
    for (int i = 0; i < 2; ++i)
        link.link->request("exchange.token", Json{{"n", i}}, 10s,
                           [&](const Result<Json>& result) { got.push_back((*result)["n"].get<int>()); });
    link.until([&] { return link.broker->lines().size() == 2; });
    const Json first = Json::parse(link.broker->lines()[0]);
    const Json second = Json::parse(link.broker->lines()[1]);
    link.broker->write(R"({"jsonrpc":"2.0","id":)" + second["id"].dump() + R"(,"result":{"n":2}})" + "\n" +
                       R"({"jsonrpc":"2.0","id":)" + first["id"].dump() + R"(,"result":{"n":1}})" + "\n");
    link.until([&] { return got.size() == 2; });
    EXPECT_EQ(got, (std::vector<int>{2, 1}));
}

TEST(CoreLink, EveryRequestHasADeadline) {
    Link link;
    std::optional<Result<Json>> got;
    link.link->request("exchange.token", Json::object(), 10ms,
                       [&](Result<Json> result) { got = std::move(result); });
    link.until([&] { return got.has_value(); });
    EXPECT_EQ(got->error().code, ErrorCode::TimedOut);
}

TEST(CoreLink, TheBrokersErrorsArriveWithTheirData) {
    Link link;
    std::optional<Result<Json>> got;
    link.link->request("exchange.token", Json::object(), 10s,
                       [&](Result<Json> result) { got = std::move(result); });
    link.broker->write(R"({"jsonrpc":"2.0","id":1,"error":{"code":-31001,"message":"m","data":{"name":)"
                       R"("authorization_required","action":"a","signin_id":"s"}}})"
                       "\n");
    link.until([&] { return got.has_value(); });
    EXPECT_EQ(got->error().code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(std::get<std::string>(*got->error().detail("signin_id")), "s");
}

TEST(CoreLink, WhenTheBrokerGoesEveryRequestFailsAndTheEndIsToldOnce) {
    Link link;
    int failed = 0;
    for (int i = 0; i < 3; ++i)
        link.link->request("exchange.token", Json::object(), 10s, [&](const Result<Json>& result) {
            failed += !result && result.error().code == ErrorCode::BrokerUnreachable ? 1 : 0;
        });
    link.broker->write(
        "{\"jsonrpc\":\"2.0\",\"method\":\"exchange.stale\",\"params\":{\"exchange\":\"x\"}}\n");
    link.broker->close();
    link.until([&] { return link.ended == 1; });
    EXPECT_EQ(failed, 3);
    ASSERT_EQ(link.told.size(), 1U);
    EXPECT_EQ(link.told[0].second["exchange"], "x");
}

TEST(CoreLink, ALineThatIsNoMessageEndsTheLink) {
    Link link;
    link.broker->write("nonsense\n");
    link.until([&] { return link.ended == 1; });
}

} // namespace
