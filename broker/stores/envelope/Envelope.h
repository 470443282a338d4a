#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <string>
#include <string_view>

namespace keybearer {

// What a sealed record is bound to: moved, renamed or rolled back it does not open (T-35).
struct EnvelopeBinding {
    std::string storeId;
    std::string table;
    std::string recordId;
    std::string kind;
    std::uint64_t generation = 0;
    std::string owner = {}; // empty: our uid. What several machines share names something they all know
};

// AES-256-GCM (NIST SP 800-38D) through OpenSSL: version byte, 96-bit random nonce, ciphertext, 128-bit tag;
// the binding is the associated data. The plaintext is padded to 256 bytes, so that the size
// tells little. The key is 32 bytes.
[[nodiscard]] Result<std::string> sealEnvelope(const Secret& key, const EnvelopeBinding& binding,
                                               const Secret& plain);
// ParseError when the seal does not hold; NotFound for a newer version, which must never be overwritten.
[[nodiscard]] Result<Secret> openEnvelope(const Secret& key, const EnvelopeBinding& binding,
                                          std::string_view sealed);

} // namespace keybearer
