#include "broker/platform/PeerCredentials.h"
#include "tests/broker/rpc/RpcFixture.h"

#include <functional>
#include <stdexcept>

namespace keybearer {
namespace {

using test::errorName;
using test::eventually;
using test::helloLine;
using test::RawClient;
using RpcServerTest = test::RpcServerTest;

TEST_F(RpcServerTest, HelloTellsWhoIsThereAndWhoAsks) {
    start();
    RawClient client = connectClient();
    const Json answer = client.ask(helloLine);
    EXPECT_EQ(answer["id"], 0);
    const Json& result = answer["result"];
    EXPECT_EQ(result["server"], "keybearerd");
    EXPECT_EQ(result["version"], "1.2.3");
    EXPECT_EQ(result["protocol"], 1);
    EXPECT_EQ(result["role"], "admin");
    EXPECT_EQ(result["caller"]["uid"], 1000);
    EXPECT_EQ(result["caller"]["pid"], 42);
    EXPECT_EQ(result["caller"]["executable"], "/usr/bin/thing");
    EXPECT_EQ(result["caller"]["started_by"], "/usr/bin/shell");
    EXPECT_EQ(result["caller"]["claimed_name"], "test");
    EXPECT_FALSE(result["caller"].contains("script"));
}

TEST_F(RpcServerTest, NothingIsAnsweredBeforeHello) {
    start();
    RawClient client = connectClient();
    const Json answer = client.ask(request(1, "echo"));
    EXPECT_EQ(answer["id"], 1);
    EXPECT_EQ(answer["error"]["code"], -32600);
    EXPECT_EQ(answer["error"]["data"]["action"], "Send hello first.");
    EXPECT_TRUE(client.ask(helloLine).contains("result")); // and the connection stays
}

TEST_F(RpcServerTest, CallerIsMeasuredOnceAndLazily) {
    int measured = 0;
    setup_.describeCaller = [&](const std::shared_ptr<const PeerProcess>& process,
                                const std::optional<Measurement>&, const auto& done) {
        EXPECT_EQ(process->credentials.pid, ::getpid());
        ++measured;
        Caller caller;
        caller.role = Role::Admin;
        done(std::move(caller));
    };
    start();
    RawClient client = connectClient();
    client.ask(request(1, "echo"));
    EXPECT_EQ(measured, 0);
    client.ask(helloLine);
    client.ask(request(2, "echo"));
    EXPECT_EQ(measured, 1);
}

// What was seen when it connected counts for who says hello at once; whoever does later is looked at again.
TEST_F(RpcServerTest, T_03_WhatWasSeenAtTheDoorCountsForTheFirstWordsOnly) {
    std::vector<bool> seen;
    setup_.describeCaller = [&](const std::shared_ptr<const PeerProcess>& process,
                                const std::optional<Measurement>& measured, const auto& done) {
        seen.push_back(measured.has_value());
        if (measured) {
            EXPECT_TRUE(measured->steady);
            EXPECT_EQ(measured->mark, process->mark);
            EXPECT_EQ(measured->facts.executable, describeProcess(::getpid()).executable);
        }
        done(Caller());
    };
    start();
    RawClient prompt = connectClient();
    prompt.ask(helloLine);
    RawClient silent = connectClient();
    ASSERT_TRUE(eventually([&] { return server_->counters().accepted == 2; }));
    silent.ask(helloLine);
    RawClient talker = connectClient();
    talker.ask(request(1, "echo"));
    talker.ask(helloLine);
    EXPECT_EQ(seen, (std::vector<bool>{true, false, false}));
}

// Its hello comes in the wake-up in which it connected, but after something else of its own was answered: one
// client's request sends another's, which sends it, each a round later.
TEST_F(RpcServerTest, T_03_WhoSaysSomethingElseFirstIsLookedAtAgain) {
    std::vector<bool> seen;
    const auto described = setup_.describeCaller;
    setup_.describeCaller = [&](const std::shared_ptr<const PeerProcess>& process,
                                const std::optional<Measurement>& measured, const auto& done) {
        seen.push_back(measured.has_value());
        described(process, measured, done);
    };
    start();
    std::vector<std::function<void()>> acts;
    server_->add("act", [&](const CallContext&, const Json& params, const Reply& reply) {
        acts.at(params["number"].get<std::size_t>())();
        reply.result(Json::object());
    });
    RawClient first = greeted();
    RawClient second = greeted();
    RawClient talker = connectClient();
    acts = {[&] { EXPECT_TRUE(second.send(request(2, "act", R"({"number":1})") + "\n")); },
            [&] { EXPECT_TRUE(talker.send(std::string(helloLine) + "\n")); }};
    ASSERT_TRUE(talker.send(request(1, "echo") + "\n"));
    ASSERT_TRUE(first.send(request(1, "act", R"({"number":0})") + "\n"));
    ASSERT_TRUE(eventually([&] { return seen.size() == 3; }));
    EXPECT_FALSE(seen.back());
}

TEST_F(RpcServerTest, SecondHelloIsRefusedSoThatNobodyChangesIdentity) {
    start();
    RawClient client = greeted();
    EXPECT_EQ(errorName(client.ask(helloLine)), "invalid_request");
}

TEST_F(RpcServerTest, AnotherProtocolVersionIsRefusedWithWhatIsSupported) {
    start();
    RawClient client = connectClient();
    const Json answer = client.ask(request(1, "hello", R"({"protocol":2})"));
    EXPECT_EQ(answer["error"]["code"], -32600);
    EXPECT_EQ(answer["error"]["data"]["supported"], 1);
    EXPECT_FALSE(answer["error"]["data"]["action"].get<std::string>().empty());
    EXPECT_TRUE(client.ask(helloLine).contains("result"));
}

TEST_F(RpcServerTest, T_06_ClaimedNameIsEscapedAndCut) {
    start();
    RawClient client = connectClient();
    const Json answer = client.ask(
        request(1, "hello",
                R"({"protocol":1,"client":{"name":"\u202e\u001b]0;x)" + std::string(10'000, 'a') + R"("}})"));
    const std::string name = answer["result"]["caller"]["claimed_name"];
    EXPECT_EQ(name.find('\x1b'), std::string::npos);
    EXPECT_NE(name.find("\\u{202E}"), std::string::npos);
    EXPECT_LT(name.size(), 120U);
}

TEST_F(RpcServerTest, ClientKeyAndForeignRoleAreRefusedUnlessSomebodyAdmitsThem) {
    start();
    RawClient client = connectClient();
    EXPECT_EQ(errorName(client.ask(request(1, "hello", R"({"protocol":1,"client_key":"k"})"))),
              "client_unknown");
    EXPECT_TRUE(client.closedByServer()); // the next guess costs another connection
    RawClient other = connectClient();
    EXPECT_EQ(errorName(other.ask(request(2, "hello", R"({"protocol":1,"role":"user"})"))), "policy_denied");
    EXPECT_EQ(other.ask(request(3, "hello", R"({"protocol":1,"role":"admin"})"))["result"]["role"], "admin");
}

TEST_F(RpcServerTest, AdmissionDecidesTheRole) {
    class Guests final : public Admission::Register {
    public:
        Result<bool> recognise(Caller& caller, const Shown& shown) override {
            EXPECT_EQ(caller.claimedName, "test");
            if (shown.clientKey == "k")
                return failure(ErrorCode::ClientDisabled, "disabled");
            caller.clientId = shown.clientKey;
            return !shown.clientKey.empty();
        }
        Result<void> confirm(const Caller& caller) const override {
            if (gone && caller.clientId == "good")
                return failure(ErrorCode::ClientUnknown, "removed");
            return {};
        }
        bool gone = false;
    } guests;
    Admission admission(Admission::Setup{});
    admission.add(guests);
    setup_.admission = &admission;
    start();
    server_->add("token.get", [this](const CallContext&, const Json&, Reply reply) {
        parked_.push_back(std::move(reply));
    });
    RawClient client = connectClient();
    EXPECT_EQ(errorName(client.ask(
                  request(1, "hello", R"({"protocol":1,"client":{"name":"test"},"client_key":"k"})"))),
              "client_disabled");
    EXPECT_EQ(client.ask(helloLine)["result"]["role"], "agent");
    EXPECT_EQ(errorName(client.ask(request(2, "echo"))), "policy_denied");

    RawClient guest = connectClient();
    guest.ask(request(1, "hello", R"({"protocol":1,"client":{"name":"test"},"client_key":"good"})"));
    EXPECT_TRUE(
        guest.ask(request(2, "events.subscribe", R"({"topics":["health.changed"]})")).contains("result"));
    guest.send(request(9, "token.get") + "\n");
    ASSERT_TRUE(eventually([&] { return !parked_.empty(); }));
    guests.gone = true;
    parked_.back().result(Json{{"access_token", "planted"}}); // taken back while it waited
    EXPECT_EQ(errorName(guest.answer()), "client_unknown");
    server_->publish("health.changed", Json{{"status", "ok"}}); // not for it any more
    EXPECT_EQ(errorName(guest.ask(request(3, "rpc.discover"))), "client_unknown");
}

TEST_F(RpcServerTest, AnswerCarriesTheIdAsItCame) {
    start();
    RawClient client = greeted();
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":"a\"b","method":"echo","params":{"x":1}})")["id"], "a\"b");
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":-7,"method":"echo"})")["id"], -7);
    EXPECT_EQ(client.ask(R"({"method":"echo","id":9007199254740993,"jsonrpc":"2.0"})")["id"],
              9007199254740993);
}

