#include "broker/gateway/proxy/HeaderRules.h"

#include "broker/gateway/MessageReader.h"
#include "broker/gateway/proxy/RefusedRequest.h"
#include "broker/gateway/proxy/ToolOfCall.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

RequestHead headOf(std::vector<HttpField> fields) {
    RequestHead head;
    head.method = "POST";
    head.fields = std::move(fields);
    return head;
}

bool goesUp(const std::string& name) {
    for (const auto& [key, value] : fieldsForServer(headOf({{name, "value"}}))) {
        if (key == name)
            return true;
    }
    return false;
}

bool comesDown(const std::string& name) {
    UpstreamHead head;
    head.status = 200;
    head.fields = {{name, "value"}};
    for (const auto& [key, value] : headForClient(head).fields) {
        if (key == name)
            return true;
    }
    return false;
}

TEST(HeaderRules, WhatTheProtocolNeedsGoesUpAsItIs) {
    for (const char* name :
         {"mcp-protocol-version", "mcp-method", "mcp-name", "mcp-param-region", "mcp-param-anything",
          "mcp-session-id", "last-event-id", "accept", "content-type", "content-encoding", "accept-encoding",
          "traceparent", "tracestate", "accept-language", "user-agent", "x-custom", "baggage"})
        EXPECT_TRUE(goesUp(name)) << name;
}

TEST(HeaderRules, SEC_G_06_07_08_T_33_CredentialsAndClaimsAndHopsStayBehind) {
    for (const char* name : {"authorization",
                             "dpop",
                             "cookie",
                             "cookie2",
                             "origin",
                             "referer",
                             "host",
                             "sec-fetch-site",
                             "sec-ch-ua",
                             "sec-websocket-key",
                             "proxy-authorization",
                             "proxy-anything",
                             "forwarded",
                             "x-forwarded-for",
                             "x-forwarded-host",
                             "x-forwarded-proto",
                             "x-real-ip",
                             "via",
                             "client-cert",
                             "client-cert-chain",
                             "x-client-cert",
                             "ssl-client-cert",
                             "ssl-client-s-dn",
                             "x-ssl-client-verify",
                             "x-user-id",
                             "x-user-email",
                             "x-user-name",
                             "x-user-provider",
                             "x-user-anything",
                             "x-auth-method",
                             "connection",
                             "keep-alive",
                             "te",
                             "trailer",
                             "transfer-encoding",
                             "upgrade",
                             "proxy-connection",
                             "content-length",
                             "expect",
                             "http2-settings"})
        EXPECT_FALSE(goesUp(name)) << name;
}

TEST(HeaderRules, SEC_G_06_07_AnotherSpellingThatCgiAndWsgiTakeForTheSameStaysBehind) {
    for (const char* name :
         {"x_user_id", "x-user_email", "x_auth_method", "x_forwarded_for", "x_real_ip", "proxy_authorization",
          "proxy", "ssl_client_cert", "client_cert", "sec_fetch_site"})
        EXPECT_FALSE(goesUp(name)) << name;
    EXPECT_TRUE(goesUp("x_own"));
}

TEST(HeaderRules, SEC_G_08_WhatConnectionNamesStaysBehind) {
    const auto up = fieldsForServer(headOf(
        {{"connection", "close, X-Hop ,mcp-name"}, {"x-hop", "1"}, {"mcp-name", "add"}, {"x-stays", "1"}}));
    ASSERT_EQ(up.size(), 1U);
    EXPECT_EQ(up[0].first, "x-stays");
}

TEST(HeaderRules, T_28_WhatNoFieldMayHoldStaysBehind) {
    EXPECT_TRUE(fieldsForServer(headOf({{"x-a", "a\r\nb: c"}})).empty());
    EXPECT_TRUE(fieldsForServer(headOf({{"x a", "1"}})).empty());
    EXPECT_TRUE(fieldsForServer(headOf({{"x-a", std::string("a\0b", 3)}})).empty());
}

TEST(HeaderRules, SEC_G_06_13_WhatLeadsToAnotherDoorDoesNotComeDown) {
    for (const char* name :
         {"set-cookie", "www-authenticate", "alt-svc", "strict-transport-security",
          "access-control-allow-origin", "access-control-anything", "proxy-authenticate", "connection",
          "keep-alive", "transfer-encoding", "trailer", "upgrade", "dpop-nonce"})
        EXPECT_FALSE(comesDown(name)) << name;
    for (const char* name : {"mcp-session-id", "content-type", "x-accel-buffering", "retry-after", "etag",
                             "cache-control", "location", "traceparent", "content-encoding"})
        EXPECT_TRUE(comesDown(name)) << name;
}

