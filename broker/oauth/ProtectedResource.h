#pragma once

#include "broker/base/Result.h"

#include <QUrl>

#include <string>
#include <string_view>
#include <vector>

// An MCP server as a protected resource (RFC 9728): its address, and what its metadata say. Pure functions;
// any thread.
namespace keybearer {

struct ProtectedResource {
    std::string resource;                          // byte by byte as the document says (RFC 8707)
    std::vector<std::string> authorizationServers; // issuers, at least one, in the order of the document
    std::vector<std::string> scopesSupported;
    bool dpopRequired = false; // dpop_bound_access_tokens_required
    // The document came from the public internet, so what it names must lie there too (SEC-C-22).
    bool publicOnly = false;
};

constexpr std::size_t resourceMetadataLimit = std::size_t{256} << 10; // what is larger is not read (T-26)

// The one way to write the address of a server: host in lower case, no port that is the scheme's own, no
// slash where there is no path. InvalidParams for what may not be spoken to: anything but https, or http on
// this machine; a user name; a fragment.
[[nodiscard]] Result<std::string> canonicalServer(std::string_view text);

// Where its metadata may stand (RFC 9728 section 3.1): /.well-known/oauth-protected-resource put in before
// its path, then at the root of its origin. `server` is canonical.
[[nodiscard]] std::vector<QUrl> resourceMetadataUrls(const std::string& server);

// Whether tokens for `resource` are meant for this server: the same origin, and the same path or one above
// it.
[[nodiscard]] bool isResourceOf(const std::string& resource, const std::string& server);

// One metadata document. Failure: ProviderError, with detail "reason" no_metadata for what is no such
// document at all (a page for people), resource_mismatch when it belongs to another server (SEC-C-16, T-25).
// Authorization servers that may not be spoken to are left out; one must remain.
[[nodiscard]] Result<ProtectedResource> parseProtectedResource(std::string_view json,
                                                               const std::string& server);

} // namespace keybearer
