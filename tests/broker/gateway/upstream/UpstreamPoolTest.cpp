#include "tests/broker/gateway/upstream/Upstream.h"
#include "tests/support/OwnMemory.h"

namespace keybearer {

namespace {

using namespace test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

class Collector final : public UpstreamListener {
public:
    void onHead(const UpstreamHead& got) override { head = got; }
    bool onBody(std::string_view bytes) override {
        size += bytes.size();
        if (body.size() < 1000)
            body.append(bytes.substr(0, 1000));
        return true;
    }
    void onEnd(UpstreamEnd got) override { end = std::move(got); }

    UpstreamHead head;
    std::string body;
    std::size_t size = 0;
    std::optional<UpstreamEnd> end;
};

class UpstreamPoolTest : public UpstreamTest {
protected:
    UpstreamRequest post(const std::string& body = "{}") {
        UpstreamRequest made;
        made.url = server->url();
        made.body = std::make_shared<const std::string>(body);
        return made;
    }
    // Sends and waits for the end.
    Collector run(UpstreamRequest wanted, int wait = 20'000) {
        Collector got;
        const auto transfer = pool.start(std::move(wanted), got);
        EXPECT_TRUE(until([&] { return got.end.has_value(); }, wait));
        return got;
    }
    std::string errorOf(const Collector& got) {
        return got.end && got.end->error ? got.end->error->message : std::string();
    }
};

TEST_F(UpstreamPoolTest, AnswersAreTakenHoweverTheyAreFramed) {
    std::string wire;
    serve([&](const Request&, const Reply& reply) {
        reply->write(wire);
        if (wire.find("close") != std::string::npos)
            reply->close();
    });
    for (const std::string one :
         {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
          "chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nTrailer: 1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok", "HTTP/1.0 200 close\r\n\r\nok"}) {
        wire = one;
        const Collector got = run(post());
        EXPECT_EQ(errorOf(got), "") << one;
        EXPECT_EQ(got.head.status, 200) << one;
        EXPECT_EQ(got.body, "ok") << one;
        EXPECT_TRUE(got.head.field("link").empty());
    }
}

TEST_F(UpstreamPoolTest, AListenerThatStopsWithEveryPieceGetsAllOfIt) {
    class Hesitant final : public UpstreamListener {
    public:
        explicit Hesitant(boost::asio::io_context& loop) : loop_(loop) {}
        void onHead(const UpstreamHead&) override {}
        bool onBody(std::string_view bytes) override {
            size += bytes.size();
            boost::asio::post(loop_, [this] { transfer->resume(); });
            return false;
        }
        void onEnd(UpstreamEnd got) override { end = std::move(got); }

        std::unique_ptr<UpstreamTransfer> transfer;
        std::size_t size = 0;
        std::optional<UpstreamEnd> end;

    private:
        boost::asio::io_context& loop_;
    };
    const std::size_t whole = 16U << 20;
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(whole) + "\r\n\r\n");
        reply->write(std::string(whole, 'a'));
    });
    Hesitant hesitant(loop);
    hesitant.transfer = pool.start(post(), hesitant);
    ASSERT_TRUE(until([&] { return hesitant.end.has_value(); }));
    EXPECT_FALSE(hesitant.end->error);
    EXPECT_EQ(hesitant.size, whole);
}

TEST_F(UpstreamPoolTest, BrokenAnswersAreErrorsAndNothingIsSentTwice) {
    std::string wire;
    serve([&](const Request&, const Reply& reply) {
        reply->write(wire);
        reply->close();
    });
    int sent = 0;
    for (const std::string one :
         {"", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\nnogzip",
          "\x16\x03\x01 what"}) {
        wire = one;
        const Collector got = run(post());
        EXPECT_NE(errorOf(got), "") << one;
        EXPECT_EQ(server->requests().size(), static_cast<std::size_t>(++sent)) << one;
    }
}

TEST_F(UpstreamPoolTest, AKeptConnectionThatDiesUnderARequestIsNoReasonToSendItAgain) {
    int requests = 0;
    serve([&](const Request&, const Reply& reply) {
        if (++requests % 2 == 1)
            return reply->write(ScriptedServer::json("{}"));
        reply->reset(); // it may have acted on it
    });
    EXPECT_EQ(errorOf(run(post())), "");
    const Collector got = run(post());
    EXPECT_EQ(errorOf(got), "The connection to 127.0.0.1 ended before the answer did");
    EXPECT_FALSE(got.end->notAccepted);
    EXPECT_EQ(requests, 2);
    EXPECT_EQ(errorOf(run(post())), "");
    UpstreamRequest harmless;
    harmless.method = "GET";
    harmless.url = server->url();
    harmless.repeatable = true;
    EXPECT_EQ(errorOf(run(std::move(harmless))), "");
    EXPECT_EQ(requests, 5);
}

TEST_F(UpstreamPoolTest, AServerThatIsNotThereIsSaidAsSuch) {
    serve([&](const Request&, const Reply&) {});
    UpstreamRequest wanted = post();
    server->stop();
    const Collector got = run(std::move(wanted));
    EXPECT_EQ(errorOf(got), "No answer from 127.0.0.1: it does not accept connections");
    EXPECT_TRUE(got.end->notAccepted);
}

