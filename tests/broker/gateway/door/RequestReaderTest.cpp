#include "broker/gateway/door/RequestReader.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

TEST(RequestReader, WhatIsLeftOfAFullPieceIsContentAndNoFraming) {
    RequestReader reader;
    RequestHead head;
    std::string target;
    ASSERT_FALSE(reader.readHead("POST /a/mcp HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
                                 head, target));
    std::string piece;
    std::string_view bytes = "1"; // half of a line of the framing
    EXPECT_EQ(reader.readBody(bytes, piece, 4), RequestReader::Body::More);
    const std::string whole = "6\r\nabcd\nef";
    bytes = std::string_view(whole).substr(0, 8);
    EXPECT_EQ(reader.readBody(bytes, piece, 4), RequestReader::Body::Full);
    EXPECT_EQ(piece, "abcd");
    EXPECT_EQ(bytes, "\n");
    piece.clear();
    EXPECT_EQ(reader.readBody(bytes, piece, 4), RequestReader::Body::More);
    EXPECT_EQ(piece, "\n");
}

} // namespace
