#include "broker/protocol/WebAddress.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(WebAddress, SEC_C_34_WhatAServerSaysIsOpenedOnlyIfItIsAPlainWebAddress) {
    for (const char* good :
         {"https://as.example/authorize?a=b&c=%20#x", "https://as.example:8443/", "http://127.0.0.1:9/a",
          "http://localhost/a", "http://[::1]:9/a", "https://xn--80ak6aa92e.com/"})
        EXPECT_TRUE(isSafelyOpenable(good)) << good;
}

TEST(WebAddress, T_21_FortyHostileAddressesAreGivenToNobody) {
    const std::string hostile[] = {"",
                                   "file:///etc/passwd",
                                   "javascript:alert(1)",
                                   "data:text/html,<script>",
                                   "vbscript:x",
                                   "about:blank",
                                   "-h",
                                   "--help",
                                   "-new-window https://a.example/",
                                   "$(reboot)",
                                   "`reboot`",
                                   "https://a.example/`id`",
                                   "https://a.example/ --x",
                                   "https://a.example/\"",
                                   "https://a.example/'",
                                   "https://a.example/\\",
                                   "https://a.example/\n",
                                   "https://a.example/\r\nX: 1",
                                   std::string("https://a.example/\0x", 20),
                                   "https://a.example/\x1b[31m",
                                   "https://a.example/<b>",
                                   "https://a.example/{x}",
                                   "https://a.example/|ls",
                                   "https://a.example/^x",
                                   "https://user@a.example/",
                                   "https://user:pass@a.example/",
                                   "https://a.example@evil.example/",
                                   "http://a.example/",
                                   "http://10.0.0.1/",
                                   "http://127.0.0.1.evil.example/",
                                   "http://localhost.evil.example/",
                                   "http://127.0.0.1@evil.example/",
                                   "https:///etc",
                                   "https://",
                                   "https://?x",
                                   "https://#x",
                                   "https://:80/",
                                   "HTTPS://a.example/",
                                   "ftp://a.example/",
                                   "ms-msdt:/id",
                                   "smb://a.example/x",
                                   "https://\xd0\xb0.example/",
                                   "https://a.example/" + std::string(9000, 'a'),
                                   " https://a.example/"};
    for (const std::string& url : hostile)
        EXPECT_FALSE(isSafelyOpenable(url)) << url;
    EXPECT_GE(std::size(hostile), 40U);
}

} // namespace
} // namespace keybearer
