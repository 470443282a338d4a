#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/TokenSet.h"

namespace keybearer {

// What kind of access token was asked for.
enum class TokenKind {
    Bearer, // RFC 6750
    Dpop,   // RFC 9449: bound to a key; a bearer token instead is refused
    IdJag,  // RFC 8693: no access token at all, but an assertion for another server
};

// The type of such an assertion (Identity Assertion JWT Authorization Grant).
inline constexpr std::string_view idJagTokenType = "urn:ietf:params:oauth:token-type:id-jag";

// A token endpoint's answer (RFC 6749 sections 5.1 and 5.2), checked and bounded. Pure.
//
// Failures: ProviderError with details "error", "error_description", "error_uri" when the authorization
// server said no, or without them when a token breaks the grammar; ProviderUnavailable for everything that
// may pass by itself: 429, 5xx, a login page of the hotel's network, an answer that was cut off, an answer
// without a token. Only isInvalidGrant() ever says that a session is over.
// `tokenObject`: the member that holds the tokens, where it is not the answer itself.
[[nodiscard]] Result<TokenSet> parseTokenResponse(const HttpResponse& response, WallTime now,
                                                  std::string_view scopeSeparator = " ",
                                                  TokenKind expected = TokenKind::Bearer,
                                                  const std::string& tokenObject = {});

// The failure that an answer other than 2xx, or a 2xx that carries "error", stands for.
[[nodiscard]] Error oauthError(const HttpResponse& response, WallTime now);

// The server itself said that the grant (code or refresh token) is dead: RFC 6749 section 5.2
// "invalid_grant", or GitHub's "bad_refresh_token".
[[nodiscard]] bool isInvalidGrant(const Error& error);

// It said that it does not know our client, or not with that proof (invalid_client).
[[nodiscard]] bool isInvalidClient(const Error& error);

} // namespace keybearer
