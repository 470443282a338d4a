#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace keybearer {

// Where bytes go: a socket has a flag for one write that does not wait, everything else has poll().
enum class EndKind { Socket, Other };
[[nodiscard]] EndKind endKindOf(int descriptor);

// What has been read at one end of a pipe and not been written at the other: never more than 64 KiB, and
// never anything on the heap. Two of them are all that a message of any length meets on its way through
// `keybearer mcp`. Reads and writes never wait: ask poll() first. One owner, one thread.
class PipeBuffer {
public:
    static constexpr std::size_t capacity = 65536; // what a pipe of the kernel holds as well

    enum class Outcome { Done, Later, Ended };

    // Reads once, as much as there is room for. Ended: the other side has closed, or failed.
    [[nodiscard]] Outcome readFrom(int descriptor);
    // Writes once, at most `most` bytes from the front; what was written leaves the buffer. Ended: nobody
    // reads any more.
    [[nodiscard]] Outcome writeTo(int descriptor, EndKind kind, std::size_t most);

    [[nodiscard]] std::string_view content() const { return {bytes_.data() + begin_, end_ - begin_}; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }
    // For a read that is worth its system call.
    [[nodiscard]] bool hasRoom() const { return end_ - begin_ <= capacity / 2; }
    void dropFront(std::size_t count);
    void dropBack(std::size_t count) { end_ -= count; }

private:
    std::array<char, capacity> bytes_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

// Writes without waiting. Returns what write() would; -1 with EAGAIN: later.
[[nodiscard]] std::ptrdiff_t writeSome(int descriptor, EndKind kind, std::string_view bytes);

} // namespace keybearer
