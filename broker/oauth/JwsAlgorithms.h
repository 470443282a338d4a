#pragma once

#include <array>
#include <string>
#include <string_view>

namespace keybearer {

// The signature algorithms of RFC 7518 section 3.1 and RFC 8037 that this client makes and believes. "none"
// and the HS family are not in the list and so cannot come back through a header (RFC 8725 section 3.1).
struct JwsAlgorithm {
    std::string_view name;
    std::string_view keyType; // "kty" of the key that it belongs to
    std::string_view curve;   // "crv"; empty for RSA
};

constexpr std::array<JwsAlgorithm, 11> jwsAlgorithms{{
    {"ES256", "EC", "P-256"},
    {"ES384", "EC", "P-384"},
    {"ES512", "EC", "P-521"},
    {"RS256", "RSA", ""},
    {"RS384", "RSA", ""},
    {"RS512", "RSA", ""},
    {"PS256", "RSA", ""},
    {"PS384", "RSA", ""},
    {"PS512", "RSA", ""},
    {"EdDSA", "OKP", "Ed25519"},
    {"Ed25519", "OKP", "Ed25519"}, // the name of RFC 9864 for the same
}};

// Null if we do not know it.
[[nodiscard]] constexpr const JwsAlgorithm* jwsAlgorithm(std::string_view name) {
    for (const auto& candidate : jwsAlgorithms)
        if (candidate.name == name)
            return &candidate;
    return nullptr;
}

// "ES256, ES384, ...", for messages.
[[nodiscard]] std::string jwsAlgorithmNames();

} // namespace keybearer
