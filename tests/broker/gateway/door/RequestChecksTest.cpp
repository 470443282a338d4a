#include "broker/gateway/door/RequestChecks.h"
#include "broker/gateway/door/FormFields.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

int framingOf(const std::string& head) {
    const HeadEnd end = headEnd(head);
    if (end.refusal)
        return end.refusal->status;
    if (end.size == 0)
        return 0;
    const std::optional<Refusal> refusal = checkFraming(std::string_view(head).substr(0, end.size));
    return refusal ? refusal->status : 200;
}

TEST(RequestChecks, SEC_G_09_WhatTwoReadersCouldUnderstandDifferentlyIsNoRequest) {
    const std::string line = "POST /a/mcp HTTP/1.1\r\nHost: h\r\n";
    const std::vector<std::pair<std::string, int>> table{
        {line + "Content-Length: 5\r\n\r\n", 200},
        {line + "Transfer-Encoding: chunked\r\n\r\n", 200},
        {line + "transfer-encoding: Chunked\r\n\r\n", 200},
        {line + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {line + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
        {line + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
        {line + "Content-Length: 5, 5\r\n\r\n", 400},
        {line + "Content-Length: +5\r\n\r\n", 400},
        {line + "Content-Length: -1\r\n\r\n", 400},
        {line + "Content-Length: 0x5\r\n\r\n", 400},
        {line + "Content-Length: 5 5\r\n\r\n", 400},
        {line + "Content-Length:\r\n\r\n", 400},
        {line + "Content-Length: 99999999999999999999\r\n\r\n", 400},
        {line + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400},
        {line + "Transfer-Encoding: chunked, identity\r\n\r\n", 400},
        {line + "Transfer-Encoding: identity\r\n\r\n", 400},
        {line + "Transfer-Encoding: xchunked\r\n\r\n", 400},
        {line + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {line + "Transfer-Encoding : chunked\r\n\r\n", 400},
        {line + " Transfer-Encoding: chunked\r\n\r\n", 400},
        {line + "X: a\r\n b\r\n\r\n", 400},
        {line + "X: a\r\n\tb\r\n\r\n", 400},
        {line + "X: a\nY: b\r\n\r\n", 400},
        {line + "X: a\rY: b\r\n\r\n", 400},
        {line + "X: a\r\r\n\r\n", 400},
        {line + std::string("X: a\0b\r\n\r\n", 10), 400},
        {line + "X: a\x01\r\n\r\n", 400},
        {line + "X: a\x7f\r\n\r\n", 400},
        {line + "X\r\n\r\n", 400},
        {line + ": a\r\n\r\n", 400},
        {line + "X Y: a\r\n\r\n", 400},
        {line + "Host: h\r\n\r\n", 400},
        {"POST /a/mcp HTTP/1.1\nHost: h\n\n", 400},
        {"\r\nPOST /a/mcp HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /a/mcp\r\nHost: h\r\n\r\n", 400},
        {"POST  /a/mcp HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /a /mcp HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /a\t HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"P(ST /a/mcp HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {" POST /a/mcp HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /a/mcp HTTP/1.2\r\nHost: h\r\n\r\n", 400},
        {"POST /a/mcp HTTP/2.0\r\nHost: h\r\n\r\n", 400},
        {"POST /a/mcp http/1.1\r\nHost: h\r\n\r\n", 400},
        {"POST /a/mcp HTTP/1.0\r\nHost: h\r\n\r\n", 505},
        {"\x16\x03\x01\x02", 400}, // TLS to a port that speaks none
        {"POST /a/mcp HTTP/1.1\r\nHost: h\r\n", 0},
    };
    for (const auto& [head, status] : table)
        EXPECT_EQ(framingOf(head), status) << head;
}

TEST(RequestChecks, SEC_G_17_AHeadHasAnEndAndAHundredFields) {
    std::string head = "GET / HTTP/1.1\r\n";
    for (std::size_t i = 0; i < mostRequestFields; ++i)
        head += "X: y\r\n";
    EXPECT_EQ(framingOf(head + "\r\n"), 200);
    EXPECT_EQ(framingOf(head + "X: y\r\n\r\n"), 431);
    EXPECT_EQ(framingOf("GET /" + std::string(longestRequestHead, 'a')), 431);
}

TEST(RequestChecks, AHeadThatComesByteByByteIsFoundTheSame) {
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    std::string arrived;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        arrived.push_back(head[i]);
        const HeadEnd end = headEnd(arrived, seen);
        EXPECT_FALSE(end.refusal);
        EXPECT_EQ(end.size, i + 1 == head.size() ? head.size() : 0U);
        seen = arrived.size();
    }
}

// Heads are looked at several bytes at a time: where a byte stands makes no difference.
TEST(RequestChecks, SEC_G_09_AByteThatMayNotBeInAHeadIsFoundWhereverItStands) {
    for (int byte = 0; byte < 256; ++byte) {
        if (byte == '\r' || byte == '\n')
            continue;
        const bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
        for (std::size_t at = 0; at < 24; ++at) {
            std::string value(24, 'v');
            value[at] = static_cast<char>(byte);
            const std::string head = "GET / HTTP/1.1\r\nX: " + value + "\r\n\r\n";
            const HeadEnd end = headEnd(head);
            EXPECT_EQ(end.refusal.has_value(), control) << byte << " at " << at;
            EXPECT_EQ(end.size, control ? 0U : head.size());
        }
    }
}

TEST(RequestChecks, SEC_G_10_ATargetIsNormalisedOnceOrRefused) {
    const std::vector<std::pair<std::string, std::string>> good{
        {"/linear/mcp", "/linear/mcp"},
        {"/%6cinear/mcp", "/linear/mcp"},
        {"/linear%2Dx/mcp", "/linear-x/mcp"},
        {"/", "/"},
        {"/a%20b", "/a%20b"},
        {"/a%c3%a4", "/a%C3%A4"},
        {"/a/", "/a/"},
        {"/a/...", "/a/..."},
    };
    for (const auto& [target, path] : good) {
        const auto normalised = normalisedTarget(target);
        ASSERT_TRUE(normalised) << target;
        EXPECT_EQ(normalised->path, path);
    }
    for (const char* target : {"/a/../b",
                               "/..",
                               "/a/..",
                               "/a/./b",
                               "/.",
                               "/%2e%2e/a",
                               "/a/%2E./b",
                               "/a%2fb",
                               "/a%2Fb",
                               "/a%5cb",
                               "/a\\b",
                               "/a%00",
                               "/a%0d%0a",
                               "/a%7f",
                               "/a%25%32%66",
                               "/a%252e",
                               "/a%",
                               "/a%2",
                               "/a%zz",
                               "//a",
                               "/a//b",
                               "a",
                               "",
                               "*",
                               "http://127.0.0.1:4180/a/mcp",
                               "http://evil.test/a/mcp",
                               "127.0.0.1:443",
                               "/a#b",
                               "/a<b>",
                               "/a\"b",
                               "/a?b#c",
                               "/a?b<c",
                               "/a b"})
        EXPECT_FALSE(normalisedTarget(target)) << target;
    const auto withQuery = normalisedTarget("/a/mcp?x=/../%2f");
    ASSERT_TRUE(withQuery);
    EXPECT_EQ(withQuery->query, "x=/../%2f");
}

TEST(RequestChecks, SEC_G_02_T_13_OneListedHostAndNoOther) {
    const std::vector<std::string> hosts{"127.0.0.1:4180", "localhost:4180", "[::1]:4180"};
    for (const char* host : {"127.0.0.1:4180", "localhost:4180", "LocalHost:4180", "[::1]:4180"})
        EXPECT_FALSE(namedHost({{"host", host}}, hosts).refusal) << host;
    EXPECT_EQ(namedHost({{"host", "LocalHost:4180"}}, hosts).host, "localhost:4180");
    for (const char* host :
         {"evil.test:4180", "localhost", "localhost:80", "localhost.:4180", "127.0.0.1.nip.io:4180",
          "127.0.0.1", "", "127.1:4180", "0.0.0.0:4180", "2130706433:4180", "user@localhost:4180",
          "localhost:4180,evil.test", "localhost:04180", "[::ffff:127.0.0.1]:4180", "localhost:4180/",
          "\tlocalhost:41800"}) {
        const NamedHost named = namedHost({{"host", host}}, hosts);
        ASSERT_TRUE(named.refusal) << host;
        EXPECT_EQ(named.refusal->status, 421) << host;
        EXPECT_TRUE(named.refusal->close);
    }
    EXPECT_EQ(namedHost({}, hosts).refusal->status, 400);
    EXPECT_EQ(namedHost({{"host", "localhost:4180"}, {"host", "localhost:4180"}}, hosts).refusal->status,
              400);
}

RequestHead from(const std::string& method, std::vector<HttpField> fields) {
    RequestHead head;
    head.method = method;
    head.base = "http://127.0.0.1:4180";
    head.fields = std::move(fields);
    return head;
}

TEST(RequestChecks, SEC_G_03_T_14_WebPagesThatAreNotListedAreNotServed) {
    const std::vector<std::string> listed{"http://localhost:6274"};
    struct Row {
        std::string method;
        std::vector<HttpField> fields;
        bool page;
        bool good;
    };
    const std::vector<Row> table{
        {"POST", {}, false, true},
        {"POST", {{"origin", "http://localhost:6274"}}, false, true},
        {"POST", {{"origin", "http://localhost:6274"}, {"sec-fetch-site", "same-site"}}, false, true},
        {"POST", {{"origin", "http://localhost:6274"}, {"sec-fetch-site", "cross-site"}}, false, true},
        {"POST", {{"origin", "http://127.0.0.1:4180"}, {"sec-fetch-site", "same-origin"}}, false, true},
        {"GET", {{"sec-fetch-site", "none"}}, false, true},
        {"GET", {{"sec-fetch-site", "same-origin"}}, false, true},
        {"POST", {{"origin", "null"}}, false, false},
        {"POST", {{"origin", ""}}, false, false},
        {"POST", {{"origin", "http://evil.test"}}, false, false},
        {"POST", {{"origin", "http://localhost:6275"}}, false, false},
        {"POST", {{"origin", "https://localhost:6274"}}, false, false},
        {"POST", {{"origin", "http://localhost:6274.evil.test"}}, false, false},
        {"POST", {{"origin", "http://localhost:4180"}}, false, false}, // named otherwise than the request
        {"POST", {{"origin", "http://localhost:6274"}, {"origin", "http://localhost:6274"}}, false, false},
        {"GET", {{"sec-fetch-site", "cross-site"}}, false, false},
        {"GET", {{"sec-fetch-site", "same-site"}}, false, false},
        {"GET", {{"sec-fetch-site", "Cross-Site"}}, false, false},
        {"GET", {{"sec-fetch-site", "none"}, {"sec-fetch-site", "none"}}, false, false},
        // A browser that is led to a page of ours, and what only looks like it.
        {"GET",
         {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}},
         true,
         true},
        {"GET",
         {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "iframe"}},
         true,
         false},
        {"GET",
         {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "no-cors"}, {"sec-fetch-dest", "image"}},
         true,
         false},
        {"GET",
         {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}},
         false,
         false},
        {"POST",
         {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}},
         true,
         false},
        {"POST",
         {{"origin", "http://evil.test"},
          {"sec-fetch-site", "cross-site"},
          {"sec-fetch-mode", "navigate"},
          {"sec-fetch-dest", "document"}},
         true,
         false},
    };
    const std::vector<Row> forms{
        {"POST", {{"origin", "http://localhost:6274"}, {"sec-fetch-site", "same-site"}}, true, false},
        {"POST", {{"origin", "http://127.0.0.1:4180"}, {"sec-fetch-site", "same-origin"}}, true, true},
    };
    for (const Row& one : forms)
        EXPECT_EQ(!comesFrom(from(one.method, one.fields), listed, one.page).refusal, one.good);
    int row = 0;
    for (const Row& one : table) {
        const ComesFrom seen = comesFrom(from(one.method, one.fields), listed, one.page);
        EXPECT_EQ(!seen.refusal, one.good) << "row " << row;
        if (seen.refusal) {
            EXPECT_EQ(seen.refusal->status, 403);
        }
        ++row;
    }
    EXPECT_EQ(comesFrom(from("POST", {{"origin", "http://localhost:6274"}}), listed, false).listedOrigin,
              "http://localhost:6274");
    EXPECT_EQ(comesFrom(from("POST", {{"origin", "http://127.0.0.1:4180"}}), listed, false).listedOrigin, "");
}

