// A stream cut into arbitrary pieces gives the same lines as the whole stream cut at its line feeds.
#include "broker/protocol/MessageFramer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t limit = 64;

// The lines up to the first one that is too long.
std::vector<std::string> expected(std::string_view stream, bool& overflow) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = stream.find('\n');
        const std::size_t length = end == std::string_view::npos ? stream.size() : end;
        overflow = length >= limit;
        if (overflow || end == std::string_view::npos)
            return lines;
        lines.emplace_back(stream.substr(0, end));
        stream.remove_prefix(end + 1);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t piece = 1 + data[0] % 97U;
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    bool overflow = false;
    const std::vector<std::string> lines = expected(stream, overflow);
    keybearer::MessageFramer framer(limit);
    std::vector<std::string> got;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        if (!framer.append(stream.substr(at, piece)))
            break;
        for (std::string_view line; framer.next(line);)
            got.emplace_back(line);
    }
    if (framer.overflowed() != overflow)
        std::abort();
    // Lines of the piece that brought the long one are lost with the connection.
    if (overflow ? got.size() > lines.size() : got.size() != lines.size())
        std::abort();
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (got[i] != lines[i])
            std::abort();
    }
    return 0;
}
