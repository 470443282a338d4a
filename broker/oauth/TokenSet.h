#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Secret.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

class SigningKey;

// One successful token response (RFC 6749 section 5.1), checked and bounded. Move-only: it holds the secrets.
struct TokenSet {
    AccessToken accessToken; // b64token grammar, at most 32 KiB
    std::string tokenType;   // "Bearer" or "DPoP" in the canonical case
    RefreshToken
        refreshToken; // empty if the server sent none: the old one stays in force (RFC 6749 section 6)
    Secret idToken;   // OpenID Connect, empty if none
    std::optional<std::vector<std::string>>
        scopes; // absent: the ones that were asked for (RFC 6749 section 5.1)
    std::optional<std::chrono::seconds> expiresIn;        // absent: not told
    std::optional<std::chrono::seconds> refreshExpiresIn; // of the refresh token; most servers do not tell
    WallTime receivedAt{};
    std::shared_ptr<const SigningKey> dpopKey; // what a DPoP token is bound to (RFC 9449); null: bearer
};

} // namespace keybearer
