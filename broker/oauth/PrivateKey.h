#pragma once

#include "broker/base/Json.h"
#include "broker/base/Secret.h"

#include <memory>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace keybearer {

struct EvpKeyFree {
    void operator()(evp_pkey_st* key) const noexcept;
};
using EvpKey = std::unique_ptr<evp_pkey_st, EvpKeyFree>;

// Private keys as OpenSSL holds them: RSA of 2048 to 8192 bits, EC on P-256, P-384 and P-521, Ed25519. All
// functions are pure and work on any thread.

// PEM: PKCS #8, also encrypted, and the older forms of OpenSSL. Failure: InvalidParams, with words that tell
// no key, a missing passphrase, a wrong one and a key of another kind apart.
[[nodiscard]] Result<EvpKey> readPrivateKey(const Secret& pem, const Secret& passphrase);

// An EC key on P-256. Null only when the system has no memory or randomness left.
[[nodiscard]] EvpKey generatePrivateKey();

// PKCS #8 in PEM, not encrypted.
[[nodiscard]] Secret privateKeyPem(const evp_pkey_st& key);

// The required members of the public JWK (RFC 7518 section 6, RFC 8037) and nothing else, so that their
// canonical form gives the thumbprint of RFC 7638. Failure: InvalidParams (a key of another kind).
[[nodiscard]] Result<Json> publicJwkOf(const evp_pkey_st& key);

// One number of the key in big-endian bytes, by its OSSL_PKEY_PARAM name, filled up with zeros to `width`;
// empty if the key has no such number.
[[nodiscard]] Secret keyNumber(const evp_pkey_st& key, const char* name, std::size_t width = 0);

// Ed25519 (RFC 8032), which cjose does not know. The signature has 64 bytes; empty on failure.
[[nodiscard]] std::string signEd25519(evp_pkey_st& key, std::string_view message);
[[nodiscard]] bool verifyEd25519(std::string_view publicKey, std::string_view message,
                                 std::string_view signature);

} // namespace keybearer
