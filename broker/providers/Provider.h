#pragma once

#include "broker/config/ConfigServices.h"
#include "broker/oauth/AuthorizationServer.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One catalog entry: a preset from resources/providers, what the configuration changes about it, or a
// provider that only the configuration knows. A value; the catalog owns the originals.
struct Provider {
    std::string name;        // "github"; what commands and programs say
    std::string displayName; // "GitHub"

    // Either the issuer, whose metadata is then discovered, or the endpoints.
    std::optional<std::string> issuer;
    std::optional<AuthorizationServer> endpoints;

    std::string clientId; // empty: not configured yet
    std::shared_ptr<const SealedSecret> clientSecret;
    std::shared_ptr<const SigningKey> signingKey;         // of private_key_jwt
    std::shared_ptr<const ClientCertificate> certificate; // of tls_client_auth
    std::optional<ClientAuthMethod> authMethod; // absent: chosen from metadata and what there is to show

    // For a preset whose addresses hold {domain}: what to write, and whether it was written. While it is
    // missing, neither issuer nor endpoints are known.
    struct Domain {
        std::string value;   // of the configuration, or the usual one; empty: still to be written
        std::string example; // acme.okta.com
        std::string note;
        bool operator==(const Domain&) const = default;
    };
    std::optional<Domain> domain;

    // Of an entry that stands for one MCP server (RFC 9728): whoever signs in to it does so at the
    // authorization server that it names, for it alone (RFC 8707).
    struct Resource {
        std::string server;      // its address, canonical
        std::string identifier;  // what `resource` says in requests: byte by byte as its metadata write it
        bool discovered = false; // issuer (or endpoints) and client are known
        bool publicOnly = false; // it lies in the public internet, so its issuer must too (SEC-C-22)
        bool registered = false; // our client was registered by us (RFC 7591); its secret is kept by issuer
        std::shared_ptr<const ServiceConfig> config; // null: the configuration does not know it
        bool operator==(const Resource&) const = default;
    };
    std::optional<Resource> resource;

    enum class Demand { Auto, Required, Never };
    Demand par = Demand::Auto;  // pushed authorization requests (RFC 9126); Auto: as the metadata says
    Demand dpop = Demand::Auto; // tokens bound to a key (RFC 9449)

    std::optional<std::chrono::seconds> timeout; // of one request; absent: each request's own

    std::vector<std::string> scopes; // asked for when nothing else is said
    std::vector<std::string> flows;  // browser, device, paste, client_credentials; the first is the default

    enum class Revocation {
        Rfc7009, // if there is an endpoint
        None,    // only the person can, in the provider's settings
        GitHub,  // DELETE https://api.github.com/applications/CLIENT/grant, not RFC 7009
    };
    enum class TokenBody { Form, JsonObject }; // of a request to the token endpoint

    struct Quirks {
        bool pkceWithoutMetadata = false; // known to do S256 though its metadata is silent (SEC-C-09)
        bool ignoresPkce = false;         // not known to check what is sent all the same
        bool rejectsResource = false;     // RFC 8707 parameter must not be sent
        bool requiresSecret = false;      // even for a public native client
        bool spaceInScopes = true;        // false: scopes are separated by commas
        std::map<std::string, std::string> authorizationParameters; // sent with the authorization request
        std::string redirectPath;           // fixed path a provider insists on; empty: ours
        int redirectPort = 0;               // fixed port a provider insists on; 0: any
        bool redirectPortMayDiffer = false; // redirectPort is a wish: taken if it is free
        std::string redirectHost;           // localhost, where 127.0.0.1 is refused; empty: 127.0.0.1
        bool jsonOnlyWithAccept = false;    // answers in JSON only if Accept asks for it
        bool secretAsBasicUser = false;     // takes the client secret as the user of HTTP Basic, no password
        bool basicWithoutFormEncoding =
            false; // takes id and secret as they are (RFC 6749 2.3.1 encodes them)
        TokenBody tokenBody = TokenBody::Form;
        std::string tokenObject;    // member of the answer that holds the tokens, if it is there: authed_user
        std::string scopeParameter; // instead of scope: Slack's user_scope
        Revocation revocation = Revocation::Rfc7009;
        AssertionAudience assertionAudience = AssertionAudience::Issuer; // of private_key_jwt
        int refreshTokenDays = 0; // after which a refresh token ends, 0: unknown or never
        bool operator==(const Quirks&) const = default;
    } quirks;

    // Where identity is read from when there is no id_token: a JSON document and member names in order.
    struct IdentitySource {
        QUrl url;
        std::vector<std::string> subject{"sub"};
        std::vector<std::string> label{"email", "preferred_username", "name"};
        bool operator==(const IdentitySource&) const = default;
    };
    std::optional<IdentitySource> identity;

    struct Help {
        std::string registerUrl; // where to register a client
        std::string redirectUri; // what to enter there
        std::string note;
        std::map<std::string, std::string> scopes; // usual ones and what they allow, in words
        bool operator==(const Help&) const = default;
    } help;

    // By what it says; keys and certificates by being the same object.
    bool operator==(const Provider&) const = default;
};

} // namespace keybearer
