#include "broker/stores/envelope/KeyCommitment.h"

#include "broker/base/Random.h"
#include "broker/stores/envelope/StoreKey.h"

#include <sodium.h>

namespace keybearer {

namespace {

static_assert(storeKeyBytes == crypto_auth_hmacsha256_KEYBYTES);

std::string macUnder(std::string_view key, const std::string& message) {
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                           reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                           reinterpret_cast<const unsigned char*>(key.data()));
    return mac;
}

} // namespace

EnvelopeBinding keyBinding(const std::string& storeId, std::int64_t keyId) {
    return {storeId, "keys", std::to_string(keyId), "dek", static_cast<std::uint64_t>(keyId)};
}

std::string commitmentOf(const std::string& storeId, std::int64_t keyId, const Secret& dek) {
    std::string message = "keybearer/v1 commitment ";
    message.append(storeId).append(" ").append(std::to_string(keyId));
    return macUnder(dek.reveal(), message);
}

bool isCommitment(const std::string& storeId, std::int64_t keyId, const Secret& dek,
                  const std::string& commitment) {
    if (dek.size() != storeKeyBytes || commitment.size() != crypto_auth_hmacsha256_BYTES)
        return false;
    return sodium_memcmp(commitmentOf(storeId, keyId, dek).data(), commitment.data(), commitment.size()) == 0;
}

std::string joinParts(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text.append(std::to_string(part.size())).append(":").append(part);
    return text;
}

std::string digestOf(const std::vector<std::string>& parts) {
    return sha256(joinParts(parts));
}

std::string sealOf(const Secret& kek, const std::string& purpose, const std::vector<std::string>& parts) {
    if (kek.size() != storeKeyBytes)
        return {};
    std::string key = macUnder(kek.reveal(), std::string("keybearer/v1 ").append(purpose));
    std::string mac = macUnder(key, joinParts(parts));
    wipe(key);
    return mac;
}

} // namespace keybearer