TEST(HeaderRules, TheLengthComesDownWhereThereIsOne) {
    UpstreamHead head;
    head.status = 202;
    head.fields = {{"content-length", "12"}};
    EXPECT_EQ(headForClient(head).status, 202);
    EXPECT_EQ(headForClient(head).bodyLength, std::uint64_t{12});
    head.fields = {{"content-length", "12x"}};
    EXPECT_FALSE(headForClient(head).bodyLength);
    head.fields = {{"transfer-encoding", "chunked"}, {"content-length", "12"}};
    EXPECT_FALSE(headForClient(head).bodyLength);
}

TEST(HeaderRules, OneBearerTokenIsWhatOpens) {
    EXPECT_EQ(bearerOf(headOf({{"authorization", "Bearer abc.def"}})), "abc.def");
    EXPECT_EQ(bearerOf(headOf({{"authorization", "bearer  abc"}})), "abc");
    for (const char* value : {"Basic abc", "Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "abc", ""})
        EXPECT_EQ(bearerOf(headOf({{"authorization", value}})), "") << value;
    EXPECT_EQ(bearerOf(headOf({{"authorization", "Bearer a"}, {"authorization", "Bearer b"}})), "");
    EXPECT_FALSE(bringsCredential(headOf({})));
    EXPECT_TRUE(bringsCredential(headOf({{"authorization", "Basic abc"}})));
}

TEST(ToolOfCall, SEC_G_18_TheBodySaysWhichToolAndTheFieldsMayNotDiffer) {
    MessageReader reader;
    const std::string body = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add"}})";
    EXPECT_EQ(calledTool(headOf({}), body, reader).tool, "add");
    EXPECT_EQ(calledTool(headOf({{"mcp-method", "tools/call"}, {"mcp-name", "add"}}), body, reader).tool,
              "add");
    EXPECT_EQ(calledTool(headOf({{"mcp-name", "=?base64?YWRk?="}}), body, reader).tool, "add");
    for (const auto& fields :
         {std::vector<HttpField>{{"mcp-name", "sub"}}, std::vector<HttpField>{{"mcp-method", "tools/list"}},
          std::vector<HttpField>{{"mcp-name", "=?base64?c3Vi?="}}}) {
        const CalledTool called = calledTool(headOf(fields), body, reader);
        EXPECT_TRUE(called.tool.empty());
        EXPECT_NE(called.refusal.find("-32020"), std::string::npos) << called.refusal;
        EXPECT_NE(called.refusal.find(R"("id":1)"), std::string::npos);
    }
}

TEST(ToolOfCall, AnAmbiguousToolIsRefused) {
    MessageReader reader;
    for (const char* body :
         {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}})",
          R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"uri":"a"}})",
          R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}})",
          R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})",
          R"([{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}])", "{", "", "null"}) {
        const CalledTool called = calledTool(headOf({}), body, reader);
        EXPECT_TRUE(called.tool.empty()) << body;
        EXPECT_FALSE(called.refusal.empty()) << body;
    }
    const CalledTool other = calledTool(
        headOf({}), R"({"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"a"}})", reader);
    EXPECT_TRUE(other.tool.empty());
    EXPECT_TRUE(other.refusal.empty());
    const CalledTool both = calledTool(
        headOf({}), R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","uri":"b"}})",
        reader);
    EXPECT_EQ(both.tool, "a");
}

TEST(RefusedRequest, TheIdIsTakenFromWhatHasBeenSeen) {
    EXPECT_EQ(idShownBy(R"({"jsonrpc":"2.0","id":7,"method":"x","params":{"a)"), "7");
    EXPECT_EQ(idShownBy(R"({"id":"a\"b","method)"), R"("a\"b")");
    EXPECT_EQ(idShownBy(R"({"method":"x"})"), "");
    EXPECT_EQ(idShownBy(R"({"id":{"a":1}})"), "");
    EXPECT_EQ(idShownBy("\xff\xfe"), "");
}

} // namespace

} // namespace keybearer
