#include "app/import/McpRemoteCall.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

using Words = std::vector<std::string>;

std::string urlOf(const Words& words) {
    const auto call = McpRemoteCall::from(words);
    return call ? call->url : std::string();
}

TEST(McpRemoteCall, ItIsKnownUnderEveryRunner) {
    const std::string url = "https://mcp.example/mcp";
    EXPECT_EQ(urlOf({"npx", "mcp-remote", url}), url);
    EXPECT_EQ(urlOf({"npx", "-y", "mcp-remote@0.1.37", url, "9696", "--debug"}), url);
    EXPECT_EQ(urlOf({"/usr/bin/npx", "--package", "x", "mcp-remote@latest", url}), url);
    EXPECT_EQ(urlOf({"cmd", "/c", "npx", "-y", "mcp-remote", url}), url);
    EXPECT_EQ(urlOf({"C:\\nodejs\\npx.cmd", "mcp-remote", url}), url);
    EXPECT_EQ(urlOf({"bunx", "mcp-remote", url}), url);
    EXPECT_EQ(urlOf({"pnpm", "dlx", "mcp-remote", url}), url);
    EXPECT_EQ(urlOf({"node", "/x/node_modules/mcp-remote/dist/proxy.js", url}), url);
    EXPECT_EQ(urlOf({"mcp-remote", url}), url);
}

TEST(McpRemoteCall, OthersAreNot) {
    EXPECT_EQ(urlOf({}), "");
    EXPECT_EQ(urlOf({"npx"}), "");
    EXPECT_EQ(urlOf({"npx", "-p"}), "");
    EXPECT_EQ(urlOf({"npx", "mcp-remote"}), "");
    EXPECT_EQ(urlOf({"npx", "mcp-remote-client", "https://x"}), "");
    EXPECT_EQ(urlOf({"sh", "-c", "npx mcp-remote https://x"}), "");
    EXPECT_EQ(urlOf({"cmd", "/c"}), "");
}

TEST(McpRemoteCall, HeadersAreTakenAndStrangeOptionsNamedWithoutTheirValues) {
    const auto call = McpRemoteCall::from(
        {"npx", "mcp-remote", "https://x", "--header", "Authorization:Bearer a", "--static-oauth-client-info",
         "{\"client_secret\":\"CANARY\"}", "--transport", "sse-only", "--ignore-tool=x"});
    ASSERT_TRUE(call);
    ASSERT_EQ(call->headers.size(), 1U);
    EXPECT_EQ(call->headers[0].second, "Bearer a");
    EXPECT_EQ(call->strange, (Words{"--static-oauth-client-info", "--ignore-tool"}));
}

TEST(McpRemoteCall, FilesAreCalledAfterTheAddressAndItsHeaders) {
    EXPECT_EQ(md5Hex(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5Hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(md5Hex(std::string(80, '1') + "2"), md5Hex(std::string(80, '1') + "2"));
    EXPECT_EQ(md5Hex("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
              "57edf4a22be3c955ac49da2e2107b67a");
    McpRemoteCall call;
    call.url = "https://mcp.atlassian.com/v1/mcp";
    EXPECT_EQ(call.fileHash(), "01910c24c5f2edcaf999bd1eaaeaeee8");
}

} // namespace
} // namespace keybearer::testing
