#include "broker/oauth/ProtectedResource.h"
#include "broker/oauth/ResourceDiscovery.h"
#include "tests/support/EventLoop.h"
#include "tests/support/ScriptedTransport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

using testing::ElementsAre;

std::string reasonOf(const Error& error) {
    const ErrorDetail* reason = error.detail("reason");
    return reason == nullptr ? std::string() : std::get<std::string>(*reason);
}

std::string document(const std::string& resource, const std::string& server = "https://login.example") {
    return R"({"resource":")" + resource + R"(","authorization_servers":[")" + server + R"("]})";
}

TEST(ProtectedResourceTest, C13_AServerHasOneWayToBeWritten) {
    EXPECT_EQ(*canonicalServer("https://MCP.Example:443/"), "https://mcp.example");
    EXPECT_EQ(*canonicalServer("https://mcp.example/Mcp"), "https://mcp.example/Mcp");
    EXPECT_EQ(*canonicalServer("http://localhost:3001/mcp"), "http://localhost:3001/mcp");
    for (const char* bad :
         {"http://mcp.example/", "ftp://mcp.example", "https://ana@mcp.example/mcp", "https://mcp.example/#x",
          "https://", "mcp.example", "https://a b/", "javascript:alert(1)", "http://10.0.0.1/mcp"})
        EXPECT_FALSE(canonicalServer(bad)) << bad;
}

TEST(ProtectedResourceTest, C2_MetadataStandBeforeThePathThenAtTheRoot) {
    const auto words = [](const std::string& server) {
        std::vector<std::string> out;
        for (const QUrl& url : resourceMetadataUrls(server))
            out.push_back(url.toEncoded().toStdString());
        return out;
    };
    EXPECT_THAT(words("https://s.example/a/mcp"),
                ElementsAre("https://s.example/.well-known/oauth-protected-resource/a/mcp",
                            "https://s.example/.well-known/oauth-protected-resource"));
    EXPECT_THAT(words("https://s.example"),
                ElementsAre("https://s.example/.well-known/oauth-protected-resource"));
}

TEST(ProtectedResourceTest, SEC_C_16_AResourceIsTheServerOrStandsAboveIt) {
    for (const char* right :
         {"https://s.example/mcp", "https://s.example", "https://s.example/", "https://s.example/mcp/"})
        EXPECT_TRUE(isResourceOf(right, "https://s.example/mcp")) << right;
    for (const char* wrong :
         {"https://evil.example/mcp", "http://s.example/mcp", "https://s.example:8443/mcp",
          "https://s.example/mc", "https://s.example/mcp/deeper", "https://s.example/other",
          "https://s.example.evil.example/mcp", "https://s.example@evil.example/mcp", "s.example"})
        EXPECT_FALSE(isResourceOf(wrong, "https://s.example/mcp")) << wrong;
}

