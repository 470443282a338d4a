#include "broker/protocol/RpcError.h"

#include <gtest/gtest.h>

#include <set>

namespace keybearer {
namespace {

std::vector<ErrorCode> allCodes() {
    std::vector<ErrorCode> codes;
    for (int i = 0; i <= static_cast<int>(ErrorCode::InternalError); ++i)
        codes.push_back(static_cast<ErrorCode>(i));
    return codes;
}

TEST(RpcErrorTest, EveryErrorComesBackAsItWas) {
    for (const ErrorCode code : allCodes()) {
        Error error(code, "what happened", "What to do.");
        error.retryAfter = std::chrono::seconds(30);
        error.details = {{"text", std::string("a")}, {"count", std::int64_t{-5}}, {"flag", true}};
        error.details.emplace_back("list", std::vector<std::string>{"x", "y"});
        const Error back = fromRpcError(toRpcError(error));
        EXPECT_EQ(back.code, code);
        EXPECT_EQ(back.message, error.message);
        EXPECT_EQ(back.action, error.action);
        EXPECT_EQ(back.retryAfter, error.retryAfter);
        for (const auto& [key, value] : error.details) {
            ASSERT_NE(back.detail(key), nullptr) << key;
            EXPECT_EQ(*back.detail(key), value) << key;
        }
    }
}

TEST(RpcErrorTest, EveryErrorHasItsOwnNameAndAnAction) {
    std::set<std::string_view> names;
    for (const ErrorCode code : allCodes()) {
        EXPECT_TRUE(names.insert(rpcErrorName(code).name).second) << rpcErrorName(code).name;
        EXPECT_FALSE(defaultAction(code).empty());
        const Json wire = toRpcError(Error(code, "m"));
        EXPECT_EQ(wire["data"]["action"], defaultAction(code));
        EXPECT_EQ(wire["data"]["name"], rpcErrorName(code).name);
        EXPECT_EQ(wire["code"], rpcErrorName(code).code);
    }
}

TEST(RpcErrorTest, NumbersAreThoseOfTheInterface) {
    EXPECT_EQ(rpcErrorName(ErrorCode::AuthorizationRequired).code, -31001);
    EXPECT_EQ(rpcErrorName(ErrorCode::ConsentUnavailable).code, -31005);
    EXPECT_EQ(rpcErrorName(ErrorCode::NotFound).code, -31011);
    EXPECT_EQ(rpcErrorName(ErrorCode::ParseError).code, -32700);
    EXPECT_EQ(rpcErrorName(ErrorCode::InvalidRequest).code, -32600);
    EXPECT_EQ(rpcErrorName(ErrorCode::MethodNotFound).code, -32601);
    EXPECT_EQ(rpcErrorName(ErrorCode::InvalidParams).code, -32602);
    EXPECT_EQ(rpcErrorName(ErrorCode::InternalError).code, -32603);
    for (const ErrorCode code : allCodes()) { // none of the reserved ones but JSON-RPC's own five
        const int number = rpcErrorName(code).code;
        EXPECT_TRUE(number > -32000 || number == -32700 || (number <= -32600 && number >= -32603)) << number;
    }
}

TEST(RpcErrorTest, ExitStatusesAreThoseOfTheInterface) {
    EXPECT_EQ(exitStatus(ErrorCode::BrokerUnreachable), 3);
    EXPECT_EQ(exitStatus(ErrorCode::SignInAgain), 4);
    EXPECT_EQ(exitStatus(ErrorCode::ConsentDenied), 5);
    EXPECT_EQ(exitStatus(ErrorCode::ProviderError), 6);
    EXPECT_EQ(exitStatus(ErrorCode::TimedOut), 7);
    EXPECT_EQ(exitStatus(ErrorCode::StoreLocked), 8);
    EXPECT_EQ(exitStatus(ErrorCode::NotFound), 9);
    EXPECT_EQ(exitStatus(ErrorCode::RateLimited), 10);
    for (const ErrorCode code : allCodes())
        EXPECT_NE(exitStatus(code), 0);
}

TEST(RpcErrorTest, NameOrActionInTheDetailsCannotReplaceTheRealOnes) {
    const Json wire = toRpcError(Error(ErrorCode::ProviderError, "m")
                                     .with("name", std::string("fake"))
                                     .with("action", std::string("fake")));
    EXPECT_EQ(wire["data"]["name"], "provider_error");
    EXPECT_NE(wire["data"]["action"], "fake");
}

TEST(RpcErrorTest, TransientIsSaidOfAProviderThatIsDown) {
    EXPECT_EQ(toRpcError(Error(ErrorCode::ProviderUnavailable, "m"))["data"]["transient"], true);
}

TEST(RpcErrorTest, UnknownAndBrokenErrorObjectsBecomeInternalErrors) {
    for (const char* text :
         {"{}", R"({"code":-1})", R"({"code":"x","message":5,"data":[]})",
          R"({"data":{"name":"from_the_future"}})", R"({"code":-31001,"data":{"name":"other"}})"})
        EXPECT_EQ(fromRpcError(*parseJson(text)).code, ErrorCode::InternalError) << text;
    EXPECT_EQ(fromRpcError(*parseJson(R"({"code":-32601,"message":"no"})")).code, ErrorCode::MethodNotFound);
}

} // namespace
} // namespace keybearer