TEST(RequestChecks, SEC_G_12_ATokenInTheAddressIsFoundHoweverItIsWritten) {
    for (const char* query : {"access_token=a", "a=b&access_token=c", "%61ccess_token=a", "access%5Ftoken=a",
                              "access_token", "x=%zz&access_token=a"})
        EXPECT_TRUE(hasTokenInQuery(query)) << query;
    for (const char* query : {"", "token=a", "a=access_token", "my_access_token=1"})
        EXPECT_FALSE(hasTokenInQuery(query)) << query;
}

TEST(RequestChecks, TheMediaTypeIsReadWithoutItsParameters) {
    EXPECT_EQ(mediaTypeOf(from("POST", {{"content-type", "Application/JSON; charset=utf-8"}})),
              "application/json");
    EXPECT_EQ(mediaTypeOf(from("POST", {{"content-type", " text/plain "}})), "text/plain");
    EXPECT_EQ(mediaTypeOf(from("POST", {})), "");
    EXPECT_EQ(
        mediaTypeOf(from("POST", {{"content-type", "text/plain"}, {"content-type", "application/json"}})),
        "");
}

TEST(FormFields, SEC_S_25_AFormIsReadStrictly) {
    const FormFields good = FormFields::of("grant_type=authorization_code&code=a%2Bb+c&empty=&flag&&");
    EXPECT_EQ(good.problem(), "");
    EXPECT_EQ(good.values().at("code"), "a+b c");
    EXPECT_EQ(good.values().at("empty"), "");
    EXPECT_EQ(good.values().at("flag"), "");
    EXPECT_EQ(good.values().size(), 4U);
    for (const char* text : {"a=1&a=2", "a=1&%61=2", "a=%", "a=%4", "a=%zz", "a=%00", "a=%0a", "a=%ff", "=1",
                             "a=%c0%af", "a=\x01"})
        EXPECT_NE(FormFields::of(text).problem(), "") << text;
    std::string many;
    for (int i = 0; i < 65; ++i)
        many += "p" + std::to_string(i) + "=1&";
    EXPECT_NE(FormFields::of(many).problem(), "");
    EXPECT_TRUE(FormFields::of(many + "last=1").names("last"));
}

} // namespace
