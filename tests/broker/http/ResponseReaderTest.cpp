#include "broker/http/ResponseReader.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

constexpr std::size_t bodyLimit = 1000;

// What a reader makes of bytes that arrive in pieces of `step`, and of the end of the connection.
struct Reading {
    Result<bool> last = false;
    bool whole = false;
    HttpResponse response;
};

Reading read(const std::string& bytes, std::size_t step, bool closed = true) {
    ResponseReader reader(bodyLimit);
    Reading out;
    for (std::size_t at = 0; at < bytes.size() && out.last && !*out.last; at += step)
        out.last = reader.take(std::string_view(bytes).substr(at, step));
    if (!out.last)
        return out;
    out.whole = *out.last || (closed && reader.end());
    if (out.whole)
        out.response = reader.takeResponse();
    return out;
}

class ResponseReaderTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ResponseReaderTest, ABodyByLength) {
    const Reading got =
        read("HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello", GetParam(), false);
    ASSERT_TRUE(got.whole);
    EXPECT_EQ(got.response.status, 200);
    EXPECT_EQ(got.response.header("x-one"), "1");
    EXPECT_EQ(got.response.body.reveal(), "hello");
}

TEST_P(ResponseReaderTest, ABodyInChunks) {
    const Reading got = read("HTTP/1.1 400 No\r\nTransfer-Encoding: "
                             "chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n",
                             GetParam(), false);
    ASSERT_TRUE(got.whole);
    EXPECT_EQ(got.response.status, 400);
    EXPECT_EQ(got.response.body.reveal(), "hello");
}

TEST_P(ResponseReaderTest, ABodyUntilTheEnd) {
    const std::string bytes = "HTTP/1.0 200 OK\r\n\r\nhello";
    EXPECT_FALSE(read(bytes, GetParam(), false).whole);
    const Reading got = read(bytes, GetParam());
    ASSERT_TRUE(got.whole);
    EXPECT_EQ(got.response.body.reveal(), "hello");
}

TEST_P(ResponseReaderTest, InterimResponsesAreSkipped) {
    const Reading got = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n"
                             "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                             GetParam(), false);
    ASSERT_TRUE(got.whole);
    EXPECT_EQ(got.response.status, 200);
    EXPECT_EQ(got.response.header("link"), "");
    EXPECT_EQ(got.response.body.reveal(), "{}");
}

TEST_P(ResponseReaderTest, WhatIsCutOffIsNotWhole) {
    for (const char* bytes : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
                              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"})
        EXPECT_FALSE(read(bytes, GetParam()).whole) << bytes;
}

TEST_P(ResponseReaderTest, T26_AnythingThatIsNoHttpIsRefused) {
    for (const char* bytes :
         {"220 mail.example ESMTP\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
          "HTTP/1.1 050 \r\n\r\nhello", "HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: a\x01b\r\n\r\n"}) {
        const Reading got = read(bytes, GetParam());
        EXPECT_FALSE(got.whole) << bytes;
    }
}

TEST_P(ResponseReaderTest, T26_ABodyOverTheLimitIsRefusedAsSoonAsItIsKnown) {
    const Reading told = read("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", GetParam(), false);
    ASSERT_FALSE(told.last);
    EXPECT_EQ(told.last.error().code, ErrorCode::ProviderError);
    const std::string large(bodyLimit + 1, 'x');
    EXPECT_FALSE(read("HTTP/1.1 200 OK\r\n\r\n" + large, GetParam()).last);
    EXPECT_FALSE(
        read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + large, GetParam()).last);
    EXPECT_TRUE(read("HTTP/1.1 200 OK\r\n\r\n" + large.substr(1), GetParam()).whole);
}

TEST_P(ResponseReaderTest, T26_AHeadOverTheLimitIsRefused) {
    std::string head = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 20; ++i)
        head += "X-" + std::to_string(i) + ": " + std::string(4000, 'h') + "\r\n";
    EXPECT_FALSE(read(head + "\r\n", std::max<std::size_t>(GetParam(), 100)).last);
    EXPECT_FALSE(
        read("HTTP/1.1 200 " + std::string(70'000, 'O'), std::max<std::size_t>(GetParam(), 100)).last);
}

TEST_P(ResponseReaderTest, WhatComesBehindTheResponseIsNotLookedAt) {
    const Reading got = read("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", GetParam(), false);
    ASSERT_TRUE(got.whole);
    EXPECT_EQ(got.response.status, 204);
    EXPECT_TRUE(got.response.body.empty());
}

INSTANTIATE_TEST_SUITE_P(Steps, ResponseReaderTest, ::testing::Values(1, 7, 100'000));

} // namespace
} // namespace keybearer
