#pragma once

#include "broker/accounts/Credential.h"
#include "broker/accounts/ServerDirectory.h"

namespace keybearer {

// Asks for the next access token in the way that the credential's kind has (RFC 6749 sections 6 and 4.4,
// RFC 7523): one question to the token endpoint, already started; destroying what is returned cancels it.
// Failures at once: InvalidParams for a service account's key that cannot be read any more, InvalidRequest
// for a kind that nothing renews. Later as in TokenResponse.h.
[[nodiscard]] Result<std::unique_ptr<AsyncFlow>>
startRenewal(HttpTransport& http, const Clock& clock, const ServerAccess& access,
             const CredentialRecord& record, const CredentialSecrets& secrets, Completion<TokenSet> done);

// Whether asking uses something up that the answer replaces: then the answer must not get lost, and the
// rotation protocol applies.
[[nodiscard]] constexpr bool rotates(CredentialKind kind) {
    return kind == CredentialKind::SignIn;
}

} // namespace keybearer
