#include "broker/oauth/RedirectRequest.h"

#include <gtest/gtest.h>

using namespace keybearer;

TEST(RedirectRequest, OrdinaryRequestIsRead) {
    const auto request =
        parseRedirectRequest("GET /cb/x?code=4%2F0&state=s HTTP/1.1\r\nhOsT: \t127.0.0.1:80 \r\n"
                             "Accept: */*\r\nX-Empty:\r\nX-Latin: caf\xE9\r\n\r\n");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "GET");
    EXPECT_EQ(request->path, "/cb/x");
    EXPECT_EQ(request->query, "code=4%2F0&state=s");
    EXPECT_EQ(request->host, "127.0.0.1:80");
}

TEST(RedirectRequest, QueryMayBeMissingOrHoldQuestionMarks) {
    EXPECT_EQ(parseRedirectRequest("GET / HTTP/1.0\r\nHost: a\r\n\r\n")->query, "");
    EXPECT_EQ(parseRedirectRequest("GET /?a=?b HTTP/1.0\r\nHost: a\r\n\r\n")->query, "a=?b");
}

TEST(RedirectRequest, MalformedHeadsAreNothing) {
    const std::string host = "Host: a\r\n\r\n";
    for (const std::string& head : {
             std::string(),
             std::string("\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\n\r\n"),
             "GET / HTTP/2.0\r\n" + host,
             "GET / http/1.1\r\n" + host,
             "GET / HTTP/1.1 \r\n" + host,
             "GET  HTTP/1.1\r\n" + host,
             "GET /a b HTTP/1.1\r\n" + host,
             "GET /\x01 HTTP/1.1\r\n" + host,
             "GET /\xC3\xA9 HTTP/1.1\r\n" + host,
             "GET /#x HTTP/1.1\r\n" + host,
             "GET http://127.0.0.1/ HTTP/1.1\r\n" + host,
             "GET * HTTP/1.1\r\n" + host,
             "GE\tT / HTTP/1.1\r\n" + host,
             "/ HTTP/1.1\r\n" + host,
             std::string("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\r\nnocolon\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\r\n: v\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29),
             std::string("GET / HTTP/1.1\nHost: a\n\n"),
             std::string("GET / HTTP/1.1\r\nHost: a\r\n"),
             "GET / HTTP/1.1\r\n" + host + "behind",
             "GET /" + std::string(redirectHeadLimit, 'x') + " HTTP/1.1\r\n" + host,
         })
        EXPECT_FALSE(parseRedirectRequest(head)) << head.substr(0, 60);
}

TEST(RedirectRequest, HeadEndsBehindItsEmptyLine) {
    EXPECT_EQ(redirectHeadEnd("GET / HTTP/1.1\r\n\r"), std::nullopt);
    EXPECT_EQ(redirectHeadEnd("a\r\n\r\nb"), 5U);
}
