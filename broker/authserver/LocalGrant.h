#pragma once

#include "broker/base/Clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// What a person allowed one client of the local authorization server: one service, until it is revoked, its
// consent ends, or the sign-in that it uses does. Its refresh tokens are numbered; only the newest is good.
struct LocalGrant {
    std::string id; // "g_..."
    std::string clientId;
    std::string service;
    std::string consentId; // the Consent that it lives and dies with
    std::string sessionId; // the stored sign-in that the service uses; empty: it needs none
    std::string provider;  // of that sign-in
    std::string account;   // its label
    std::vector<std::string> scopes;
    bool refreshable = true;      // "once" and "offline" clients get no refresh token
    std::uint64_t generation = 0; // number of the newest refresh token
    WallTime rotatedAt{};         // when it was issued
    WallTime createdAt{};
    WallTime lastUsedAt{};
    WallTime endsAt{}; // of one that is not refreshable: the end of its token
};

// Whose token it is, as LocalAuthorizationServer::verify() found.
struct LocalToken {
    std::string grantId;
    std::string consentId;
    std::string clientId;
    std::string clientName; // claimed, display-safe
    std::string service;
    std::string provider; // of the stored sign-in that it uses; empty: none
    std::string account;  // label of it
    std::string sessionId;
    std::vector<std::string> scopes;
    WallTime expiresAt{};
};

} // namespace keybearer
