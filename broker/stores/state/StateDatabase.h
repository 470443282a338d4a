#pragma once

#include "broker/access/Consent.h"
#include "broker/access/RegisteredClient.h"
#include "broker/accounts/ResourceStore.h"
#include "broker/accounts/RotationJournal.h"
#include "broker/accounts/StoreLedger.h"
#include "broker/authserver/AuthorityStore.h"
#include "broker/base/Json.h"
#include "broker/pins/PinStore.h"
#include "broker/sqlite/Database.h"

#include <memory>

namespace keybearer {

// state.sqlite: the index of stored sign-ins, the sealed rotation journal, lasting consents, registered
// clients, what was found out about MCP servers and what tools they have shown, clients, grants and keys of
// the gateway's own authorization server, and what must be remembered of a store outside of it. One
// connection, every change on the disk when the call returns (synchronous=FULL). Owned by the Broker; event
// loop thread.
class StateDatabase final : public CredentialIndex,
                            public RotationJournal,
                            public ConsentStore,
                            public ClientStore,
                            public ResourceStore,
                            public PinStore,
                            public AuthorityStore,
                            public StoreLedger {
public:
    // An empty path keeps all of it in memory (store backend `memory`). A newer schema is refused, never
    // rewritten; a damaged file too: StoreUnavailable with what to do.
    [[nodiscard]] static Result<std::unique_ptr<StateDatabase>> open(const std::filesystem::path& path);

    [[nodiscard]] Result<std::vector<CredentialRecord>> loadRecords() override;
    [[nodiscard]] Result<void> putRecord(const CredentialRecord& record) override;
    [[nodiscard]] Result<void> removeRecord(const std::string& id) override;

    [[nodiscard]] Result<void> open(const Secret& key) override;
    void close() override { key_.clear(); }
    [[nodiscard]] bool isOpen() const override { return !key_.empty(); }
    [[nodiscard]] Result<void> intend(const std::string& id, const Intent& intent,
                                      const RefreshToken& refreshToken) override;
    [[nodiscard]] Result<void> commit(const std::string& id, const CredentialSecrets& secrets) override;
    [[nodiscard]] Result<void> withdrawIntent(const std::string& id) override;
    [[nodiscard]] Result<void> clearCommit(const std::string& id, std::uint64_t generation) override;
    [[nodiscard]] Result<void> forget(const std::string& id) override;
    [[nodiscard]] Result<std::map<std::string, Pending>> pending() override;

    [[nodiscard]] Result<ConsentStore::Loaded> loadConsents() override;
    [[nodiscard]] Result<void> putConsent(const Consent& consent) override;
    [[nodiscard]] Result<void> removeConsent(const std::string& id) override;

    [[nodiscard]] Result<std::vector<RegisteredClient>> loadClients() override;
    [[nodiscard]] Result<void> putClient(const RegisteredClient& client) override;
    [[nodiscard]] Result<void> removeClient(const std::string& id) override;

    [[nodiscard]] Result<std::vector<DiscoveredServer>> loadServers() override;
    [[nodiscard]] Result<void> putServer(const DiscoveredServer& server) override;
    [[nodiscard]] Result<void> removeServer(const std::string& url) override;
    [[nodiscard]] Result<std::vector<StoredRegistration>> loadRegistrations() override;
    [[nodiscard]] Result<void> putRegistration(const StoredRegistration& registration,
                                               const Secret& secret) override;
    [[nodiscard]] Result<Secret> registrationSecret(const std::string& issuer) override;
    [[nodiscard]] Result<void> removeRegistration(const std::string& issuer) override;

    [[nodiscard]] Result<PinStore::Loaded> loadTools() override;
    [[nodiscard]] Result<void> putTools(const PinnedService& service,
                                        const std::vector<const ToolRecord*>& tools) override;
    [[nodiscard]] Result<void> removeTool(const std::string& service, const std::string& tool) override;
    [[nodiscard]] Result<void> removeTools(const std::string& service) override;
    [[nodiscard]] Result<void> putDefinition(const DefinitionKey& key, const std::string& text) override;
    [[nodiscard]] Result<std::string> definition(const DefinitionKey& key) override;
    [[nodiscard]] Result<void> removeDefinition(const DefinitionKey& key) override;
    [[nodiscard]] Result<std::vector<LocalClient>> loadLocalClients() override;
    [[nodiscard]] Result<void> putLocalClient(const LocalClient& client) override;
    [[nodiscard]] Result<void> removeLocalClient(const std::string& id) override;
    [[nodiscard]] Result<std::vector<LocalGrant>> loadLocalGrants() override;
    [[nodiscard]] Result<void> putLocalGrant(const LocalGrant& grant) override;
    [[nodiscard]] Result<void> removeLocalGrant(const std::string& id) override;
    [[nodiscard]] Result<std::vector<LocalKey>> loadLocalKeys() override;
    [[nodiscard]] Result<void> putLocalKey(const LocalKey& key, const Secret& secret) override;
    [[nodiscard]] Result<Secret> localKeySecret(const std::string& id) override;
    [[nodiscard]] Result<void> removeLocalKey(const std::string& id) override;

    [[nodiscard]] Result<std::map<std::string, std::uint64_t>>
    expectedGenerations(const std::string& storeId) override;
    [[nodiscard]] Result<void> expectGeneration(const std::string& storeId, const std::string& item,
                                                std::uint64_t generation) override;
    [[nodiscard]] Result<void> expectGenerations(const std::string& storeId,
                                                 const std::map<std::string, std::uint64_t>& items) override;
    [[nodiscard]] Result<void> expectNothing(const std::string& storeId, const std::string& item) override;
    [[nodiscard]] Result<void> forgetStore(const std::string& storeId) override;
    [[nodiscard]] Result<std::string> recall(const std::string& name) override;
    [[nodiscard]] Result<void> remember(const std::string& name, const std::string& text) override;

private:
    explicit StateDatabase(std::unique_ptr<Database> database) : database_(std::move(database)) {}
    [[nodiscard]] Result<void> prepareSchema();
    [[nodiscard]] Result<void> upgradeFrom(std::int64_t version);
    [[nodiscard]] Result<void> readCommits(std::map<std::string, Pending>& out);
    [[nodiscard]] Result<void> removeById(const char* sql, const std::string& id);
    [[nodiscard]] Result<void> readIdentity();
    [[nodiscard]] std::optional<Json> sealedMore(Statement& row) const;
    // Of tables that hold an id and a sealed JSON object.
    [[nodiscard]] Result<std::vector<std::pair<std::string, Json>>> loadSealed(std::string_view table);
    [[nodiscard]] Result<void> putSealed(std::string_view table, const std::string& id, Json more);

    std::unique_ptr<Database> database_;
    std::string storeId_; // random, made with the file: what sealed records are bound to
    std::string rowKey_;  // made with the file too: what rows are sealed with
    Secret key_;
};

} // namespace keybearer
