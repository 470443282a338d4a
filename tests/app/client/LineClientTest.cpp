#include "app/client/LineClient.h"

#include "broker/protocol/Endpoint.h"
#include "tests/support/ScriptedBroker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

using std::chrono::milliseconds;
using testing::ScriptedBroker;
using testing::ScriptedConnection;
using testing::TemporaryDirectory;

constexpr milliseconds enough{10'000};
constexpr milliseconds soon{50};

HelloParams hello() {
    HelloParams params;
    params.clientName = "test";
    params.clientVersion = "1";
    return params;
}

std::unique_ptr<LineClient> connected(const ScriptedBroker& broker) {
    auto client = LineClient::connect(broker.socket(), hello(), enough);
    EXPECT_TRUE(client) << client.error().message;
    return client ? std::move(*client) : nullptr;
}

Error errorOf(const Result<Json>& result) {
    EXPECT_FALSE(result);
    return result ? Error() : result.error();
}

TEST(LineClient, ReturnsTheResultOfACall) {
    ScriptedBroker broker;
    broker.on("health.get", Json{{"status", "ok"}});
    const auto client = connected(broker);
    const Result<Json> health = client->call("health.get", Json::object(), enough);
    ASSERT_TRUE(health) << health.error().message;
    EXPECT_EQ((*health)["status"], "ok");
    EXPECT_EQ(client->serverVersion(), "9.9");
}

TEST(LineClient, HelloAndTheFirstRequestLeaveInOneWrite) {
    ScriptedBroker broker;
    broker.on("health.get", Json::object());
    const auto client = connected(broker);
    EXPECT_EQ(broker.received("hello").size(), 0U);
    ASSERT_TRUE(client->call("health.get", Json::object(), enough));
    EXPECT_EQ(broker.linesOfFirstRead(), 2U);
    ASSERT_EQ(broker.received("hello").size(), 1U);
    EXPECT_EQ(broker.received("hello")[0]["params"]["client"]["name"], "test");
}

TEST(LineClient, RefusalArrivesWithItsNameActionAndDetails) {
    ScriptedBroker broker;
    broker.refuse("token.get", Error(ErrorCode::NotFound, "no such provider", "Look closer.")
                                   .with("did_you_mean", std::string("github")));
    const auto client = connected(broker);
    const Error error = errorOf(client->call("token.get", Json::object(), enough));
    EXPECT_EQ(error.code, ErrorCode::NotFound);
    EXPECT_EQ(error.action, "Look closer.");
    ASSERT_NE(error.detail("did_you_mean"), nullptr);
}

TEST(LineClient, RefusedHelloIsTheErrorOfTheFirstRequest) {
    ScriptedBroker broker;
    broker.refuse("hello", Error(ErrorCode::ClientUnknown, "no such key"));
    broker.refuse("token.get", Error(ErrorCode::InvalidRequest, "hello first"));
    const auto client = connected(broker);
    EXPECT_EQ(errorOf(client->call("token.get", Json::object(), enough)).code, ErrorCode::ClientUnknown);
}

TEST(LineClient, AnswersOutOfOrderFindTheirRequests) {
    ScriptedBroker broker;
    Json first;
    broker.on("a", [&first](ScriptedConnection&, const Json& request) { first = request; });
    broker.on("b", [&first](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, "b");
        connection.answer(first, "a");
    });
    const auto client = connected(broker);
    const std::int64_t a = client->post("a", Json::object());
    const std::int64_t b = client->post("b", Json::object());
    const Result<Json> answerA = client->answer(a, enough);
    const Result<Json> answerB = client->answer(b, enough);
    ASSERT_TRUE(answerA && answerB);
    EXPECT_EQ(*answerA, "a");
    EXPECT_EQ(*answerB, "b");
}

TEST(LineClient, EventsDuringACallGoToTheSink) {
    ScriptedBroker broker;
    broker.on("slow", [](ScriptedConnection& connection, const Json& request) {
        connection.event(Json{{"topic", "alert"}, {"n", 1}});
        connection.answer(request, Json::object());
    });
    const auto client = connected(broker);
    std::vector<Json> seen;
    client->onEvent([&seen](const Json& event) { seen.push_back(event); });
    ASSERT_TRUE(client->call("slow", Json::object(), enough));
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0]["topic"], "alert");
}

