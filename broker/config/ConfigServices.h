#pragma once

#include "broker/base/Secret.h"
#include "broker/config/ConfigGateway.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What client_auth: says beside its method: what a client shows instead of a secret.
struct ClientAuthConfig {
    std::optional<std::filesystem::path> keyFile, certificateFile;
    std::string keyWhere, certificateWhere; // "config.yaml:12", for what is found wrong in the files
    std::shared_ptr<const SealedSecret> keyPassphrase;
    std::optional<std::string> keyId, algorithm, audience;
};

// A server that tools belong to: an entry of services:.
struct ServiceConfig {
    std::string name;
    std::string url;      // empty: a program of this machine
    std::string provider; // empty: whatever the server says, or nobody
    std::string account;
    std::vector<std::string> scopes;
    std::chrono::seconds timeout{30};
    std::string where; // "config.yaml:12" or an environment variable

    // Of a server that is found out about by its address alone. Our client there, if somebody registered it:
    std::string issuer; // the authorization server that it is registered at; empty: the one found first
    std::string clientId;
    std::shared_ptr<const SealedSecret> clientSecret;
    std::optional<std::string> authMethod;
    ClientAuthConfig clientAuth;

    std::string flow = "auto";        // browser, device, paste, client_credentials, enterprise, workload
    std::string dpop = "auto";        // required, never
    bool pkceWithoutMetadata = false; // the server is known to do S256 though its metadata is silent

    // Enterprise-managed authorization: who says who the person is. Either a provider that one signs in to
    // here, or a token endpoint and an ID token that something else puts into a file.
    struct Enterprise {
        std::string provider;
        std::string tokenEndpoint;
        std::string clientId;
        std::shared_ptr<const SealedSecret> clientSecret;
        std::filesystem::path idTokenFile; // read anew each time
        std::string issuer;                // of the identity provider
    };
    std::optional<Enterprise> enterprise;
    std::filesystem::path workloadTokenFile; // a platform's JWT, read anew each time; empty: none

    // Of the door over HTTP.
    std::optional<bool> userHeaders; // x-user-id and the like; absent: to servers of this machine
    std::optional<ToolPins> pins;    // absent: as gateway.pins says

    // Instead of a url: a program that the broker starts, which speaks MCP over its standard input and
    // output.
    struct Variable {
        std::string name;
        std::string selector; // PROVIDER[:ACCOUNT] or apikey:NAME
    };
    std::vector<std::string> command; // absolute program and arguments; empty: none
    std::vector<Variable> environment;
    std::filesystem::path directory; // absolute; empty: the person's home
    std::chrono::seconds idle{600};  // then it is ended
    bool saysIdle = false;
    // Whether whoever asks for the service may be told who the person is.
    [[nodiscard]] bool givesUserHeaders() const;
};

} // namespace keybearer
