#pragma once

#include "broker/accounts/ResourceDirectory.h"
#include "broker/accounts/ResourceEntries.h"
#include "broker/oauth/DynamicRegistration.h"
#include "broker/oauth/ResourceDiscovery.h"

namespace keybearer {

// One walk from the address of an MCP server to all that a sign-in needs: its challenge (unless somebody
// brought one along), its metadata, those of its authorization server, a client id. Everything that is
// refused is refused before an authorization request is made. Owned by the ResourceDirectory; `done` is its
// last act; destroying it cancels it. Event loop thread.
class ResourcePreparation final : public QObject {
    Q_OBJECT
public:
    // `entry`: as the catalog has it; `before`: what was found last time, if anything.
    ResourcePreparation(ResourceDirectory& directory, Provider entry, std::optional<DiscoveredServer> before,
                        ResourceChallenge challenge, Completion<DiscoveredServer> done);
    ~ResourcePreparation() override;
    Q_DISABLE_COPY_MOVE(ResourcePreparation)

    void start(); // once

    // How our client is known to an authorization server, in the order of MCP client registration.
    struct ClientChoice {
        enum class Way { Known, Registration, None }; // there is one; one can be registered; neither
        Way way = Way::None;
        std::string origin{}; // of Known: one of the words of ResourceStore.h
        std::string clientId{};
        std::string why{}; // of None: what the server does, as the rest of a sentence
    };
    [[nodiscard]] static ClientChoice clientAt(const ResourceDirectory& directory, const Provider& entry,
                                               const std::string& issuer, const AuthorizationServer& server);

private:
    void probe();
    void onProbed(const Result<HttpResponse>& response);
    void discover();
    void onResource(Result<ResourceDiscovery::Found> resource);
    void askServer(const std::string& issuer, bool publicOnly);
    void onServer(Result<AuthorizationServer> server);
    void chooseScopes();
    void chooseClient();
    [[nodiscard]] std::optional<Error> bindingFault() const;
    void registerClient();
    void onRegistered(Result<RegisteredOAuthClient> client);
    [[nodiscard]] Error needsClientId(const std::string& why) const;
    void useClient(const std::string& origin, const std::string& clientId);
    void finish(Result<DiscoveredServer> result);

    ResourceDirectory& directory_;
    Provider entry_;
    std::optional<DiscoveredServer> before_;
    ResourceChallenge challenge_;
    Completion<DiscoveredServer> done_;
    DiscoveredServer found_;
    std::optional<ProtectedResource> resource_; // nothing: the server has no metadata
    AuthorizationServer server_;
    std::unique_ptr<HttpExchange> probe_;
    std::unique_ptr<ResourceDiscovery> discovery_;
    std::unique_ptr<DynamicRegistration> registration_;
};

} // namespace keybearer
