#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/config/Config.h"
#include "broker/methods/StoreMethods.h"
#include "broker/stores/file/SealedFileStore.h"
#include "broker/stores/migration/StoreMigration.h"
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
    };
    [[nodiscard]] static Result<std::unique_ptr<StoreKeeper>> make(Setup setup);
    ~StoreKeeper() override;

    [[nodiscard]] CredentialStore& store() { return *front_; }
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
    [[nodiscard]] CredentialStore& keychain();
    [[nodiscard]] std::unique_ptr<SealedFileStore> makeFile(const StoreKeySource& source);
    [[nodiscard]] std::vector<StoreItem> items() const;
    [[nodiscard]] Result<void> checkMove(const std::string& from, const std::string& to) const;
    [[nodiscard]] Result<StoreKeySource> sourceOf(const StoreKeyParams& params) const;
    [[nodiscard]] Result<CredentialStore*> storeNamed(const std::string& name, const StoreKeyParams& key);
    void startMove(const StoreMigrateParams& params, Completion<Json> done);
    void onMoved(const std::string& from, const std::string& to,
                 const Result<StoreMigration::Outcome>& outcome, const Completion<Json>& done);
    [[nodiscard]] std::string configLine() const;

    Setup setup_;
    std::string configured_; // "keychain", "file", "memory"
    std::string place_;      // where the sessions are
    std::unique_ptr<CredentialStore> keychain_;
    std::unique_ptr<CredentialStore> memory_;
    std::unique_ptr<SealedFileStore> file_;
    std::unique_ptr<CredentialStore> refusing_;
    std::unique_ptr<StoreFront> front_;
    std::unique_ptr<StoreMigration> move_;
    AccountRegistry* registry_ = nullptr;
};

} // namespace keybearer