TEST(LineClient, EventsWithoutASinkWaitForNextEvent) {
    ScriptedBroker broker;
    broker.on("slow", [](ScriptedConnection& connection, const Json& request) {
        connection.event(Json{{"topic", "alert"}, {"n", 1}});
        connection.answer(request, Json::object());
        connection.event(Json{{"topic", "alert"}, {"n", 2}});
    });
    const auto client = connected(broker);
    ASSERT_TRUE(client->call("slow", Json::object(), enough));
    for (int n = 1; n <= 2; ++n) {
        const Result<std::optional<Json>> event = client->nextEvent(enough);
        ASSERT_TRUE(event && event->has_value());
        EXPECT_EQ((**event)["n"], n);
    }
    const Result<std::optional<Json>> none = client->nextEvent(soon);
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->has_value());
}

TEST(LineClient, BrokerThatNeverAnswersTimesOut) {
    ScriptedBroker broker;
    broker.silent("token.get");
    const auto client = connected(broker);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(errorOf(client->call("token.get", Json::object(), soon)).code, ErrorCode::TimedOut);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, enough);
}

TEST(LineClient, StreamOfEventsDoesNotExtendTheDeadline) {
    ScriptedBroker broker;
    std::thread feeder;
    std::atomic<bool> stop = false;
    broker.on("token.get", [&](ScriptedConnection& connection, const Json&) {
        feeder = std::thread([&stop, connection]() {
            while (!stop) {
                connection.event(Json{{"topic", "alert"}});
                std::this_thread::sleep_for(milliseconds(1));
            }
        });
    });
    const auto client = connected(broker);
    EXPECT_EQ(errorOf(client->call("token.get", Json::object(), soon)).code, ErrorCode::TimedOut);
    stop = true;
    feeder.join();
}

TEST(LineClient, ForeignGarbageIsNamedAsSuch) {
    ScriptedBroker broker;
    for (const std::string& bytes :
         {std::string("HTTP/1.1 400 Bad Request\r\n\r\n"), std::string("\xff\xfe\0\0\n", 5),
          std::string("[]\n"), std::string("{}\n"), std::string("null\n"),
          std::string("{\"id\":77,\"result\":{}}\n"), std::string("{\"id\":1}\n"),
          std::string("{\"id\":1,\"id\":1,\"result\":{}}\n")}) {
        broker.on("hello",
                  [bytes](ScriptedConnection& connection, const Json&) { connection.sendRaw(bytes); });
        broker.silent("health.get");
        const auto client = connected(broker);
        EXPECT_EQ(errorOf(client->call("health.get", Json::object(), enough)).code,
                  ErrorCode::BrokerUnreachable)
            << bytes;
    }
}

TEST(LineClient, HalfALineAndTheEndIsAClosedConnection) {
    ScriptedBroker broker;
    broker.on("health.get", [](ScriptedConnection& connection, const Json&) {
        connection.sendRaw(R"({"jsonrpc":"2.0","id":1,"res)");
        connection.close();
    });
    const auto client = connected(broker);
    const Error error = errorOf(client->call("health.get", Json::object(), enough));
    EXPECT_EQ(error.code, ErrorCode::BrokerUnreachable);
    EXPECT_NE(error.message.find("closed"), std::string::npos);
}

TEST(LineClient, AnswerInPiecesIsPutTogether) {
    ScriptedBroker broker;
    broker.on("health.get", [](ScriptedConnection& connection, const Json&) {
        for (const char c : std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"status\":\"ok\"}}\n"))
            connection.sendRaw(std::string(1, c));
    });
    const auto client = connected(broker);
    const Result<Json> health = client->call("health.get", Json::object(), enough);
    ASSERT_TRUE(health) << health.error().message;
    EXPECT_EQ((*health)["status"], "ok");
}

TEST(LineClient, AnswerOfAlmostAMebibyteIsRead) {
    ScriptedBroker broker;
    broker.on("audit.query", Json{{"text", std::string(limits::lineBytes - 100, 'x')}});
    const auto client = connected(broker);
    const Result<Json> result = client->call("audit.query", Json::object(), enough);
    ASSERT_TRUE(result) << result.error().message;
}

TEST(LineClient, OverlongLineEndsTheConnection) {
    ScriptedBroker broker;
    broker.on("health.get", [](ScriptedConnection& connection, const Json&) {
        connection.sendRaw(std::string(limits::lineBytes + 10, 'x'));
    });
    const auto client = connected(broker);
    const Error error = errorOf(client->call("health.get", Json::object(), enough));
    EXPECT_EQ(error.code, ErrorCode::BrokerUnreachable);
    EXPECT_NE(error.message.find("longer"), std::string::npos);
}

