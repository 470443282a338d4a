#include "app/cli/OpenCalls.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Message = MessageScanner::Message;

const Error gone(ErrorCode::ProviderUnavailable, "lost");

Message request(const std::string& id, const std::string& method = "tools/call",
                const std::string& params = {}) {
    return {id, method, params, false};
}
Message answer(const std::string& id) {
    return {id, "", "", true};
}

TEST(OpenCalls, WhatWasSentIsAnsweredWithAnErrorAndTheRestStaysOpen) {
    OpenCalls calls;
    calls.fromClient(request("1"), 0);
    calls.fromClient(request("\"two\""), 50);
    calls.fromClient(request("3"), 100);
    calls.fromServer(answer("1"));
    const std::string told = calls.lost(100, gone);
    EXPECT_EQ(told.find("\"id\":1,"), std::string::npos);
    EXPECT_NE(told.find("\"id\":\"two\""), std::string::npos);
    EXPECT_NE(told.find("-31006"), std::string::npos);
    EXPECT_NE(told.find("\"transient\":true"), std::string::npos);
    EXPECT_EQ(told.find("\"id\":3"), std::string::npos);
    EXPECT_TRUE(calls.clientWaits());
    calls.fromServer(answer("3"));
    EXPECT_FALSE(calls.clientWaits());
}

TEST(OpenCalls, RequestsOfTheServerAreCancelledAtTheClient) {
    OpenCalls calls;
    calls.fromServer(request("7", "sampling/createMessage"));
    calls.fromServer(request("8", "roots/list"));
    calls.fromClient(answer("8"), 0);
    const std::string told = calls.lost(10, gone);
    EXPECT_NE(told.find(R"("method":"notifications/cancelled","params":{"requestId":7)"), std::string::npos);
    EXPECT_EQ(told.find("\"requestId\":8"), std::string::npos);
    EXPECT_EQ(calls.lost(10, gone), "");
}

TEST(OpenCalls, AnInitializeWithoutAnswerIsSentOnceMore) {
    OpenCalls calls;
    calls.fromClient(request("0", "initialize", R"({"protocolVersion":"x"})"), 0);
    EXPECT_EQ(calls.initializeAgain(0), "") << "it has not been sent yet";
    EXPECT_EQ(calls.lost(80, gone), "");
    EXPECT_EQ(
        calls.initializeAgain(80),
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"x\"}}\n");
    EXPECT_EQ(calls.resumeParams(), "");
    calls.fromServer(answer("0"));
    EXPECT_EQ(calls.initializeAgain(80), "");
    EXPECT_EQ(calls.resumeParams(), R"({"protocolVersion":"x"})");
}

TEST(OpenCalls, WhoCancelsDoesNotWait) {
    OpenCalls calls;
    calls.fromClient(request("5"), 0);
    calls.fromClient({"", "notifications/cancelled", R"({"requestId":5})", false}, 10);
    EXPECT_FALSE(calls.clientWaits());
}

TEST(OpenCalls, IdsAreTheSameWhateverTheirEscapes) {
    OpenCalls calls;
    calls.fromClient(request(R"("a\u0062")"), 0);
    calls.fromServer(answer("\"ab\""));
    EXPECT_FALSE(calls.clientWaits());
}

TEST(OpenCalls, ARefusalGoesToWhoeverWaits) {
    OpenCalls calls;
    calls.fromClient(request("1", "initialize", "{}"), 0);
    const std::string told = calls.refused(Error(ErrorCode::NotFound, "there is no service x"));
    EXPECT_NE(told.find("-31011"), std::string::npos);
    EXPECT_FALSE(calls.clientWaits());
}

} // namespace
} // namespace keybearer
