#pragma once

#include "broker/config/ConfigStore.h"
#include "broker/stores/vault/VaultAnswer.h"

namespace keybearer {

// What went wrong, for people: what happened and what to do about it. All are StoreUnavailable (or
// ParseError, of what is no answer of Vault); none names a token. Pure functions.

// No answer at all: not reachable, TLS, deadline.
[[nodiscard]] Error vaultUnreachable(const Error& network, const VaultConfig& config);
// An answer that is none of those which the call had hoped for.
[[nodiscard]] Error vaultRefused(const VaultCall& call, const VaultAnswer& answer, const VaultConfig& config);
// A sign-in was refused.
[[nodiscard]] Error vaultSignInRefused(const VaultAnswer& answer, const VaultConfig& config);
// What sys/health says; nothing if the server can serve us.
[[nodiscard]] std::optional<Error> vaultUnwell(const VaultAnswer& answer, const VaultConfig& config);
// Whether the mount is the engine KV version 2, by the answer of sys/internal/ui/mounts.
[[nodiscard]] Result<void> checkVaultMount(const VaultAnswer& answer, const VaultConfig& config);

// The whole server is concerned, not one record: there is no use in asking for anything else now.
[[nodiscard]] bool concernsAll(const Error& error);
// Without the details that are for this room alone.
[[nodiscard]] Error forCallers(Error error);
// May pass within moments, so that the same request is worth another try: 429, 500, 502, 503 but for a sealed
// server, 504, and 412 of a node that lags behind.
[[nodiscard]] bool mayPass(const VaultAnswer& answer);

// "Vault at vault.example.com:8200": no path, no user name.
[[nodiscard]] std::string vaultPlace(const VaultConfig& config);

} // namespace keybearer
