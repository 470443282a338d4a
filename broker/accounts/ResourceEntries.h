#pragma once

#include "broker/accounts/ResourceStore.h"
#include "broker/oauth/ProtectedResource.h"
#include "broker/providers/ProviderCatalog.h"

// How what was found out about an MCP server becomes an entry of the catalog. Pure functions.
namespace keybearer {

// The endpoints of a server without metadata (MCP revision 2025-03-26): /authorize, /token and /register at
// its origin.
[[nodiscard]] AuthorizationServer serverWithoutMetadata(const std::string& origin);

// An entry for an address that nobody has asked yet.
[[nodiscard]] Provider undiscoveredEntry(std::string name, const std::string& url);

// The entry of a server that was found out about. `before` is its entry so far; `registration` is ours at its
// authorization server, null where the client id came from elsewhere.
[[nodiscard]] Provider discoveredEntry(const Provider& before, const DiscoveredServer& found,
                                       const ProviderCatalog& catalog,
                                       const StoredRegistration* registration);

// Of the authorization servers that it trusts the configured one, else the one that is known already (its
// client and its sessions are worth something), else its first. `before` may be null.
[[nodiscard]] std::string chosenIssuer(const ProtectedResource& resource, const Provider& entry,
                                       const DiscoveredServer* before);

} // namespace keybearer
