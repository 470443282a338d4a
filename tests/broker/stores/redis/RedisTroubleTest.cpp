#include "tests/broker/stores/redis/RedisTestRecords.h"

#include <QElapsedTimer>
#include <QTcpSocket>

namespace keybearer {
namespace {

using testing::Health;
using testing::RedisServer;
using testing::TestRecords;

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// A server that says what it is told, to everything that it hears.
class ScriptedRedis {
public:
    explicit ScriptedRedis(QByteArray answer, bool closes = false)
        : answer_(std::move(answer)), closes_(closes) {
        EXPECT_TRUE(server_.listen(QHostAddress::LocalHost));
        QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] { accept(); });
    }
    [[nodiscard]] std::string url() const {
        return "redis://127.0.0.1:" + std::to_string(server_.serverPort());
    }
    int connections = 0;

private:
    void accept() {
        QTcpSocket* socket = server_.nextPendingConnection();
        ++connections;
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(*socket); });
    }
    void answer(QTcpSocket& socket) const {
        socket.readAll();
        socket.write(answer_);
        if (closes_)
            socket.disconnectFromHost();
    }
    QTcpServer server_;
    QByteArray answer_;
    bool closes_;
};

TEST(RedisTrouble, AUrlThatIsNoneFailsAtTheStartAndEveryCallAfterIt) {
    const TestRecords records(testing::redisConfig("redis://cache.example.com"));
    EXPECT_FALSE(records.started);
    EXPECT_EQ(records.records->health().state, Health::State::Unavailable);
    const Result<RemoteRecords::Record> record = records.get("item/x");
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(holds(record.error().message, "store.redis.url"));
    EXPECT_FALSE(records.put("item/x", 0, "x"));
    EXPECT_FALSE(records.list(""));
    EXPECT_FALSE(records.lease("item/x", "a"));
}

TEST(RedisTrouble, ARefusedConnectionIsSaidAndTriedAgain) {
    const std::string url = "redis://127.0.0.1:" + std::to_string(testing::freePort());
    const TestRecords records(testing::redisConfig(url));
    const Result<RemoteRecords::Record> record = records.get("item/x");
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(holds(record.error().message, "refuses the connection")) << record.error().message;
    EXPECT_NE(record.error().action, "");
    EXPECT_EQ(records.trouble().problem, record.error().message);
}