TEST_F(RpcServerTest, NotificationGetsNoAnswer) {
    start();
    RawClient client = greeted();
    client.send(R"({"jsonrpc":"2.0","method":"echo","params":{"n":1}})"
                "\n");
    EXPECT_EQ(client.ask(request(5, "echo"))["id"], 5);
}

TEST_F(RpcServerTest, UnknownMethodNamesTheNearestOne) {
    start();
    RawClient client = greeted();
    const Json answer = client.ask(request(1, "ehco"));
    EXPECT_EQ(answer["error"]["code"], -32601);
    EXPECT_EQ(answer["error"]["data"]["did_you_mean"], "echo");
}

TEST_F(RpcServerTest, PipelinedRequestsAreAllAnswered) {
    start();
    RawClient client = greeted();
    std::string all;
    for (int i = 1; i <= 500; ++i)
        all += request(i, "echo", R"({"n":)" + std::to_string(i) + "}") + "\n";
    ASSERT_TRUE(client.send(all));
    for (int i = 1; i <= 500; ++i) {
        const Json answer = client.answer();
        ASSERT_EQ(answer["id"], i);
        ASSERT_EQ(answer["result"]["n"], i);
    }
}

TEST_F(RpcServerTest, RequestMayComeByteByByte) {
    start();
    RawClient client = greeted();
    const std::string line = request(7, "echo", R"({"x":"slow"})") + "\n" + request(8, "echo") + "\n";
    for (const char byte : line)
        ASSERT_TRUE(client.send(std::string_view(&byte, 1)));
    EXPECT_EQ(client.answer()["result"]["x"], "slow");
    EXPECT_EQ(client.answer()["id"], 8);
}

