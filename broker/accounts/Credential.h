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

// How a credential came to be, and so how a new access token is had from it.
enum class CredentialKind {
    SignIn, // a person signed in; refreshed with a refresh token (RFC 6749 section 6), if there is one
    ClientCredentials, // our client itself (RFC 6749 section 4.4)
    JwtBearer,         // a service account's key signs an assertion (RFC 7523 section 2.1)
    Enterprise,        // an identity provider vouches for the person (ID-JAG)
    Workload,          // the platform vouches for this machine (RFC 7523 section 2.1)
    ApiKey,            // a key that somebody put here; it is the access token, and only they can replace it
};
[[nodiscard]] std::string_view kindWord(CredentialKind kind); // "sign_in", "api_key" ...
[[nodiscard]] std::optional<CredentialKind> kindFromWord(std::string_view word);

// The provider that API keys are filed under; their account is their name.
inline constexpr const char* apiKeyProvider = "apikey";

// What is said about an API key beside its value.
struct ApiKeyTerms {
    std::string header = "Authorization: Bearer {key}"; // how it goes into a request
    std::string description;                            // whose it is, what for; display-safe
    bool active = true;
    bool exportable = true; // false: injected by the gateway, never handed to a program
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
    CredentialKind kind = CredentialKind::SignIn;
    std::optional<WallTime> refreshExpiresAt; // of the refresh token, where the provider tells
    std::string assertionSubject;             // JwtBearer: who the service account acts for; empty: itself
    ApiKeyTerms apiKey;                       // of kind ApiKey
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
    std::optional<WallTime> refreshExpiresAt;
    Secret serviceKey; // JwtBearer: the key file's text
    Secret idToken;    // of the newest answer that had one; an identity provider takes it in exchange
    Secret dpopKey;    // RFC 9449: private key (PEM) that the tokens are bound to; empty: bearer tokens
};

// The value of a store item or journal entry: a JSON object in a Secret.
[[nodiscard]] Secret packSecrets(const CredentialSecrets& secrets);
// ParseError for damage, NotFound for a version that is newer than we are.
[[nodiscard]] Result<CredentialSecrets> unpackSecrets(const Secret& packed);

// What other brokers have to know of a credential, without its secrets and without what only this machine
// knows (its last use, whether its item could be read).
[[nodiscard]] std::string packRecord(const CredentialRecord& record);
// ParseError for damage, NotFound for a version that is newer than we are. The id is not part of it.
[[nodiscard]] Result<CredentialRecord> unpackRecord(std::string_view text);

// The next generation after a token response: what the response leaves out stays as it was (SEC-C-26,
// SEC-C-30).
[[nodiscard]] CredentialSecrets succeed(const CredentialSecrets& before, TokenSet&& response);
// The first generation after a sign-in that asked for `scopes`.
[[nodiscard]] CredentialSecrets firstSecrets(TokenSet&& response, const std::vector<std::string>& askedScopes,
                                             std::uint64_t generation);

} // namespace keybearer
