#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/SharedStore.h"
#include "broker/config/Config.h"
#include "broker/methods/StoreMethods.h"
#include "broker/stores/file/SealedFileStore.h"
#include "broker/stores/migration/StoreMigration.h"
#include "broker/stores/shared/SealedSharedStore.h"
#include "broker/stores/state/StateDatabase.h"

#include <QObject>

namespace keybearer {

// Builds the store that the configuration names, and keeps watch that it is the one in which the sessions
// are: they are never looked for, nor begun anew, in another one. Locks, unlocks, moves and re-keys. Owned by
// the Broker, before everything that uses the store; event loop thread.
class StoreKeeper final : public QObject, public StoreDesk {
    Q_OBJECT
public:
    struct Setup {
        StoreBackend backend = StoreBackend::Keychain;
        Config::StoreKey key;
        std::filesystem::path file; // store.sqlite
        std::string keychainNamespace;
        StateDatabase& state;
        const Clock& clock;
        // Connects to the server of "redis" or "vault" as the configuration says.
        struct Connection {
            std::unique_ptr<RemoteRecords> records;
            KeyWrapper* wrapper = nullptr; // lives as long as the records
        };
        std::function<Result<Connection>(const std::string& backend)> connect;
    };
    [[nodiscard]] static Result<std::unique_ptr<StoreKeeper>> make(Setup setup);
    ~StoreKeeper() override;

    [[nodiscard]] CredentialStore& store() { return *front_; }
    // The store that other brokers use, too; null if it is none of that kind. Stays for as long as this does.
    [[nodiscard]] SharedStore* shared() { return shared_; }
    // Whose items the store holds; to be called once, before anything below.
    void serve(AccountRegistry& registry) { registry_ = &registry; }

    [[nodiscard]] Json status() const override;
    void unlock(std::optional<Secret> passphrase, Completion<void> done) override;
    [[nodiscard]] Result<void> lock() override;
    void migrate(const StoreMigrateParams& params, Completion<Json> done) override;
    void rekey(const StoreRekeyParams& params, Completion<Json> done) override;

    struct Remark {
        std::string name;
        std::string message;
        std::string action;
    };
    // What a person should know although the store works; for health.get.
    [[nodiscard]] std::vector<Remark> remarks() const;
    [[nodiscard]] Json remarksJson() const;

Q_SIGNALS:
    // Items may be read again.
    void opened();
    // health() of the store is another.
    void healthChanged();

private:
    explicit StoreKeeper(Setup setup);
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<std::string> placeOf(const std::string& configured);
    void refuseMisplaced();
    void addFile(Json& out) const;
    void addShared(Json& out, const SealedSharedStore& store) const;
    void addFileRemarks(std::vector<Remark>& out) const;
    void addSharedRemarks(std::vector<Remark>& out) const;
    [[nodiscard]] SealedSharedStore* remote(const std::string& name) const;
    // The shared store in which the sessions are; null if they are elsewhere.
    [[nodiscard]] SealedSharedStore* remoteInUse() const { return refusing_ ? nullptr : remote(place_); }
    [[nodiscard]] Result<SealedSharedStore*> makeRemote(const std::string& name,
                                                        const StoreKeySource& source);
    [[nodiscard]] CredentialStore& keychain();
    [[nodiscard]] std::unique_ptr<SealedFileStore> makeFile(const StoreKeySource& source);
    [[nodiscard]] std::vector<StoreItem> items() const;
    [[nodiscard]] Result<void> checkMove(const std::string& from, const std::string& to) const;
    [[nodiscard]] Result<StoreKeySource> sourceOf(const StoreKeyParams& params,
                                                  const std::string& store) const;
    [[nodiscard]] Result<CredentialStore*> storeNamed(const std::string& name, const StoreKeyParams& key);
    void openBoth(const StoreMigrateParams& params, std::optional<Secret> passphrase, Completion<void> done);
    void openOne(const std::string& name, std::optional<Secret> passphrase, Completion<void> done);
    void forgetUnused(const std::string& name);
    void startMove(const StoreMigrateParams& params, Completion<Json> done);
    void onMoved(const std::string& from, const std::string& to,
                 const Result<StoreMigration::Outcome>& outcome, const Completion<Json>& done);
    [[nodiscard]] std::string configLine() const;
    void rekeyShared(SealedSharedStore& store, const StoreRekeyParams& params, Completion<Json> done);

    Setup setup_;
    std::string configured_; // "keychain", "file", "memory", "redis", "vault"
    std::string place_;      // where the sessions are
    std::unique_ptr<CredentialStore> keychain_;
    std::unique_ptr<CredentialStore> memory_;
    std::unique_ptr<SealedFileStore> file_;
    std::map<std::string, std::unique_ptr<SealedSharedStore>> remotes_; // by backend
    SharedStore* shared_ = nullptr;                                     // the configured one of them
    std::unique_ptr<CredentialStore> refusing_;
    std::unique_ptr<StoreFront> front_;
    std::unique_ptr<StoreMigration> move_;
    AccountRegistry* registry_ = nullptr;
};

} // namespace keybearer
