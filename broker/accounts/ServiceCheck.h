#pragma once

#include "broker/accounts/ProviderCheck.h"
#include "broker/accounts/ResourceDirectory.h"
#include "broker/oauth/ResourceDiscovery.h"

namespace keybearer {

// Looks whether one could sign in to an MCP server, step by step and without signing in or registering: does
// the server answer, where are its metadata (RFC 9728) and those of its authorization server (RFC 8414), does
// that one know PKCE, how would our client be known there, is somebody signed in. Sends no credential.
// Owned by whoever started it; event loop thread.
class ServiceCheck final : public QObject {
    Q_OBJECT
public:
    using Finding = ProviderCheck::Finding; // name: server, metadata, discovery, pkce, client, session
    using Findings = ProviderCheck::Findings;
    struct Rooms {
        const ResourceDirectory& directory;
        ServerDirectory& servers;
        const ProviderCatalog& catalog;
        const AccountRegistry& registry;
        HttpTransport& http;
    };

    ServiceCheck(Rooms rooms, McpService service, Completion<Findings> done);
    ~ServiceCheck() override;
    Q_DISABLE_COPY_MOVE(ServiceCheck)

    void start(); // once; `done` comes later and is the last act

private:
    void onProbed(const Result<HttpResponse>& response);
    void onResource(Result<ResourceDiscovery::Found> resource);
    void askServer(const std::string& issuer, bool isPublic);
    void onServer(const std::string& issuer, const Result<AuthorizationServer>& server);
    void checkPkce(const AuthorizationServer& server);
    void checkClient(const std::string& issuer, const AuthorizationServer& server);
    void checkProvider();
    void checkSession();
    void finish();
    void good(std::string name, std::string message);
    void warn(std::string name, std::string message, std::string action);
    void fault(std::string name, const Error& error, const char* action);

    Rooms rooms_;
    McpService service_;
    Completion<Findings> done_;
    Findings findings_;
    ResourceChallenge demand_;
    bool hasMetadata_ = false;
    std::unique_ptr<HttpExchange> probe_;
    std::unique_ptr<ResourceDiscovery> discovery_;
};

} // namespace keybearer
