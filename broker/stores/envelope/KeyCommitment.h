#pragma once

#include "broker/stores/envelope/Envelope.h"

#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// What a key (DEK) of a store is bound to while it lies wrapped under the key from outside (KEK).
[[nodiscard]] EnvelopeBinding keyBinding(const std::string& storeId, std::int64_t keyId);
// HMAC-SHA-256 of a key under itself: says that this is the key without saying anything about it.
[[nodiscard]] std::string commitmentOf(const std::string& storeId, std::int64_t keyId, const Secret& dek);
[[nodiscard]] bool isCommitment(const std::string& storeId, std::int64_t keyId, const Secret& dek,
                                const std::string& commitment);
// Parts with their lengths, so that no two lists of parts run together.
[[nodiscard]] std::string joinParts(const std::vector<std::string>& parts);
// SHA-256 over joinParts().
[[nodiscard]] std::string digestOf(const std::vector<std::string>& parts);
// HMAC-SHA-256 over joinParts(), under a key that is made of `kek` for `purpose` alone. The KEK has 32 bytes.
[[nodiscard]] std::string sealOf(const Secret& kek, const std::string& purpose,
                                 const std::vector<std::string>& parts);

} // namespace keybearer
