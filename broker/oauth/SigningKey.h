#pragma once

#include "broker/base/Json.h"
#include "broker/base/Secret.h"

#include <memory>
#include <string>

namespace keybearer {

// A private key that signs JWTs: client assertions (RFC 7523), DPoP proofs (RFC 9449), grants of service
// accounts. Immutable and shared; any thread. The private part lies sealed between two signatures. It has no
// way to verify, and never puts a private member into a JWK.
class SigningKey {
public:
    // One private key in PEM. The algorithm must fit the key; empty means ES256, ES384 or ES512 by the curve,
    // RS256 for RSA, EdDSA for Ed25519. Failure: InvalidParams, each cause with words of its own.
    [[nodiscard]] static Result<std::shared_ptr<const SigningKey>> fromPem(const Secret& pem,
                                                                           const Secret& passphrase = {},
                                                                           std::string algorithm = {},
                                                                           std::string keyId = {});

    // A new ES256 key, as DPoP wants. Ends the process when the system has no randomness, as nothing safe can
    // be done then.
    [[nodiscard]] static std::shared_ptr<const SigningKey> generate();

    [[nodiscard]] Secret pem() const; // PKCS #8, not encrypted: for a sealed record
    [[nodiscard]] const std::string& algorithm() const { return algorithm_; }
    [[nodiscard]] const std::string& keyId() const { return keyId_; } // empty: none
    [[nodiscard]] Json publicJwk() const { return publicJwk_; }       // required members only
    [[nodiscard]] std::string thumbprint() const;                     // RFC 7638 with SHA-256, base64url

    // A compact JWS (RFC 7515 section 7.1). Adds alg, and kid if there is one; other header members are texts
    // or objects. Failure: InternalError.
    [[nodiscard]] Result<std::string> sign(Json header, const Json& claims) const;

private:
    SigningKey() = default;

    SealedSecret pem_;
    std::string algorithm_;
    std::string keyId_;
    Json publicJwk_;
};

} // namespace keybearer
