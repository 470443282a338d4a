// A server's event stream, cut wherever the network likes: in one piece, byte by byte and in pieces that the
// input chooses, it has the same events.
#include "broker/gateway/upstream/SseReader.h"

#include <cstdlib>
#include <string>

using namespace keybearer;

namespace {

struct Outcome {
    std::string events;
    std::string lastEventId;
    bool operator==(const Outcome&) const = default;
};

template <typename Size>
Outcome readIn(std::string_view stream, Size size) {
    SseReader reader;
    Outcome out;
    SseEvent event;
    while (!stream.empty()) {
        const std::size_t count = std::min(stream.size(), size());
        reader.append(stream.substr(0, count));
        stream.remove_prefix(count);
        while (reader.next(event) == SseReader::Found::Event)
            out.events += event.type + "\n" + std::to_string(event.data.size()) + event.data +
                          reader.lastEventId() + "\n";
    }
    out.lastEventId = reader.lastEventId();
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::string_view stream = all.substr(size / 4);
    std::size_t at = 0;
    const Outcome whole = readIn(stream, [&] { return stream.size(); });
    const Outcome drip = readIn(stream, [] { return std::size_t{1}; });
    const Outcome pieces =
        readIn(stream, [&] { return 1 + std::size_t{at < size / 4 ? data[at++] : data[0]}; });
    if (!(whole == drip) || !(whole == pieces))
        std::abort();
    return 0;
}
