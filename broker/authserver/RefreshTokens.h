#pragma once

#include "broker/authserver/LocalGrant.h"
#include "broker/authserver/LocalKeys.h"

namespace keybearer {

// Refresh tokens of the authorization server: the id of a grant, a number, and an HMAC over both and the
// client with a key that never leaves the daemon. Nothing of them is stored but the newest number, so there
// is nothing to steal; and the successor of a token is the same text each time it is made, which is what a
// client that asks twice within the time of grace must get (SEC-S-19). 256 bits are not to be guessed.
struct RefreshTokenParts {
    std::string grantId;
    std::uint64_t generation = 0;
    std::string mac; // raw
};
// Nothing: it has not the form of one. Pure.
[[nodiscard]] std::optional<RefreshTokenParts> readRefreshToken(std::string_view token);

// The one with this number. StoreLocked, StoreUnavailable.
[[nodiscard]] Result<std::string> makeRefreshToken(LocalKeys& keys, const LocalGrant& grant,
                                                   std::uint64_t generation);
// Whether we made it for this grant; in constant time. StoreLocked, StoreUnavailable.
[[nodiscard]] Result<bool> isGenuine(LocalKeys& keys, const LocalGrant& grant,
                                     const RefreshTokenParts& parts);

} // namespace keybearer
