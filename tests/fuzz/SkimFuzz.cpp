// Arbitrary bytes as the result of token.get. Where skimming says something about a text that a parser takes,
// both say the same.
#include "app/client/ParamsText.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::optional<std::string_view> skimmed = skimmedString(text, "a");
    const Result<Json> document = parseJson(text);
    if (skimmed && document && stringAt(*document, "a") != *skimmed)
        std::abort();
    return 0;
}
