#pragma once

#include "broker/authserver/AsMessage.h"
#include "broker/authserver/LocalServices.h"

namespace keybearer {

// An OAuth error (RFC 6749 sections 4.1.2.1 and 5.2), to be sent to a client.
struct OAuthRefusal {
    std::string error;
    std::string description; // visible ASCII without quotes
};

// What a client asks for, once it is known who it is and where its answer goes.
struct AuthorizationQuery {
    std::string state; // absent: empty
    bool hasState = false;
    std::string challenge;           // S256
    std::vector<std::string> scopes; // those that this service has; never empty
};
// The parameters of an authorization request, but for client_id and redirect_uri (SEC-S-01, SEC-S-15). Pure.
[[nodiscard]] tl::expected<AuthorizationQuery, OAuthRefusal>
readAuthorizationQuery(const AsRequest& request, const LocalService& service);

// Whether `resource` names the route of this service at this gateway (RFC 8707). Nothing said, or the origin
// alone, which clients say, means the service that the issuer is of. Pure.
[[nodiscard]] bool namesService(const std::string& resource, const std::string& base,
                                const std::string& service);

// "http://127.0.0.1:4180" for a base with any of the three names of this machine; any other as it is. Pure.
[[nodiscard]] std::string canonicalBase(const std::string& base);

// RFC 7636 section 4.1: 43 to 128 unreserved characters. Pure.
[[nodiscard]] bool isCodeVerifier(std::string_view text);

// The words of a scope parameter; nothing if it has not the form (RFC 6749 section 3.3). Pure.
[[nodiscard]] std::optional<std::vector<std::string>> scopeWords(const std::string& text);

} // namespace keybearer
