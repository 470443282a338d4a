#pragma once

#include "broker/base/Result.h"
#include "broker/oauth/AuthorizationServer.h"

#include <string_view>

namespace keybearer {

// A metadata document is never larger; what is larger is not read (T-26).
constexpr std::size_t serverMetadataLimit = std::size_t{256} << 10;

// Where the metadata of an issuer may stand, in the order in which to try (RFC 8414 sections 3.1 and 5,
// OpenID Connect Discovery section 4): with a path oauth-authorization-server and openid-configuration put in
// before it, then openid-configuration put behind it; without a path the first two. Empty if the issuer is no
// https address (http for this machine), or has a user name, a query or a fragment. Pure.
[[nodiscard]] std::vector<QUrl> wellKnownUrls(const std::string& issuer);

// Authorization server metadata (RFC 8414 section 2, OpenID Connect Discovery section 3). The issuer in it
// must be the one asked for byte by byte (SEC-C-14); every endpoint must be https without user name or
// fragment, and may point into this machine or a private network only if the issuer is there itself. Failure:
// ProviderError. Pure.
[[nodiscard]] Result<AuthorizationServer> parseServerMetadata(std::string_view json,
                                                              const std::string& issuer);

} // namespace keybearer
