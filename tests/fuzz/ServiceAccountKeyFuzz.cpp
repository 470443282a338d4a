#include "broker/base/Text.h"
#include "broker/oauth/ServiceAccountKey.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto key = ServiceAccountKey::parse(Secret::copyOf({reinterpret_cast<const char*>(data), size}));
    if (!key ? key.error().code != ErrorCode::InvalidParams || key.error().detail("reason") == nullptr
             : (*key)->issuer().empty() || !isVisibleAscii((*key)->issuer()))
        std::abort();
    return 0;
}
