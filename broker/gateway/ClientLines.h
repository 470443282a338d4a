#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keybearer {

// Cuts what a client writes into lines of at most `limit` bytes (LF; not part of the line). A longer one is
// skipped to its end, and told once with the beginning that was kept of it; the conversation goes on, unlike
// with MessageFramer. Holds one unfinished line. One a connection.
class ClientLines {
public:
    explicit ClientLines(std::size_t limit) : limit_(limit) {}

    struct Piece {
        enum class Kind { Line, TooLong } kind = Kind::Line;
        std::string text; // of a line that was too long: its beginning
    };
    // Takes bytes off the front until a piece is whole. False: all are taken, and nothing is.
    [[nodiscard]] bool next(std::string_view& bytes, Piece& piece);
    // Bytes of a line that has begun and not ended.
    [[nodiscard]] std::size_t pending() const { return line_.size(); }

private:
    std::string line_;
    std::size_t limit_;
    bool skipping_ = false;
};

} // namespace keybearer
