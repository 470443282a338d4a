#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/oauth/Flows.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

struct IdTokenExpectation {
    std::string issuer;   // byte-equal
    std::string clientId; // must be in the audience
    std::string nonce;    // empty: none was sent
    WallTime now{};
};

// The rules for the claims of an ID token whatever its signature (OpenID Connect Core 3.1.3.7): issuer,
// audience, authorized party, expiry and time of issue with 60 s of leeway, nonce. Failure: ProviderError.
// Pure.
[[nodiscard]] Result<void> checkIdTokenClaims(const Json& claims, const IdTokenExpectation& expected);

// The claims of an ID token that came straight from the token endpoint over TLS, so that its signature need
// not be checked (OpenID Connect Core 3.1.3.7 item 6), for a provider that publishes no keys; checked as
// above. Never for an ID token that came any other way. Failure: ProviderError. Pure.
[[nodiscard]] Result<Json> idTokenClaims(std::string_view token, const IdTokenExpectation& expected);

// The first of these members that is a usable text or a whole number, as text; "a.b" looks inside "a".
[[nodiscard]] std::optional<std::string> firstOf(const Json& document, const std::vector<std::string>& keys);

// Subject and label out of claims or a userinfo document. Without a usable subject: ProviderError. The label
// is display-safe and falls back to the subject. Pure.
[[nodiscard]] Result<Identity> identityFrom(const Json& document, const std::vector<std::string>& subjectKeys,
                                            const std::vector<std::string>& labelKeys);

} // namespace keybearer
