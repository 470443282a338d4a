#include "broker/accounts/AccountRegistry.h"
#include "broker/log/Log.h"

#include <utility>

// The part of AccountRegistry that keeps in step with the other brokers of a shared store.
namespace keybearer {

Result<void> AccountRegistry::adoptShared(const std::string& id, const ItemTag& tag, const Secret& value) {
    Result<CredentialRecord> told = unpackRecord(tag.record);
    const Result<CredentialSecrets> secrets = unpackSecrets(value);
    if (!told || !secrets)
        return tl::unexpected(told ? secrets.error() : told.error());
    Credential* known = writable(id);
    if (known != nullptr && known->record.generation >= secrets->generation)
        return {};
    auto fresh = std::make_unique<Credential>();
    Credential& credential = known == nullptr ? *fresh : *known;
    const bool wanted = known != nullptr && known->loaded;
    const bool locked = credential.locked;
    told->id = id;
    told->lastUsedAt = credential.record.lastUsedAt;
    told->lastUsedBy = credential.record.lastUsedBy;
    credential.record = std::move(*told);
    place(credential, *secrets);
    credential.receivedHere = false;
    if (!wanted)
        forgetSecrets(credential);
    credential.locked = locked;
    Result<void> stored = index_.putRecord(credential.record);
    if (known == nullptr && !stored)
        return stored;
    if (known == nullptr)
        credentials_[id] = std::move(fresh);
    touch(id, known == nullptr ? Change::Added : Change::Updated);
    return stored;
}

void AccountRegistry::dropShared(const std::string& id) {
    if (find(id) == nullptr)
        return;
    if (auto removed = index_.removeRecord(id); !removed) {
        qCWarning(logAccounts) << "a session that was ended elsewhere could not be removed from the index";
        return; // found again when the store is compared the next time
    }
    credentials_.erase(id);
    unsavedUse_.erase(id);
    vault_.forget(id);
    touch(id, Change::Removed);
}

void AccountRegistry::bringBack(const std::string& id) {
    const Credential* credential = find(id);
    if (credential == nullptr || !credential->loaded || !vault_.isSettled(id))
        return;
    if (auto kept = vault_.keep(id, itemTag(credential->record), secretsOf(*credential)); !kept)
        qCWarning(logAccounts) << "a session that the store has lost could not be written there again";
}

// A change of the record alone travels as a generation of its own, with the secrets as they are.
void AccountRegistry::tellOthers(const std::string& id) {
    if (!shared_)
        return;
    ensureLoaded(id, [this, id](const Result<void>& loaded) {
        Credential* credential = writable(id);
        if (!loaded || credential == nullptr)
            return;
        CredentialSecrets secrets = secretsOf(*credential);
        ++secrets.generation;
        if (auto kept = vault_.keep(id, itemTag(credential->record), secrets); !kept) {
            qCWarning(logAccounts) << "the other brokers could not be told of a change of a session";
            return;
        }
        credential->record.generation = secrets.generation;
        saveRecord(*credential);
    });
}

} // namespace keybearer
