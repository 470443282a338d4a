#pragma once

#include <cstddef>
#include <string_view>

namespace keybearer {

// A queue of bytes that may hold secrets: memory that it gives back, outgrows or has handed on is overwritten
// first. Grows on demand up to a limit and shrinks when it is empty. One owner, one thread.
class WipedBuffer {
public:
    explicit WipedBuffer(std::size_t limit) : limit_(limit) {}
    ~WipedBuffer();
    WipedBuffer(const WipedBuffer&) = delete;
    WipedBuffer& operator=(const WipedBuffer&) = delete;

    // Makes room for `more` bytes behind the content; false, and nothing is changed, past the limit.
    [[nodiscard]] bool reserve(std::size_t more);
    // False, and nothing is appended, past the limit.
    [[nodiscard]] bool append(std::string_view bytes);
    // After reserve(): writes without asking again.
    void put(std::string_view bytes) noexcept;
    void put(char byte) noexcept { data_[end_++] = byte; }

    [[nodiscard]] std::string_view view() const { return {data_ + begin_, end_ - begin_}; }
    [[nodiscard]] std::size_t size() const { return end_ - begin_; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }
    [[nodiscard]] std::size_t limit() const { return limit_; }

    // Drops the first bytes.
    void consume(std::size_t bytes) noexcept;
    // Overwrites the content; memory beyond `kept` bytes is given back.
    void clear(std::size_t kept = 0) noexcept;

private:
    void release() noexcept;

    char* data_ = nullptr;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
    std::size_t limit_;
};

} // namespace keybearer