TEST_F(RpcServerTest, AnswersComeInTheOrderTheyAreReady) {
    start();
    RawClient client = greeted();
    client.send(request(1, "park") + "\n" + request(2, "echo") + "\n");
    EXPECT_EQ(client.answer()["id"], 2);
    ASSERT_EQ(parked_.size(), 1U);
    parked_[0].result(Json{{"late", true}});
    EXPECT_EQ(client.answer()["id"], 1);
}

TEST_F(RpcServerTest, SecondAnswerToOneRequestGoesNowhere) {
    start();
    RawClient client = greeted();
    client.send(request(1, "park") + "\n");
    ASSERT_TRUE(eventually([&] { return !parked_.empty(); }));
    parked_[0].result(Json{{"n", 1}});
    parked_[0].error(Error(ErrorCode::Cancelled, "again"));
    EXPECT_EQ(client.answer()["result"]["n"], 1);
    EXPECT_EQ(client.ask(request(2, "echo"))["id"], 2);
}

TEST_F(RpcServerTest, ReplyThatIsDroppedBecomesAnError) {
    start();
    RawClient client = greeted();
    client.send(request(1, "park") + "\n");
    ASSERT_TRUE(eventually([&] { return !parked_.empty(); }));
    parked_.clear();
    EXPECT_EQ(errorName(client.answer()), "cancelled");
}

