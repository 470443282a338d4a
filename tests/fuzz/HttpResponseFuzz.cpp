#include "broker/http/ResponseReader.h"

#include <cstddef>
#include <cstdint>

// One response in pieces: the first byte says how large they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool ready = (keybearer::initialiseSecrets(), true);
    if (!ready || size == 0)
        return 0;
    const std::size_t step = data[0] + std::size_t{1};
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    keybearer::ResponseReader reader(4096);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const keybearer::Result<bool> whole = reader.take(bytes.substr(at, step));
        if (!whole)
            return 0;
        if (*whole) {
            static_cast<void>(reader.takeResponse());
            return 0;
        }
    }
    if (reader.end())
        static_cast<void>(reader.takeResponse());
    return 0;
}
