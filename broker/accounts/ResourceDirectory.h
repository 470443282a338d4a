#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ResourceStore.h"
#include "broker/accounts/ServerDirectory.h"
#include "broker/config/Config.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace keybearer {

class ResourcePreparation;
struct RegisteredOAuthClient;

// One MCP server, as somebody named it. A value.
struct McpService {
    std::string name;          // what commands and events say
    std::string url;           // canonical; requests go there
    std::string displayName;   // for people: the name in the configuration, else the host. Never what it says
                               // of itself
    std::string provider;      // its entry in the ProviderCatalog: its own, or the one of services.X.provider
    std::string fixedProvider; // services.X.provider; empty: it has an entry of its own
    std::string account;       // of the configuration; empty: whichever there is
    std::vector<std::string> scopes; // of the configuration: what a token must cover
    std::chrono::seconds timeout{30};
    bool local = false;               // a program of this machine: no address, nothing to sign in to
    std::vector<std::string> command; // of such a one
};

// What a server said when it wanted a token: a BearerChallenge and the status that it came with.
struct ResourceChallenge {
    int status = 0; // 0: nobody has asked it yet
    std::string error;
    std::string scope;
    std::string resourceMetadata;
    std::string scheme{}; // Bearer, DPoP; empty: it named none
    bool tokenRefused =
        false; // a token that should have been good: its metadata are read anew, however lately
};

// Which MCP servers there are, and how one signs in to them: from an address alone to an entry of the
// ProviderCatalog (MCP authorization; RFC 9728, RFC 8414, RFC 7591). What was found and registered is kept
// and added to the catalog again at start. Owned by the Broker; event loop thread.
class ResourceDirectory final : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        const Config& config; // read while this is made, not after
        ProviderCatalog& catalog;
        ServerDirectory& servers;
        AccountRegistry& registry;
        ResourceStore& store;
        HttpTransport& http;
        const Clock& clock;
    };
    explicit ResourceDirectory(Rooms rooms);
    ~ResourceDirectory() override;

    // What earlier runs found out. Once, before anything else.
    [[nodiscard]] Result<void> load();

    // Other services from now on, and the catalog's entries are those of them: puts back what was found out.
    void configure(const Config& config);

    // The server that a word means: a service of the configuration, an entry that was made from a host, or an
    // address, known or new. NotFound (with did_you_mean) for a word, InvalidParams for an address that may
    // not be spoken to (https, or http on this machine; no user name, no fragment). A new address is known
    // from now on, as long as this process runs.
    [[nodiscard]] Result<McpService> find(const std::string& word);
    // The same without making anything known; nothing if it is not.
    [[nodiscard]] std::optional<McpService> known(const std::string& word) const;
    // Of an entry of the catalog; nothing if that is an ordinary provider.
    [[nodiscard]] std::optional<McpService> ofProvider(const std::string& provider) const;
    [[nodiscard]] std::vector<McpService> all() const; // sorted by name

    // Makes the catalog's entry ready for a sign-in: metadata of the server and of its authorization server,
    // and a client id there. Completes with the name of the entry. Without a challenge (status 0) the server
    // is asked for one first; with a challenge of 401 its metadata are read anew, since what refuses a token
    // may trust another authorization server now; with 403 what is known counts. Askers of one server share
    // one run. May complete from inside the call.
    // Failures: ProviderError (metadata that are refused, a registration that is), ProviderUnavailable,
    // NotConfigured (a client id must be written into the configuration, or the written one belongs to
    // another authorization server), InvalidRequest (the server wants no sign-in), StoreLocked.
    void prepare(const McpService& service, ResourceChallenge challenge, Completion<std::string> done);

    // What was found out about a server; null: nothing yet.
    [[nodiscard]] const DiscoveredServer* discovered(const std::string& url) const;

    // All that was found out about one server: what the brokers of a shared store have to know of each other.
    struct Findings {
        DiscoveredServer server;
        std::optional<StoredRegistration> registration; // where our client is a registered one
        Secret secret;                                  // of that client; empty: it has none
    };
    // Nothing: there is nothing yet, or the store is locked.
    [[nodiscard]] std::optional<Findings> findings(const std::string& url) const;
    [[nodiscard]] std::vector<std::string> discoveredServers() const;
    // Another broker found this out. False: ours counts, because our client there was registered first.
    [[nodiscard]] Result<bool> adoptFindings(Findings theirs);

    // Forgets what was found out and registered for it. Sessions stay.
    [[nodiscard]] Result<void> forget(const McpService& service);

Q_SIGNALS:
    // A server was asked, and its findings() may be others now.
    void discoveredAnew(const std::string& url);
    // A client of ours is about to be registered for this server.
    void registering(const std::string& server);
    // Our client was registered at an authorization server, or is registered there no longer (for the audit).
    void clientAdded(const std::string& server, const std::string& issuer, const std::string& clientId);
    void clientRemoved(const std::string& issuer, const std::string& clientId);

private:
    friend class ResourcePreparation;
    [[nodiscard]] McpService serviceOf(const Provider& provider) const;
    [[nodiscard]] static McpService localService(const ServiceConfig& config);
    [[nodiscard]] std::optional<McpService> configured(const std::string& word) const;
    [[nodiscard]] bool isNeeded(const std::string& url, const ResourceChallenge& challenge) const;
    [[nodiscard]] const StoredRegistration* registrationAt(const std::string& issuer) const; // null: none
    [[nodiscard]] Result<void> keepRegistration(const DiscoveredServer& server,
                                                const RegisteredOAuthClient& client);
    [[nodiscard]] Result<void> forgetRegistration(const std::string& issuer);
    void nameHere(DiscoveredServer& server) const;
    void narrow(DiscoveredServer& found, const ResourceChallenge& challenge);
    void adopt(const DiscoveredServer& found);
    void onPrepared(const std::string& url, Result<DiscoveredServer> found);
    void retireSessions(const std::string& provider, const std::string& issuer);
    void onClientRefused(const std::string& provider);
    [[nodiscard]] Result<Secret> secretOf(const Provider& provider) const;

    struct Run {
        std::unique_ptr<ResourcePreparation> preparation;
        std::vector<Completion<std::string>> waiters;
    };
    Rooms rooms_;
    std::vector<ServiceConfig> services_;
    std::string clientMetadataUrl_;
    std::map<std::string, DiscoveredServer> found_;           // by url
    std::map<std::string, StoredRegistration> registrations_; // by issuer
    std::map<std::string, Run> runs_;                         // by url
    std::map<std::string, BootTime> readAt_;                  // when metadata were last read, by url
};

} // namespace keybearer
