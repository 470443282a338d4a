#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"
#include "broker/oauth/TokenSet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One resource owner at one provider.
struct Account {
    std::string subject; // stable at the issuer
    std::string label;   // what a person recognises; display-safe
};

enum class CredentialState { Active, Refreshing, NeedsSignIn, Locked, Quarantined };
[[nodiscard]] std::string_view stateWord(CredentialState state); // "active", "needs_sign_in" ...

// What is known of a stored sign-in without its secrets: a row of the index.
struct CredentialRecord {
    std::string id; // "s_..."; people call it a session
    std::string provider;
    std::string issuer;
    std::optional<std::string> resource; // RFC 8707
    Account account;
    std::vector<std::string> scopes; // granted
    std::uint64_t generation = 0;    // counts token responses; the newest wins (rotation protocol)
    std::optional<WallTime> accessIssuedAt;
    std::optional<WallTime> accessExpiresAt; // absent: the provider did not tell
    WallTime createdAt{};
    WallTime refreshedAt{};
    bool refreshable = false; // it has a refresh token
    bool needsSignIn = false;
    bool quarantined = false; // its secrets could not be read; kept, not used
    std::string reason;       // of needsSignIn: revoked, expired, lost_in_rotation
    std::string problem;      // one line for people; empty if all is well
    std::optional<WallTime> lastUsedAt;
    std::string lastUsedBy;
};

// The secrets of one generation.
struct CredentialSecrets {
    std::uint64_t generation = 0;
    AccessToken accessToken;
    std::string tokenType;
    RefreshToken refreshToken;         // empty: the access token is all there is
    RefreshToken previousRefreshToken; // kept until its successor has worked once
    std::optional<WallTime> expiresAt;
    std::optional<WallTime> issuedAt;
    std::vector<std::string> scopes;
};

// The value of a store item or journal entry: a JSON object in a Secret.
[[nodiscard]] Secret packSecrets(const CredentialSecrets& secrets);
// ParseError for damage, NotFound for a version that is newer than we are.
[[nodiscard]] Result<CredentialSecrets> unpackSecrets(const Secret& packed);

// The next generation after a token response: what the response leaves out stays as it was (SEC-C-26,
// SEC-C-30).
[[nodiscard]] CredentialSecrets succeed(const CredentialSecrets& before, TokenSet&& response);
// The first generation after a sign-in that asked for `scopes`.
[[nodiscard]] CredentialSecrets firstSecrets(TokenSet&& response, const std::vector<std::string>& askedScopes,
                                             std::uint64_t generation);

} // namespace keybearer
