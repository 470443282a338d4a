#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// Where the client id at an authorization server came from (MCP client registration, in this order).
inline constexpr const char* clientConfigured = "configured"; // services.X.client_id
inline constexpr const char* clientOfProvider = "provider:";  // with the name of an entry of the catalog
inline constexpr const char* clientDocument = "document";     // client_metadata_url
inline constexpr const char* clientRegistered = "registered"; // RFC 7591, kept as StoredRegistration

// What was found out about one MCP server, so that a restart need not ask again.
struct DiscoveredServer {
    std::string url;        // canonical
    std::string name;       // of its provider entry
    std::string identifier; // what `resource` says in requests
    std::string issuer;     // of its authorization server, or its own origin where there are no metadata
    bool withoutMetadata = false; // revision 2025-03-26: fixed endpoints at its origin
    bool publicOnly = false;
    bool dpop = false;               // it demands tokens that are bound to a key (RFC 9449)
    std::vector<std::string> scopes; // asked for at a sign-in
    std::string client;              // where our client id came from: one of the words above
    std::string clientId;
    WallTime discoveredAt{};
};

// Our client at one authorization server, as we registered it (RFC 7591). Kept by issuer, and never shown to
// another (SEC-C-23).
struct StoredRegistration {
    std::string issuer;
    std::string clientId;
    std::string method; // of client authentication, in the words of RFC 7591
    std::string redirectPath;
    std::uint16_t redirectPort = 0;
    bool hasSecret = false;
    WallTime registeredAt{};
    std::optional<WallTime> secretExpiresAt;
};

// Where both are kept; secrets are sealed with the key of the rotation journal, so they are there once the
// store is open (else StoreLocked). Every change is on the disk when the call returns. Owned by the Broker;
// event loop thread.
class ResourceStore {
public:
    virtual ~ResourceStore() = default;
    [[nodiscard]] virtual Result<std::vector<DiscoveredServer>> loadServers() = 0;
    [[nodiscard]] virtual Result<void> putServer(const DiscoveredServer& server) = 0;
    [[nodiscard]] virtual Result<void> removeServer(const std::string& url) = 0;

    [[nodiscard]] virtual Result<std::vector<StoredRegistration>> loadRegistrations() = 0;
    [[nodiscard]] virtual Result<void> putRegistration(const StoredRegistration& registration,
                                                       const Secret& secret) = 0;
    [[nodiscard]] virtual Result<Secret> registrationSecret(const std::string& issuer) = 0;
    [[nodiscard]] virtual Result<void> removeRegistration(const std::string& issuer) = 0;
};

} // namespace keybearer
