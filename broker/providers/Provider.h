#pragma once

#include "broker/oauth/AuthorizationServer.h"

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
    std::optional<ClientAuthMethod> authMethod; // absent: chosen from metadata and whether there is a secret

    std::vector<std::string> scopes; // asked for when nothing else is said
    std::vector<std::string> flows;  // browser, device, paste; the first is the default

    struct Quirks {
        bool pkceWithoutMetadata = false; // known to do S256 though its metadata is silent (SEC-C-09)
        bool rejectsResource = false;     // RFC 8707 parameter must not be sent
        bool requiresSecret = false;      // even for a public native client
        bool spaceInScopes = true;        // false: scopes are separated by commas
        std::map<std::string, std::string> authorizationParameters; // sent with the authorization request
        std::string redirectPath; // fixed path a provider insists on; empty: ours
    } quirks;

    // Where identity is read from when there is no id_token: a JSON document and member names in order.
    struct IdentitySource {
        QUrl url;
        std::vector<std::string> subject{"sub"};
        std::vector<std::string> label{"email", "preferred_username", "name"};
    };
    std::optional<IdentitySource> identity;

    struct Help {
        std::string registerUrl; // where to register a client
        std::string redirectUri; // what to enter there
        std::string note;
    } help;
};

} // namespace keybearer
