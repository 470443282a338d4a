#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keybearer {

// Cuts a byte stream into lines (LF; the LF is not part of the message). Holds at most one unfinished line of
// `limit` bytes; what is longer makes it stop for good, and the connection is to be closed. One per
// direction.
class MessageFramer {
public:
    explicit MessageFramer(std::size_t limit) : limit_(limit) {}
    ~MessageFramer();
    MessageFramer(const MessageFramer&) = delete;
    MessageFramer& operator=(const MessageFramer&) = delete;

    // False once a line is longer than the limit.
    [[nodiscard]] bool append(std::string_view bytes);
    // The next whole line; false if there is none. The view holds until the next call of append().
    [[nodiscard]] bool next(std::string_view& line);
    [[nodiscard]] bool overflowed() const { return overflowed_; }
    // Bytes of a line that has begun and not ended.
    [[nodiscard]] std::size_t pending() const { return buffer_.size() - read_; }

private:
    std::string buffer_;
    std::size_t read_ = 0;    // start of what next() has not returned yet
    std::size_t scanned_ = 0; // no LF between read_ and here
    std::size_t limit_;
    bool overflowed_ = false;
};

} // namespace keybearer