TEST(LineClient, RefusalWithoutIdEndsTheWait) {
    ScriptedBroker broker;
    broker.on("health.get", [](ScriptedConnection& connection, const Json&) {
        connection.sendLine(
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not JSON","data":{}}})");
    });
    const auto client = connected(broker);
    EXPECT_EQ(errorOf(client->call("health.get", Json::object(), enough)).code, ErrorCode::ParseError);
}

TEST(LineClient, WatchedDescriptorInterruptsTheWait) {
    ScriptedBroker broker;
    broker.silent("token.get");
    const auto client = connected(broker);
    client->post("token.get", Json::object());
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], "x", 1), 1);
    const std::array watched{ends[0]};
    Result<Arrival> arrival = client->next(enough, watched);
    ASSERT_TRUE(arrival);
    EXPECT_EQ(arrival->kind, Arrival::Kind::Watched);
    EXPECT_EQ(arrival->descriptor, ends[0]);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(LineClient, AbsentBrokerIsMarkedSo) {
    const TemporaryDirectory home;
    const auto none = LineClient::connect(home.path() / "run" / "broker.sock", hello(), enough);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::BrokerUnreachable);
    const ErrorDetail* absent = none.error().detail("absent");
    ASSERT_NE(absent, nullptr);
    EXPECT_TRUE(std::get<bool>(*absent));
}

TEST(LineClient, StaleSocketFileIsAnAbsentBroker) {
    const TemporaryDirectory home;
    std::filesystem::path socket;
    {
        const ScriptedBroker broker(home.path());
        socket = broker.socket();
        std::filesystem::create_hard_link(socket, home.path() / "run" / "stale.sock");
    }
    const auto none = LineClient::connect(home.path() / "run" / "stale.sock", hello(), enough);
    ASSERT_FALSE(none);
    ASSERT_NE(none.error().detail("absent"), nullptr);
    EXPECT_TRUE(std::get<bool>(*none.error().detail("absent")));
}

TEST(LineClient, T_09_DirectoryThatOthersMayWriteIsRefused) {
    const ScriptedBroker broker;
    ASSERT_EQ(::chmod((broker.home() / "run").c_str(), 0777), 0);
    const auto refused = LineClient::connect(broker.socket(), hello(), enough);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_EQ(refused.error().detail("absent"), nullptr); // starting a broker would not help
}

TEST(LineClient, T_09_NobodyIsToldToCloseADirectoryForEverybody) {
    const ScriptedBroker broker;
    ASSERT_EQ(::chmod((broker.home() / "run").c_str(), 01777), 0);
    const auto refused = LineClient::connect(broker.socket(), hello(), enough);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_EQ(refused.error().action.find("chmod"), std::string::npos) << refused.error().action;
}

TEST(LineClient, T_09_LinkInPlaceOfTheDirectoryIsRefused) {
    const ScriptedBroker broker;
    std::filesystem::create_directory_symlink(broker.home() / "run", broker.home() / "link");
    const auto refused = LineClient::connect(broker.home() / "link" / "broker.sock", hello(), enough);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("not a directory"), std::string::npos);
}

TEST(LineClient, T_09_DirectoryOfAnotherUserIsRefused) {
    const ScriptedBroker broker;
    if (::geteuid() == 0) {
        ASSERT_EQ(::chown((broker.home() / "run").c_str(), 65534, 65534), 0);
        const auto refused = LineClient::connect(broker.socket(), hello(), enough);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().message.find("another user"), std::string::npos);
    } else {
        const auto refused = LineClient::connect("/usr/broker.sock", hello(), enough);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().message.find("another user"), std::string::npos);
    }
}

TEST(LineClient, OverlongSocketPathIsExplained) {
    const TemporaryDirectory home;
    const std::filesystem::path directory = home.path() / std::string(120, 'd');
    std::filesystem::create_directory(directory);
    ::chmod(directory.c_str(), 0700);
    const auto refused = LineClient::connect(directory / "broker.sock", hello(), enough);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("too long"), std::string::npos);
}

