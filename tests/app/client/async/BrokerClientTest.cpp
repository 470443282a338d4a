#include "app/client/async/BrokerClient.h"

#include "broker/protocol/Endpoint.h"
#include "tests/app/tray/support/ScriptedBroker.h"

#include <QTest>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

using std::chrono::milliseconds;

class BrokerClientTest : public ::testing::Test {
protected:
    BrokerClient::Options options() {
        BrokerClient::Options options;
        options.socket = broker.path();
        options.name = QStringLiteral("test");
        options.firstDelay = milliseconds(1);
        options.lastDelay = milliseconds(8);
        options.launch = [this] { ++launches; };
        return options;
    }
    void connectTo(BrokerClient& client) {
        QObject::connect(&client, &BrokerClient::connected, &client, [this] { ++connections; });
        QObject::connect(&client, &BrokerClient::disconnected, &client, [this](const Error& why) {
            ++disconnections;
            lastWhy = why.message;
        });
        client.start();
    }
    void connectAndWait(BrokerClient& client) {
        broker.start();
        connectTo(client);
        ASSERT_TRUE(QTest::qWaitFor([&] { return client.isConnected(); }));
    }

    ScriptedBroker broker;
    int launches = 0;
    int connections = 0;
    int disconnections = 0;
    std::string lastWhy;
};

TEST_F(BrokerClientTest, HelloIsTheFirstMessage) {
    BrokerClient client(options());
    connectAndWait(client);
    ASSERT_EQ(broker.calls().size(), 1U);
    EXPECT_EQ(broker.calls()[0].method, "hello");
    EXPECT_EQ(broker.calls()[0].params["protocol"], 1);
    EXPECT_EQ(broker.calls()[0].params["client"]["name"], "test");
}

TEST_F(BrokerClientTest, AnswersOutOfOrderReachTheirCallers) {
    BrokerClient client(options());
    connectAndWait(client);
    std::vector<std::string> got;
    client.call("session.show", Json::object(), &client,
                [&](const Result<Json>& r) { got.push_back(*stringAt(*r, "is")); });
    client.call("session.rename", Json::object(), &client,
                [&](const Result<Json>& r) { got.push_back(*stringAt(*r, "is")); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return broker.calls().size() == 3; }));
    broker.reply(broker.calls()[2].id, Json{{"is", "second"}});
    broker.reply(broker.calls()[1].id, Json{{"is", "first"}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return got.size() == 2; }));
    EXPECT_EQ(got, (std::vector<std::string>{"second", "first"}));
}

TEST_F(BrokerClientTest, ErrorsOfTheBrokerKeepTheirCode) {
    BrokerClient client(options());
    connectAndWait(client);
    broker.answer("session.show",
                  Json{{"error", {{"code", -31011}, {"message", "no"}, {"data", {{"name", "not_found"}}}}}});
    std::optional<ErrorCode> code;
    client.call("session.show", Json::object(), &client,
                [&](const Result<Json>& r) { code = r.error().code; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return code.has_value(); }));
    EXPECT_EQ(*code, ErrorCode::NotFound);
}

TEST_F(BrokerClientTest, LateAnswerIsTimedOutAndThenIgnored) {
    BrokerClient client(options());
    connectAndWait(client);
    int answers = 0;
    std::optional<ErrorCode> code;
    client.call(
        "session.show", Json::object(), &client,
        [&](const Result<Json>& r) {
            ++answers;
            code = r.error().code;
        },
        milliseconds(5));
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers == 1; }));
    EXPECT_EQ(*code, ErrorCode::TimedOut);
    broker.reply(broker.calls().back().id, Json::object());
    bool roundTrip = false;
    client.call("session.list", Json::object(), &client, [&](const Result<Json>&) { roundTrip = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return roundTrip; }));
    EXPECT_EQ(answers, 1);
}

TEST_F(BrokerClientTest, CallWithoutConnectionFailsButNeverFromInsideTheCall) {
    BrokerClient client(options());
    std::optional<ErrorCode> code;
    client.call("session.list", Json::object(), &client,
                [&](const Result<Json>& r) { code = r.error().code; });
    EXPECT_FALSE(code.has_value());
    ASSERT_TRUE(QTest::qWaitFor([&] { return code.has_value(); }));
    EXPECT_EQ(*code, ErrorCode::BrokerUnreachable);
}

TEST_F(BrokerClientTest, AnswerIsDroppedWhenItsContextIsGone) {
    BrokerClient client(options());
    connectAndWait(client);
    bool called = false;
    auto context = std::make_unique<QObject>();
    client.call("session.list", Json::object(), context.get(), [&](const Result<Json>&) { called = true; });
    context.reset();
    bool roundTrip = false;
    client.call("session.list", Json::object(), &client, [&](const Result<Json>&) { roundTrip = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return roundTrip; }));
    EXPECT_FALSE(called);
}

