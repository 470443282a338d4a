// Arbitrary bytes as JSON. What is taken must come back the same from its own text, hold no NUL and be valid
// UTF-8.
#include "broker/base/Json.h"
#include "broker/base/Text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Result<Json> json = parseJson(text);
    if (!json)
        return json.error().code == ErrorCode::ParseError ? 0 : (std::abort(), 0);
    if (!isValidUtf8(text) || text.find('\0') != std::string_view::npos)
        std::abort();
    const std::string written = dumpJson(*json);
    const Result<Json> again = parseJson(written);
    if (!again || dumpJson(*again) != written || written.find('\n') != std::string::npos)
        std::abort();
    wipeJson(*json);
    return 0;
}
