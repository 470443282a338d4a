#pragma once

#include "broker/base/Secret.h"

#include <string>

namespace keybearer {

// Proof Key for Code Exchange, RFC 7636, method S256 only: "plain" does not exist here (SEC-C-08).
struct Pkce {
    Secret verifier;       // 43 characters, 256 random bits; goes to the token endpoint and nowhere else
    std::string challenge; // BASE64URL(SHA256(verifier)); goes through the browser
};

// A new one for every attempt (SEC-C-07).
[[nodiscard]] Pkce makePkce();

// RFC 7636 section 4.2.
[[nodiscard]] std::string codeChallenge(const Secret& verifier);

} // namespace keybearer
