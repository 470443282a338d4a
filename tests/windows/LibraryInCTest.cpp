// The C library and a pipe of the broker's making, or of somebody else's.
#include "tests/windows/Asked.h"
#include "tests/windows/Place.h"
#include "tests/windows/Served.h"

#include "broker/platform/windows/PipeListener.h"

#include "clients/c/keybearer.h"

#include <thread>

namespace keybearer {
namespace {

using LibraryInCTest = Place;

TEST_F(LibraryInCTest, AsksForAToken) {
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
    asked() = {};
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
    ASSERT_EQ(asked().openedPipes.size(), 1U);
    EXPECT_NE(asked().openedPipes.front() & SECURITY_SQOS_PRESENT, 0U);
    EXPECT_NE(asked().openedPipes.front() & SECURITY_IDENTIFICATION, 0U);
    kb_token_free(&token);
    kb_close(client);
    server.join();
}

TEST_F(LibraryInCTest, RefusesWhatAnotherAccountMade) {
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
