#include "app/tray/signin/Addresses.h"

#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

TEST(AddressesTest, T_21_AServerHasASafeAddress) {
    for (const char* good :
         {"https://mcp.example.com/mcp", "  https://mcp.example.com/mcp\n", "mcp.example.com/mcp",
          "http://127.0.0.1:8080/mcp", "http://localhost:8080", "http://[::1]:9/mcp"})
        EXPECT_TRUE(serverAddress(QString::fromLatin1(good))) << good;
    EXPECT_EQ(*serverAddress(QStringLiteral("mcp.example.com/mcp")), "https://mcp.example.com/mcp");
    for (const char* bad :
         {"", " ", "https://", "http://mcp.example.com", "javascript:alert(1)", "file:///etc/passwd",
          "https://user@mcp.example.com/", "https://a:b@mcp.example.com/", "https://a.example/#x",
          "https://a b.example/", "https://a.example/\nx", "/bin/sh", "-x", "data:text/html,x",
          "http://127.0.0.1.evil.example/"}) {
        const Result<std::string> address = serverAddress(QString::fromLatin1(bad));
        EXPECT_FALSE(address) << bad << " " << (address ? *address : "");
    }
    EXPECT_FALSE(
        serverAddress(QStringLiteral("https://") + QString(10'000, u'a') + QStringLiteral(".example")));
}

TEST(AddressesTest, T_22_ANameOfAnotherAlphabetIsSentInAscii) {
    EXPECT_EQ(*serverAddress(QString::fromUtf8("https://m\xC3\xBCnchen.example/mcp")),
              "https://xn--mnchen-3ya.example/mcp");
}

TEST(AddressesTest, P5_WhatTheBrowserEndedAtHasAnAnswerAndAState) {
    for (const char* good :
         {"http://127.0.0.1:5/cb?code=a&state=b", " http://localhost:1/?state=b&error=access_denied ",
          "http://[::1]:5/cb?state=b&code=a&iss=https%3A%2F%2Fx.example"})
        EXPECT_TRUE(redirectAddress(QString::fromLatin1(good))) << good;
    for (const char* bad :
         {"", "hello", "code=a&state=b", "http://127.0.0.1:5/cb", "http://127.0.0.1:5/cb?code=a",
          "https://provider.example/authorize?client_id=x&state=b", "javascript:x?code=a&state=b",
          "http://127.0.0.1/?code=a state=b"}) {
        const Result<std::string> address = redirectAddress(QString::fromLatin1(bad));
        ASSERT_FALSE(address) << bad;
        EXPECT_FALSE(address.error().action.empty()) << bad;
    }
    EXPECT_FALSE(redirectAddress(QStringLiteral("http://127.0.0.1/?state=b&code=") + QString(9'000, u'a')));
}

} // namespace
} // namespace keybearer::test
