#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/Flows.h"
#include "broker/providers/ProviderCatalog.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <map>

namespace keybearer {

// Issuer, endpoints and our registration at one provider, ready for a flow.
struct ServerAccess {
    AuthorizationServer server;
    ClientRegistration client;
    std::string scopeSeparator = " ";
    std::chrono::milliseconds deadline{30'000}; // of one question to it

    // Whose word it takes instead of a person's sign-in there, where the configuration says so.
    struct Enterprise {       // an identity provider's: an ID token becomes an ID-JAG
        std::string provider; // of the catalog, whose stored sign-in counts; empty: all of the following
        QUrl tokenEndpoint;   // of the identity provider
        std::string clientId; // ours there
        std::shared_ptr<const SealedSecret> clientSecret{};
        std::filesystem::path idTokenFile{}; // read anew each time
        std::string issuer;                  // who must have signed the ID token; empty: whoever did
    };
    struct Workload {                    // the platform's that this machine belongs to
        std::filesystem::path tokenFile; // its JWT, read anew each time
        bool issuerBound = false;        // the server was named by the configuration, not by a stranger
    };
    std::optional<Enterprise> enterprise{};
    std::optional<Workload> workload{};

    // What credentials are kept under (SEC-C-23): the issuer, or where the token endpoint is if the
    // server names none.
    [[nodiscard]] std::string issuerKey() const;
};

// Finds out how to talk to a provider: from its catalog entry, or by discovery at its issuer, remembered
// for an hour (RFC 8414). Concurrent questions share one discovery; when a later discovery fails the last
// answer stays good. Owned by the Broker; event loop thread.
class ServerDirectory : public QObject {
    Q_OBJECT
public:
    ServerDirectory(const ProviderCatalog& catalog, HttpTransport& http, const Clock& clock);
    ~ServerDirectory() override;

    // NotFound (with did_you_mean), NotConfigured (no client id yet), or what discovery says. Completes
    // at once when the answer is known. `need`: a service account proves itself with a key of its own
    // (RFC 7521 section 4.1).
    enum class Client { Needed, Optional };
    void resolve(const std::string& provider, Completion<ServerAccess> done, Client need = Client::Needed);

    // The metadata of an issuer, shared and remembered in the same way. publicOnly as in ServerDiscovery.
    void metadata(const std::string& issuer, bool publicOnly, Completion<AuthorizationServer> done);

    // Where the secret of a client that we registered ourselves lies while the entry does not hold it.
    using SecretSource = std::function<Result<Secret>(const Provider& provider)>;
    void setSecretSource(SecretSource source) { secretSource_ = std::move(source); }

    // Whether our client there is one that we registered ourselves.
    [[nodiscard]] bool isRegisteredByUs(const std::string& provider) const;
    // A server no longer knows our client (RFC 6749 section 5.2, invalid_client).
    void refuseClient(const std::string& provider) { Q_EMIT clientRefused(provider); }

Q_SIGNALS:
    void clientRefused(const std::string& provider);

private:
    struct Entry {
        std::optional<AuthorizationServer> server;
        BootTime at{};
        std::unique_ptr<AsyncFlow> discovery;
        std::vector<Completion<AuthorizationServer>> waiters;
    };
    using Key = std::pair<std::string, bool>; // issuer, publicOnly
    void onDiscovered(const Key& key, Result<AuthorizationServer> server);
    [[nodiscard]] Result<ServerAccess> accessTo(const Provider& provider, const AuthorizationServer& server);
    [[nodiscard]] Result<std::shared_ptr<const SealedSecret>> secretOf(const Provider& provider) const;

    const ProviderCatalog& catalog_;
    HttpTransport& http_;
    const Clock& clock_;
    SecretSource secretSource_;
    std::map<Key, Entry> entries_;
    std::map<std::string, std::shared_ptr<ServerMemory>> memories_; // by issuerKey()
};

} // namespace keybearer
