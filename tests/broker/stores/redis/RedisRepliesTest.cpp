#include "broker/stores/redis/RedisReplies.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Kind = RedisReply::Kind;

// In one piece, and byte by byte.
std::vector<RedisReply> taken(const std::string& bytes) {
    RedisReplyReader whole;
    Result<std::vector<RedisReply>> atOnce = whole.take(bytes);
    EXPECT_TRUE(atOnce) << atOnce.error().message;
    RedisReplyReader slow;
    std::size_t count = 0;
    for (const char c : bytes) {
        const Result<std::vector<RedisReply>> some = slow.take({&c, 1});
        EXPECT_TRUE(some);
        count += some ? some->size() : 0;
    }
    EXPECT_EQ(count, atOnce->size());
    return std::move(*atOnce);
}

std::string refusal(const std::string& bytes) {
    RedisReplyReader reader;
    const Result<std::vector<RedisReply>> answers = reader.take(bytes);
    EXPECT_FALSE(answers);
    EXPECT_FALSE(reader.take("+OK\r\n")) << "nothing can be read from it any more";
    return answers ? "" : answers.error().message;
}

TEST(RedisReplies, EveryKindIsRead) {
    const std::vector<RedisReply> all =
        taken("+OK\r\n-ERR "
              "no\r\n:-42\r\n$-1\r\n$4\r\na\r\nb\r\n*-1\r\n*0\r\n*3\r\n$1\r\nx\r\n*2\r\n:1\r\n$-1\r\n+y\r\n");
    ASSERT_EQ(all.size(), 8U);
    EXPECT_EQ(all[0].kind, Kind::Status);
    EXPECT_EQ(all[0].text, "OK");
    EXPECT_TRUE(all[1].isError());
    EXPECT_EQ(all[1].text, "ERR no");
    EXPECT_EQ(all[2].integer, -42);
    EXPECT_EQ(all[3].kind, Kind::Nil);
    EXPECT_EQ(all[4].text, "a\r\nb");
    EXPECT_EQ(all[5].kind, Kind::Nil);
    EXPECT_TRUE(all[6].isArray(0));
    ASSERT_TRUE(all[7].isArray(3));
    EXPECT_EQ(all[7].textAt(0), "x");
    EXPECT_EQ(all[7].elements[1].elements[0].integer, 1);
    EXPECT_EQ(all[7].elements[1].elements[1].kind, Kind::Nil);
    EXPECT_EQ(all[7].textAt(2), "y");
    EXPECT_EQ(all[7].textAt(9), "") << "what is not there is empty";
}

TEST(RedisReplies, WhatIsNoProtocolIsNamedSo) {
    for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
                              "\x15\x03\x01\r\n", "$x\r\n", "*x\r\n", ":1x\r\n", "$-2\r\n", "*-2\r\n"})
        EXPECT_NE(refusal(bytes).find("is no Redis protocol"), std::string::npos) << bytes;
}

TEST(RedisReplies, ABulkOverTheLimitEndsItBeforeItIsAllThere) {
    RedisReplyReader reader;
    ASSERT_TRUE(reader.take("$999999999999\r\n"));
    const std::string piece(100'000, 'x');
    std::size_t fed = 0;
    while (reader.take(piece)) {
        fed += piece.size();
        ASSERT_LT(fed, RedisReplyReader::longestReply + (std::size_t{1} << 20));
    }
}

TEST(RedisReplies, ALineWithoutAnEndEndsItToo) {
    EXPECT_NE(refusal("+" + std::string(RedisReplyReader::longestReply + 100'000, 'x')).find("too long"),
              std::string::npos);
}

TEST(RedisReplies, ALongestRecordPasses) {
    const std::string record(std::size_t{1} << 20, 'x');
    const std::vector<RedisReply> answers = [&] {
        RedisReplyReader reader;
        Result<std::vector<RedisReply>> read =
            reader.take("*2\r\n$1\r\n1\r\n$" + std::to_string(record.size()) + "\r\n" + record + "\r\n");
        return read ? std::move(*read) : std::vector<RedisReply>();
    }();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(answers[0].textAt(1) == record);
}

// CVE-2021-32765: nothing is allocated on the word of a number.
TEST(RedisReplies, AnArrayThatAnnouncesTooMuchIsRefusedAtItsHeader) {
    for (const char* header :
         {"*100001\r\n", "*1073741825\r\n", "*4294967297\r\n", "*9223372036854775807\r\n"})
        EXPECT_NE(refusal(header), "") << header;
    std::string nested = "*3\r\n";
    for (int i = 0; i < 3; ++i) {
        nested += "*50000\r\n";
        for (int j = 0; j < 50'000; ++j)
            nested += ":1\r\n";
    }
    EXPECT_NE(refusal(nested).find("too many elements"), std::string::npos) << "all levels count together";
}

TEST(RedisReplies, TheLimitsAreThoseOfOneAnswer) {
    RedisReplyReader reader;
    const std::string half = "$1500000\r\n" + std::string(1'500'000, 'x') + "\r\n";
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(reader.take(half));
    std::string many = "*60000\r\n";
    for (int j = 0; j < 60'000; ++j)
        many += ":1\r\n";
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(reader.take(many));
}

TEST(RedisReplies, TooDeepIsRefused) {
    std::string deep;
    for (int i = 0; i < 40; ++i)
        deep += "*1\r\n";
    EXPECT_NE(refusal(deep + ":1\r\n"), "");
}

TEST(RedisReplies, ACommandIsBinarySafe) {
    EXPECT_EQ(redisCommand({"SET", std::string("a\0\r\n", 4), ""}),
              std::string("*3\r\n$3\r\nSET\r\n$4\r\na\0\r\n\r\n$0\r\n\r\n", 29));
}

} // namespace
} // namespace keybearer