TEST_F(RpcServerTest, AnswerAfterTheClientLeftIsHarmless) {
    start();
    std::vector<quint64> closed;
    QObject::connect(server_.get(), &RpcServer::connectionClosed, server_.get(),
                     [&](quint64 id) { closed.push_back(id); });
    RawClient client = greeted();
    client.send(request(1, "park") + "\n");
    ASSERT_TRUE(eventually([&] { return !parked_.empty(); }));
    client.close();
    ASSERT_TRUE(eventually([&] { return !closed.empty(); }));
    EXPECT_EQ(closed[0], parkedBy_[0]);
    parked_[0].result(Json{{"n", 1}});
    EXPECT_EQ(server_->counters().connections, 0U);
}

TEST_F(RpcServerTest, ClientThatClosesItsSendingHalfStillGetsItsAnswers) {
    start();
    RawClient client = connectClient();
    client.sendNow(std::string(helloLine) + "\n" + request(1, "park") + "\n" + request(2, "echo") + "\n");
    client.closeSendingHalf();
    EXPECT_EQ(client.answer()["id"], 0);
    EXPECT_EQ(client.answer()["id"], 2);
    ASSERT_EQ(parked_.size(), 1U);
    parked_[0].result(Json{});
    EXPECT_EQ(client.answer()["id"], 1);
    EXPECT_TRUE(client.closedByServer());
    EXPECT_TRUE(eventually([&] { return server_->counters().connections == 0; }));
}

TEST_F(RpcServerTest, MethodThatThrowsCostsOnlyItsRequest) {
    start();
    server_->add("throw",
                 [](const CallContext&, const Json&, const Reply&) { throw std::runtime_error("secret"); });
    server_->add("throw.late", [](const CallContext&, const Json&, const Reply& reply) {
        reply.result(Json{{"n", 1}});
        throw 7; // NOLINT(hicpp-exception-baseclass)
    });
    RawClient client = greeted();
    const Json answer = client.ask(request(1, "throw"));
    EXPECT_EQ(answer["error"]["code"], -32603);
    EXPECT_EQ(answer.dump().find("secret"), std::string::npos);
    EXPECT_EQ(client.ask(request(2, "throw.late"))["result"]["n"], 1);
    EXPECT_EQ(client.ask(request(3, "echo"))["id"], 3);
}

TEST_F(RpcServerTest, WhatARequestChangedIsToldBeforeItsAnswerLeaves) {
    std::vector<std::string> order;
    RawClient* asker = nullptr;
    setup_.beforeAnswers = [&] {
        if (asker != nullptr)
            order.push_back(asker->hasLine() ? "too late" : "told");
    };
    start();
    server_->add("change", [&](const CallContext&, const Json&, const Reply& reply) {
        order.emplace_back("changed");
        reply.result(Json::object());
    });
    RawClient client = greeted();
    asker = &client;
    EXPECT_TRUE(client.ask(request(1, "change")).contains("result"));
    EXPECT_EQ(order, (std::vector<std::string>{"changed", "told"}));
    asker = nullptr;
}

