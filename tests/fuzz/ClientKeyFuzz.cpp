#include "broker/access/ClientKey.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace keybearer;

// What hello shows as a client key: only the one form is taken, and one letter more or less never is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (!isClientKey(text))
        return 0;
    if (text.size() != clientKeyLength || !text.starts_with("kbk_") || isClientKey(text + "0") ||
        isClientKey(text.substr(1)) || clientKeyHash(text).size() != 32)
        std::abort();
    return 0;
}
