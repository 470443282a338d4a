#include "tests/broker/rpc/RpcFixture.h"

namespace keybearer {
namespace {

using test::eventually;
using test::RawClient;

class CountingAnswer final : public WarmAnswer {
public:
    bool release() override {
        ++released;
        return valid;
    }
    std::string_view resultJson() const override { return json; }

    int released = 0;
    bool valid = true;
    std::string json = R"({"access_token":"warm"})";
};

class RpcWarmTest : public test::RpcServerTest {
protected:
    void startWarm() {
        setup_.commitBatch = [this] {
            ++commits_;
            answersBeforeCommit_ = client_ != nullptr && client_->hasLine();
            return commitWorks_;
        };
        start();
        server_->add("token.get", [this](const CallContext&, const Json&, Reply reply) {
            ++asked_;
            if (late_)
                parked_.push_back(std::move(reply));
            else
                reply.warm(answer_);
        });
    }
    static std::string ask(const std::string& id, const std::string& provider = "p") {
        return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"token.get","params":{"provider":")" +
               provider + "\"}}";
    }

    std::shared_ptr<CountingAnswer> answer_ = std::make_shared<CountingAnswer>();
    int asked_ = 0;
    int commits_ = 0;
    bool commitWorks_ = true;
    bool late_ = false;
    bool answersBeforeCommit_ = false;
    RawClient* client_ = nullptr;
};

TEST_F(RpcWarmTest, SameRequestIsAnsweredWithoutAskingTheMethodAgain) {
    startWarm();
    RawClient client = greeted();
    for (const char* id : {"1", "2", "33", "444444444444444", "0"}) {
        const Json answer = client.ask(ask(id));
        EXPECT_EQ(answer["id"].dump(), id);
        EXPECT_EQ(answer["jsonrpc"], "2.0");
        EXPECT_EQ(answer["result"]["access_token"], "warm");
    }
    EXPECT_EQ(asked_, 1);
    EXPECT_EQ(answer_->released, 4); // the first answer had its row already
    EXPECT_EQ(server_->counters().warm, 4U);
    EXPECT_EQ(server_->counters().requests, 6U); // hello too
}

TEST_F(RpcWarmTest, OtherBytesTakeTheLongWay) {
    startWarm();
    RawClient client = greeted();
    client.ask(ask("1"));
    client.ask(ask("\"x\""));
    client.ask(ask("-2"));
    client.ask(ask("3", "q"));
    client.ask(ask("4") + " ");
    EXPECT_EQ(asked_, 5);
    const Json broken = client.ask(ask("05"));
    EXPECT_EQ(broken["error"]["code"], -32700);
    EXPECT_EQ(asked_, 5);
}

TEST_F(RpcWarmTest, AnotherConnectionDoesNotProfit) {
    startWarm();
    RawClient first = greeted();
    RawClient second = greeted();
    first.ask(ask("1"));
    second.ask(ask("2"));
    EXPECT_EQ(asked_, 2);
}

TEST_F(RpcWarmTest, AnswerThatIsNoLongerValidIsForgotten) {
    startWarm();
    RawClient client = greeted();
    client.ask(ask("1"));
    answer_->valid = false;
    client.ask(ask("2")); // asks the method, which gives the answer anew
    EXPECT_EQ(asked_, 2);
    answer_->valid = true;
    client.ask(ask("3"));
    EXPECT_EQ(asked_, 2);
}

TEST_F(RpcWarmTest, FourRequestsAreRememberedAndTheOldestGoesFirst) {
    startWarm();
    RawClient client = greeted();
    for (const char* provider : {"a", "b", "c", "d"})
        client.ask(ask("1", provider));
    for (const char* provider : {"a", "b", "c", "d"})
        client.ask(ask("2", provider));
    EXPECT_EQ(asked_, 4);
    client.ask(ask("3", "e"));
    client.ask(ask("3", "d"));
    EXPECT_EQ(asked_, 5);
    client.ask(ask("4", "a"));
    EXPECT_EQ(asked_, 6);
}

TEST_F(RpcWarmTest, AnswerThatCameLateIsNotRemembered) {
    startWarm();
    late_ = true;
    RawClient client = greeted();
    client.send(ask("1") + "\n");
    ASSERT_TRUE(eventually([&] { return parked_.size() == 1; }));
    parked_[0].warm(answer_);
    EXPECT_EQ(client.answer()["id"], 1);
    late_ = false;
    EXPECT_EQ(client.ask(ask("2"))["id"], 2);
    EXPECT_EQ(asked_, 2);
}

TEST_F(RpcWarmTest, LateAnswerIsNotMistakenForTheRequestThatRunsNow) {
    startWarm();
    late_ = true;
    RawClient client = greeted();
    client.send(ask("1", "a") + "\n");
    ASSERT_TRUE(eventually([&] { return parked_.size() == 1; }));
    server_->add("nudge", [this](const CallContext&, const Json&, const Reply& reply) {
        parked_[0].warm(answer_);
        reply.result(Json{{"nudged", true}});
    });
    client.send(request(2, "nudge") + "\n");
    EXPECT_EQ(client.answer()["id"], 1);
    EXPECT_EQ(client.answer()["id"], 2);
    EXPECT_EQ(client.ask(request(3, "nudge"))["result"]["nudged"], true);
}

TEST_F(RpcWarmTest, SEC_R8_NoWarmAnswerLeavesBeforeItsRowIsWritten) {
    startWarm();
    RawClient client = greeted();
    client.ask(ask("1"));
    client_ = &client;
    client.ask(ask("2"));
    EXPECT_EQ(commits_, 1);
    EXPECT_FALSE(answersBeforeCommit_);
}

TEST_F(RpcWarmTest, SEC_R8_FailedRowClosesTheConnectionWithoutTheAnswer) {
    startWarm();
    RawClient client = greeted();
    RawClient other = greeted();
    client.ask(ask("1"));
    commitWorks_ = false;
    client.send(ask("2") + "\n");
    EXPECT_TRUE(client.closedByServer());
    EXPECT_EQ(client.line(), "");
    EXPECT_EQ(other.ask(request(1, "echo"))["id"], 1);
}

TEST_F(RpcWarmTest, OneBarrierServesAllWhoAreReady) {
    startWarm();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(greeted());
        clients.back().ask(ask("1"));
    }
    for (RawClient& client : clients)
        client.sendNow(ask("2") + "\n" + ask("3") + "\n");
    for (RawClient& client : clients) {
        EXPECT_EQ(client.answer()["id"], 2);
        EXPECT_EQ(client.answer()["id"], 3);
    }
    EXPECT_EQ(commits_, 1);
    EXPECT_EQ(answer_->released, 40);
}

TEST_F(RpcWarmTest, WarmAnswersToAClientThatReadsSlowlyArriveWhole) {
    startWarm();
    answer_->json = R"({"access_token":")" + std::string(20'000, 't') + "\"}";
    RawClient client = greeted();
    std::string all;
    for (int i = 1; i <= 60; ++i) // more than a socket holds
        all += ask(std::to_string(i)) + "\n";
    ASSERT_EQ(client.sendNow(all), all.size());
    ASSERT_TRUE(eventually([&] { return server_->counters().requests == 61; }));
    for (int i = 1; i <= 60; ++i) {
        const Json answer = client.answer();
        ASSERT_EQ(answer["id"], i);
        ASSERT_EQ(answer["result"]["access_token"].get<std::string>().size(), 20'000U);
    }
    EXPECT_EQ(server_->counters().connections, 1U);
}

TEST_F(RpcWarmTest, TimersRunWhileClientsAskWithoutPause) {
    startWarm();
    RawClient client = greeted();
    client.ask(ask("1"));
    bool fired = false;
    QTimer::singleShot(0, server_.get(), [&] { fired = true; });
    // The next request is there before the last answer is read, for as long as the timer has not fired.
    for (int i = 2; i < 100'000 && !fired; ++i) {
        client.sendNow(ask(std::to_string(i)) + "\n");
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        while (client.hasLine())
            (void)client.line();
    }
    EXPECT_TRUE(fired);
}

} // namespace
} // namespace keybearer
