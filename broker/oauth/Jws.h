#pragma once

#include "broker/oauth/JwkSet.h"

namespace keybearer {

// A signed JWT in compact form (RFC 7515 section 7.1), taken apart but not believed yet.
struct Jws {
    std::string algorithm; // one of jwsAlgorithms
    std::string keyId;     // empty: the header names none
    std::string type;      // "typ"; empty: none
    Json claims;           // an object
    std::string compact;
};

// Reads one. Refused (ProviderError) before any cryptography: anything but three base64url parts of JSON
// objects, more than 64 KiB, an algorithm outside of jwsAlgorithms ("none" and HS* among them), "crit",
// "b64", and a header that brings or names its own key (jwk, jku, x5u): a key comes from the issuer's set or
// not at all. Pure.
[[nodiscard]] Result<Jws> readJws(std::string_view token);

enum class JwsVerdict {
    Verified,
    NoKey,  // the set has no key that this token may have been signed with; a newer set may have
    Forged, // there is such a key and the signature is not its
};

// The key is chosen by kid, kty, crv and alg; a key without kid may be any. Pure.
[[nodiscard]] JwsVerdict verifyJws(const Jws& token, const JwkSet& keys);

} // namespace keybearer
