#pragma once

#include "broker/base/Result.h"
#include "broker/oauth/AuthorizationServer.h"

#include <map>
#include <optional>

namespace keybearer {

// What one authorization request says (RFC 6749 section 4.1.1). A value.
struct AuthorizationRequestParams {
    std::string clientId;
    std::string redirectUri;
    std::string state;         // 256 random bits, ours
    std::string codeChallenge; // S256
    std::string nonce;         // OpenID Connect Core 3.1.2.1; empty: not sent
    std::vector<std::string> scopes;
    std::string scopeSeparator = " ";
    std::optional<std::string> resource;                // RFC 8707
    std::string dpopThumbprint;                         // RFC 9449 section 10, dpop_jkt; empty: not sent
    std::map<std::string, std::string> extraParameters; // must not touch a parameter of ours
};

// The address that the browser opens. response_type is always "code" (SEC-C-01), the challenge always S256.
// The endpoint must be https, or http to this machine, without user name or fragment (SEC-C-34); a query that
// it has stays. Failure: InvalidParams. Pure.
[[nodiscard]] Result<QUrl> authorizationUrl(const AuthorizationServer& server,
                                            const AuthorizationRequestParams& params);

// RFC 8707 section 2: an absolute address without fragment. Failure: InvalidParams.
[[nodiscard]] Result<void> checkResource(const std::string& resource);

} // namespace keybearer