TEST(ProtectedResourceTest, T_25_MetadataOfAnotherServerAreRefused) {
    const auto refused =
        parseProtectedResource(document("https://evil.example/mcp"), "https://s.example/mcp");
    ASSERT_FALSE(refused);
    EXPECT_EQ(reasonOf(refused.error()), "resource_mismatch");
    EXPECT_FALSE(
        parseProtectedResource(R"({"authorization_servers":["https://a.example"]})", "https://s.example"));
}

TEST(ProtectedResourceTest, C3_OneAuthorizationServerMustRemain) {
    const std::string head = R"({"resource":"https://s.example","authorization_servers":)";
    EXPECT_FALSE(parseProtectedResource(head + "[]}", "https://s.example"));
    EXPECT_FALSE(parseProtectedResource(head + R"(["http://a.example","ftp://b","https://u@c.example"]})",
                                        "https://s.example"));
    const auto some =
        parseProtectedResource(head + R"(["http://a.example","https://b.example/x"]})", "https://s.example");
    ASSERT_TRUE(some);
    EXPECT_THAT(some->authorizationServers, ElementsAre("https://b.example/x"));
}

TEST(ProtectedResourceTest, T_20_APublicServerNamesNothingInside) {
    for (const char* inside : {"https://169.254.169.254", "https://[::ffff:10.0.0.1]", "https://127.0.0.1",
                               "http://localhost:8080", "https://192.168.0.1/x"})
        EXPECT_FALSE(parseProtectedResource(document("https://s.example", inside), "https://s.example"))
            << inside;
    EXPECT_TRUE(parseProtectedResource(document("http://localhost:3001", "http://127.0.0.1:9000"),
                                       "http://localhost:3001"));
}

class ResourceDiscoveryTest : public ::testing::Test {
protected:
    void discover(const std::string& challenged = {}, const std::string& server = "https://s.example/mcp") {
        done = false;
        flow = std::make_unique<ResourceDiscovery>(http, server, challenged,
                                                   [this](Result<ResourceDiscovery::Found> found) {
                                                       done = true;
                                                       result = std::move(found);
                                                   });
        flow->start();
    }
    [[nodiscard]] std::string asked() const {
        return http.waiting.empty() ? std::string() : http.waiting.front().url;
    }

    static constexpr const char* inserted = "https://s.example/.well-known/oauth-protected-resource/mcp";
    static constexpr const char* root = "https://s.example/.well-known/oauth-protected-resource";
    ScriptedTransport http;
    std::unique_ptr<ResourceDiscovery> flow;
    bool done = false;
    Result<ResourceDiscovery::Found> result;
};

TEST_F(ResourceDiscoveryTest, C1_TheChallengeIsFollowedFirstAndNothingElseIsAsked) {
    discover("https://s.example/somewhere/else");
    EXPECT_EQ(asked(), "https://s.example/somewhere/else");
    http.answer(200, document("https://s.example/mcp"));
    ASSERT_TRUE(done && result && *result);
    EXPECT_EQ(http.sent, 1);
}

TEST_F(ResourceDiscoveryTest, C2_TheRootIsNotAskedWhenThePathAnswered) {
    discover();
    EXPECT_EQ(asked(), inserted);
    http.answer(200, document("https://s.example/mcp"));
    ASSERT_TRUE(done && result && *result);
    EXPECT_EQ(http.sent, 1);
}

TEST_F(ResourceDiscoveryTest, C2_TheRootIsAskedLast) {
    discover();
    http.answer(404, "");
    EXPECT_EQ(asked(), root);
    http.answer(200, document("https://s.example"));
    ASSERT_TRUE(done && result && *result);
    EXPECT_EQ((*result)->resource, "https://s.example");
}

TEST_F(ResourceDiscoveryTest, C25_NoMetadataAtAllIsNoFailure) {
    discover();
    http.answer(404, "");
    http.answer(200, "<html>Welcome</html>"); // a page for people
    ASSERT_TRUE(done);
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->has_value());
}

TEST_F(ResourceDiscoveryTest, C4_AMismatchStopsAtOnce) {
    discover();
    http.answer(200, document("https://evil.example/mcp"));
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderError);
    EXPECT_EQ(http.sent, 1);
}

TEST_F(ResourceDiscoveryTest, AServerThatIsDownIsNotTakenForAnOldOne) {
    discover();
    http.answer(503, "");
    http.answer(404, "");
    ASSERT_TRUE(done);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::ProviderUnavailable);
}

TEST_F(ResourceDiscoveryTest, SEC_C_22_AnAddressInsideIsNotAskedForAPublicServer) {
    for (const char* inside : {"http://127.0.0.1:9/x", "https://169.254.169.254/x", "https://10.0.0.1/x",
                               "https://[::1]/x", "gopher://s.example/x"}) {
        discover(inside);
        EXPECT_EQ(asked(), inserted) << inside;
        http.waiting.clear();
    }
}

TEST_F(ResourceDiscoveryTest, SEC_C_22_AnotherHostMustBePublic) {
    discover("https://elsewhere.example/x");
    EXPECT_TRUE(http.waiting.front().publicOnly);
    http.answer(404, "");
    EXPECT_FALSE(http.waiting.front().publicOnly);
}

TEST_F(ResourceDiscoveryTest, C24_RedirectsAreFollowedInsideTheOriginOnly) {
    discover();
    http.answer(302, "", {{"Location", "/moved"}});
    EXPECT_EQ(asked(), "https://s.example/moved");
    http.answer(200, document("https://s.example/mcp"));
    ASSERT_TRUE(done && result && *result);
    discover();
    for (const char* elsewhere : {"https://evil.example/x", "http://127.0.0.1/x"}) {
        http.answer(302, "", {{"Location", elsewhere}});
        EXPECT_EQ(asked().find("evil"), std::string::npos);
    }
    ASSERT_TRUE(done && result);
    EXPECT_FALSE(result->has_value());
}

TEST_F(ResourceDiscoveryTest, C24_RedirectsEnd) {
    discover();
    for (int i = 0; i < 4; ++i)
        http.answer(302, "", {{"Location", "/again" + std::to_string(i)}});
    EXPECT_EQ(asked(), root);
}

} // namespace
} // namespace keybearer