TEST(RedisTrouble, ANameThatNobodyKnowsIsSaid) {
    const TestRecords records(testing::redisConfig("rediss://no-such-host.invalid"));
    EXPECT_TRUE(holds(records.trouble(30'000).problem, "no-such-host.invalid"));
}

TEST(RedisTrouble, ASocketFileThatIsNotThereIsSaid) {
    const TestRecords records(testing::redisConfig("unix:/nonexistent/redis.sock"));
    EXPECT_TRUE(holds(records.trouble().problem, "does not exist")) << records.trouble().problem;
}

// Measured with room for a machine under load.
constexpr int fiveSecondsUnderLoad = 8000;

TEST(RedisTrouble, TheUsualPatienceNoticesAHangWithinFiveSeconds) {
    const RedisPauses usual;
    EXPECT_LT(usual.keepAlive + usual.patience.answer, std::chrono::seconds(5));
    EXPECT_LE(usual.patience.opening, std::chrono::seconds(5));
}

TEST(RedisTrouble, AServerThatAcceptsAndNeverAnswersIsNoticed) {
    ScriptedRedis silent("");
    QElapsedTimer since;
    since.start();
    const TestRecords records(testing::redisConfig(silent.url()));
    const Result<RemoteRecords::Record> record = records.get("item/x");
    ASSERT_FALSE(record);
    EXPECT_TRUE(holds(record.error().message, "has stopped answering")) << record.error().message;
    EXPECT_LT(since.elapsed(), fiveSecondsUnderLoad);
}

TEST(RedisTrouble, AServerThatSpeaksHttpIsNoRedis) {
    ScriptedRedis http("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    const TestRecords records(testing::redisConfig(http.url()));
    EXPECT_TRUE(holds(records.trouble().problem, "is no Redis protocol")) << records.trouble().problem;
}

TEST(RedisTrouble, AServerThatSaysOkToEverythingIsNotTrusted) {
    ScriptedRedis yes("+OK\r\n+OK\r\n+OK\r\n");
    const TestRecords records(testing::redisConfig(yes.url()));
    EXPECT_TRUE(holds(records.trouble().problem, "does not say what it is")) << records.trouble().problem;
}

TEST(RedisTrouble, AConnectionCutInTheMiddleOfAnAnswerIsAnOutageAndTriedAgain) {
    ScriptedRedis cut("*3\r\n$6\r\nmas", true);
    const TestRecords records(testing::redisConfig(cut.url()));
    EXPECT_TRUE(holds(records.trouble().problem, "has closed the connection"));
    EXPECT_TRUE(spinUntil([&] { return cut.connections >= 3; }));
}

TEST(RedisTrouble, AnEndlessAnswerEndsTheConnectionNotTheMemory) {
    ScriptedRedis endless("$2000000000\r\n" + QByteArray(3 << 20, 'x'));
    const TestRecords records(testing::redisConfig(endless.url()));
    EXPECT_TRUE(holds(records.trouble().problem, "far too long")) << records.trouble().problem;
}

TEST(RedisTrouble, WhileItIsAwayCallsFailAtOnce) {
    RedisServer server;
    const TestRecords records(server);
    ASSERT_TRUE(records.becomesReady());
    server.stop();
    static_cast<void>(records.trouble());
    ASSERT_TRUE(spinUntil([&] { return !records.get("item/x"); }));
    QElapsedTimer since;
    since.start();
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(records.get("item/x").error().code, ErrorCode::StoreUnavailable);
    EXPECT_LT(since.elapsed(), 10'000);
}

TEST(RedisTrouble, AfterARestartItIsThereAgainByItselfWithWhatWasWritten) {
    RedisServer server;
    const TestRecords records(server);
    const TestRecords other(server);
    ASSERT_TRUE(records.becomesReady() && other.becomesReady());
    ASSERT_TRUE(records.put("item/x", 0, "before"));
    const Result<RemoteRecords::Lease> lease = records.lease("item/x", "a");
    ASSERT_TRUE(lease);
    server.stop();
    static_cast<void>(records.trouble());
    records.records->giveBack("item/x", "a", lease->fence); // is not forgotten
    server.start();
    ASSERT_TRUE(records.becomesReady() && other.becomesReady());
    EXPECT_EQ(records.connections, 2) << "so that whoever is above compares";
    EXPECT_EQ(records.get("item/x")->sealed, "before");
    Result<RemoteRecords::Lease> next = failure(ErrorCode::TimedOut, "");
    ASSERT_TRUE(spinUntil([&] {
        next = other.lease("item/x", "b");
        return next.has_value();
    }));
    EXPECT_FALSE(next->abandoned);
    EXPECT_GT(next->fence, lease->fence);
    std::uint64_t told = 0;
    QObject::connect(other.records.get(), &RemoteRecords::changed, other.records.get(),
                     [&](const std::string&, std::uint64_t revision) { told = revision; });
    ASSERT_TRUE(records.put("item/x", 1, "after"));
    EXPECT_TRUE(spinUntil([&] { return told == 2; })) << "news flow again, too";
}

TEST(RedisTrouble, AServerThatHangsIsNoticedAndUsedAgainLater) {
    RedisServer server;
    const TestRecords records(server);
    ASSERT_TRUE(records.becomesReady());
    server.pause();
    QElapsedTimer since;
    since.start();
    const Result<void> written = records.put("item/x", 0, "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(holds(records.trouble(1000).problem, "has stopped answering"));
    EXPECT_LT(since.elapsed(), fiveSecondsUnderLoad);
    server.resume();
    ASSERT_TRUE(records.becomesReady(20'000));
    EXPECT_TRUE(records.put("item/x", 0, "x")) << "whether the first one was carried out or not";
}

TEST(RedisTrouble, AHangIsNoticedWithoutAnyCall) {
    RedisServer server;
    const TestRecords records(server);
    ASSERT_TRUE(records.becomesReady());
    server.pause();
    EXPECT_TRUE(holds(records.trouble(fiveSecondsUnderLoad).problem, "has stopped answering"));
    server.resume();
}

TEST(RedisTrouble, FullMemoryFailsWritesAndIsSaidReadsGoOn) {
    RedisServer server;
    const TestRecords records(server);
    ASSERT_TRUE(records.becomesReady());
    ASSERT_TRUE(records.put("item/x", 0, "x"));
    server.say({"CONFIG", "SET", "maxmemory", "1mb"});
    server.say({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
    const Result<void> refused = records.put("item/y", 0, "y");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(holds(refused.error().message, "no memory left")) << refused.error().message;
    EXPECT_EQ(records.trouble().problem, refused.error().message);
    EXPECT_EQ(records.get("item/x")->sealed, "x");
    EXPECT_EQ(records.get("item/y").error().code, ErrorCode::NotFound);
    server.say({"CONFIG", "SET", "maxmemory", "0"});
    EXPECT_TRUE(records.put("item/y", 0, "y"));
    EXPECT_TRUE(records.isReady()) << "and the trouble is over";
}

TEST(RedisTrouble, AClusterIsRefusedByName) {
    RedisServer::Wish wish;
    wish.more = {"--cluster-enabled", "yes"};
    const RedisServer server(wish);
    const TestRecords records(server);
    EXPECT_TRUE(holds(records.trouble().problem, "Redis Cluster, which is not supported"))
        << records.trouble().problem;
}

} // namespace
} // namespace keybearer
