// Our client and a pipe of the broker's making.
#include "tests/windows/Place.h"
#include "tests/windows/Served.h"

#include "app/client/BrokerSocket.h"
#include "app/client/LineClient.h"
#include "broker/platform/windows/PipeListener.h"

#include <thread>

namespace keybearer {
namespace {

using namespace std::chrono_literals;
using PipeTest = Place;

TEST_F(PipeTest, OneLineThereAndOneBack) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener) << listener.error().message;
    std::thread server([&] {
        Result<Handle> came = listener->accept(patience);
        ASSERT_TRUE(came) << came.error().message;
        Served served(std::move(*came));
        served.answer(welcome);
        served.answer(R"({"text":"sch\u00fcssel"})");
        served.line(); // until the client has gone
    });
    {
        const auto client = LineClient::connect(pipe(), HelloParams(), patience);
        EXPECT_TRUE(client) << client.error().message;
        if (client) {
            const Result<Json> answer = (*client)->call("health.get", Json::object(), patience);
            EXPECT_TRUE(answer) << answer.error().message;
            EXPECT_EQ(answer.value_or(Json())["text"], "sch\u00fcssel");
            EXPECT_EQ((*client)->serverVersion(), "1.2.3");
        }
    }
    server.join();
}

TEST_F(PipeTest, LongLineIsPutTogetherAndCarriageReturnIsNoEnd) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const std::string large(300'000, 'a'); // more than the pipe holds
    std::thread server([&] {
        Result<Handle> came = listener->accept(patience);
        ASSERT_TRUE(came);
        Served served(std::move(*came));
        served.answer(welcome);
        const std::string asked = served.line();
        EXPECT_EQ(asked.size(),
                  large.size() +
                      std::string(R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"t":""}})").size());
        served.say(R"({"jsonrpc":"2.0","id":1,"result":{"t":")" + large + "\"}}\r");
        served.say("\n");
        served.line();
    });
    {
        const auto client = LineClient::connect(pipe(), HelloParams(), patience);
        EXPECT_TRUE(client);
        if (client) {
            const Result<Json> answer = (*client)->call("m", Json{{"t", large}}, patience);
            EXPECT_TRUE(answer) << answer.error().message;
            EXPECT_EQ(answer.value_or(Json())["t"], large);
        }
    }
    server.join();
}

TEST_F(PipeTest, SilenceEndsAtTheDeadlineAndTheAnswerThatCameLaterIsStillRead) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Handle go(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
    std::thread server([&] {
        Result<Handle> came = listener->accept(patience);
        ASSERT_TRUE(came);
        Served served(std::move(*came));
        served.answer(welcome);
        ::WaitForSingleObject(go.get(), INFINITE);
        served.answer("{}");
        served.line();
    });
    {
        const auto client = LineClient::connect(pipe(), HelloParams(), patience);
        EXPECT_TRUE(client);
        if (client) {
            const std::int64_t id = (*client)->post("m", Json::object());
            const Result<Json> early = (*client)->answer(id, 50ms);
            EXPECT_FALSE(early);
            EXPECT_EQ(early ? ErrorCode::InternalError : early.error().code, ErrorCode::TimedOut);
            ::SetEvent(go.get());
            EXPECT_TRUE((*client)->answer(id, patience));
        }
        ::SetEvent(go.get());
    }
    server.join();
}

TEST_F(PipeTest, ClosingIsNoticed) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    std::thread server([&] {
        Result<Handle> came = listener->accept(patience);
        ASSERT_TRUE(came);
        Served served(std::move(*came));
        served.line();
    });
    const auto client = LineClient::connect(pipe(), HelloParams(), patience);
    ASSERT_TRUE(client);
    const Result<Json> answer = (*client)->call("m", Json::object(), patience);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_NE(answer.error().message.find("closed"), std::string::npos) << answer.error().message;
    server.join();
}

TEST_F(PipeTest, NobodyAndOtherPlacesAreToldApart) {
    const Result<int> nobody = connectToBroker(pipe(), 10ms);
    ASSERT_FALSE(nobody);
    ASSERT_NE(nobody.error().detail("absent"), nullptr);
    for (const char* elsewhere : {R"(\\server\pipe\x)", R"(C:\windows\win.ini)"}) {
        const Result<int> refused = connectToBroker(elsewhere, 10ms);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().detail("absent"), nullptr) << elsewhere;
    }
}

} // namespace
} // namespace keybearer
