#include "broker/protocol/MessageScanner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace keybearer {
namespace {

using Message = MessageScanner::Message;

// Every line's messages, with the stream cut into pieces of that size.
std::vector<std::vector<Message>> scanAll(std::string_view stream, std::size_t piece,
                                          const std::vector<std::string>& kept = {}) {
    MessageScanner scanner(kept);
    std::vector<std::vector<Message>> lines;
    while (!stream.empty()) {
        const std::string_view part = stream.substr(0, piece);
        stream.remove_prefix(scanner.scan(part));
        if (scanner.atEnd())
            lines.push_back(scanner.messages());
    }
    return lines;
}

Message only(std::string_view line, const std::vector<std::string>& kept = {}) {
    const auto lines = scanAll(std::string(line) + "\n", line.size() + 1, kept);
    EXPECT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines.at(0).size(), 1U) << line;
    return lines.at(0).empty() ? Message() : lines.at(0).front();
}

bool nothingIn(std::string_view line) {
    const auto lines = scanAll(std::string(line) + "\n", line.size() + 1);
    return lines.size() == 1 && lines.front().empty();
}

TEST(MessageScanner, TellsRequestsFromNotificationsAndAnswers) {
    const Message request = only(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"id":9}})");
    EXPECT_EQ(request.id, "7");
    EXPECT_EQ(request.method, "tools/call");
    EXPECT_FALSE(request.answer);
    const Message notification = only(R"({"method":"notifications/initialized","jsonrpc":"2.0"})");
    EXPECT_EQ(notification.id, "");
    EXPECT_EQ(notification.method, "notifications/initialized");
    const Message answer = only(R"( { "result" : {"id":1,"method":"x"} , "id" : "a\"b" } )");
    EXPECT_EQ(answer.id, R"("a\"b")");
    EXPECT_EQ(answer.method, "");
    EXPECT_TRUE(answer.answer);
    EXPECT_TRUE(only(R"({"id":-3,"error":{"code":1}})").answer);
    EXPECT_EQ(only(R"({"id":null,"error":{}})").id, "");
    EXPECT_EQ(only(R"({"id":{"a":[1,{"id":2}]},"method":"m"})").method, "m");
}

TEST(MessageScanner, AnIdIsAStringOrANumberAndTheFirstOfSeveral) {
    EXPECT_EQ(only(R"({"id":{},"method":"ping"})").id, "");
    EXPECT_EQ(only(R"({"id":[1],"method":"ping"})").id, "");
    EXPECT_EQ(only(R"({"id":true,"method":"ping"})").id, "");
    EXPECT_EQ(only(R"({"id":null,"method":"ping"})").id, "");
    EXPECT_EQ(only(R"({"id":-3,"method":"ping"})").id, "-3");
    EXPECT_EQ(only(R"({"id":"a","id":"b","method":"ping"})").id, "\"a\"");
}

TEST(MessageScanner, KeepsTheParamsOfOneMethodWhereverTheyStand) {
    EXPECT_EQ(only(R"({"id":1,"method":"initialize","params":{"a":"}"}})", {"initialize"}).params,
              R"({"a":"}"})");
    EXPECT_EQ(only(R"({"params":{"a":[1, 2]},"id":1,"method":"initialize"})", {"initialize"}).params,
              R"({"a":[1, 2]})");
    EXPECT_EQ(only(R"({"params":{"a":1},"method":"tools/call","id":1})", {"initialize"}).params, "");
    EXPECT_EQ(only(R"({"params":{"a":1},"method":"initialize","id":1})").params, "");
}

TEST(MessageScanner, AnyChunkingGivesTheSame) {
    const std::string stream = "{\"id\":1,\"method\":\"initialize\",\"params\":{\"x\":\"\\\\\\\"}{\"}}\n"
                               "[{\"id\":2,\"method\":\"a\"},{\"id\":3,\"result\":[{}]}]\n\n"
                               "not json\n{\"result\":{\"text\":\"\\n\\u0041\"},\"id\":\"x\"}\n";
    const auto whole = scanAll(stream, stream.size(), {"initialize"});
    ASSERT_EQ(whole.size(), 5U);
    EXPECT_EQ(whole[0].at(0).params, "{\"x\":\"\\\\\\\"}{\"}");
    ASSERT_EQ(whole[1].size(), 2U);
    EXPECT_EQ(whole[1][1].id, "3");
    EXPECT_TRUE(whole[2].empty());
    EXPECT_TRUE(whole[3].empty());
    EXPECT_EQ(whole[4].at(0).id, "\"x\"");
    for (std::size_t piece = 1; piece < stream.size(); ++piece) {
        const auto cut = scanAll(stream, piece, {"initialize"});
        ASSERT_EQ(cut.size(), whole.size()) << piece;
        for (std::size_t line = 0; line < cut.size(); ++line) {
            ASSERT_EQ(cut[line].size(), whole[line].size()) << piece;
            for (std::size_t at = 0; at < cut[line].size(); ++at) {
                EXPECT_EQ(cut[line][at].id, whole[line][at].id);
                EXPECT_EQ(cut[line][at].method, whole[line][at].method);
                EXPECT_EQ(cut[line][at].params, whole[line][at].params);
                EXPECT_EQ(cut[line][at].answer, whole[line][at].answer);
            }
        }
    }
}

TEST(MessageScanner, WhatIsNoMessageHasNone) {
    for (const char* line : {"", " ", "null", "\"id\"", "{\"id\":1", "{\"id\":\"1}", "}", "[[1]]", "{}{}",
                             "{\"id\":1}x", "[]", "{\"id\":1}]"})
        EXPECT_TRUE(nothingIn(line)) << line;
    EXPECT_EQ(only("{}").id, "");
}

TEST(MessageScanner, KeepsNoMoreThanItsLimits) {
    const std::string longId(MessageScanner::longestId, '1');
    EXPECT_EQ(only("{\"id\":" + longId + ",\"method\":\"m\"}").id, longId);
    EXPECT_EQ(only("{\"id\":" + longId + "1,\"method\":\"m\"}").id, "");
    EXPECT_EQ(only("{\"method\":\"" + std::string(1000, 'm') + "\"}").method, "");
    const std::string big =
        "{\"id\":1,\"method\":\"initialize\",\"params\":\"" + std::string(70000, 'x') + "\"}";
    EXPECT_EQ(only(big, {"initialize"}).params, "");
    EXPECT_EQ(only(big, {"initialize"}).id, "1");
    std::string batch = "[{}";
    for (int at = 0; at < 1000; ++at)
        batch += ",{\"id\":1}";
    EXPECT_EQ(scanAll(batch + "]\n", 50000).at(0).size(), MessageScanner::mostMessages);
}

TEST(MessageScanner, SaysWhetherALineHasBegun) {
    MessageScanner scanner;
    EXPECT_FALSE(scanner.inside());
    EXPECT_EQ(scanner.scan("{\"id\""), 5U);
    EXPECT_TRUE(scanner.inside());
    EXPECT_EQ(scanner.scan(":1}\n{"), 4U);
    EXPECT_TRUE(scanner.atEnd());
    EXPECT_FALSE(scanner.inside());
}

} // namespace
} // namespace keybearer
