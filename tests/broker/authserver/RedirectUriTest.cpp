#include "broker/authserver/RedirectUri.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Verdict = RedirectVerdict;

TEST(RedirectUri, SEC_S_05_OnlyHttpsThisMachineAndApplicationsAreAccepted) {
    for (const char* uri :
         {"https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect", "http://127.0.0.1/",
          "http://127.0.0.1:33418/", "http://localhost/callback", "http://localhost:8787/callback",
          "http://[::1]:1234/cb", "cursor://anysphere.cursor-mcp/oauth/callback",
          "https://www.cursor.com/agents/mcp/oauth/callback", "com.example.app:/oauth",
          "http://127.0.0.1:6276/x?a=b", "vscode://vscode.github-authentication/did-authenticate",
          "zed://mcp"})
        EXPECT_EQ(judgeRedirect(uri), Verdict::Accept) << uri;
}

TEST(RedirectUri, SEC_S_05_WhatABrowserWouldRunShowOrSendIsRefused) {
    for (const char* uri : {"javascript:alert(1)",
                            "JavaScript://x/%0aalert(1)",
                            "java\tscript:alert(1)",
                            " javascript:x",
                            "data:text/html,x",
                            "file:///etc/passwd",
                            "FILE:///x",
                            "vbscript:x",
                            "blob:https://x/1",
                            "about:blank",
                            "ws://127.0.0.1/",
                            "mailto:a@b",
                            "view-source:https://x/",
                            "filesystem:https://x/",
                            "intent://x#Intent;end",
                            "ftp://x/",
                            "c:/x",
                            "",
                            ":",
                            "//host/path",
                            "/callback",
                            "callback",
                            "https:",
                            "https://",
                            "https:///x",
                            "http:/127.0.0.1/",
                            "https://user@host/",
                            "https://user:pw@host/",
                            "https://host/#fragment",
                            "http://127.0.0.1/#x",
                            "https://host/a b",
                            "https://host/\"",
                            "https://host/<x>",
                            "https://host/\\..\\x",
                            "https://ho\nst/",
                            "https://:443/x",
                            "com.example.app:",
                            "1x:y",
                            "https://h\xc3\xb6st/"})
        EXPECT_EQ(judgeRedirect(uri), Verdict::Refuse) << uri;
    EXPECT_EQ(judgeRedirect("https://host/" + std::string(3000, 'a')), Verdict::Refuse);
    EXPECT_EQ(judgeRedirect(std::string("https://host/\0x", 15)), Verdict::Refuse);
}

TEST(RedirectUri, HttpToAnotherMachineIsDroppedAndNothingElseIs) {
    for (const char* uri :
         {"http://example.com/cb", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
          "http://10.0.0.1/", "http://[::2]/", "http://127.0.0.1:99999999/", "http://localhost:x/"})
        EXPECT_EQ(judgeRedirect(uri), Verdict::Drop) << uri;
}

TEST(RedirectUri, SEC_S_03_OnlyThePortAndTheNameOfThisMachineMayDiffer) {
    struct Row {
        const char* registered;
        const char* asked;
        bool same;
    };
    for (const Row& row : {
             Row{"http://localhost/callback", "http://localhost:51234/callback", true},
             Row{"http://localhost/callback", "http://127.0.0.1:51234/callback", true},
             Row{"http://127.0.0.1:1/callback", "http://[::1]:2/callback", true},
             Row{"http://127.0.0.1/", "http://127.0.0.1:33418", true},
             Row{"http://127.0.0.1/cb?x=1", "http://127.0.0.1:9/cb?x=1", true},
             Row{"https://vscode.dev/redirect", "https://vscode.dev/redirect", true},
             Row{"http://localhost/callback", "http://localhost:51234/callback/", false},
             Row{"http://localhost/callback", "http://localhost:51234/callback?x=1", false},
             Row{"http://localhost/callback", "http://localhost:51234/callback#x", false},
             Row{"http://localhost/callback", "http://localhost:51234/callback/../evil", false},
             Row{"http://localhost/callback", "http://user@localhost/callback", false},
             Row{"http://localhost/callback", "http://localhost.evil.example/callback", false},
             Row{"http://localhost/callback", "http://localhost:80@evil.example/callback", false},
             Row{"http://localhost/callback", "https://localhost/callback", false},
             Row{"http://localhost/callback", "http://LOCALHOST/callback", false},
             Row{"https://host/cb", "https://host:444/cb", false},
             Row{"https://host/cb", "https://HOST/cb", false},
             Row{"https://host/cb", "https://host/cb/", false},
             Row{"cursor://a/b", "cursor://a/c", false},
             Row{"http://localhost/callback", "", false},
         })
        EXPECT_EQ(matchesRedirect(row.registered, row.asked), row.same) << row.registered << " " << row.asked;
}

TEST(RedirectUri, SEC_S_08_APersonIsToldWhereTheAnswerGoes) {
    EXPECT_EQ(redirectTarget("https://vscode.dev/redirect"), "vscode.dev");
    EXPECT_EQ(redirectTarget("http://[::1]:3/"), "a program on this computer");
    EXPECT_EQ(redirectTarget("cursor://anysphere.cursor-mcp/x"),
              "the application of cursor://anysphere.cursor-mcp");
    EXPECT_EQ(redirectTarget("com.example.app:/x"), "the application of com.example.app:");
}

} // namespace
} // namespace keybearer
