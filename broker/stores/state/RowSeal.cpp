#include "broker/stores/state/RowSeal.h"

#include "broker/base/Random.h"

#include <sodium.h>

namespace keybearer {

std::string sealOfRow(std::string_view key, std::string_view storeId, std::string_view table,
                      const std::vector<std::string>& fields) {
    // With the lengths, so that no two rows read the same.
    std::string text("keybearer/v1 row ");
    const auto append = [&](std::string_view part) {
        text.append(std::to_string(part.size())).append(":").append(part);
    };
    append(storeId);
    append(table);
    for (const std::string& field : fields)
        append(field);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return hex(mac);
}

bool isSeal(std::string_view given, std::string_view wanted) {
    return given.size() == wanted.size() && sodium_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

} // namespace keybearer
