#include "broker/protocol/MessageFramer.h"

#include <gtest/gtest.h>

#include <vector>

namespace keybearer {
namespace {

std::vector<std::string> linesOf(MessageFramer& framer) {
    std::vector<std::string> lines;
    for (std::string_view line; framer.next(line);)
        lines.emplace_back(line);
    return lines;
}

TEST(MessageFramerTest, LinesAreCutWhereverTheBytesWereCut) {
    const std::string stream = "one\n\ntwo two\nthree\n";
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        MessageFramer framer(100);
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            ASSERT_TRUE(framer.append(std::string_view(stream).substr(at, piece)));
            for (const std::string& line : linesOf(framer))
                lines.push_back(line);
        }
        EXPECT_EQ(lines, (std::vector<std::string>{"one", "", "two two", "three"})) << piece;
        EXPECT_EQ(framer.pending(), 0U);
    }
}

TEST(MessageFramerTest, UnfinishedLineWaits) {
    MessageFramer framer(100);
    ASSERT_TRUE(framer.append("abc"));
    EXPECT_TRUE(linesOf(framer).empty());
    EXPECT_EQ(framer.pending(), 3U);
    ASSERT_TRUE(framer.append("def\nrest"));
    EXPECT_EQ(linesOf(framer), std::vector<std::string>{"abcdef"});
    EXPECT_EQ(framer.pending(), 4U);
}

TEST(MessageFramerTest, LinesMayBeLeftForLater) {
    MessageFramer framer(100);
    ASSERT_TRUE(framer.append("a\nb\nc\n"));
    std::string_view line;
    ASSERT_TRUE(framer.next(line));
    EXPECT_EQ(line, "a");
    ASSERT_TRUE(framer.append("d\n"));
    EXPECT_EQ(linesOf(framer), (std::vector<std::string>{"b", "c", "d"}));
}

TEST(MessageFramerTest, T_46_LineWithItsEndMayHaveTheLimitAndNoMore) {
    MessageFramer framer(10);
    ASSERT_TRUE(framer.append("123456789\n"));
    EXPECT_EQ(linesOf(framer), std::vector<std::string>{"123456789"});
    EXPECT_FALSE(framer.append("1234567890\n"));
    EXPECT_TRUE(framer.overflowed());
}

TEST(MessageFramerTest, T_46_UnfinishedLineThatIsTooLongStopsForGood) {
    MessageFramer framer(10);
    EXPECT_FALSE(framer.append("1234567890"));
    EXPECT_TRUE(framer.overflowed());
    EXPECT_FALSE(framer.append("\nok\n"));
    EXPECT_TRUE(linesOf(framer).empty());
}

TEST(MessageFramerTest, T_46_LongLineBehindAShortOneIsNoticed) {
    MessageFramer framer(10);
    EXPECT_FALSE(framer.append("ok\n" + std::string(20, 'x')));
    MessageFramer whole(10);
    EXPECT_FALSE(whole.append("ok\n" + std::string(20, 'x') + "\n"));
}

TEST(MessageFramerTest, BinaryBytesPassUnchanged) {
    MessageFramer framer(100);
    const std::string bytes("\0\xff\r\x01", 4);
    ASSERT_TRUE(framer.append(bytes + "\n"));
    EXPECT_EQ(linesOf(framer), std::vector<std::string>{bytes});
}

} // namespace
} // namespace keybearer
