#pragma once

#include "broker/base/Json.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// A JWK Set is never larger; what is larger is not read.
constexpr std::size_t jwkSetLimit = std::size_t{256} << 10;

// One public key to verify with (RFC 7517), nothing in it but what verifying needs.
struct Jwk {
    std::string keyId;     // "kid"; empty: none
    std::string keyType;   // RSA, EC or OKP
    std::string curve;     // of EC and OKP
    std::string algorithm; // "alg"; empty: any of its kind
    Json members;          // the required public members (RFC 7518 section 6, RFC 8037), well-formed
};
using JwkSet = std::vector<Jwk>;

// An issuer's keys (RFC 7517 section 5). Keys that cannot verify here are left out, as section 5 asks: other
// kinds (oct among them), "use" or "key_ops" for something else, RSA outside 2048 to 8192 bits or with an odd
// exponent, coordinates of a wrong length. A set that is no JSON object with an array "keys", is too large or
// has too many keys is refused: ProviderError. Pure.
[[nodiscard]] Result<JwkSet> parseJwkSet(std::string_view text);

} // namespace keybearer
