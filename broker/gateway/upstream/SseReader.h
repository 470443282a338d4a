#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// One event of an event stream. Bytes are as they came; whether they are UTF-8 is for whoever reads the data.
struct SseEvent {
    std::string type; // empty: "message"
    std::string data;
};

// Reads an event stream (WHATWG HTML section 9.2.6, "Interpreting an event stream"), however it is cut into
// pieces. Holds at most one unfinished event and the bytes that next() has not looked at. What is left
// unfinished at the end is no event. One per stream; not for two threads.
class SseReader {
public:
    // Bytes: of one event's data, which is the longest MCP message; of any line but data.
    static constexpr std::size_t longestData = std::size_t{64} << 20U;
    static constexpr std::size_t longestLine = std::size_t{64} << 10U;

    enum class Found { Event, Nothing, TooLong };

    void append(std::string_view bytes);
    // Nothing: all that was appended is read. TooLong: an event or a line passes its bound; for good.
    [[nodiscard]] Found next(SseEvent& event);

    // Where the stream can be taken up again: id of the last event that ended, or of its predecessors.
    [[nodiscard]] const std::string& lastEventId() const { return lastEventId_; }
    // How long to wait before connecting again, as the server wants it.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return retry_; }

private:
    [[nodiscard]] bool take(std::string_view piece);
    [[nodiscard]] std::size_t endOfLine();
    [[nodiscard]] bool endLine(SseEvent& event);
    void field(std::string_view name, std::string_view value);
    void skipMark();

    std::string input_;
    std::size_t at_ = 0;
    std::size_t nextLf_ = 0; // cached positions in input_, so that no byte is searched twice
    std::size_t nextCr_ = 0;
    std::string line_; // of an unfinished line that is no data line
    std::string data_;
    std::string type_;
    std::string id_; // as the stream has it; lastEventId_ from the end of the event on
    std::string lastEventId_;
    std::optional<std::chrono::milliseconds> retry_;
    std::size_t mark_ = 0;  // bytes of the byte order mark seen at the beginning; 3: over
    bool inData_ = false;   // the unfinished line is a data line, and its value goes to data_
    bool hasValue_ = false; // ... of which something has come, so that a space is not skipped
    bool hasData_ = false;  // the unfinished event has a data line
    bool afterCr_ = false;  // an LF now belongs to the CR before it
    bool tooLong_ = false;
};

} // namespace keybearer