TEST_F(BrokerClientTest, BrokerRestartIsSurvivedAndOpenCallsFail) {
    BrokerClient client(options());
    connectAndWait(client);
    std::optional<ErrorCode> code;
    client.call("session.show", Json::object(), &client,
                [&](const Result<Json>& r) { code = r.error().code; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return broker.calls().size() == 2; }));
    broker.stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return code.has_value(); }));
    EXPECT_EQ(*code, ErrorCode::BrokerUnreachable);
    EXPECT_FALSE(client.isConnected());
    broker.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return client.isConnected(); }));
    EXPECT_EQ(connections, 2);
}

TEST_F(BrokerClientTest, BrokerIsLaunchedOnceWhileNobodyListens) {
    BrokerClient client(options());
    connectTo(client);
    ASSERT_TRUE(QTest::qWaitFor([&] { return disconnections >= 4; }));
    EXPECT_EQ(launches, 1);
    broker.start();
    EXPECT_TRUE(QTest::qWaitFor([&] { return client.isConnected(); }));
}

TEST_F(BrokerClientTest, BrokerThatGoesAwayIsNotReplacedBeforeAnAttemptHasFailed) {
    BrokerClient client(options());
    connectAndWait(client);
    broker.stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return disconnections == 1; }));
    EXPECT_EQ(launches, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return launches == 1; }));
}

TEST_F(BrokerClientTest, EventsArriveWithTheirTopic) {
    BrokerClient client(options());
    QString topic;
    std::string id;
    QObject::connect(&client, &BrokerClient::event, &client, [&](const QString& name, const Json& params) {
        topic = name;
        id = stringAt(params, "session_id").value_or("");
    });
    connectAndWait(client);
    broker.emitEvent("session.changed", Json{{"session_id", "s1"}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !topic.isEmpty(); }));
    EXPECT_EQ(topic, QStringLiteral("session.changed"));
    EXPECT_EQ(id, "s1");
}

TEST_F(BrokerClientTest, OverlongLineEndsTheConnection) {
    BrokerClient client(options());
    connectAndWait(client);
    broker.sendRaw(std::string(limits::lineBytes + 2, 'x'));
    ASSERT_TRUE(QTest::qWaitFor([&] { return disconnections == 1; }));
    EXPECT_EQ(lastWhy, "the broker sent a message that is too long");
}

TEST_F(BrokerClientTest, WhatIsNoJsonObjectEndsTheConnection) {
    for (const std::string line : {"hello\n", "[]\n", "{\"id\":1,\"id\":2}\n", "\xff\n"}) {
        BrokerClient client(options());
        disconnections = 0;
        connectAndWait(client);
        broker.sendRaw(line);
        ASSERT_TRUE(QTest::qWaitFor([&] { return disconnections == 1; })) << line;
        EXPECT_EQ(lastWhy, "the broker sent a message that is no JSON object");
        broker.stop();
    }
}

TEST_F(BrokerClientTest, StrangeButValidMessagesAreIgnored) {
    BrokerClient client(options());
    connectAndWait(client);
    broker.sendRaw(
        "{}\n{\"id\":99,\"result\":1}\n{\"method\":\"event\"}\n{\"method\":\"event\",\"params\":[]}\n"
        "{\"method\":\"event\",\"params\":{\"topic\":7}}\n{\"id\":\"x\",\"error\":null}\n");
    bool roundTrip = false;
    client.call("session.list", Json::object(), &client, [&](const Result<Json>&) { roundTrip = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return roundTrip; }));
    EXPECT_EQ(disconnections, 0);
}

TEST_F(BrokerClientTest, AnotherProtocolVersionIsRefused) {
    broker.answer("hello", Json{{"server", "keybearerd"}, {"protocol", 2}});
    broker.start();
    BrokerClient client(options());
    connectTo(client);
    ASSERT_TRUE(QTest::qWaitFor([&] { return disconnections >= 1; }));
    EXPECT_EQ(lastWhy, "the broker speaks another version of the protocol");
    EXPECT_FALSE(client.isConnected());
}

TEST_F(BrokerClientTest, SilentBrokerIsGivenUpAndTriedAgain) {
    broker.ignore("hello");
    broker.start();
    BrokerClient::Options hasty = options();
    hasty.helloDeadline = milliseconds(5);
    BrokerClient client(hasty);
    connectTo(client);
    ASSERT_TRUE(QTest::qWaitFor([&] { return broker.connections() >= 2; }));
    EXPECT_EQ(connections, 0);
}

TEST_F(BrokerClientTest, DestructionInTheMidstOfCallsAnswersNone) {
    bool called = false;
    {
        BrokerClient client(options());
        connectAndWait(client);
        client.call("session.show", Json::object(), qApp, [&](const Result<Json>&) { called = true; });
    }
    QCoreApplication::processEvents();
    EXPECT_FALSE(called);
}

TEST(BackoffTest, DoublesUpToItsLimitAndStartsOver) {
    Backoff backoff(milliseconds(200), milliseconds(5000));
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 7; ++i)
        waits.push_back(backoff.next().count());
    EXPECT_EQ(waits, (std::vector<std::int64_t>{200, 400, 800, 1600, 3200, 5000, 5000}));
    backoff.reset();
    EXPECT_EQ(backoff.next(), milliseconds(200));
}

} // namespace
} // namespace keybearer::test