TEST_F(UpstreamPoolTest, AHungServerEndsInAnErrorInTime) {
    std::string wire;
    serve([&](const Request&, const Reply& reply) { reply->write(wire); });
    for (const std::string one :
         {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 100 Continue\r\n\r\n"}) {
        wire = one;
        UpstreamRequest wanted = post();
        wanted.headTimeout = milliseconds(300);
        const auto began = steady_clock::now();
        EXPECT_EQ(errorOf(run(std::move(wanted))), "No answer from 127.0.0.1 within 1 second") << one;
        EXPECT_LT(steady_clock::now() - began, milliseconds(3000));
    }
}

TEST_F(UpstreamPoolTest, AHeadThatDripsEndsAtItsDeadline) {
    std::shared_ptr<boost::asio::steady_timer> timer = std::make_shared<boost::asio::steady_timer>(loop);
    std::function<void(Reply)> drip = [&](const Reply& reply) {
        timer->expires_after(milliseconds(20));
        timer->async_wait([&, reply](const auto& error) {
            if (error || reply->closedByClient())
                return;
            reply->write("A: b\r\n");
            drip(reply);
        });
    };
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\n");
        drip(reply);
    });
    UpstreamRequest wanted = post();
    wanted.headTimeout = milliseconds(400);
    EXPECT_EQ(errorOf(run(std::move(wanted), 5000)), "No answer from 127.0.0.1 within 1 second");
    timer->cancel();
    settle(loop);
}

TEST_F(UpstreamPoolTest, AnEventStreamMayBeSilentPastTheDeadlineOfTheHead) {
    serve([&](const Request&, const Reply& reply) { reply->write(ScriptedServer::events()); });
    UpstreamRequest wanted = post();
    wanted.headTimeout = milliseconds(100);
    Collector got;
    const auto transfer = pool.start(std::move(wanted), got);
    ASSERT_TRUE(until([&] { return got.head.status == 200; }));
    settle(loop, 300);
    EXPECT_FALSE(got.end);
}

TEST_F(UpstreamPoolTest, T_26_AMillionFieldsAreNotRead) {
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\n");
        reply->drained = [&to = *reply] {
            std::string many;
            for (int i = 0; i < 1000; ++i)
                many += "X-" + std::to_string(i) + ": y\r\n";
            to.write(many);
        };
    });
    const std::size_t before = residentBytes();
    EXPECT_EQ(errorOf(run(post())), "127.0.0.1 sends a head without end");
    EXPECT_LT(residentBytes(), before + 16 * 1024 * 1024 + keptBySanitizers);
}

TEST_F(UpstreamPoolTest, T_26_OneEndlessFieldIsNotRead) {
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\nX: ");
        reply->drained = [&to = *reply] { to.write(std::string(65536, 'x')); };
    });
    EXPECT_NE(errorOf(run(post())), "");
}

TEST_F(UpstreamPoolTest, T_26_ABodyWithoutEndIsTakenAsFastAsItIsReadAndNoFaster) {
    serve([&](const Request&, const Reply& reply) {
        reply->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        reply->drained = [&to = *reply] { to.write(std::string(1024 * 1024, 'x')); };
    });
    const std::size_t before = residentBytes();
    Collector got;
    const auto transfer = pool.start(post(), got);
    ASSERT_TRUE(until([&] { return got.size > 256U * 1024 * 1024; }, 60'000));
    EXPECT_LT(residentBytes(), before + 32 * 1024 * 1024 + keptBySanitizers);
}

TEST_F(UpstreamPoolTest, SEC_C_21_HttpIsSpokenToThisMachineAlone) {
    for (const std::string url :
         {"http://192.0.2.1/mcp", "http://example.test/mcp", "http://127.0.0.1.example.test/",
          "http://0.0.0.0/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://user:secret@127.0.0.1/",
          "http://", "nonsense", "http://127.0.0.1/a b", "http://127.0.0.1\r\n/x", "http://[::2]/"}) {
        UpstreamRequest wanted;
        wanted.url = url;
        wanted.method = "GET";
        const Collector got = run(std::move(wanted));
        ASSERT_TRUE(got.end && got.end->error) << url;
        EXPECT_EQ(got.end->error->code, ErrorCode::InvalidParams) << url;
    }
    serve([&](const Request&, const Reply& reply) { reply->write(ScriptedServer::json("{}")); });
    for (const std::string host : {"127.0.0.1", "localhost"}) {
        UpstreamRequest wanted = post();
        wanted.url = server->url("/mcp", host);
        EXPECT_EQ(errorOf(run(std::move(wanted))), "") << host;
    }
}

TEST_F(UpstreamPoolTest, NoProxyIsAskedForThisMachine) {
    serve([&](const Request&, const Reply& reply) { reply->write(ScriptedServer::json("{}")); });
    UpstreamRequest wanted = post();
    wanted.proxy = "http://192.0.2.1:3128";
    EXPECT_EQ(errorOf(run(std::move(wanted))), "");
}

TEST_F(UpstreamPoolTest, ATakenBackRequestTellsNothingMore) {
    Reply call;
    serve([&](const Request&, const Reply& reply) { call = reply; });
    Collector got;
    auto transfer = pool.start(post(), got);
    ASSERT_TRUE(until([&] { return call != nullptr; }));
    transfer.reset();
    ASSERT_TRUE(until([&] { return call->closedByClient(); }));
    EXPECT_FALSE(got.end);
    // Also where it has not begun.
    transfer = pool.start(post(), got);
    transfer.reset();
    UpstreamRequest bad;
    bad.url = "nonsense";
    transfer = pool.start(std::move(bad), got);
    transfer.reset();
    settle(loop);
    EXPECT_FALSE(got.end);
}

} // namespace

} // namespace keybearer
