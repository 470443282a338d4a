#pragma once

#include "broker/base/Secret.h"
#include "broker/oauth/Dialect.h"

#include <QUrl>

#include <memory>
#include <string>
#include <vector>

namespace keybearer {

class ClientCertificate;
class SigningKey;
struct ServerMemory;

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

    QUrl pushedAuthorizationEndpoint;         // RFC 9126 section 5; empty: none
    bool requiresPushedAuthorization = false; // the same
    QUrl registrationEndpoint;                // RFC 7591; empty: none
    bool takesClientMetadataDocument = false; // client_id_metadata_document_supported
    std::vector<std::string> grantTypes;
    std::vector<std::string> grantProfiles;       // authorization_grant_profiles_supported
    std::vector<std::string> assertionAlgorithms; // token_endpoint_auth_signing_alg_values_supported
    std::vector<std::string> dpopAlgorithms;      // RFC 9449 section 5.1
    std::vector<std::string> idTokenAlgorithms;   // id_token_signing_alg_values_supported

    // Where the same endpoints ask for a client certificate (RFC 8705 section 5); empty: at the same address.
    struct MtlsAliases {
        QUrl token, revocation, userinfo, deviceAuthorization, pushedAuthorization;
        bool operator==(const MtlsAliases&) const = default;
    } mtls;

    Dialect dialect;
    // Its document came from the public internet, so what it names must lie there too (SEC-C-22): each
    // connection goes to a public address or not at all.
    bool publicOnly = false;

    // What was learnt from this server's answers, shared by all copies; null: nothing is remembered.
    std::shared_ptr<ServerMemory> memory;

    bool operator==(const AuthorizationServer&) const = default;
};

enum class ClientAuthMethod {
    None,              // a public client
    ClientSecretBasic, // RFC 6749 section 2.3.1
    ClientSecretPost,  // the same, in the body
    PrivateKeyJwt,     // RFC 7523 section 2.2
    TlsClientAuth,     // RFC 8705 section 2, by certificate authority or by the certificate itself
};

// Who a client assertion names as its reader. RFC 7523 allowed the token endpoint; since the attacks on that
// (RFC 7523bis) the issuer is right, and what oidc-provider, Keycloak and Auth0 accept. Entra and Okta still
// accept nothing but the token endpoint.
enum class AssertionAudience { Issuer, TokenEndpoint };

// *Our* client at one authorization server. Copyable: what is secret is shared and sealed.
struct ClientRegistration {
    std::string clientId;
    ClientAuthMethod method = ClientAuthMethod::None;
    std::shared_ptr<const SealedSecret> clientSecret;     // null: none
    std::shared_ptr<const SigningKey> signingKey;         // of PrivateKeyJwt
    std::shared_ptr<const ClientCertificate> certificate; // of TlsClientAuth
    AssertionAudience assertionAudience = AssertionAudience::Issuer;
    bool unnamed = false; // no client id, and none wanted: an assertion says who asks (RFC 7521 section 4.1)
};

// The server with its mtls_endpoint_aliases in the place of its endpoints, as a client has to use it that
// shows a certificate (RFC 8705 section 5); for any other client unchanged.
[[nodiscard]] AuthorizationServer endpointsFor(const ClientRegistration& client, AuthorizationServer server);

} // namespace keybearer
