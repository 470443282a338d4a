#pragma once

#include "broker/authserver/LocalKeys.h"

#include <chrono>

namespace keybearer {

// What an access token of ours says (RFC 9068 section 2.2).
struct TokenClaims {
    std::string issuer;
    std::string audience; // one route of this gateway
    std::string subject;
    std::string clientId;
    std::string grantId;
    std::string scope; // words, separated by spaces
    std::string id;    // jti
    WallTime issuedAt{};
    WallTime expiresAt{};
};

// Makes one; `id` and the times are filled in. StoreLocked, StoreUnavailable.
[[nodiscard]] Result<std::string> makeAccessToken(LocalKeys& keys, TokenClaims& claims,
                                                  std::chrono::seconds life, const Clock& clock);

struct TokenExpectation {
    std::string issuer;
    std::string audience;
    WallTime now{};
};
// Believes one (RFC 9068 section 4, RFC 8725 section 3): ES256, a kid of ours, typ at+jwt, our issuer, that
// one audience, within its time give or take a minute. ClientUnknown, with one text for all that may be
// wrong. Pure.
[[nodiscard]] Result<TokenClaims> readAccessToken(std::string_view token, const JwkSet& keys,
                                                  const TokenExpectation& expected);

} // namespace keybearer
