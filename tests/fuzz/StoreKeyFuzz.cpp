#include "broker/stores/envelope/StoreKey.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// The content of a key file: a key of the right length, or a refusal that says what to do.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    initialiseSecrets();
    const Result<Secret> key = parseStoreKey({reinterpret_cast<const char*>(data), size});
    if (key ? key->size() != storeKeyBytes : key.error().action.empty())
        std::abort();
    return 0;
}
