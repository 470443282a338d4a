#include "broker/gateway/upstream/SseReader.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace keybearer {

namespace {

using Found = SseReader::Found;

struct Seen {
    std::string type;
    std::string data;
    std::string id;
    bool operator==(const Seen&) const = default;
};

// All events of the pieces, and TooLong where that came.
std::vector<Seen> read(SseReader& reader, const std::vector<std::string_view>& pieces,
                       bool* tooLong = nullptr) {
    std::vector<Seen> out;
    for (const std::string_view piece : pieces) {
        reader.append(piece);
        SseEvent event;
        Found found = reader.next(event);
        for (; found == Found::Event; found = reader.next(event))
            out.push_back({event.type, event.data, reader.lastEventId()});
        if (found == Found::TooLong && tooLong != nullptr)
            *tooLong = true;
    }
    return out;
}

std::vector<Seen> events(std::string_view text) {
    SseReader reader;
    return read(reader, {text});
}

TEST(SseReader, AnEventEndsWithAnEmptyLineHoweverLinesEnd) {
    const std::vector<Seen> one{{"", "a", ""}};
    EXPECT_EQ(events("data: a\n\n"), one);
    EXPECT_EQ(events("data: a\r\r"), one);
    EXPECT_EQ(events("data: a\r\n\r\n"), one);
    EXPECT_EQ(events("data:a\n\r\n"), one);
    EXPECT_EQ(events("data: a\n"), std::vector<Seen>{}); // not ended
}

TEST(SseReader, DataOfSeveralLinesIsJoinedAndOnlyOneSpaceIsTaken) {
    EXPECT_EQ(events("data: a\ndata:  b\ndata\ndata:\n\n"), (std::vector<Seen>{{"", "a\n b\n\n", ""}}));
}

TEST(SseReader, FieldsAreTakenAsTheStandardSays) {
    EXPECT_EQ(events("event: endpoint\nid: 5\nretry: 10\nnonsense: x\n:comment\ndata: d\n\ndata: e\n\n"),
              (std::vector<Seen>{{"endpoint", "d", "5"}, {"", "e", "5"}}));
    EXPECT_EQ(events("databank: a\ndatax\n\n"), std::vector<Seen>{});
    EXPECT_EQ(events("\xEF\xBB\xBF"
                     "data: a\n\n"),
              (std::vector<Seen>{{"", "a", ""}}));
    EXPECT_EQ(events("\xEF\xBBxata: a\n\ndata: b\n\n"), (std::vector<Seen>{{"", "b", ""}}));
}

TEST(SseReader, AnIdCountsFromTheEndOfItsEventOnAndWithoutDataToo) {
    SseReader reader;
    SseEvent event;
    reader.append("id: 1\n");
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_EQ(reader.lastEventId(), "");
    reader.append("\n");
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_EQ(reader.lastEventId(), "1");
    using namespace std::string_literals;
    reader.append("id: a\0b\n\n"s);
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_EQ(reader.lastEventId(), "1");
    reader.append("id: 2\ndata: \n\n");
    EXPECT_EQ(reader.next(event), Found::Event);
    EXPECT_EQ(event.data, "");
    EXPECT_EQ(reader.lastEventId(), "2");
}

TEST(SseReader, RetryIsDigitsOnly) {
    SseReader reader;
    SseEvent event;
    reader.append("retry: 12x\nretry:\nretry: -1\n");
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_FALSE(reader.retry());
    reader.append("retry: 500\n");
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_EQ(reader.retry(), std::chrono::milliseconds(500));
    reader.append("retry: 99999999999999999999999\n");
    EXPECT_EQ(reader.next(event), Found::Nothing);
    EXPECT_GT(reader.retry(), std::chrono::hours(1));
}

TEST(SseReader, EveryWayOfCuttingAStreamGivesTheSameEvents) {
    const std::string text =
        "\xEF\xBB\xBF: hi\r\nid: 1\r\ndata: {\"a\":1}\r\n\r\n\rdata:x\rdata\rdata:  y\r\r"
        "event: endpoint\ndata: /m?s=1\nid\n\nretry: 7\ndat\n\ndata:\n\n";
    SseReader whole;
    const std::vector<Seen> expected = read(whole, {text});
    ASSERT_EQ(expected.size(), 4U);
    for (std::size_t first = 0; first <= text.size(); ++first) {
        for (std::size_t second = first; second <= text.size(); ++second) {
            SseReader reader;
            const std::string_view all(text);
            EXPECT_EQ(
                read(reader, {all.substr(0, first), all.substr(first, second - first), all.substr(second)}),
                expected)
                << first << " " << second;
            EXPECT_EQ(reader.retry(), whole.retry());
        }
    }
    SseReader drip;
    std::vector<std::string_view> bytes;
    for (const char& c : text)
        bytes.emplace_back(&c, 1);
    EXPECT_EQ(read(drip, bytes), expected);
}

TEST(SseReader, RandomStreamsAreReadTheSameInRandomPieces) {
    std::mt19937 random(4711); // NOLINT: the same every time
    const std::string_view alphabet = "d:a t\r\n\nia\r";
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i) {
            const auto pick = random() % (alphabet.size() + 3);
            text += pick < alphabet.size() ? std::string(1, alphabet[pick]) : std::string("\ndata: x");
        }
        SseReader whole;
        const auto expected = read(whole, {text});
        SseReader reader;
        std::vector<std::string_view> pieces;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t size = 1 + random() % 7;
            pieces.push_back(std::string_view(text).substr(at, size));
            at += size;
        }
        ASSERT_EQ(read(reader, pieces), expected) << text;
        ASSERT_EQ(reader.lastEventId(), whole.lastEventId()) << text;
    }
}

TEST(SseReader, T_26_LinesAndEventsAreBounded) {
    const std::string block(64 * 1024, 'x');
    bool tooLong = false;
    SseReader comment;
    read(comment, {":", block}, &tooLong);
    EXPECT_TRUE(tooLong);
    tooLong = false;
    SseReader id;
    read(id, {"id: ", block.substr(0, 60000), "\n\n"}, &tooLong);
    EXPECT_FALSE(tooLong);
    SseReader data;
    const std::vector<std::string_view> most(1024, block); // 64 MiB, which is allowed
    read(data, {"data:"}, &tooLong);
    read(data, most, &tooLong);
    EXPECT_FALSE(tooLong);
    EXPECT_EQ(read(data, {"\n\n"}, &tooLong).size(), 1U);
    SseReader more;
    read(more, {"data:"}, &tooLong);
    read(more, most, &tooLong);
    EXPECT_FALSE(tooLong);
    read(more, {"\ndata:y"}, &tooLong);
    EXPECT_TRUE(tooLong);
}

} // namespace

} // namespace keybearer