TEST(LineClientAdopted, AnswersToOthersWhoUsedTheConnectionBeforeArePassedOver) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const Result<std::unique_ptr<LineClient>> client = LineClient::adopt(ends[0], HelloParams());
    ASSERT_TRUE(client) << client.error().message;
    // Somebody asked with the ids 0 and 1 and did not wait.
    const std::string stale = R"({"jsonrpc":"2.0","id":0,"result":{}})"
                              "\n"
                              R"({"jsonrpc":"2.0","id":1,"result":{"access_token":"not-ours"}})"
                              "\n";
    ASSERT_EQ(::write(ends[1], stale.data(), stale.size()), static_cast<ssize_t>(stale.size()));
    const Result<Json> answer = (*client)->call("token.get", Json::object(), std::chrono::milliseconds(20));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::TimedOut);
    EXPECT_GE(::fcntl(ends[0], F_GETFD), 0); // the descriptor that was handed over stays open
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(LineClientAdopted, WhatIsNoConnectionIsRefused) {
    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (const int descriptor : {file, 987}) {
        const Result<std::unique_ptr<LineClient>> client = LineClient::adopt(descriptor, HelloParams());
        ASSERT_FALSE(client);
        EXPECT_EQ(client.error().code, ErrorCode::BrokerUnreachable);
        EXPECT_NE(client.error().message.find("KEYBEARER_FD"), std::string::npos);
    }
    ::close(file);
}

// --- a broker that hands over to a successor

const Json goodbye{{"topic", "broker.restarting"}};

TEST(LineClient, O3_WhatABrokerLeavesUnansweredWithAGoodbyeIsAskedAgain) {
    ScriptedBroker broker;
    std::atomic<int> asked = 0;
    broker.on("token.get", [&asked](ScriptedConnection& connection, const Json& request) {
        if (++asked > 3)
            return connection.answer(request, Json{{"asked", asked.load()}});
        connection.event(goodbye);
        connection.close();
    });
    const auto client = connected(broker);
    const Result<Json> answer = client->call("token.get", Json{{"provider", "demo"}}, enough);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ((*answer)["asked"], 4);
    EXPECT_EQ(broker.received("hello").size(), 4U);
    for (const Json& request : broker.received("token.get"))
        EXPECT_EQ(request["params"]["provider"], "demo");
}

TEST(LineClient, O3_OnlyWhatHasNoAnswerYetIsAskedAgain) {
    ScriptedBroker broker;
    std::atomic<bool> went = false;
    broker.on("first", Json{{"name", "first"}});
    broker.on("second", [&went](ScriptedConnection& connection, const Json& request) {
        if (went.exchange(true))
            return connection.answer(request, Json{{"name", "second"}});
        connection.event(goodbye);
        connection.close();
    });
    const auto client = connected(broker);
    const std::int64_t first = client->post("first", Json::object());
    const std::int64_t second = client->post("second", Json::object());
    const Result<Json> later = client->answer(second, enough);
    const Result<Json> earlier = client->answer(first, enough);
    ASSERT_TRUE(earlier && later);
    EXPECT_EQ((*earlier)["name"], "first");
    EXPECT_EQ((*later)["name"], "second");
    EXPECT_EQ(broker.received("first").size(), 1U);
}

TEST(LineClient, ABrokerThatClosesWithoutAGoodbyeMayHaveReadTheRequest) {
    ScriptedBroker broker;
    broker.on("token.get", [](ScriptedConnection& connection, const Json&) { connection.close(); });
    const auto client = connected(broker);
    EXPECT_EQ(errorOf(client->call("token.get", Json::object(), enough)).code, ErrorCode::BrokerUnreachable);
    EXPECT_EQ(broker.received("token.get").size(), 1U);
}

TEST(LineClient, AGoodbyeWithoutAnEndIsNotFollowedForever) {
    ScriptedBroker broker;
    broker.on("token.get", [](ScriptedConnection& connection, const Json&) {
        connection.event(goodbye);
        connection.close();
    });
    const auto client = connected(broker);
    EXPECT_EQ(errorOf(client->call("token.get", Json::object(), enough)).code, ErrorCode::BrokerUnreachable);
    EXPECT_EQ(broker.received("token.get").size(), 21U);
}

TEST(LineClient, AGoodbyeIsNoEventForTheCaller) {
    ScriptedBroker broker;
    broker.on("events.subscribe", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, Json::object());
        connection.event(goodbye);
        connection.event(Json{{"topic", "alert"}});
    });
    const auto client = connected(broker);
    ASSERT_TRUE(client->call("events.subscribe", Json::object(), enough));
    const Result<std::optional<Json>> event = client->nextEvent(enough);
    ASSERT_TRUE(event && *event);
    EXPECT_EQ((**event)["topic"], "alert");
}

} // namespace
} // namespace keybearer
