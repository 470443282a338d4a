#include "broker/policy/OpaAnswer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// The answer of a policy server. Only a text that holds the word true can allow anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const keybearer::Result<bool> answer = keybearer::opaAnswer(200, body);
    if (answer && *answer && body.find("true") == std::string_view::npos)
        std::abort();
    return 0;
}
