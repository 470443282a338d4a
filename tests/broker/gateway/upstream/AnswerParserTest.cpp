#include "broker/gateway/upstream/AnswerParser.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keybearer {
namespace {

// What was read of it, a few bytes at a time; nothing: it is no HTTP, or it has not ended.
std::optional<std::string> bodyOf(std::string_view wire, std::size_t step) {
    AnswerParser parser;
    parser.reset(false);
    std::string held;
    std::string body;
    for (std::size_t at = 0; at < wire.size() && !parser.done(); at += step) {
        held.append(wire.substr(at, step));
        const std::optional<std::size_t> used = parser.put(held);
        if (!used)
            return std::nullopt;
        body.append(parser.body());
        held.erase(0, *used);
    }
    return parser.done() ? std::optional(body) : std::nullopt;
}

TEST(AnswerParser, AnAnswerInChunksReadsTheSameHoweverItComes) {
    const std::string_view wire =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for (std::size_t step = 1; step <= wire.size(); ++step)
        EXPECT_EQ(bodyOf(wire, step), "abc") << step;
}

TEST(AnswerParser, AnEmptyAnswerInChunksEndsHoweverItComes) {
    const std::string_view wire = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    for (std::size_t step = 1; step <= wire.size(); ++step)
        EXPECT_EQ(bodyOf(wire, step), "") << step;
}

TEST(AnswerParser, AStatusBelowAHundredIsNoHttp) {
    for (const char* code : {"000", "099"}) {
        AnswerParser parser;
        parser.reset(false);
        const std::string wire =
            std::string("HTTP/1.1 ").append(code).append(" Odd\r\nContent-Length: 0\r\n\r\n");
        EXPECT_EQ(parser.put(wire), std::nullopt) << code;
    }
}

} // namespace
} // namespace keybearer
