// An answer of a server, in pieces as the input's first byte says: whatever it is, what the parser claims to
// have understood lies within what it was given, and a head stays within its bounds.
#include "broker/gateway/upstream/AnswerParser.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t step = 1 + data[0] % 64;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    keybearer::AnswerParser parser;
    parser.reset(data[0] >= 128);
    std::string held;
    for (std::size_t at = 0; at < text.size() && !parser.done(); at += step) {
        held.append(text.substr(at, step));
        const auto used = parser.put(held);
        if (!used)
            return 0;
        if (*used > held.size() || parser.head().fields.size() > 1000)
            std::abort();
        held.erase(0, *used);
    }
    static_cast<void>(parser.putEnd());
    return 0;
}