TEST_F(RpcServerTest, SixtyFifthUnansweredRequestIsRefused) {
    start();
    RawClient client = greeted();
    std::string all;
    for (int i = 1; i <= 65; ++i)
        all += request(i, "park") + "\n";
    client.send(all);
    const Json refused = client.answer();
    EXPECT_EQ(refused["id"], 65);
    EXPECT_EQ(errorName(refused), "rate_limited");
    EXPECT_EQ(refused["error"]["data"]["limit"], 64);
    EXPECT_EQ(parked_.size(), 64U);
    parked_[0].result(Json{});
    EXPECT_EQ(client.answer()["id"], 1);
    EXPECT_EQ(client.ask(request(66, "echo"))["id"], 66);
    parked_.clear();
}

TEST_F(RpcServerTest, EventsReachThoseWhoSubscribed) {
    start();
    RawClient listener = greeted();
    RawClient other = greeted();
    EXPECT_EQ(server_->listeners("consent.requested"), 0U);
    const Json answer =
        listener.ask(request(1, "events.subscribe", R"({"topics":["consent.requested","alert"]})"));
    EXPECT_EQ(answer["result"]["topics"], Json::parse(R"(["consent.requested","alert"])"));
    EXPECT_EQ(server_->listeners("consent.requested"), 1U);
    EXPECT_EQ(server_->listeners("session.changed"), 0U);
    server_->publish("session.changed", Json{{"session_id", "s"}});
    server_->publish("consent.requested", Json{{"consent_id", "c"}});
    const Json event = listener.answer();
    EXPECT_EQ(event["method"], "event");
    EXPECT_FALSE(event.contains("id"));
    EXPECT_EQ(event["params"]["topic"], "consent.requested");
    EXPECT_EQ(event["params"]["consent_id"], "c");
    EXPECT_EQ(other.ask(request(2, "echo"))["id"], 2); // nothing came before it
    listener.close();
    EXPECT_TRUE(eventually([&] { return server_->listeners("consent.requested") == 0; }));
}

TEST_F(RpcServerTest, SubscribingAgainAddsTopics) {
    start();
    RawClient client = greeted();
    client.ask(request(1, "events.subscribe", R"({"topics":["alert"]})"));
    const Json answer = client.ask(request(2, "events.subscribe", R"({"topics":["health.changed"]})"));
    EXPECT_EQ(answer["result"]["topics"], Json::parse(R"(["alert","health.changed"])"));
}

TEST_F(RpcServerTest, DiscoverAnswersWithTheDescriptionOfTheMethods) {
    start();
    RawClient client = greeted();
    const Json answer = client.ask(request(1, "rpc.discover"));
    EXPECT_EQ(answer["result"]["info"]["version"], "1.2.3");
    EXPECT_GT(answer["result"]["methods"].size(), 10U);
}

TEST_F(RpcServerTest, CloseWritesWhatIsQueuedAndTakesNothingMore) {
    setup_.limits.closing = std::chrono::milliseconds(200);
    start();
    std::size_t closed = 0;
    QObject::connect(server_.get(), &RpcServer::connectionClosed, server_.get(), [&](quint64) { ++closed; });
    RawClient client = greeted();
    RawClient lazy = greeted();
    lazy.ask(request(1, "events.subscribe", R"({"topics":["alert"]})"));
    for (int i = 0; i < 20; ++i) // more than the socket takes
        server_->publish("alert", Json{{"text", std::string(100'000, 'x')}});
    client.send(request(1, "park") + "\n");
    ASSERT_TRUE(eventually([&] { return !parked_.empty(); }));
    parked_[0].result(Json{{"last", true}});
    server_->close();
    EXPECT_EQ(closed, 2U);
    EXPECT_EQ(client.answer()["result"]["last"], true);
    EXPECT_TRUE(client.closedByServer());
    EXPECT_EQ(server_->counters().connections, 0U);
}

} // namespace
} // namespace keybearer
