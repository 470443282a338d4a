// Our clients against a pipe of the broker's making, and against pipes that are not.
#include "tests/windows/Place.h"

#include "app/client/BrokerSocket.h"
#include "app/client/LineClient.h"
#include "broker/base/windows/OwnerOnly.h"
#include "broker/platform/PeerProcess.h"
#include "broker/platform/windows/PipeListener.h"

#include "clients/c/keybearer.h"

#include <fcntl.h>
#include <io.h>
#include <sddl.h>
#include <thread>

namespace keybearer {
namespace {

using namespace std::chrono_literals;
using PipeTest = Place;

constexpr auto patience = 20s; // for what happens at once

// The far end of one connection: says what it is told to, line for line.
class Served {
public:
    explicit Served(Handle pipe)
        : pipe_(std::move(pipe)), done_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}

    std::string line() {
        for (;;) {
            if (const std::size_t end = kept_.find('\n'); end != std::string::npos) {
                std::string found = kept_.substr(0, end);
                kept_.erase(0, end + 1);
                return found;
            }
            char buffer[4096];
            OVERLAPPED work{};
            work.hEvent = done_.get();
            DWORD got = 0;
            if (::ReadFile(pipe_.get(), buffer, sizeof buffer, nullptr, &work) == 0 &&
                ::GetLastError() != ERROR_IO_PENDING)
                return {};
            if (::GetOverlappedResult(pipe_.get(), &work, &got, TRUE) == 0)
                return {};
            kept_.append(buffer, got);
        }
    }
    void say(const std::string& text) {
        OVERLAPPED work{};
        work.hEvent = done_.get();
        DWORD sent = 0;
        if (::WriteFile(pipe_.get(), text.data(), static_cast<DWORD>(text.size()), nullptr, &work) != 0 ||
            ::GetLastError() == ERROR_IO_PENDING)
            ::GetOverlappedResult(pipe_.get(), &work, &sent, TRUE);
    }
    void answer(const std::string& result) {
        const Result<Json> request = parseJson(line());
        if (request)
            say(R"({"jsonrpc":"2.0","id":)" + std::to_string((*request)["id"].get<std::int64_t>()) +
                R"(,"result":)" + result + "}\n");
    }
    [[nodiscard]] HANDLE get() const { return pipe_.get(); }

private:
    Handle pipe_;
    Handle done_;
    std::string kept_;
};

constexpr const char* welcome = R"({"server":"keybearerd","version":"1.2.3","protocol":1})";

// Makes a pipe with this security descriptor, or with none.
Handle foreignPipe(const std::string& name, const char* sddl) {
    SECURITY_ATTRIBUTES attributes{sizeof attributes, nullptr, FALSE};
    if (sddl != nullptr)
        ::ConvertStringSecurityDescriptorToSecurityDescriptorA(sddl, SDDL_REVISION_1,
                                                               &attributes.lpSecurityDescriptor, nullptr);
    Handle made(::CreateNamedPipeW(wide(name).c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                   PIPE_TYPE_BYTE, PIPE_UNLIMITED_INSTANCES, 4096, 4096, 0, &attributes));
    ::LocalFree(attributes.lpSecurityDescriptor);
    return made;
}

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

TEST_F(PipeTest, NameHasOneServerAlone) {
    const Result<PipeListener> first = PipeListener::open(pipe());
    ASSERT_TRUE(first);
    const Result<PipeListener> second = PipeListener::open(pipe());
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("another program serves"), std::string::npos);
}

TEST_F(PipeTest, NameThatSomebodyTookBeforeIsNotShared) {
    const Handle squatter = foreignPipe(pipe(), nullptr);
    ASSERT_TRUE(squatter);
    EXPECT_FALSE(PipeListener::open(pipe()));
}

TEST_F(PipeTest, PipeIsOursAlone) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client) << client.error().message;
    Result<Handle> came = listener->accept(patience);
    ASSERT_TRUE(came);
    EXPECT_EQ(*accessTo(came->get(), SE_KERNEL_OBJECT), Access::OursAlone);
    ::_close(*client);
    EXPECT_FALSE(listener->accept(10ms)); // nobody else came
}

TEST_F(PipeTest, PipeOfAnotherOwnerIsRefused) {
    const Handle theirs = foreignPipe(pipe(), "O:BAD:(A;;FA;;;WD)");
    if (!theirs)
        GTEST_SKIP() << "this account cannot make what another one owns: error " << ::GetLastError();
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().message, "the broker's pipe belongs to another user");
    EXPECT_EQ(client.error().detail("absent"), nullptr); // nothing is started in its place
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

TEST_F(PipeTest, PeerIsTheProcessThatConnected) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client);
    Result<Handle> came = listener->accept(patience);
    ASSERT_TRUE(came);
    const int served = ::_open_osfhandle(reinterpret_cast<intptr_t>(came->release()), _O_BINARY);
    const Result<PeerCredentials> peer = peerOf(served);
    ASSERT_TRUE(peer) << peer.error().message;
    EXPECT_EQ(peer->pid, static_cast<std::int64_t>(::GetCurrentProcessId()));
    EXPECT_TRUE(ownAccount()->ends_with("-" + std::to_string(peer->uid)));
    const auto pin = ProcessPin::ofPeer(served, peer->pid);
    ASSERT_NE(pin, nullptr);
    EXPECT_FALSE(pin->ended());
    EXPECT_FALSE(peerOf(*client)); // the other end knows no client
    ::_close(served);
    ::_close(*client);
}

TEST_F(PipeTest, LibraryInCAsksForAToken) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    std::thread server([&] {
        Result<Handle> came = listener->accept(patience);
        ASSERT_TRUE(came);
        Served served(std::move(*came));
        served.answer(welcome);
        served.answer(R"({"access_token":"at-1","token_type":"Bearer","account":"ana"})");
        served.line();
    });
    const std::string name = pipe();
    kb_options options{};
    options.name = "test";
    options.socket = name.c_str();
    kb_error error{};
    kb_client* client = kb_open(&options, &error);
    EXPECT_NE(client, nullptr) << error.message;
    kb_request request{};
    request.provider = "github";
    request.timeout = 20;
    kb_token token{};
    EXPECT_EQ(kb_get_token(client, &request, &token, &error), KB_OK) << error.message;
    EXPECT_STREQ(token.access_token, "at-1");
    EXPECT_STREQ(token.header_value, "Bearer at-1");
    kb_token_free(&token);
    kb_close(client);
    server.join();
}

TEST_F(PipeTest, LibraryInCRefusesWhatAnotherAccountMade) {
    const Handle theirs = foreignPipe(pipe(), "O:BAD:(A;;FA;;;WD)");
    if (!theirs)
        GTEST_SKIP() << "this account cannot make what another one owns: error " << ::GetLastError();
    const std::string name = pipe();
    for (const char* place : {name.c_str(), R"(\\server\pipe\x)", R"(C:\windows\win.ini)"}) {
        kb_options options{};
        options.name = "test";
        options.socket = place;
        kb_error error{};
        kb_client* client = kb_open(&options, &error);
        ASSERT_NE(client, nullptr);
        kb_request request{};
        request.provider = "github";
        request.timeout = 5;
        kb_token token{};
        EXPECT_EQ(kb_get_token(client, &request, &token, &error), KB_UNREACHABLE) << place;
        EXPECT_EQ(std::string(error.message).find("not running"), std::string::npos) << error.message;
        kb_close(client);
    }
}

} // namespace
} // namespace keybearer
