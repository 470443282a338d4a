#pragma once

#include "broker/accounts/EnterpriseGrant.h"

namespace keybearer {

class SharedAccounts;

// What one refresh needs of its surroundings.
struct RefreshRooms {
    AccountRegistry& registry;
    ServerDirectory& directory;
    HttpTransport& http;
    const Clock& clock;
    std::function<double()> random;   // in [0, 1)
    RenewSession renewOther{};        // of a sign-in that this one starts from; set by the TokenRefresher
    SharedAccounts* shared = nullptr; // null: no other broker uses the store
};

// The terms of a grant without a person at that server, as every kind of them begins.
[[nodiscard]] MachineGrant::Setup machineGrant(const ServerAccess& access, std::vector<std::string> scopes,
                                               std::optional<std::string> resource);

// Asks for the next access token in the way that the credential's kind has (RFC 6749 sections 6 and 4.4,
// RFC 7523), already started; destroying what is returned cancels it. Failures at once: InvalidParams for a
// service account's key that cannot be read any more, NotConfigured for a workload token that cannot be used,
// InvalidRequest for a kind that nothing renews. Later as in TokenResponse.h and EnterpriseGrant.h.
[[nodiscard]] Result<std::unique_ptr<AsyncFlow>>
startRenewal(const RefreshRooms& rooms, const ServerAccess& access, const CredentialRecord& record,
             const CredentialSecrets& secrets, Completion<TokenSet> done);

// Whether asking uses something up that the answer replaces: then the answer must not get lost, and the
// rotation protocol applies.
[[nodiscard]] constexpr bool rotates(CredentialKind kind) {
    return kind == CredentialKind::SignIn;
}

// Whether somebody else vouches for the credential. Its refusal is believed at once and nothing is asked
// twice, and the next assertion may do better, so the credential stays.
[[nodiscard]] constexpr bool isVouchedFor(CredentialKind kind) {
    return kind == CredentialKind::Enterprise || kind == CredentialKind::Workload;
}

// Whether our client there may be without an id (RFC 7521 section 4.1).
[[nodiscard]] constexpr ServerDirectory::Client clientNeeded(CredentialKind kind) {
    return kind == CredentialKind::JwtBearer || kind == CredentialKind::Workload
               ? ServerDirectory::Client::Optional
               : ServerDirectory::Client::Needed;
}

} // namespace keybearer
