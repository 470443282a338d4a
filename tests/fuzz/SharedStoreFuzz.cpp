#include "broker/stores/shared/SharedHeader.h"
#include "broker/stores/shared/SharedRecord.h"

#include <cstdint>
#include <cstdlib>

// What a server may say where a shared store's header or one of its records should be. A header that is read
// reads the same again, and nothing that was not sealed here opens.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    keybearer::initialiseSecrets();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto header = keybearer::parseHeader(text)) {
        const auto again = keybearer::parseHeader(keybearer::printHeader(*header));
        if (!again || again->keys.size() != header->keys.size() || again->storeId != header->storeId)
            std::abort();
    }
    static const keybearer::SharedKeys keys{{1, keybearer::SealedSecret(keybearer::Secret::random(32))}};
    if (keybearer::openRecord(keys, {"store", "item/s_one", 1}, text))
        std::abort();
    return 0;
}
