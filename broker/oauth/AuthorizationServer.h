#pragma once

#include "broker/base/Secret.h"

#include <QUrl>

#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// Issuer and endpoints of one authorization server (RFC 8414 section 2). All endpoints come from one
// validated document or from one provider entry, never mixed (SEC-C-17).
struct AuthorizationServer {
    std::string issuer; // compared as raw bytes
    QUrl authorizationEndpoint;
    QUrl tokenEndpoint;
    QUrl revocationEndpoint;          // empty: it cannot revoke
    QUrl userinfoEndpoint;            // empty: none
    QUrl deviceAuthorizationEndpoint; // empty: none
    QUrl jwksUri;
    std::vector<std::string> scopesSupported;
    std::vector<std::string> tokenEndpointAuthMethods;
    std::vector<std::string> codeChallengeMethods;
    bool issParameterSupported = false; // RFC 9207 section 3
};

enum class ClientAuthMethod { None, ClientSecretBasic, ClientSecretPost };

// *Our* client at one authorization server. Copyable: the secret is shared and sealed.
struct ClientRegistration {
    std::string clientId;
    ClientAuthMethod method = ClientAuthMethod::None;
    std::shared_ptr<const SealedSecret> clientSecret; // null for a public client
    bool unnamed = false; // no client id, and none wanted: an assertion says who asks (RFC 7521 section 4.1)
};

} // namespace keybearer
